"""Whether a service is open at a moment, and whether it has room."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from matcher import criteria
from matcher.bits import Mask, Rows
from matcher.candidate import Candidate, Capacity, Hours
from matcher.ragged import Ragged, any_of

_DAY = 24 * 60
_WEEK = 7 * _DAY


class Open(IntEnum):
    """Whether a service is open; its value for the score is `OPEN_VALUES`."""

    UNKNOWN = 0
    CLOSED = 1
    OPEN = 2


OPEN_VALUES = np.array([criteria.OPEN_UNKNOWN, criteria.OPEN_CLOSED, criteria.OPEN_NOW])


class Availability:
    """Opening hours and room of a catalog.

    Rows with weekly hours only are judged by columns; the few with dated exceptions
    are judged one by one.
    """

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Read hours and capacity of `candidates`."""
        always = [c.always_open for c in candidates]
        self._always = np.array(always, dtype=np.bool_)
        # The days of the week of which it is known when they are open: bits, Monday 1.
        self._told = np.array([_told_days(c.hours) for c in candidates], dtype=np.uint8)
        self._special = {
            row: c.hours
            for row, c in enumerate(candidates)
            if any(_is_special(h) for h in c.hours)
        }
        self._spans = Ragged(
            [
                [] if row in self._special else _weekly(c.hours)
                for row, c in enumerate(candidates)
            ],
            width=2,
        )
        self._capacity = {
            row: c.capacity for row, c in enumerate(candidates) if c.capacity
        }
        size = len(candidates)
        self._is_special = _flags(self._special, size)
        self._has_capacity = _flags(self._capacity, size)

    def judge(self, moment: dt.datetime, rows: Rows) -> NDArray[np.int8]:
        """Return `Open` for each of `rows` at `moment`, in the provider's zone."""
        minute = moment.weekday() * _DAY + moment.hour * 60 + moment.minute
        owners, spans = self._spans.of(rows)
        opens, closes = spans.T
        inside = (opens <= minute) & (minute < closes)
        # A span that runs past Sunday midnight goes on early on Monday.
        inside |= minute + _WEEK < closes
        is_open = any_of(owners, inside, rows.size)
        told = self._told[rows] >> moment.weekday() & 1
        state = np.where(told, Open.CLOSED, Open.UNKNOWN)
        state = np.where(is_open | self._always[rows], Open.OPEN, state)
        for place in np.flatnonzero(self._is_special[rows] & ~self._always[rows]):
            state[place] = state_by(self._special[int(rows[place])], moment)
        return state.astype(np.int8)

    def rooms(self, moment: dt.datetime, rows: Rows) -> dict[int, Capacity]:
        """Return the room that was reported lately, by the place in `rows`."""
        reported = {
            int(place): self._capacity[int(rows[place])]
            for place in np.flatnonzero(self._has_capacity[rows])
        }
        return {
            place: room
            for place, room in reported.items()
            if room.as_of <= moment < room.expires
        }


def room_value(room: Capacity, moment: dt.datetime) -> float:
    """Return what reported room is worth: 1 or 0 at first, then ever less certain."""
    age = (moment - room.as_of) / dt.timedelta(days=1)
    trust = math.exp2(-age / criteria.HALF_LIFE_DAYS["capacity"])
    told = 1.0 if room.available else 0.0
    return criteria.OPEN_UNKNOWN + (told - criteria.OPEN_UNKNOWN) * trust


def _flags(rows: Iterable[int], size: int) -> Mask:
    flags = np.zeros(size, dtype=np.bool_)
    flags[list(rows)] = True
    return flags


def _is_special(hours: Hours) -> bool:
    return bool(hours.valid_from or hours.valid_to or hours.week_of_month)


def _told_days(hours: Sequence[Hours]) -> int:
    """Return the days that hours name, but those by appointment, as bits."""
    by_appointment = {day for h in hours if h.by_appointment for day in h.weekdays}
    told = {day for h in hours for day in h.weekdays} - by_appointment
    return sum(1 << day for day in told)


def _is_span(hours: Hours) -> bool:
    return not hours.closed and not hours.by_appointment


def _weekly(hours: Sequence[Hours]) -> list[tuple[int, int]]:
    """Return the open spans of a week, in minutes after its beginning."""
    return [
        (weekday * _DAY + h.opens, weekday * _DAY + _end(h))
        for h in hours
        if _is_span(h)
        for weekday in sorted(h.weekdays)
    ]


def state_by(hours: Sequence[Hours], moment: dt.datetime) -> Open:
    """Return what `hours` say of `moment`, by its date and time of day.

    Of a day that they do not name, or on which one comes by appointment, it is not
    known whether it is open.
    """
    minute = moment.hour * 60 + moment.minute
    today, yesterday = (_of_day(hours, moment.date() - dt.timedelta(n)) for n in (0, 1))
    spans = [(h.opens, _end(h)) for h in today if _is_span(h)]
    spans += [(-_DAY, _end(h) - _DAY) for h in yesterday if _is_span(h)]
    if any(opens <= minute < closes for opens, closes in spans):
        return Open.OPEN
    if not today or any(h.by_appointment for h in today):
        return Open.UNKNOWN
    return Open.CLOSED


def _of_day(hours: Sequence[Hours], day: dt.date) -> list[Hours]:
    """Return the hours that begin on `day`; an exception replaces the week."""
    exceptions = [h for h in hours if h.valid_from or h.valid_to]
    dated = [
        h
        for h in exceptions
        if (h.valid_from is None or h.valid_from <= day)
        and (h.valid_to is None or day <= h.valid_to)
        and _falls_on(h, day)
    ]
    return dated or [h for h in hours if h not in exceptions and _falls_on(h, day)]


def _falls_on(hours: Hours, day: dt.date) -> bool:
    if day.weekday() not in hours.weekdays:
        return False
    if hours.week_of_month is None:
        return True
    if hours.week_of_month < 0:
        return (day + dt.timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == hours.week_of_month


def _end(hours: Hours) -> int:
    """Return the minute at which a span ends, past midnight if it closes then."""
    return hours.closes if hours.closes > hours.opens else hours.closes + _DAY
