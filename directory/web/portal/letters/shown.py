"""Listings as their provider gets to see them: as everybody does, all on one page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from directory.curation.links import LinkClosedError
from directory.curation.room import BED_CODES
from directory.index.hours import is_open
from directory.projection import Listing, OrganizationListing
from directory.web.listing.facts import Fact, facts_of
from directory.web.listing.hours import Week, week_of
from directory.web.site import the_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One service, with what its page shows beside it.

    `hidden` says that only approved staff can see it. `tells_room` says that its
    provider is asked how much room there is.
    """

    listing: Listing
    facts: Sequence[Fact]
    week: Week
    open_now: bool | None
    hidden: bool
    tells_room: bool


def shown_of(organization: OrganizationListing) -> list[Shown]:
    """Return the services of an organization."""
    site = the_site()
    public, network, now = site.snapshot(), site.network(), site.now()
    return [
        _shown(
            # Staff see more of a listing; its provider looks at what the public sees.
            public.listings.get(identifier) or network.listings[identifier],
            now,
            hidden=identifier not in public.listings,
        )
        for identifier in organization.service_ids
    ]


def organization_of(organization_id: str) -> OrganizationListing:
    """Return an organization, even if its very existence is hidden.

    Raises `LinkClosedError` if there is none any more.
    """
    found = the_site().network().organizations.get(organization_id)
    if found is None:
        raise LinkClosedError
    return found


def service_of(organization_id: str, service_id: str) -> Listing | None:
    """Return a service if it is one of this organization's."""
    listing = the_site().network().listings.get(service_id)
    if listing is None or listing.organization.id != organization_id:
        return None
    return listing


def tells_room(listing: Listing) -> bool:
    """Tell whether it means something to ask how much room a service has."""
    return listing.room is not None or bool(BED_CODES & set(listing.codes))


def _shown(listing: Listing, now: dt.datetime, *, hidden: bool) -> Shown:
    return Shown(
        listing=listing,
        facts=facts_of(listing, now.date()),
        week=week_of(listing, now),
        open_now=is_open(listing, now),
        hidden=hidden,
        tells_room=tells_room(listing),
    )
