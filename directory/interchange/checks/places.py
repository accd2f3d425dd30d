"""Questions about places: which are public, and what a public one lacks."""

from collections.abc import Iterator

from directory.interchange.checks.rule import Doubt, warning
from directory.interchange.checks.shown import is_residence
from directory.interchange.content import Content, text, words
from directory.interchange.package import Row
from directory.sentence import Sentence

_HARMS = frozenset({"trafficking", "domestic_violence", "sexual_assault", "stalking"})


def residence_is_hidden(content: Content) -> Iterator[Doubt]:
    """Find public places where people sleep for safety."""
    for service in content.services.values():
        if is_residence(content, service) and _is_public(content, service):
            says = Sentence(
                "people sleep here, and its place is public: is that meant?"
            )
            yield Doubt(table="service", row=service, says=says)


def refuge_is_hidden(content: Content) -> Iterator[Doubt]:
    """Find public places of services that are for survivors of violence only."""
    for service in content.services.values():
        if is_residence(content, service) or not _is_public(content, service):
            continue
        if _is_for_survivors(content, service):
            says = Sentence(
                "is for survivors of violence only, and its place is public"
            )
            yield Doubt(table="service", row=service, says=says)


def residence_has_place(content: Content) -> Iterator[Doubt]:
    """Find beds without a place, which nothing says to be hidden."""
    for service in content.active_services():
        if is_residence(content, service) and not content.places_of(service):
            says = Sentence("people sleep here, and no hidden place says so")
            yield Doubt(table="service", row=service, says=says)


def office_has_city(content: Content) -> Iterator[Doubt]:
    """Find public places that name no city, once for each place."""
    addressed = {text(a, "location_id") for a in content.of("address")}
    seen: set[str] = set()
    for service in content.active_services():
        for place in content.places_of(service):
            key = text(place, "id")
            if text(place, "visibility") != "public" or key in addressed | seen:
                continue
            seen.add(key)
            says = Sentence(
                "a public place without a city, where “%(name)s” is",
                name=text(service, "name"),
            )
            yield Doubt(table="location", row=place, says=says)


def _is_public(content: Content, service: Row) -> bool:
    places = content.places_of(service)
    return any(text(place, "visibility") == "public" for place in places)


def _is_for_survivors(content: Content, service: Row) -> bool:
    """Tell whether a service takes survivors of these harms and nobody else."""
    rules = content.of_service(service, "eligibility_rule")
    return text(service, "focus") == "trafficking" or any(map(_takes_survivors, rules))


def _takes_survivors(rule: Row) -> bool:
    said = frozenset(words(rule, "values"))
    return (
        text(rule, "attribute") == "victimization"
        and text(rule, "effect") == "requires"
        and bool(said)
        and said <= _HARMS
    )


RULES = (
    warning(
        "public_residence",
        residence_is_hidden,
        "Beds are hidden unless a page of the body itself prints the address.",
    ),
    warning(
        "public_refuge",
        refuge_is_hidden,
        "Agencies for violence or trafficking are hidden unless their own page prints"
        " the address.",
    ),
    warning(
        "residence_without_place",
        residence_has_place,
        "Give it a place with the visibility that it needs.",
    ),
    warning(
        "place_without_city",
        office_has_city,
        "People must know which town to go to. Find the city.",
    ),
)
