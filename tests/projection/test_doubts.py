"""What of the doubts about a listing is told, to whom, and how long."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from directory.hsds import Doubt as Record
from directory.hsds import DoubtKind, Visibility
from directory.projection import Audience, Doubt, Listing, take_records, take_snapshot
from directory.projection.listing import PUBLIC_FROM, REPORT_DAYS
from tests.builders import rows
from tests.builders.scenes import Scene, scene, stage

OWN, GENERAL = "+19195550101", "+19195550102"
LATER = rows.DAY + dt.timedelta(40)


def doubt(kind: DoubtKind = DoubtKind.CLOSED, count: int = 2, **of: object) -> Record:
    """Return a doubt that was told on the first day and forty days later."""
    said: dict[str, object] = {"kind": kind, "count": count, **of}
    return Record(since=rows.DAY, last=LATER, **said)  # type: ignore[arg-type]


@pytest.fixture
def made(sqlite: Engine) -> Scene:
    """Write a service with a number of its own and one of the organization."""
    made = stage(sqlite)
    rows.save(
        sqlite,
        rows.phone(made.service, id="own", number=OWN),
        rows.phone(made.organization, id="general", number=GENERAL),
    )
    return made


def listing(engine: Engine) -> Listing:
    """Return the one listing."""
    [only] = take_snapshot(engine).listings.values()
    return only


def test_a_listing_bears_what_is_doubted_of_it_and_of_its_organization(
    sqlite: Engine, made: Scene
) -> None:
    rows.save(
        sqlite,
        doubt(DoubtKind.SILENCE, 1, organization_id=made.organization.id),
        doubt(DoubtKind.NO_ANSWER, phone_id="general", number=GENERAL),
        doubt(DoubtKind.WRONG_NUMBER, phone_id="own", number=OWN),
        doubt(DoubtKind.CLOSED, service_id=made.service.id),
    )
    told = listing(sqlite)
    assert [(d.kind, d.number) for d in told.doubts] == [
        ("closed", None),
        ("wrong_number", OWN),
        ("no_answer", GENERAL),
        ("silence", None),
    ]
    assert [d.kind for d in told.organization.doubts] == ["no_answer", "silence"]
    assert (told.doubts[0].count, told.doubts[0].last) == (2, LATER)


def test_a_number_that_is_recorded_twice_is_doubted_once(
    sqlite: Engine, made: Scene
) -> None:
    rows.save(
        sqlite,
        rows.phone(made.service, id="again", number=GENERAL),
        doubt(DoubtKind.NO_ANSWER, 2, phone_id="general", number=GENERAL),
        doubt(DoubtKind.NO_ANSWER, 3, phone_id="again", number=GENERAL),
    )
    [told] = listing(sqlite).doubts
    assert told.count == 3


def test_a_doubt_about_another_number_than_the_phone_bears_now_is_none(
    sqlite: Engine, made: Scene
) -> None:
    rows.save(sqlite, doubt(DoubtKind.WRONG_NUMBER, phone_id="own", number=GENERAL))
    assert made.service.id == listing(sqlite).id
    assert listing(sqlite).doubts == ()


@pytest.mark.parametrize("kind", DoubtKind)
def test_there_must_be_enough_of_a_doubt_for_everybody_to_be_told(
    kind: DoubtKind,
) -> None:
    enough = PUBLIC_FROM[kind]
    for count in range(1, 5):
        told = Doubt(kind=kind, count=count, since=rows.DAY, last=rows.DAY)
        assert told.is_public is (count >= enough)


def test_the_thresholds_are_those_that_were_promised() -> None:
    assert PUBLIC_FROM == {
        "closed": 2,
        "wrong_number": 2,
        "no_answer": 2,
        "refuses": 2,
        "bounce": 1,
        "silence": 3,
    }
    assert set(PUBLIC_FROM) == set(DoubtKind)


@pytest.mark.parametrize("kind", DoubtKind)
def test_what_users_told_is_forgotten_and_what_was_seen_is_not(kind: DoubtKind) -> None:
    told = Doubt(kind=kind, count=3, since=rows.DAY, last=LATER)
    seen = kind in {DoubtKind.SILENCE, DoubtKind.BOUNCE}
    assert told.holds_on(rows.DAY + dt.timedelta(REPORT_DAYS))
    assert told.holds_on(rows.DAY + dt.timedelta(REPORT_DAYS + 1)) is seen


def test_a_doubt_about_what_is_hidden_is_for_the_network_alone(sqlite: Engine) -> None:
    owner = rows.organization(id="o")
    hidden = scene(Visibility.NETWORK, of=owner, name="hidden")
    shown = scene(of=owner, name="shown")
    rows.save(
        sqlite,
        *hidden.records,
        *shown.records[1:],
        rows.phone(hidden.service, id="own", number=OWN),
        doubt(DoubtKind.CLOSED, service_id="hidden"),
        doubt(DoubtKind.NO_ANSWER, phone_id="own", number=OWN),
    )
    assert listing(sqlite).doubts == ()
    network = take_snapshot(sqlite, Audience.NETWORK).listings
    assert [d.kind for d in network["hidden"].doubts] == ["closed", "no_answer"]
    assert network["shown"].doubts == ()


def test_no_export_holds_a_doubt(sqlite: Engine, made: Scene) -> None:
    before = take_records(sqlite)
    rows.save(
        sqlite,
        doubt(service_id=made.service.id),
        doubt(DoubtKind.NO_ANSWER, phone_id="own", number=OWN),
    )
    after = take_records(sqlite)
    assert Record not in after
    assert {m.__name__: len(some) for m, some in after.items()} == {
        m.__name__: len(some) for m, some in before.items()
    }
