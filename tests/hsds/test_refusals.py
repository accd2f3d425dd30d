"""What the database itself refuses to hold, whatever the code above it does."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from directory.database import writing
from directory.hsds import (
    Address,
    Language,
    LanguageBy,
    Location,
    Organization,
    Record,
    Service,
    Visibility,
)
from tests.builders.rows import (
    WAKE,
    address,
    attribute,
    capacity,
    given_at,
    location,
    organization,
    phone,
    rule,
    save,
    schedule,
    service,
    taxonomy,
    term,
)

HIDDEN = [v for v in Visibility if v is not Visibility.PUBLIC]
Make = Callable[[Organization, Service], Record]

# A record that must never be, and the constraint that refuses it.
FORBIDDEN: dict[str, tuple[Make, str]] = {
    "rule that says nothing": (lambda _, s: rule(s, values=()), "says_something"),
    "range out of order": (
        lambda _, s: rule(s, values=(), minimum=25, maximum=18),
        "range_in_order",
    ),
    "negative capacity": (lambda _, s: capacity(s, available=-1), "not_negative"),
    "phone of nobody": (lambda o, _: phone(o, organization_id=None), "one_owner"),
    "phone of two": (lambda o, s: phone(o, service_id=s.id), "one_owner"),
    "language of nobody": (
        lambda _o, _s: Language(code="es", by=LanguageBy.STAFF),
        "one_owner",
    ),
    "opening without an end": (
        lambda _, s: schedule(s, closes_at=None),
        "open_has_hours",
    ),
}


def refused(engine: Engine, *rows: Record) -> str:
    """Return what the database says when it refuses the last of `rows`."""
    *before, last = rows
    save(engine, *before)
    with pytest.raises(IntegrityError) as caught:
        save(engine, last)
    return str(caught.value.orig)


@pytest.mark.parametrize(("make", "name"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_refuses(engine: Engine, make: Make, name: str) -> None:
    owner = organization()
    offer = service(owner)
    assert name in refused(engine, owner, offer, make(owner, offer))


@pytest.mark.parametrize("axis", ["latitude", "longitude"])
@pytest.mark.parametrize("visibility", HIDDEN)
def test_a_hidden_place_has_no_coordinate(
    engine: Engine, visibility: Visibility, axis: str
) -> None:
    owner = organization()
    place = location(owner, visibility, **{axis: 35.7})
    assert "hidden_has_no_point" in refused(engine, owner, place)


@pytest.mark.parametrize("visibility", HIDDEN[1:])
def test_only_public_and_county_tell_the_county(
    engine: Engine, visibility: Visibility
) -> None:
    owner = organization()
    place = location(owner, visibility, county_fips=WAKE)
    assert "hidden_has_no_county" in refused(engine, owner, place)


@pytest.mark.parametrize("visibility", [Visibility.STATEWIDE, Visibility.NETWORK])
def test_what_hides_more_than_the_region_has_none(
    engine: Engine, visibility: Visibility
) -> None:
    owner = organization()
    place = location(owner, visibility, region="Piedmont")
    assert "hidden_has_no_region" in refused(engine, owner, place)


@pytest.mark.parametrize("visibility", Visibility)
def test_a_place_may_tell_what_its_visibility_allows(
    engine: Engine, visibility: Visibility
) -> None:
    owner = organization()
    save(engine, owner, location(owner, visibility))


@pytest.mark.parametrize("visibility", HIDDEN)
def test_a_hidden_place_has_no_address(engine: Engine, visibility: Visibility) -> None:
    owner = organization()
    place = location(owner, visibility)
    said = refused(engine, owner, place, address(place))
    assert "foreign key" in said.lower()


@pytest.mark.parametrize("visibility", HIDDEN)
def test_an_address_cannot_say_that_its_place_is_hidden(
    engine: Engine, visibility: Visibility
) -> None:
    owner = organization()
    place = location(owner, visibility)
    said = refused(engine, owner, place, address(place, location_visibility=visibility))
    assert "only_public" in said


def test_a_place_with_an_address_cannot_be_hidden(engine: Engine) -> None:
    owner = organization()
    place = location(owner, latitude=None, longitude=None)
    save(engine, owner, place, address(place))
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        change_visibility(engine, place, Visibility.COUNTY)


def test_a_place_whose_address_is_deleted_can_be_hidden(engine: Engine) -> None:
    owner = organization()
    place = location(owner, latitude=None, longitude=None)
    where = address(place)
    save(engine, owner, place, where)
    with writing(engine) as session:
        session.delete(session.get_one(Address, where.id))
    change_visibility(engine, place, Visibility.COUNTY)


def test_a_place_with_a_point_cannot_be_hidden(engine: Engine) -> None:
    owner = organization()
    place = location(owner)
    save(engine, owner, place)
    with pytest.raises(IntegrityError, match="hidden_has_no_point"):
        change_visibility(engine, place, Visibility.COUNTY)


def change_visibility(engine: Engine, place: Location, to: Visibility) -> None:
    with writing(engine) as session:
        session.get_one(Location, place.id).visibility = to


@pytest.mark.parametrize("unknown", ["'secret'", "'PUBLIC'", "''", "NULL"])
def test_an_unknown_visibility_is_refused(engine: Engine, unknown: str) -> None:
    owner = organization()
    place = location(owner, Visibility.STATEWIDE)
    save(engine, owner, place)
    statement = text(f"UPDATE location SET visibility = {unknown}")  # noqa: S608
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.execute(statement)


def test_a_service_stands_at_a_place_once(engine: Engine) -> None:
    owner = organization()
    offer, place = service(owner), location(owner)
    link = given_at(offer, place)
    said = refused(engine, owner, offer, place, link, given_at(offer, place))
    assert "unique" in said.lower()


def test_a_service_bears_a_term_once(engine: Engine) -> None:
    owner, words = organization(), taxonomy()
    offer, shelter = service(owner), term(words)
    bears = attribute(offer, shelter)
    said = refused(
        engine, owner, words, offer, shelter, bears, attribute(offer, shelter)
    )
    assert "unique" in said.lower()


def test_a_record_cannot_point_at_nothing(engine: Engine) -> None:
    said = refused(engine, service(organization()))
    assert "foreign key" in said.lower()


def test_what_has_children_cannot_be_deleted(engine: Engine) -> None:
    owner = organization()
    save(engine, owner, service(owner))
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.delete(session.get_one(Organization, owner.id))
