"""How much may be told of where a service is."""

from directory.interchange.content import Content, text
from directory.interchange.package import Row
from directory.interchange.whereabouts import the_town
from directory.sentence import Sentence

# The widest first: the further down, the less may be told.
_SHOWN = ("public", "county", "region", "statewide", "network")
_RESIDENTIAL = frozenset({"emergency_shelter", "transitional_housing"})


def shown_of(content: Content, service: Row) -> str | None:
    """Return how much may be told of where `service` is; `None` is everything.

    A bed without a place counts as hidden, since what is not known is hidden. Other
    services without a place are as hidden as those of the same organization.
    """
    places = content.places_of(service)
    if places:
        hidden = [p for p in places if text(p, "visibility") != "public"]
        return _SHOWN[max(map(_rank, hidden))] if hidden else None
    if is_residence(content, service):
        return "region"
    return shown_of_organization(content, content.owner_of(service))


def shown_of_organization(content: Content, organization: Row) -> str | None:
    """Return how much may be told of an organization; `None` is everything.

    What its most open hidden place shows may stand in its own texts.
    """
    places = [
        *content.of_organization(organization, "location"),
        *(p for s in content.services_of(organization) for p in content.places_of(s)),
    ]
    hidden = [p for p in places if text(p, "visibility") != "public"]
    return _SHOWN[min(map(_rank, hidden))] if hidden else None


def _rank(place: Row) -> int:
    return _SHOWN.index(text(place, "visibility"))


def is_residence(content: Content, service: Row) -> bool:
    """Tell whether people sleep where `service` is given."""
    return text(service, "role") == "provision" and not _RESIDENTIAL.isdisjoint(
        content.codes_of(service)
    )


def towns_of_offices(content: Content, organization: Row) -> frozenset[Sentence]:
    """Return what is told by naming the towns of the organization's public offices."""
    offices = {
        text(place, "id")
        for place in content.of_organization(organization, "location")
        if text(place, "visibility") == "public"
    }
    return frozenset(
        the_town(text(address, "city"))
        for address in content.of("address")
        if text(address, "location_id") in offices
    )
