"""Small packages that several cases are variants of."""

from tests.builders.packages import (
    ADVOCACY_TERM,
    CRISIS_TERM,
    LEGAL_TERM,
    SHELTER_TERM,
    Cells,
    attribute,
    given_at,
    language,
    location,
    organization,
    phone,
    rule,
    service,
)

Tables = dict[str, list[Cells]]
Fires = list[tuple[Tables, str]]
Silent = list[tuple[str, Tables]]


def place(visibility: str, **of_place: str) -> Cells:
    """Return place `l`; what it shows is said by its visibility."""
    return location(visibility=visibility, **of_place)


def hidden(visibility: str = "county", **of_service: str) -> Tables:
    """Return a service at a hidden place."""
    return {
        "services": [service(**of_service)],
        "locations": [place(visibility)],
        "service_at_location": [given_at()],
    }


def office(**of_service: str) -> Tables:
    """Return a service at a public place, whose city is known."""
    return {
        **hidden("public", **of_service),
        "addresses": [{"id": "d", "location_id": "l", "city": "Raleigh"}],
    }


def several(*visibilities: str, **of_service: str) -> Tables:
    """Return a service at several places; the public one is in Raleigh."""
    numbered = list(enumerate(visibilities))
    return {
        "services": [service(**of_service)],
        "locations": [place(shown, id=f"l{n}") for n, shown in numbered],
        "service_at_location": [
            given_at(id=f"sl{n}", location_id=f"l{n}") for n, _ in numbered
        ],
        "addresses": [
            {"id": f"d{n}", "location_id": f"l{n}", "city": "Raleigh"}
            for n, shown in numbered
            if shown == "public"
        ],
    }


def held(**of_place: str) -> Tables:
    """Return a place with what is held of it."""
    return {"locations": [location(**of_place)]}


def shelter(visibility: str = "county", **of_service: str) -> Tables:
    """Return a shelter with a rule."""
    return {
        **hidden(visibility, **of_service),
        "attributes": [attribute(taxonomy_term_id=SHELTER_TERM)],
        "eligibility_rules": [rule()],
    }


def next_door(**of_service: str) -> Tables:
    """Return a service without a place, beside a shelter whose place is hidden."""
    return {
        **shelter(),
        "services": [service(), service(id="line", name="Line", **of_service)],
        "attributes": [
            attribute(taxonomy_term_id=SHELTER_TERM),
            attribute(id="a2", link_id="line", taxonomy_term_id=ADVOCACY_TERM),
        ],
    }


def lawyers(**of_service: str) -> Tables:
    """Return legal help, which seldom takes everybody."""
    return {
        "services": [service(**of_service)],
        "attributes": [attribute(taxonomy_term_id=LEGAL_TERM)],
    }


def crisis_line(*phones: Cells, **of_service: str) -> Tables:
    """Return a crisis line with its numbers."""
    return {
        "services": [service(**of_service)],
        "attributes": [attribute(taxonomy_term_id=CRISIS_TERM)],
        "phones": list(phones),
    }


def reached(**of_service: str) -> Tables:
    """Return a service whose organization has no website."""
    return {
        "organizations": [organization(website="", evidence="B")],
        "services": [service(basis="second_hand", **of_service)],
    }


def second_owner(**of_phone: str) -> Tables:
    """Return a second organization, and both have a number."""
    return {
        "organizations": [organization(), organization(id="o2", name="Haven")],
        "phones": [
            phone(),
            phone(**{"id": "p2", "organization_id": "o2", **of_phone}),
        ],
    }


def two_bodies(name: str, other: str, **of_other: str) -> Tables:
    """Return two organizations by their names, each with an own site."""
    far = {
        "website": "https://other.example.com",
        "source": "https://other.example.com",
    }
    return {
        "organizations": [
            organization(name=name),
            organization(**{"id": "o2", "name": other, **far, **of_other}),
        ]
    }


def two_services(**of_other: str) -> Tables:
    """Return two services of one organization."""
    return {
        "services": [service(), service(id="s2", **of_other)],
        "attributes": [attribute(), attribute(id="a2", link_id="s2")],
        "languages": [language()],
    }
