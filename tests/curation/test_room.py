"""How much room there is: told in its place, believed for three days."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.actor import Actor, ActorKind
from directory.curation.history import Action, Event
from directory.curation.room import ToldRoom, room_of, tell_room
from directory.curation.verification import Answer, note_silence
from directory.database import reading, writing
from directory.hsds import Capacity, Doubt, Verification
from directory.projection import take_snapshot
from tests.builders import rows
from tests.builders.letters import (
    days,
    letters,
    provider,
    reminders,
    sent,
    write_letters,
)
from tests.builders.rows import NOON

CONTACT = Actor(kind=ActorKind.CONTACT, id="s-organization")
STAFF = Actor(kind=ActorKind.STAFF, id="c1")


def tell(
    engine: Engine, told: ToldRoom, *, by: Actor = CONTACT, after: float = 0
) -> bool:
    """Tell room so many days after noon."""
    with writing(engine) as session:
        return tell_room(session, "s", told, by=by, now=NOON + days(after))


def held(engine: Engine) -> list[Capacity]:
    with reading(engine) as session:
        return list(session.exec(select(Capacity)).all())


def test_what_is_told_replaces_what_was_told(engine: Engine) -> None:
    what = provider(engine)
    old = [
        rows.capacity(what, id="old", as_of=NOON - days(9), unit="cots"),
        rows.capacity(
            what, id="new", as_of=NOON - days(5), unit="places", population="women"
        ),
    ]
    rows.save(engine, *old)
    assert tell(engine, ToldRoom(available=2, waitlist=True))
    (room,) = held(engine)
    assert room.id == "new"
    assert (room.available, room.waitlist) == (2, True)
    # Not said, so as it was before.
    assert (room.unit, room.population) == ("places", "women")
    assert (room.as_of, room.expires) == (NOON, NOON + days(3))
    shown = take_snapshot(engine).listings["s"]
    assert shown.room is not None
    assert shown.room.available == 2
    assert shown.verified == {"capacity": NOON.date()}


TOLD_AGAIN = [
    (ToldRoom(available=3), 0.001, False),
    (ToldRoom(available=3), 0.01, True),
    (ToldRoom(available=4), 0.001, True),
    (ToldRoom(available=3, waitlist=False), 0.001, True),
]


@pytest.mark.parametrize(("told", "after", "news"), TOLD_AGAIN)
def test_the_same_told_again_at_once_is_no_news(
    sqlite: Engine, told: ToldRoom, after: float, *, news: bool
) -> None:
    provider(sqlite)
    assert tell(sqlite, ToldRoom(available=3))
    assert tell(sqlite, told, after=after) == news
    with reading(sqlite) as session:
        events = session.exec(select(Event).where(Event.action == Action.ROOM)).all()
    assert len(events) == 1 + news
    assert len(held(sqlite)) == 1


@pytest.mark.parametrize(("told", "kept"), [(-4, 0), (0, 0), (10, 10), (999, 10)])
def test_a_number_is_kept_within_what_can_be_told(
    sqlite: Engine, told: int, kept: int
) -> None:
    provider(sqlite)
    tell(sqlite, ToldRoom(available=told))
    assert held(sqlite)[0].available == kept


def test_of_a_service_that_is_not_there_nothing_is_told(sqlite: Engine) -> None:
    assert not tell(sqlite, ToldRoom(available=1))
    with reading(sqlite) as session:
        assert room_of(session, "s") is None


def test_who_tells_room_is_not_silent(sqlite: Engine) -> None:
    what = provider(sqlite)
    rows.save(sqlite, rows.capacity(what, as_of=NOON - days(9), expires=NOON))
    write_letters(sqlite)
    sent(sqlite, NOON)
    assert note_silence(sqlite, NOON + days(21)) == 1
    write_letters(sqlite, NOON + days(21))
    tell(sqlite, ToldRoom(available=0), after=22)
    with reading(sqlite) as session:
        assert session.exec(select(Doubt)).all() == []
    assert {r.answer for r in reminders(sqlite)} == {Answer.ROOM}
    assert len(letters(sqlite)) == 2


def test_what_staff_heard_by_phone_answers_no_letter(sqlite: Engine) -> None:
    what = provider(sqlite)
    rows.save(sqlite, rows.capacity(what, as_of=NOON - days(9), expires=NOON))
    write_letters(sqlite)
    tell(sqlite, ToldRoom(available=5), by=STAFF)
    assert [r.answer for r in reminders(sqlite)] == [None]
    with reading(sqlite) as session:
        (fact,) = session.exec(select(Verification)).all()
    assert fact.verified_by == "staff by phone"
