"""Looks at hidden listings: each is recorded, and very many bring an alert."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from directory.accounts import Role
from directory.curation.actor import Actor
from directory.curation.history import Action
from directory.curation.history.accounts import note_gain
from directory.curation.history.alerts import (
    MOST_VIEWS,
    OwnAlertError,
    note_view,
    open_alerts,
    put_away,
)
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, Entry, entries
from directory.database import reading, writing
from tests.builders.changes import COORDINATOR, SECOND
from tests.builders.people import person
from tests.builders.rows import NOON

MINUTE = dt.timedelta(minutes=1)


def look(
    engine: Engine,
    times: int,
    *,
    who: Actor = COORDINATOR,
    start: dt.datetime = NOON,
    every: dt.timedelta = dt.timedelta(seconds=10),
) -> None:
    with writing(engine) as session:
        for n in range(times):
            note_view(
                session,
                who,
                service_id=f"s{n}",
                organization_id="o",
                now=start + n * every,
            )


def alerts(engine: Engine) -> list[Entry]:
    with reading(engine) as session:
        return list(open_alerts(session))


def test_each_look_is_recorded_with_nothing_but_who_what_and_when(
    engine: Engine,
) -> None:
    look(engine, 2)
    with writing(engine) as session:
        note_view(session, SECOND, service_id=None, organization_id="o", now=NOON)
    with reading(engine) as session:
        seen = entries(session, Asked(actions=(Action.VIEW,)))
        assert first_broken(session) is None
    assert [(e.actor, e.subject) for e in seen] == [
        ("staff:c2", "organization:o"),
        ("staff:c1", "service:s1"),
        ("staff:c1", "service:s0"),
    ]
    assert all(e.told.facts == {} and e.told.why == "" for e in seen)


def test_a_busy_day_brings_no_alert(sqlite: Engine) -> None:
    look(sqlite, MOST_VIEWS)
    look(sqlite, MOST_VIEWS, who=SECOND)
    assert alerts(sqlite) == []


def test_forty_looks_within_ten_minutes_bring_one_alert(engine: Engine) -> None:
    look(engine, 40)
    (alert,) = alerts(engine)
    assert alert.subject == "person:c1"
    assert alert.told.facts == {"views": MOST_VIEWS + 1, "minutes": 10}


def test_an_alert_of_another_kind_speaks_for_no_looks(sqlite: Engine) -> None:
    person(sqlite, Role.COORDINATOR)
    with writing(sqlite) as session:
        note_gain(session, COORDINATOR.id, [Role.COORDINATOR], by=SECOND, now=NOON)
    look(sqlite, 40)
    assert [sorted(a.told.facts) for a in alerts(sqlite)] == [
        ["minutes", "views"],
        ["by", "gained"],
    ]


def test_looks_that_are_spread_over_hours_bring_none(sqlite: Engine) -> None:
    look(sqlite, 100, every=MINUTE)
    assert alerts(sqlite) == []


def test_who_goes_on_is_told_of_once_an_hour(sqlite: Engine) -> None:
    look(sqlite, 70, every=MINUTE / 6)
    assert len(alerts(sqlite)) == 1
    look(sqlite, 40, start=NOON + dt.timedelta(hours=2))
    assert len(alerts(sqlite)) == 2


def test_somebody_else_puts_an_alert_away(engine: Engine) -> None:
    look(engine, 40)
    look(engine, 40, who=SECOND)
    first, second = sorted(alerts(engine), key=lambda e: e.seq)
    with writing(engine) as session:
        with pytest.raises(OwnAlertError):
            put_away(session, first, by=COORDINATOR, why="It was me.", now=NOON)
        put_away(session, first, by=SECOND, why="Asked her.", now=NOON)
    assert alerts(engine) == [second]
