"""Organizations and listings that bear a public doubt."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.hsds.doubt import OF_LETTERS
from directory.projection import Doubt, OrganizationListing, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A public doubt about an organization."""

    organization: OrganizationListing
    doubt: Doubt


def flags_of_letters(snapshot: Snapshot, day: dt.date) -> Sequence[Flag]:
    """Return organizations that letters do not reach or that answer none, oldest first.

    `day` is that on which the doubt has to hold.
    """
    found = [
        Flag(organization=organization, doubt=doubt)
        for organization in snapshot.organizations.values()
        for doubt in _public(organization.doubts, day)
        if doubt.kind in OF_LETTERS
    ]
    return sorted(
        found, key=lambda f: (f.doubt.since, f.organization.name, f.doubt.kind)
    )


def count_by_kind(snapshot: Snapshot, day: dt.date) -> Mapping[str, int]:
    """Return how many bear a public doubt of each kind.

    Of letters that are organizations, of what users told listings.
    """
    counts = Counter(flag.doubt.kind for flag in flags_of_letters(snapshot, day))
    for listing in snapshot.listings.values():
        kinds = {doubt.kind for doubt in _public(listing.doubts, day)}
        counts.update(kinds - OF_LETTERS)
    return dict(counts)


def _public(doubts: Iterable[Doubt], day: dt.date) -> Iterable[Doubt]:
    return (doubt for doubt in doubts if doubt.is_public and doubt.holds_on(day))
