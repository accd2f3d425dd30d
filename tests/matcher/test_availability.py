"""Whether a service is open, and whether it has room."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from matcher.availability import Open
from matcher.candidate import Candidate, Capacity, Hours
from matcher.needs import Need, Needs, Urgency
from matcher.option import Option
from matcher.ranking import rank
from tests.matcher.world import catalog_of, needs_of, shelter

EASTERN = ZoneInfo("America/New_York")
WEEK = frozenset(range(5))
OFFICE = (Hours(weekdays=WEEK, opens=540, closes=1020),)
NIGHTS = (Hours(weekdays=frozenset({6}), opens=1200, closes=420),)
SPLIT = (
    Hours(weekdays=WEEK, opens=540, closes=720),
    Hours(weekdays=WEEK, opens=780, closes=1020),
)
SECOND_TUESDAY = (
    Hours(weekdays=frozenset({1}), opens=540, closes=720, week_of_month=2),
)
LAST_FRIDAY = (Hours(weekdays=frozenset({4}), opens=540, closes=720, week_of_month=-1),)
SUNDAYS_CLOSED = Hours(weekdays=frozenset({6}), closed=True)
SATURDAYS_BY_APPOINTMENT = Hours(weekdays=frozenset({5}), by_appointment=True)
STATES = {True: Open.OPEN, False: Open.CLOSED, None: Open.UNKNOWN}
SAID: dict[bool | None, set[str]] = {
    True: {"open_now"},
    False: {"closed_now"},
    None: set(),
}
THANKSGIVING = Hours(
    closed=True, valid_from=dt.date(2026, 11, 26), valid_to=dt.date(2026, 11, 26)
)
SHORT_DAY = Hours(
    opens=600,
    closes=660,
    valid_from=dt.date(2026, 12, 24),
    valid_to=dt.date(2026, 12, 24),
)


def option_at(moment: str, candidate: Candidate, **said: object) -> Option:
    """Return a shelter at a moment, in Eastern time if no zone is given."""
    at = dt.datetime.fromisoformat(moment)
    at = at if at.tzinfo else at.replace(tzinfo=EASTERN)
    needs = dataclasses.replace(
        needs_of("emergency_shelter", county="37001", **said), at=at
    )
    catalog = catalog_of([candidate], at.astimezone(EASTERN).date())
    return rank(catalog, needs, limit=1).options[0]


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        (OFFICE, "2026-11-25 09:00", True),
        (OFFICE, "2026-11-25 08:59", False),
        (OFFICE, "2026-11-25 17:00", False),
        # A day that no hours name is not known to be closed; one that they name is.
        (OFFICE, "2026-11-28 12:00", None),
        ((*OFFICE, SUNDAYS_CLOSED), "2026-11-28 12:00", None),
        ((*OFFICE, SUNDAYS_CLOSED), "2026-11-29 12:00", False),
        ((*OFFICE, SUNDAYS_CLOSED), "2026-11-25 12:00", True),
        # Who comes by appointment asks.
        ((*OFFICE, SATURDAYS_BY_APPOINTMENT), "2026-11-28 12:00", None),
        ((*OFFICE, SATURDAYS_BY_APPOINTMENT), "2026-11-25 12:00", True),
        ((SATURDAYS_BY_APPOINTMENT, SUNDAYS_CLOSED), "2026-11-29 12:00", False),
        # The zone is the provider's, whatever the caller's clock says.
        (OFFICE, "2026-11-25 08:30:00-08:00", True),
        (OFFICE, "2026-11-25 22:30:00+00:00", False),
        # Over midnight, and from Sunday into Monday.
        (NIGHTS, "2026-11-29 20:00", True),
        (NIGHTS, "2026-11-30 06:59", True),
        (NIGHTS, "2026-11-30 07:00", None),
        (NIGHTS, "2026-11-29 06:00", False),
        (SPLIT, "2026-11-25 12:30", False),
        (SPLIT, "2026-11-25 13:00", True),
        (SECOND_TUESDAY, "2026-12-08 10:00", True),
        (SECOND_TUESDAY, "2026-12-08 13:00", False),
        (SECOND_TUESDAY, "2026-12-01 10:00", None),
        (LAST_FRIDAY, "2026-11-27 10:00", True),
        (LAST_FRIDAY, "2026-11-20 10:00", None),
        (LAST_FRIDAY, "2026-11-26 10:00", None),
        ((*LAST_FRIDAY, SATURDAYS_BY_APPOINTMENT), "2026-11-28 10:00", None),
        # A holiday and a short day override the week.
        ((*OFFICE, THANKSGIVING), "2026-11-26 10:00", False),
        ((*OFFICE, THANKSGIVING), "2026-11-27 10:00", True),
        ((*OFFICE, SHORT_DAY), "2026-12-24 12:00", False),
        ((*OFFICE, SHORT_DAY), "2026-12-24 10:30", True),
        # A night that began before the holiday goes on.
        (
            (Hours(opens=1200, closes=420), THANKSGIVING),
            "2026-11-26 03:00",
            True,
        ),
        # Opens and closes at the same minute: all day.
        ((Hours(opens=0, closes=0),), "2026-11-26 23:59", True),
    ],
)
def test_it_is_open_when_its_hours_say_so(
    hours: tuple[Hours, ...],
    moment: str,
    is_open: bool | None,  # noqa: FBT001 - a value of the table
) -> None:
    option = option_at(moment, shelter(hours=hours))
    assert option.open is STATES[is_open]
    codes = {note.code for note in (*option.reasons, *option.cautions)}
    assert codes & {"open_now", "closed_now"} == SAID[is_open]


def test_unknown_hours_are_neither_open_nor_closed() -> None:
    assert option_at("2026-11-25 03:00", shelter()).open is Open.UNKNOWN
    always = option_at("2026-11-25 03:00", shelter(always_open=True, hours=OFFICE))
    assert always.open is Open.OPEN


def test_a_phone_that_is_always_answered_counts_as_open_and_says_what_it_is() -> None:
    option = option_at("2026-11-25 03:00", shelter(hours=OFFICE, always_answered=True))
    assert option.open is Open.CLOSED
    assert "answered" in {note.code for note in option.reasons}
    assert option.score > option_at("2026-11-25 03:00", shelter(hours=OFFICE)).score


def test_what_is_needed_later_may_be_closed_now() -> None:
    closed = shelter(hours=OFFICE)
    at = dt.datetime(2026, 11, 25, 3, tzinfo=EASTERN)
    later = (Need(code="emergency_shelter", urgency=Urgency.LATER),)
    needs = Needs(needs=later, at=at, county="37001")
    catalog = catalog_of([closed, shelter(id="unknown")])
    scores = [option.score for option in rank(catalog, needs, limit=2).options]
    assert scores[0] == scores[1]


def room(available: int, *, waitlist: bool | None = None) -> Capacity:
    """Return room that was reported at nine and counts until the next day."""
    as_of = dt.datetime(2026, 11, 25, 9, tzinfo=EASTERN)
    return Capacity(
        available=available,
        waitlist=waitlist,
        as_of=as_of,
        expires=as_of + dt.timedelta(days=1),
    )


def codes_at(moment: str, capacity: Capacity) -> set[str]:
    """Return all that is said of a shelter with this room."""
    option = option_at(moment, shelter(capacity=capacity))
    return {n.code for n in (*option.reasons, *option.questions, *option.cautions)}


def test_room_is_told_while_it_is_fresh_and_asked_after() -> None:
    assert "has_room" in codes_at("2026-11-25 10:00", room(2))
    assert "room" not in codes_at("2026-11-25 10:00", room(2))
    for stale in ("2026-11-26 09:00", "2026-11-25 08:00"):
        codes = codes_at(stale, room(2))
        assert "room" in codes
        assert not codes & {"has_room", "full"}


def test_a_full_house_says_so_and_whether_it_has_a_list() -> None:
    assert "full" in codes_at("2026-11-25 10:00", room(0))
    assert "waitlist" not in codes_at("2026-11-25 10:00", room(0, waitlist=False))
    assert "waitlist" in codes_at("2026-11-25 10:00", room(0, waitlist=True))


def test_what_was_reported_long_ago_counts_less() -> None:
    free, full = shelter(capacity=room(3)), shelter(capacity=room(0))
    early, late = "2026-11-25 09:00", "2026-11-26 08:00"
    unknown = option_at(early, shelter()).score
    assert option_at(early, free).score > option_at(late, free).score > unknown
    assert option_at(early, full).score < option_at(late, full).score < unknown


def test_a_full_house_is_no_sure_plan() -> None:
    some = [
        shelter(id="full", organization_id="full", capacity=room(0), focus=2),
        shelter(id="other", organization_id="other"),
    ]
    needs = dataclasses.replace(
        needs_of("emergency_shelter", county="37001"),
        at=dt.datetime(2026, 11, 25, 10, tzinfo=EASTERN),
    )
    plan = rank(catalog_of(some), needs, limit=2).plan
    assert [offer.organization_id for offer in plan.offers] == ["other"]
