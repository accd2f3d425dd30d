"""What is hidden is in no listing and in no record that leaves the directory."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from sqlalchemy import Engine, text

from directory.database import migrate, open_engine, writing
from directory.hsds import (
    Location,
    Organization,
    Record,
    Service,
    ServiceAtLocation,
    ServiceStatus,
    Visibility,
)
from directory.interchange.package import read_package, write_package
from directory.projection import Audience, Place, Snapshot, take_records, take_snapshot
from tests.builders import rows
from tests.builders.scenes import scene, stage

PUBLIC, COUNTY, NETWORK = Visibility.PUBLIC, Visibility.COUNTY, Visibility.NETWORK
HIDDEN = [v for v in Visibility if v is not PUBLIC]
PAPER = "https://news.example.org/street-of-the-house"


def place_of(engine: Engine) -> Place:
    """Return the one place of the one listing."""
    [listing] = take_snapshot(engine).listings.values()
    [place] = listing.places
    return place


def everything(engine: Engine) -> str:
    """Return all that the public may have, as one text to search in."""
    snapshot = take_snapshot(engine)
    records = [row for some in take_records(engine).values() for row in some]
    return f"{snapshot!r} {records!r}"


# What may be known of a place by its visibility: county, region.
KNOWN = {
    Visibility.COUNTY: (rows.WAKE, "Piedmont"),
    Visibility.REGION: (None, "Piedmont"),
    Visibility.STATEWIDE: (None, None),
}


@pytest.mark.parametrize(("visibility", "known"), KNOWN.items())
def test_a_hidden_place_tells_no_more_than_it_may(
    engine: Engine, visibility: Visibility, known: tuple[str | None, str | None]
) -> None:
    stage(engine, visibility)
    place = place_of(engine)
    assert (place.county, place.region) == known
    assert (place.city, place.street, place.postal_code, place.point) == (None,) * 4


def test_a_public_place_tells_street_and_point(engine: Engine) -> None:
    made = stage(engine, PUBLIC)
    rows.save(engine, rows.address(made.places[0]))
    place = place_of(engine)
    assert (place.street, place.city, place.postal_code) == (
        *("100 Main St", "Raleigh", "27601"),
    )
    assert place.point == (35.78, -78.64)


CHECKS = (
    "visibility",
    *(f"hidden_has_no_{what}" for what in ("point", "county", "region")),
)


def set_behind_the_checks(engine: Engine, visibility: str) -> None:
    """Give every place a visibility and leave the rest, as only a fault could."""
    sqlite = engine.dialect.name == "sqlite"
    drops = [f"ALTER TABLE location DROP CONSTRAINT ck_location_{c}" for c in CHECKS]
    with writing(engine) as session:
        for statement in ["PRAGMA ignore_check_constraints = ON"] if sqlite else drops:
            session.execute(text(statement))
        session.execute(text("UPDATE location SET visibility = :v"), {"v": visibility})


def test_a_place_of_unknown_visibility_is_not_shown(engine: Engine) -> None:
    made = stage(engine, PUBLIC)
    set_behind_the_checks(engine, "city")
    snapshot = take_snapshot(engine)
    assert (snapshot.listings, snapshot.organizations) == ({}, {})
    assert made.places[0].id not in everything(engine)


def test_what_a_hidden_place_holds_against_the_rules_is_not_shown(
    engine: Engine,
) -> None:
    stage(engine, PUBLIC)
    set_behind_the_checks(engine, "region")
    assert place_of(engine) == Place(
        visibility="region", county=None, region="Piedmont"
    )
    assert not [t for t in ("35.78", "-78.64", rows.WAKE) if t in everything(engine)]


HIDE = """
UPDATE location
SET visibility = 'region', county_fips = NULL, latitude = NULL, longitude = NULL
"""


def test_an_address_that_a_hidden_place_left_behind_is_not_told(
    sqlite: Engine, tmp_path: Path
) -> None:
    made = stage(sqlite, PUBLIC)
    rows.save(sqlite, rows.address(made.places[0]))
    # A connection that is not ours heeds no foreign key.
    with closing(connect(tmp_path / "test.db")) as connection, connection:
        connection.execute(HIDE)
    assert place_of(sqlite).visibility == "region"
    assert "100 Main St" not in everything(sqlite)


def test_a_network_service_is_not_there(engine: Engine) -> None:
    stage(engine, NETWORK, name="secret")
    assert "secret" not in everything(engine)


@pytest.mark.parametrize("status", ServiceStatus)
def test_a_network_service_is_not_there_in_any_state(
    engine: Engine, status: ServiceStatus
) -> None:
    stage(engine, NETWORK, name="secret", status=status)
    assert "secret" not in everything(engine)


def test_the_network_sees_a_network_service(engine: Engine) -> None:
    stage(engine, NETWORK, name="secret")
    assert "secret" in take_snapshot(engine, Audience.NETWORK).listings


def test_an_organization_with_another_service_is_shown_without_the_secret_one(
    engine: Engine,
) -> None:
    made = stage(engine, PUBLIC)
    secret = scene(NETWORK, of=made.organization, name="secret")
    rows.save(engine, *secret.records[1:])
    [shown] = take_snapshot(engine).organizations.values()
    assert shown.service_ids == ("s",)
    assert "secret" not in everything(engine)


def test_the_children_of_a_network_service_are_not_there(engine: Engine) -> None:
    made = stage(engine, NETWORK, name="secret")
    number = rows.phone(made.service, number="+19195550111")
    rows.save(engine, number, rows.rule(made.service), rows.area(made.service))
    assert not any(take_records(engine).values())


def test_the_numbers_of_a_secret_organization_are_not_there(engine: Engine) -> None:
    made = stage(engine, NETWORK, name="secret")
    rows.save(engine, rows.phone(made.organization, number="+19195550111"))
    assert "5550111" not in everything(engine)


def test_a_network_place_of_a_public_service_is_not_there(engine: Engine) -> None:
    made = stage(engine, PUBLIC, NETWORK)
    hours = rows.schedule(made.service, service_at_location_id=made.links[1].id)
    rows.save(engine, rows.schedule(made.service, opens_at="08:00"), hours)
    assert place_of(engine).visibility == "public"
    [opening] = take_snapshot(engine).listings["s"].openings
    assert opening.opens == "08:00"
    assert made.places[1].id not in everything(engine)


def test_a_part_of_a_secret_organization_does_not_name_it(engine: Engine) -> None:
    secret = stage(engine, NETWORK, name="secret").organization
    part = rows.organization(id="part", parent_organization_id=secret.id)
    rows.save(engine, part)
    assert take_snapshot(engine).organizations["part"].parent_id is None
    assert "secret" not in everything(engine)


def test_a_part_of_a_shown_organization_names_it(engine: Engine) -> None:
    above = stage(engine, PUBLIC).organization
    rows.save(engine, rows.organization(id="part", parent_organization_id=above.id))
    assert take_snapshot(engine).organizations["part"].parent_id == above.id


def test_a_place_of_a_secret_organization_does_not_name_it(engine: Engine) -> None:
    secret = stage(engine, NETWORK, name="secret").organization
    made = stage(engine, PUBLIC)
    lent = rows.location(secret, PUBLIC, id="lent")
    rows.save(engine, lent, rows.given_at(made.service, lent))
    assert "secret" not in everything(engine)


@pytest.mark.parametrize("visibility", HIDDEN[:-1])
def test_the_sources_of_a_hidden_place_are_not_named(
    engine: Engine, visibility: Visibility
) -> None:
    owner = rows.organization(id="o", source=PAPER)
    made = scene(visibility, of=owner, source=PAPER)
    number = rows.phone(made.service, source=PAPER)
    rows.save(engine, *made.records, number, rows.rule(made.service, source=PAPER))
    rows.save(engine, rows.phone(owner, source=PAPER, number="+19195550111"))
    assert "s" in take_snapshot(engine).listings
    assert PAPER not in everything(engine)


CLOSED = [s for s in ServiceStatus if s is not ServiceStatus.ACTIVE]


@pytest.mark.parametrize("status", CLOSED)
def test_the_sources_of_a_closed_hidden_place_are_not_named(
    engine: Engine, status: ServiceStatus
) -> None:
    owner = rows.organization(id="o", source=PAPER)
    rows.save(engine, *scene(COUNTY, of=owner, source=PAPER, status=status).records)
    assert PAPER not in everything(engine)


def test_the_sources_of_a_public_place_are_named(engine: Engine) -> None:
    stage(engine, PUBLIC, source=f"{PAPER} ; said by phone ; {rows.SOURCE}")
    listing = take_snapshot(engine).listings["s"]
    assert listing.provenance.links == (PAPER, rows.SOURCE)
    assert PAPER in everything(engine)


def test_the_network_sees_the_sources_of_a_hidden_place(engine: Engine) -> None:
    stage(engine, COUNTY, source=PAPER)
    listing = take_snapshot(engine, Audience.NETWORK).listings["s"]
    assert listing.provenance.links == (PAPER,)


def test_what_a_hidden_place_is_called_is_not_told(engine: Engine) -> None:
    owner = rows.organization()
    offer = rows.service(owner)
    place = rows.location(owner, COUNTY, name="Oak Street house")
    link = rows.given_at(offer, place, description="Behind the church")
    rows.save(engine, owner, offer, place, link)
    assert "Oak Street" not in everything(engine)
    assert "church" not in everything(engine)


def test_the_notes_of_staff_are_in_nothing(engine: Engine) -> None:
    rows.save(engine, rows.organization(history="Moved after a threat"))
    assert "threat" not in everything(engine)
    assert "threat" not in repr(take_snapshot(engine, Audience.NETWORK))


def test_a_place_that_no_service_uses_is_in_nothing(engine: Engine) -> None:
    owner = rows.organization()
    rows.save(engine, owner, rows.location(owner, COUNTY, id="unused"))
    assert "unused" not in everything(engine)


def shown(snapshot: Snapshot) -> object:
    """Return all of a snapshot but its number, which counts secret changes as well."""
    return snapshot.listings, snapshot.organizations, snapshot.closed


def as_values(records: Mapping[type[Record], Sequence[Record]]) -> object:
    return {
        model.__name__: sorted(repr(row.model_dump()) for row in some)
        for model, some in records.items()
    }


SECRETS = {
    "an organization of its own": scene(NETWORK, name="secret").records,
    "closed": scene(NETWORK, name="secret", status=ServiceStatus.DEFUNCT).records,
    "of a public organization": scene(
        NETWORK, of=rows.organization(id="s-organization"), name="secret"
    ).records[1:],
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_databases_that_differ_in_a_secret_show_the_same(
    tmp_path: Path, secret: Sequence[Record]
) -> None:
    plain, other = new_database(tmp_path / "1.db"), new_database(tmp_path / "2.db")
    for engine in (plain, other):
        rows.save(engine, *copies(scene(PUBLIC).records))
    rows.save(other, *copies(secret))
    assert shown(take_snapshot(plain)) == shown(take_snapshot(other))
    assert as_values(take_records(plain)) == as_values(take_records(other))


def new_database(file: Path) -> Engine:
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    return engine


def copies(records: Sequence[Record]) -> list[Record]:
    """Return rows that no session has seen."""
    return [type(row)(**row.model_dump()) for row in records]


def test_a_service_without_a_place_is_shown(engine: Engine) -> None:
    stage(engine)
    assert take_snapshot(engine).listings["s"].places == ()


def test_public_records_are_a_package_that_can_be_read(
    engine: Engine, tmp_path: Path
) -> None:
    stage(engine, PUBLIC, NETWORK)
    secret = stage(engine, NETWORK, name="secret").organization
    rows.save(engine, rows.organization(parent_organization_id=secret.id))
    write_package(tmp_path, take_records(engine).__getitem__)
    assert len(read_package(tmp_path).of("organization")) == 2


def test_records_are_copies_that_do_not_change_the_directory(engine: Engine) -> None:
    stage(engine, COUNTY, source=PAPER)
    for record in take_records(engine)[Service]:
        assert isinstance(record, Service)
        record.name = "Changed"
    assert take_snapshot(engine).listings["s"].name == "Shelter"


def test_records_are_those_of_the_listings(engine: Engine) -> None:
    made = stage(engine, PUBLIC)
    records = take_records(engine)
    assert {model: [row.id for row in records[model]] for model in MODELS} == {
        Organization: [made.organization.id],
        Service: [made.service.id],
        Location: [made.places[0].id],
        ServiceAtLocation: [made.links[0].id],
    }


MODELS: list[type[Record]] = [Organization, Service, Location, ServiceAtLocation]
