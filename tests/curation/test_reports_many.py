"""Many listings told to be wrong on one day: somebody may be doing it on purpose."""

import datetime as dt

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.actor import Actor, ActorKind
from directory.curation.history import Action
from directory.curation.history.alerts import open_alerts, put_away
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.reports import (
    ALARMED_FROM,
    MOST_PUBLIC_A_DAY,
    NewReport,
    OpenReport,
    ReportKind,
    Settlement,
    clear_for,
    forget,
    open_reports,
    settle,
    take,
)
from directory.database import last_change, reading, writing
from directory.hsds import Doubt, DoubtKind
from tests.builders import rows
from tests.builders.rows import NOON

CLOSED, WRONG = ReportKind.CLOSED, ReportKind.WRONG_NUMBER
COORDINATOR = Actor(kind=ActorKind.STAFF, id="c1")
SERVICES = MOST_PUBLIC_A_DAY + 4
NEXT = f"s{MOST_PUBLIC_A_DAY}"
"""The first listing of which no doubt becomes public any more."""
DAY = dt.timedelta(days=1)


@pytest.fixture
def listed(engine: Engine) -> Engine:
    """Return a database with some bodies of one service each."""
    bodies = [rows.organization(id=f"o{n}") for n in range(SERVICES)]
    offers = [rows.service(body, id=f"s{n}") for n, body in enumerate(bodies)]
    number = "+1919555{:04}".format
    phones = [rows.phone(o, id=f"p{n}", number=number(n)) for n, o in enumerate(offers)]
    rows.save(engine, *bodies, *offers, *phones)
    return engine


def tell(engine: Engine, of: str, *who: str, days: int = 0) -> None:
    """Let some tell that a service is closed, some days after the first."""
    with writing(engine) as session:
        for one in who:
            told = NewReport(service_id=of, kind=CLOSED, reporter=one)
            take(session, told, NOON + days * DAY)


def doubt_many(engine: Engine, count: int, *, days: int = 0, first: int = 0) -> None:
    """Let two tell it of so many services, from two networks for each few."""
    for n in range(first, first + count):
        names = (f"a{n // 5} on {days}", f"b{n // 5} on {days}")
        tell(engine, f"s{n}", *names, days=days)


def doubted(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return {str(d.service_id) for d in session.exec(select(Doubt))}


def told_of(engine: Engine, service_id: str, days: int = 0) -> OpenReport:
    with reading(engine) as session:
        found = open_reports(session, NOON + days * DAY)
    return next(one for one in found if one.service_id == service_id)


def alerts(engine: Engine) -> list[Entry]:
    with reading(engine) as session:
        assert first_broken(session) is None
        return list(open_alerts(session))


def test_few_a_day_bring_no_alert(listed: Engine) -> None:
    doubt_many(listed, ALARMED_FROM - 1)
    assert alerts(listed) == []


def test_many_a_day_bring_one_alert_a_day(listed: Engine) -> None:
    doubt_many(listed, ALARMED_FROM + 2)
    [alert] = alerts(listed)
    assert alert.told.facts == {"doubted": ALARMED_FROM}
    # As of a report, it is known on which day that was, and not when.
    at = alert.at.astimezone(NOON.tzinfo)
    assert (at.date(), at.time()) == (NOON.date(), dt.time())
    with writing(listed) as session:
        put_away(session, alert, by=COORDINATOR, why="Called them.", now=NOON)
    doubt_many(listed, 1, first=ALARMED_FROM + 2)
    assert alerts(listed) == []
    for n in range(ALARMED_FROM):
        with writing(listed) as session:
            settle(session, f"s{n}", CLOSED, Settlement.DISMISSED, NOON)
    doubt_many(listed, ALARMED_FROM, days=1)
    assert len(alerts(listed)) == 1


def test_beyond_ten_a_day_new_doubts_wait_for_a_coordinator(listed: Engine) -> None:
    doubt_many(listed, SERVICES)
    assert doubted(listed) == {f"s{n}" for n in range(MOST_PUBLIC_A_DAY)}
    opened = told_of(listed, NEXT)
    assert (opened.count, opened.is_public, opened.is_held) == (2, False, True)
    assert not told_of(listed, "s0").is_held
    with reading(listed) as session:
        told = entries(session, Asked(actions=(Action.REPORT,)))
    assert len(told) == MOST_PUBLIC_A_DAY


def test_more_who_tell_the_same_on_that_day_do_not_make_it_public(
    listed: Engine,
) -> None:
    doubt_many(listed, MOST_PUBLIC_A_DAY)
    tell(listed, NEXT, *(f"x{n}" for n in range(5)))
    assert NEXT not in doubted(listed)
    assert told_of(listed, NEXT).count == 5
    # What is public already goes on being counted.
    tell(listed, "s0", "somebody else")
    with reading(listed) as session:
        [doubt] = session.exec(select(Doubt).where(Doubt.service_id == "s0"))
    assert doubt.count == 3


def test_what_is_held_is_not_let_go_by_another_day_alone(listed: Engine) -> None:
    doubt_many(listed, MOST_PUBLIC_A_DAY + 1)
    with writing(listed) as session:
        forget(session, (NOON + DAY).date())
    assert NEXT not in doubted(listed)
    # Somebody who tells it on a quieter day is a second one who counts.
    tell(listed, NEXT, "another", days=1)
    assert NEXT in doubted(listed)


def test_a_coordinator_makes_it_public_or_ends_it(listed: Engine) -> None:
    doubt_many(listed, MOST_PUBLIC_A_DAY + 2)
    later = f"s{MOST_PUBLIC_A_DAY + 1}"
    with writing(listed) as session:
        assert settle(session, NEXT, CLOSED, Settlement.CONFIRMED, NOON) == 2
        assert settle(session, later, CLOSED, Settlement.DISMISSED, NOON) == 2
    assert NEXT in doubted(listed)
    assert later not in doubted(listed)
    with reading(listed) as session:
        waiting = {one.service_id for one in open_reports(session, NOON)}
    assert not waiting & {NEXT, later}


def test_a_provider_who_says_that_it_is_right_ends_what_is_held(
    listed: Engine,
) -> None:
    doubt_many(listed, MOST_PUBLIC_A_DAY + 1)
    with writing(listed) as session:
        assert clear_for(session, NEXT, NOON) == 2
    tell(listed, NEXT, "another", days=1)
    assert NEXT not in doubted(listed)


def test_a_number_that_is_held_hangs_on_no_phone(listed: Engine) -> None:
    doubt_many(listed, MOST_PUBLIC_A_DAY)
    with writing(listed) as session:
        for who in ("x", "y"):
            number = f"+1919555{MOST_PUBLIC_A_DAY:04}"
            told = NewReport(service_id=NEXT, kind=WRONG, number=number, reporter=who)
            take(session, told, NOON)
        of_numbers = select(Doubt).where(Doubt.kind == DoubtKind.WRONG_NUMBER)
        assert session.exec(of_numbers).all() == []


def test_what_is_held_has_nobody_read_anew(listed: Engine) -> None:
    doubt_many(listed, MOST_PUBLIC_A_DAY)
    with reading(listed) as session:
        before = last_change(session)
    tell(listed, NEXT, "x", "y", "z")
    with reading(listed) as session:
        assert last_change(session) == before
