"""Whether a service is open, by the clocks of North Carolina."""

import datetime as dt

import pytest

from directory.index.hours import is_open
from directory.projection import Opening
from tests.index.listings import ZONE, listing, opening

CHRISTMAS = dt.date(2026, 12, 25)
WEEKDAYS = "MO TU WE TH FR"


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("openings", "moment", "expected"),
    [
        ((opening("MO", "09:00", "17:00"),), "2026-11-23T09:00", True),
        ((opening("MO", "09:00", "17:00"),), "2026-11-23T17:00", False),
        # Of a day that nobody named nothing is known.
        ((opening("MO", "09:00", "17:00"),), "2026-11-24T10:00", None),
        # Closed all day, and by appointment.
        ((opening("TU", None, None),), "2026-11-24T10:00", False),
        (
            (opening("TU", None, None, closed=False, by_appointment=True),),
            "2026-11-24T10:00",
            None,
        ),
        (
            (
                opening("TU", "09:00", "12:00"),
                opening("TU", None, None, closed=False, by_appointment=True),
            ),
            "2026-11-24T10:00",
            True,
        ),
        # Split days.
        (
            (opening("MO", "09:00", "12:00"), opening("MO", "13:00", "17:00")),
            "2026-11-23T12:30",
            False,
        ),
        # Over midnight, and over the end of the week.
        ((opening("FR", "18:00", "02:00"),), "2026-11-28T01:59", True),
        ((opening("FR", "18:00", "02:00"),), "2026-11-28T02:00", None),
        ((opening("FR SA", "18:00", "02:00"),), "2026-11-28T02:00", False),
        ((opening("SU", "20:00", "06:00"),), "2026-11-30T05:00", True),
        ((opening("SU", "20:00", "06:00"),), "2026-11-29T05:00", False),
        # All day, written in two ways.
        ((opening("SA", "00:00", "24:00"),), "2026-11-28T23:59", True),
        ((opening("SA", "00:00", "00:00"),), "2026-11-28T23:59", True),
        # The first and the last of a month.
        ((opening("1SA", "09:00", "12:00"),), "2026-11-07T10:00", True),
        ((opening("1SA", "09:00", "12:00"),), "2026-11-07T13:00", False),
        ((opening("1SA", "09:00", "12:00"),), "2026-11-14T10:00", None),
        ((opening("3SA", "09:00", "12:00"),), "2026-11-21T10:00", True),
        ((opening("-1FR", "09:00", "12:00"),), "2026-11-27T10:00", True),
        ((opening("-1FR", "09:00", "12:00"),), "2026-11-20T10:00", None),
        # Without days, every day.
        ((opening("", "09:00", "12:00"),), "2026-11-29T10:00", True),
        # A dated exception replaces the week.
        (
            (
                opening(WEEKDAYS, "09:00", "17:00"),
                opening("", None, None, valid_from=CHRISTMAS, valid_to=CHRISTMAS),
            ),
            "2026-12-25T10:00",
            False,
        ),
        (
            (
                opening(WEEKDAYS, "09:00", "17:00"),
                opening("", None, None, valid_from=CHRISTMAS, valid_to=CHRISTMAS),
            ),
            "2026-12-24T10:00",
            True,
        ),
        (
            (
                opening(WEEKDAYS, "09:00", "17:00"),
                opening("", "10:00", "12:00", valid_from=CHRISTMAS, valid_to=CHRISTMAS),
            ),
            "2026-12-25T16:00",
            False,
        ),
        # Only other days are recorded.
        (
            (opening("", "10:00", "12:00", valid_from=CHRISTMAS, valid_to=CHRISTMAS),),
            "2026-12-01T11:00",
            None,
        ),
        ((), "2026-11-23T10:00", None),
    ],
)
def test_openings(
    openings: tuple[Opening, ...],
    moment: str,
    expected: bool | None,  # noqa: FBT001 - a value of the table
) -> None:
    assert is_open(listing("a", "A", openings=openings), at(moment)) is expected


def test_always_open_is_always_open() -> None:
    assert is_open(listing("a", "A", always_open=True), at("2026-11-23T03:00")) is True


def test_a_moment_of_another_zone_is_read_as_that_of_the_state() -> None:
    noon_in_london = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    early = listing("a", "A", openings=(opening("MO", "07:00", "08:00"),))
    assert is_open(early, noon_in_london) is True


def test_summer_time_is_kept() -> None:
    early = listing("a", "A", openings=(opening("MO", "08:00", "09:00"),))
    assert is_open(early, dt.datetime(2026, 7, 6, 12, tzinfo=dt.UTC)) is True
