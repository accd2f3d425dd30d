"""What is hidden from the public, and who looked at it."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from directory.curation.actor import Actor, ActorKind
from directory.curation.history.alerts import note_view
from directory.database import writing
from directory.projection import Listing, Provenance
from directory.web.accounts.guard import the_person
from directory.web.site import the_site


def hidden_listings() -> list[Listing]:
    """Return the listings of which the public does not know, in the order of names."""
    site = the_site()
    public = site.snapshot().listings
    hidden = (x for i, x in site.network().listings.items() if i not in public)
    return sorted(hidden, key=lambda listing: (listing.name.casefold(), listing.id))


def hidden_among(ids: Iterable[str]) -> set[str]:
    """Return those of `ids` of which the public does not know."""
    return {*ids} - {*the_site().snapshot().listings}


def without_links(listing: Listing) -> Listing:
    """Return `listing` without the pages it comes from: one may print the street."""
    return replace(
        listing,
        provenance=_bare(listing.provenance),
        rules=tuple(replace(r, provenance=_bare(r.provenance)) for r in listing.rules),
        lines=tuple(replace(x, provenance=_bare(x.provenance)) for x in listing.lines),
    )


def _bare(provenance: Provenance) -> Provenance:
    return replace(provenance, links=())


def note_looks(listings: Collection[Listing]) -> None:
    """Write into the history who saw which hidden listings, and when: no more.

    What was asked for, and for whom, is written nowhere.
    """
    if not listings:
        return
    site = the_site()
    actor = Actor(kind=ActorKind.STAFF, id=the_person().id)
    with writing(site.database) as session:
        for listing in listings:
            note_view(
                session,
                actor,
                service_id=listing.id,
                organization_id=listing.organization.id,
                now=site.now(),
            )
