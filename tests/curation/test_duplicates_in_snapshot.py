"""Duplicates among the organizations and services of a snapshot."""

from dataclasses import replace

from directory.curation.duplicates import (
    Code,
    Noun,
    bodies_of,
    candidates,
    undecided,
)
from directory.projection import (
    Audience,
    Line,
    Listing,
    OrganizationListing,
    Place,
    Snapshot,
)
from tests.index.listings import DURHAM, PROVENANCE, WAKE, listing, organization

HAVEN = organization("Tanager Haven", id="o1", website="https://www.tanager.example/us")


def snapshot(
    *listings: Listing, more: tuple[OrganizationListing, ...] = ()
) -> Snapshot:
    """Return a snapshot of `listings`, their organizations, and `more` of those."""
    organizations = [one.organization for one in listings] + list(more)
    return Snapshot(
        seq=1,
        audience=Audience.NETWORK,
        listings={one.id: one for one in listings},
        organizations={one.id: one for one in organizations},
        closed={},
    )


def line(number: str, **more: object) -> Line:
    """Return a line that the body answers itself."""
    said: dict[str, object] = {
        "number": number,
        "extension": None,
        "kind": "voice",
        "answered_by": "advocate",
        "always_open": False,
        "languages": (),
        "note": None,
        "basis": "own_page",
        "provenance": PROVENANCE,
    }
    return Line(**{**said, **more})  # type: ignore[arg-type]


def test_a_body_gathers_what_its_services_say() -> None:
    place = Place(visibility="public", county=DURHAM, region=None, city="Durham")
    known = replace(HAVEN, lines=(line("+19195550101"),), email="us@tanager.example")
    (body,) = bodies_of(
        snapshot(
            listing("s1", "Shelter", organization=known, places=(place,)),
            listing("s2", "Help", organization=known, lines=(line("+19195550102"),)),
        )
    )

    assert body.id == "o1"
    assert body.phones == {"+19195550101", "+19195550102"}
    assert body.web_domains == body.mail_domains == {"tanager.example"}
    assert body.places == (place,)
    assert body.counties == {DURHAM, WAKE}


def test_a_number_that_is_not_the_bodys_own_does_not_count() -> None:
    lines = (
        line("911"),
        line("+19195550103", kind="fax"),
        line("+19195550104", answered_by="sheriff"),
    )

    (body,) = bodies_of(snapshot(listing("s", "Help", lines=lines)))

    assert body.phones == frozenset()


def test_organizations_are_found_and_a_decided_pair_is_not() -> None:
    twin = replace(HAVEN, id="o2", name="Tanager Haven, Inc.")
    given = snapshot(more=(HAVEN, twin))

    (found,) = candidates(given)

    assert (found.noun, found.left, found.right) == (Noun.ORGANIZATION, "o1", "o2")
    assert undecided([found], frozenset({found.pair})) == ()
    assert undecided([found], frozenset({frozenset({"o1", "s1"})})) == (found,)


def test_parent_and_child_are_not_shown() -> None:
    child = replace(HAVEN, id="o2", parent_id="o1")

    assert candidates(snapshot(more=(HAVEN, child))) == ()


def test_services_with_same_needs_name_and_places_are_shown() -> None:
    first = listing("s1", "Emergency shelter", "emergency_shelter", organization=HAVEN)
    again = replace(first, id="s2", name="Emergency Shelter")

    (found,) = candidates(snapshot(first, again))

    assert (found.noun, found.left, found.right) == (Noun.SERVICE, "s1", "s2")
    assert found.score == 1
    assert {one.code for one in found.reasons} == {
        Code.SAME_NAME,
        Code.SAME_NEEDS,
        Code.SAME_COUNTY,
    }
    assert undecided([found], frozenset({found.pair})) == ()


def test_services_that_differ_in_one_of_the_three_are_not() -> None:
    first = listing("s1", "Shelter for women", "emergency_shelter", organization=HAVEN)
    others = (
        replace(first, id="s2", name="Shelter for men"),
        replace(first, id="s3", codes=("crisis_line",)),
        replace(first, id="s4", counties=(DURHAM,)),
        replace(first, id="s5", organization=organization("Oldbridge", id="o2")),
    )

    for other in others:
        assert candidates(snapshot(first, other)) == ()
