"""Two who do not know of each other make a doubt; one alone never does."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import select

from directory.curation.actor import PROGRAM
from directory.curation.history import Action
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, entries
from directory.curation.reports import (
    MOST_A_DAY,
    NewReport,
    Report,
    ReportKind,
    Settlement,
    Taken,
    clear_for,
    forget,
    open_reports,
    settle,
    take,
)
from directory.database import last_change, reading, writing
from directory.hsds import Doubt, DoubtKind, Phone, Service
from directory.projection import take_snapshot
from tests.builders import rows

OWN, GENERAL, OTHER = "+19195550101", "+19195550102", "+19195550103"
WRONG, SILENT = ReportKind.WRONG_NUMBER, ReportKind.NO_ANSWER
CLOSED, REFUSES = ReportKind.CLOSED, ReportKind.REFUSES
NOON = rows.NOON


@pytest.fixture
def listed(engine: Engine) -> Engine:
    """Return a database with a body of two services, and another body."""
    body, other = rows.organization(id="body"), rows.organization(id="other")
    shelter, lawyer = rows.service(body, id="shelter"), rows.service(body, id="lawyer")
    pantry = rows.service(other, id="pantry")
    rows.save(
        engine,
        *(body, other, shelter, lawyer, pantry),
        rows.phone(body, id="general", number=GENERAL),
        rows.phone(shelter, id="own", number=OWN),
        rows.phone(pantry, id="there", number=GENERAL),
    )
    return engine


def tell(
    engine: Engine,
    who: str,
    kind: ReportKind = CLOSED,
    number: str | None = None,
    *,
    of: str = "shelter",
    days: int = 0,
) -> Taken:
    """Let `who` tell something of a listing, some days after the first."""
    told = NewReport(service_id=of, kind=kind, number=number, reporter=who)
    with writing(engine) as session:
        return take(session, told, NOON + dt.timedelta(days))


def doubts(engine: Engine) -> set[tuple[str, str, int]]:
    """Return what is doubted: the subject, the kind, how often."""
    with reading(engine) as session:
        return {
            (str(d.service_id or d.phone_id), d.kind.value, d.count)
            for d in session.exec(select(Doubt))
        }


def kept(engine: Engine) -> list[Report]:
    """Return the reports that were kept."""
    with reading(engine) as session:
        return list(session.exec(select(Report)))


def test_one_report_is_kept_and_doubts_nothing(listed: Engine) -> None:
    assert tell(listed, "a") is Taken.TAKEN
    assert doubts(listed) == set()
    [report] = kept(listed)
    assert (report.service_id, report.kind, report.number) == ("shelter", CLOSED, None)
    assert report.reported_on == NOON.date()


def test_two_reporters_make_a_doubt_and_a_third_counts_in(listed: Engine) -> None:
    tell(listed, "a")
    tell(listed, "b", days=3)
    assert doubts(listed) == {("shelter", "closed", 2)}
    tell(listed, "c", days=5)
    with reading(listed) as session:
        [doubt] = session.exec(select(Doubt))
    first = NOON.date()
    assert (doubt.count, doubt.since) == (3, first)
    assert doubt.last == first + dt.timedelta(5)


def test_one_reporter_a_thousand_times_makes_none(listed: Engine) -> None:
    told = NewReport(service_id="shelter", kind=WRONG, number=OWN, reporter="a")
    with writing(listed) as session:
        answers = [take(session, told, NOON) for _ in range(1000)]
    assert answers == [Taken.TAKEN] + [Taken.AGAIN] * 999
    assert len(kept(listed)) == 1
    assert doubts(listed) == set()


def test_many_at_once_are_counted_one_after_another(listed: Engine) -> None:
    with ThreadPoolExecutor(8) as clients:
        names = ["a"] * 20 + ["b", "c"]
        answers = list(clients.map(lambda who: tell(listed, who), names))
    assert answers.count(Taken.TAKEN) == 3
    assert doubts(listed) == {("shelter", "closed", 3)}


def test_what_differs_does_not_add_up(listed: Engine) -> None:
    tell(listed, "a", WRONG, OWN)
    tell(listed, "b", SILENT, OWN)
    tell(listed, "c", WRONG, GENERAL)
    tell(listed, "d", REFUSES)
    tell(listed, "e", CLOSED)
    tell(listed, "f", CLOSED, of="lawyer")
    # Another body may share the number, and be reached by it.
    tell(listed, "g", WRONG, GENERAL, of="pantry")
    assert doubts(listed) == set()


def test_a_number_of_the_body_is_one_thing_for_all_its_services(
    listed: Engine,
) -> None:
    tell(listed, "a", WRONG, GENERAL)
    assert tell(listed, "a", WRONG, GENERAL, of="lawyer") is Taken.AGAIN
    assert doubts(listed) == set()
    tell(listed, "b", WRONG, GENERAL, of="lawyer")
    assert doubts(listed) == {("general", "wrong_number", 2)}


def test_a_number_that_is_recorded_twice_is_doubted_at_both(listed: Engine) -> None:
    with writing(listed) as session:
        lawyer = session.exec(select(Service).where(Service.id == "lawyer")).one()
        session.add(rows.phone(lawyer, id="twice", number=GENERAL))
    tell(listed, "a", SILENT, GENERAL)
    tell(listed, "b", SILENT, GENERAL)
    assert {subject for subject, _, _ in doubts(listed)} == {"general", "twice"}


@pytest.mark.parametrize(
    ("of", "kind", "number"),
    [
        ("nothing", CLOSED, None),
        ("shelter", WRONG, None),
        ("shelter", WRONG, OTHER),
        ("shelter", WRONG, "911"),
        ("lawyer", WRONG, OWN),
        ("pantry", SILENT, OWN),
    ],
)
def test_only_a_number_of_the_listing_can_be_told_of(
    listed: Engine, of: str, kind: ReportKind, number: str | None
) -> None:
    for who in ("a", "b"):
        assert tell(listed, who, kind, number, of=of) is Taken.GONE
    assert kept(listed) == []


def test_a_number_is_not_kept_where_it_says_nothing(listed: Engine) -> None:
    tell(listed, "a", CLOSED, OWN)
    [report] = kept(listed)
    assert report.number is None


def test_one_reporter_tells_of_ten_things_a_day(listed: Engine) -> None:
    with writing(listed) as session:
        body = session.exec(select(Service)).first()
        assert body is not None
        for n in range(MOST_A_DAY + 1):
            owner = rows.organization(id=f"o{n}")
            session.add(owner)
            session.flush()
            session.add(rows.service(owner, id=f"s{n}"))
    answers = [tell(listed, "a", of=f"s{n}") for n in range(MOST_A_DAY + 1)]
    assert answers == [Taken.TAKEN] * MOST_A_DAY + [Taken.TOO_MUCH]
    # What was told before is still only told again.
    assert tell(listed, "a", of="s0") is Taken.AGAIN
    assert tell(listed, "b", of="s10") is Taken.TAKEN
    assert tell(listed, "a", of="s10", days=1) is Taken.TAKEN


def everything(engine: Engine) -> str:
    """Return all that the database holds, as text."""
    with engine.connect() as connection:
        tables = [
            *("report", "doubt", "change", "phone", "service", "organization"),
            *("event", "event_detail"),
        ]
        return "".join(
            str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 - names of our tables
            for table in tables
        )


def test_nothing_of_a_reporter_is_left_after_the_day(listed: Engine) -> None:
    tell(listed, "reporter-one")
    tell(listed, "reporter-two")
    assert "reporter-one" in everything(listed)
    tell(listed, "reporter-three", REFUSES, days=1)
    assert "reporter-one" not in everything(listed)
    assert "reporter-two" not in everything(listed)
    # It counts as before.
    assert doubts(listed) == {("shelter", "closed", 2)}
    with writing(listed) as session:
        settle(session, "nothing", CLOSED, Settlement.DISMISSED, later(2))
    assert "reporter" not in everything(listed)


def later(days: int) -> dt.datetime:
    return NOON + dt.timedelta(days)


def test_who_looks_reads_no_mark_and_sees_what_is_not_erased_as_if_it_were(
    listed: Engine,
) -> None:
    for who, days in (("a", 0), ("b", 1), ("c", 2)):
        tell(listed, who, days=days)
    with statements(listed) as read:
        for day, count in ((90, 3), (91, 2), (92, 1)):
            with reading(listed) as session:
                [opened] = open_reports(session, later(day))
            assert (opened.count, opened.is_public) == (count, count > 1)
            assert opened.since == later(day - 90).date()
        with reading(listed) as session:
            assert open_reports(session, later(93)) == ()
    assert "report.reported_on" in "".join(read)
    assert "reporter" not in "".join(read)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Gather what the database is asked meanwhile."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_the_history_tells_of_each_time_that_a_doubt_becomes_public(
    listed: Engine,
) -> None:
    for who in ("a", "b", "c"):
        tell(listed, who)
        tell(listed, who, WRONG, GENERAL, of="lawyer")
    assert noted(listed) == [
        ("service:shelter", "body", {"kind": "closed", "reports": 2}),
        ("service:lawyer", "body", {"kind": "wrong_number", "reports": 2}),
    ]
    # It ends, by an answer or with time, and begins anew with the next two.
    with writing(listed) as session:
        settle(session, "shelter", CLOSED, Settlement.DISMISSED, NOON)
    tell(listed, "d", days=95)
    tell(listed, "d", WRONG, GENERAL, days=95)
    assert len(noted(listed)) == 2
    tell(listed, "e", days=96)
    tell(listed, "e", WRONG, GENERAL, days=96)
    assert [facts["kind"] for *_, facts in noted(listed)][2:] == [
        "closed",
        "wrong_number",
    ]
    with reading(listed) as session:
        assert first_broken(session) is None


def test_what_is_confirmed_or_counts_less_with_time_is_told_of_once(
    listed: Engine,
) -> None:
    for who, days in (("a", 0), ("b", 10), ("c", 20)):
        tell(listed, who, days=days)
    with writing(listed) as session:
        settle(session, "shelter", CLOSED, Settlement.CONFIRMED, later(21))
        # The first counts no more, two others do: it was public all the time.
        forget(session, later(91).date())
    tell(listed, "d", days=95)
    assert len(noted(listed)) == 1


def noted(engine: Engine) -> list[tuple[str, str | None, Mapping[str, object]]]:
    """Return what the history tells of reports: the subject, its owner, the facts."""
    asked = Asked(actions=(Action.REPORT,))
    with reading(engine) as session:
        found = entries(session, asked)
    assert {entry.actor for entry in found} <= {str(PROGRAM)}
    assert not any(entry.told.why or entry.told.patch for entry in found)
    # As of a report, it is known on which day that was, and not when.
    times = {entry.at.astimezone(NOON.tzinfo).time() for entry in found}
    assert times <= {dt.time()}
    return [(e.subject, e.organization_id, e.told.facts) for e in reversed(found)]


def test_who_told_is_in_no_value_that_is_shown() -> None:
    told = NewReport(service_id="s", kind=CLOSED, reporter="reporter-one")
    assert "reporter-one" not in repr(told)


@pytest.mark.parametrize(("days", "doubted"), [(90, True), (91, False)])
def test_an_old_report_counts_no_more(
    listed: Engine,
    days: int,
    doubted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    tell(listed, "a")
    tell(listed, "b", days=days)
    assert bool(doubts(listed)) is doubted


def test_a_doubt_goes_when_its_reports_are_old(listed: Engine) -> None:
    for who, days in (("a", 0), ("b", 10), ("c", 20)):
        tell(listed, who, WRONG, GENERAL, days=days)
    tell(listed, "d", CLOSED)
    tell(listed, "e", CLOSED)
    for days, left in (
        (90, {("general", "wrong_number", 3), ("shelter", "closed", 2)}),
        (91, {("general", "wrong_number", 2)}),
        (101, set()),
    ):
        with writing(listed) as session:
            forget(session, (NOON + dt.timedelta(days)).date())
        assert doubts(listed) == left


def test_what_does_not_change_has_nobody_read_anew(listed: Engine) -> None:
    def changes() -> int:
        with reading(listed) as session:
            return last_change(session)

    before = changes()
    tell(listed, "a")
    assert changes() == before
    tell(listed, "b")
    assert changes() == before + 1
    tell(listed, "b")
    with writing(listed) as session:
        forget(session, NOON.date())
    assert changes() == before + 1


def told_by_two(engine: Engine) -> None:
    """Let two tell everything of the shelter."""
    for who in ("a", "b"):
        tell(engine, who, WRONG, OWN)
        tell(engine, who, SILENT, GENERAL)
        tell(engine, who, CLOSED)


def kinds(found: Iterable[tuple[str, str, int]]) -> set[str]:
    return {kind for _, kind, _ in found}


@pytest.mark.parametrize("kind", [WRONG, SILENT, CLOSED])
def test_what_is_dismissed_counts_no_more(listed: Engine, kind: ReportKind) -> None:
    told_by_two(listed)
    with writing(listed) as session:
        ended = settle(session, "shelter", kind, Settlement.DISMISSED, NOON)
    assert ended == 2
    assert kinds(doubts(listed)) == {"wrong_number", "no_answer", "closed"} - {kind}
    with reading(listed) as session:
        opened = open_reports(session, NOON)
    assert kind not in {report.kind for report in opened}
    # It begins anew with who tells it next.
    tell(listed, "c", kind, OWN if kind is WRONG else GENERAL)
    assert kind.value not in kinds(doubts(listed))


def test_what_is_confirmed_stays_and_waits_no_more(listed: Engine) -> None:
    told_by_two(listed)
    with writing(listed) as session:
        settle(session, "shelter", CLOSED, Settlement.CONFIRMED, NOON)
        opened = open_reports(session, NOON)
    assert ("shelter", "closed", 2) in doubts(listed)
    assert CLOSED not in {report.kind for report in opened}
    tell(listed, "c")
    assert ("shelter", "closed", 3) in doubts(listed)


def test_one_number_of_several_can_be_settled(listed: Engine) -> None:
    for who in ("a", "b"):
        tell(listed, who, WRONG, OWN)
        tell(listed, who, WRONG, GENERAL)
    with writing(listed) as session:
        settle(session, "shelter", WRONG, Settlement.DISMISSED, NOON, number=OWN)
    assert doubts(listed) == {("general", "wrong_number", 2)}


def test_a_shared_number_is_settled_from_any_service_that_shows_it(
    listed: Engine,
) -> None:
    tell(listed, "a", WRONG, GENERAL, of="shelter")
    tell(listed, "b", WRONG, GENERAL, of="lawyer")
    with writing(listed) as session:
        assert settle(session, "lawyer", WRONG, Settlement.DISMISSED, NOON) == 2
    assert doubts(listed) == set()


def test_settling_what_nobody_told_does_nothing(listed: Engine) -> None:
    with writing(listed) as session:
        assert settle(session, "shelter", CLOSED, Settlement.DISMISSED, NOON) == 0
        assert settle(session, "nothing", CLOSED, Settlement.DISMISSED, NOON) == 0


def test_a_provider_that_confirms_clears_what_it_has_not_corrected(
    listed: Engine,
) -> None:
    told_by_two(listed)
    with writing(listed) as session:
        assert clear_for(session, "shelter", NOON, but={WRONG}) == 4
    assert doubts(listed) == {("own", "wrong_number", 2)}
    with writing(listed) as session:
        clear_for(session, "shelter", NOON)
    assert doubts(listed) == set()
    assert {report.settled_as for report in kept(listed)} == {Settlement.ANSWERED}


def test_a_coordinator_sees_what_is_public_first_and_then_the_oldest(
    listed: Engine,
) -> None:
    tell(listed, "a", REFUSES, of="lawyer")
    tell(listed, "b", WRONG, OWN, days=1)
    tell(listed, "c", CLOSED, of="pantry", days=2)
    tell(listed, "d", CLOSED, of="pantry", days=3)
    with reading(listed) as session:
        opened = open_reports(session, NOON + dt.timedelta(4))
    assert [(o.service_id, o.kind, o.number, o.count) for o in opened] == [
        ("pantry", CLOSED, None, 2),
        ("lawyer", REFUSES, None, 1),
        ("shelter", WRONG, OWN, 1),
    ]
    assert [o.is_public for o in opened] == [True, False, False]
    assert opened[0].last - opened[0].since == dt.timedelta(1)


def set_number(engine: Engine, phone_id: str, number: str) -> None:
    """Correct a number, as an edit or a file does."""
    with writing(engine) as session:
        session.get_one(Phone, phone_id).number = number


def test_a_corrected_number_is_not_doubted_and_a_wrong_one_put_back_is(
    listed: Engine,
) -> None:
    def shown() -> list[str | None]:
        listing = take_snapshot(listed).listings["shelter"]
        return [doubt.number for doubt in listing.doubts]

    tell(listed, "a", WRONG, OWN)
    tell(listed, "b", WRONG, OWN)
    assert shown() == [OWN]
    set_number(listed, "own", OTHER)
    assert shown() == []
    set_number(listed, "own", OWN)
    assert shown() == [OWN]
    set_number(listed, "own", OTHER)
    tell(listed, "c", WRONG, OTHER)
    assert shown() == []
    tell(listed, "d", WRONG, OTHER)
    assert shown() == [OTHER]


def test_what_is_taken_away_takes_its_doubts_and_reports_along(
    listed: Engine,
) -> None:
    told_by_two(listed)
    with writing(listed) as session:
        for phone in session.exec(select(Phone).where(Phone.service_id == "shelter")):
            session.delete(phone)
        session.flush()
        session.delete(session.get_one(Service, "shelter"))
    # The number of the body stays doubted until somebody looks.
    assert kinds(doubts(listed)) == {DoubtKind.NO_ANSWER.value}
    assert kept(listed) == []
