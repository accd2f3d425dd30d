"""Listings that nobody has confirmed for long, and how to reach who could."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.curation.verification.due import URGENT_CODES, Reason, reasons_of
from directory.projection import Line, Listing, Snapshot

_ORDER = tuple(Reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which stale listings are asked for; what is empty is not asked about.

    `to_call` leaves only those whom no letter reaches.
    """

    reason: Reason | None = None
    county: str = ""
    code: str = ""
    to_call: bool = False

    def takes(self, stale: "Stale") -> bool:
        """Tell whether `stale` is one of them."""
        listing = stale.listing
        return (
            self.reason in {None, *stale.reasons}
            and (not self.county or _reaches(listing, self.county))
            and (not self.code or self.code in listing.codes)
            and not (self.to_call and stale.email)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A listing with what has to be confirmed, and since when that is known.

    `since` is `None` where nobody has ever confirmed it. `email` is the address that
    letters go to, `None` where none arrives: then somebody has to call.
    """

    listing: Listing
    reasons: tuple[Reason, ...]
    since: dt.date | None
    email: str | None

    @property
    def line(self) -> Line | None:
        """The number to call: one of the office, if there is one."""
        lines = [x for x in self.listing.lines if x.kind in {"voice", "crisis"}]
        lines.sort(key=lambda line: line.kind == "crisis")
        return lines[0] if lines else None


def stale_listings(
    snapshot: Snapshot,
    now: dt.datetime,
    *,
    wanted: Wanted,
    doubtful: Collection[tuple[str, str]] = (),
) -> Sequence[Stale]:
    """Return the stale listings that are asked for, what is most urgent first.

    `doubtful` are pairs of an organization and an address that no letter goes to, in
    small letters.
    """
    found = (_stale(x, now, doubtful) for x in snapshot.listings.values())
    kept = [x for x in found if x is not None and wanted.takes(x)]
    return sorted(kept, key=_urgency)


def count_by_reason(stale: Iterable[Stale]) -> Mapping[Reason, int]:
    """Return how many listings are stale for each reason."""
    counts = Counter(reason for one in stale for reason in one.reasons)
    return {reason: counts[reason] for reason in Reason}


def _stale(
    listing: Listing, now: dt.datetime, doubtful: Collection[tuple[str, str]]
) -> Stale | None:
    found = reasons_of(listing, now)
    if not found:
        return None
    owner = listing.organization
    address = owner.email or ""
    reached = bool(address) and (owner.id, address.lower()) not in doubtful
    return Stale(
        listing=listing,
        reasons=tuple(reason for reason in _ORDER if reason in found),
        since=None if Reason.NEW in found else min(found.values()),
        email=address if reached else None,
    )


def _urgency(stale: Stale) -> tuple[int, bool, dt.date, str, str]:
    """Sort by the gravest reason; among equals crisis lines and shelters go first."""
    listing = stale.listing
    calm = not URGENT_CODES & set(listing.codes)
    first = _ORDER.index(stale.reasons[0])
    since = stale.since or dt.date.min
    return (first, calm, since, listing.organization.name, listing.id)


def _reaches(listing: Listing, county: str) -> bool:
    return listing.is_statewide or county in listing.counties
