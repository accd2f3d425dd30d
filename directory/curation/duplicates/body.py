"""Bodies: what is compared of an organization, as values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from directory.projection import (
    Line,
    Listing,
    OrganizationListing,
    Place,
    Snapshot,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organization as far as it tells that it is itself.

    `names` are the name and every other name; `phones` are E.164; `counties` are the
    FIPS codes of those it is in or serves, none where it serves the whole state.
    """

    id: str
    names: tuple[str, ...]
    phones: frozenset[str] = frozenset()
    web_domains: frozenset[str] = frozenset()
    mail_domains: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    counties: frozenset[str] = frozenset()
    parent_id: str | None = None


def bodies_of(snapshot: Snapshot) -> tuple[Body, ...]:
    """Return the organizations of `snapshot` as bodies, in the order of ids."""
    listings: Mapping[str, list[Listing]] = defaultdict(list)
    for listing in snapshot.listings.values():
        listings[listing.organization.id].append(listing)
    return tuple(
        _body(organization, listings.get(key, []))
        for key, organization in sorted(snapshot.organizations.items())
    )


def web_domain(address: str | None) -> str | None:
    """Return the domain of a page, without `www`."""
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return None
    return host.rstrip(".").removeprefix("www.") or None


def mail_domain(address: str | None) -> str | None:
    """Return the domain of a mailbox."""
    return (address or "").rpartition("@")[2].casefold() or None


def _body(organization: OrganizationListing, listings: Sequence[Listing]) -> Body:
    lines = [*organization.lines, *(line for one in listings for line in one.lines)]
    places = tuple(
        dict.fromkeys(place for listing in listings for place in listing.places)
    )
    return Body(
        id=organization.id,
        names=(organization.name, *organization.alternate_names),
        phones=frozenset(_own_numbers(lines)),
        web_domains=_domains(
            web_domain(organization.website),
            (web_domain(listing.website) for listing in listings),
        ),
        mail_domains=_domains(
            mail_domain(organization.email),
            (mail_domain(listing.email) for listing in listings),
        ),
        places=places,
        counties=_counties(listings, places),
        parent_id=organization.parent_id,
    )


def _own_numbers(lines: Iterable[Line]) -> Iterable[str]:
    """Yield the numbers at which the body itself is reached.

    A short code such as 911, a fax and a sheriff's desk are those of many.
    """
    for line in lines:
        if (
            line.number.startswith("+")
            and line.kind != "fax"
            and not line.is_law_enforcement
        ):
            yield line.number


def _domains(own: str | None, of_services: Iterable[str | None]) -> frozenset[str]:
    """Return the body's own domain, or those of its services where it names none."""
    if own is not None:
        return frozenset({own})
    return frozenset(domain for domain in of_services if domain is not None)


def _counties(listings: Iterable[Listing], places: Iterable[Place]) -> frozenset[str]:
    served = {fips for listing in listings for fips in listing.counties}
    return frozenset(served | {place.county for place in places if place.county})
