"""Dead ends: listings that lead a person who calls to nobody."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from directory.hsds.doubt import OF_NUMBERS
from directory.projection import Listing, OrganizationListing, Snapshot

THROUGH_211 = "through_211"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEnds:
    """What leads nowhere.

    `unreachable` have no number, page or mail address; of `doubted` all numbers are
    said to be wrong; `through_211` have no number, and NC 211 is to be asked for it;
    `empty` are organizations that offer nothing at present.
    """

    unreachable: Sequence[Listing]
    doubted: Sequence[Listing]
    through_211: Sequence[Listing]
    empty: Sequence[OrganizationListing]

    @property
    def count(self) -> int:
        """How many there are in all."""
        listings = {x.id for x in (*self.unreachable, *self.doubted, *self.through_211)}
        return len(listings) + len(self.empty)


def dead_ends(snapshot: Snapshot, day: dt.date) -> DeadEnds:
    """Return what leads nowhere on `day`, in the order of names."""
    listings = sorted(
        snapshot.listings.values(), key=lambda x: (x.organization.name, x.name, x.id)
    )
    organizations = sorted(
        snapshot.organizations.values(), key=lambda x: (x.name, x.id)
    )
    return DeadEnds(
        unreachable=[x for x in listings if is_unreachable(x)],
        doubted=[x for x in listings if is_doubted(x, day)],
        through_211=[x for x in listings if not x.lines and THROUGH_211 in x.access],
        empty=[x for x in organizations if x.serves_people and not x.service_ids],
    )


def is_unreachable(listing: Listing) -> bool:
    """Tell whether there is no way at all to reach a service."""
    owner = listing.organization
    ways = (listing.lines, listing.website, listing.email, owner.website, owner.email)
    return not any(ways) and THROUGH_211 not in listing.access


def is_doubted(listing: Listing, day: dt.date) -> bool:
    """Tell whether users told of every number that it does not work."""
    told = {
        doubt.number
        for doubt in listing.doubts
        if doubt.kind in OF_NUMBERS and doubt.is_public and doubt.holds_on(day)
    }
    return bool(listing.lines) and all(line.number in told for line in listing.lines)
