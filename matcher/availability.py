"""Whether a service is open at a moment, and whether it has room."""

import datetime as dt
from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from matcher.candidate import Candidate, Hours

_DAY = 24 * 60


class Open(IntEnum):
    """Whether a service is open; its value for the score is `OPEN_VALUES`."""

    UNKNOWN = 0
    CLOSED = 1
    OPEN = 2


OPEN_VALUES = np.array([0.5, 0.3, 1.0])


class Availability:
    """Opening hours and room of a catalog.

    Rows with weekly hours only are judged by columns; the few with dated exceptions
    are judged one by one.
    """

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Read hours and capacity of `candidates`."""
        self._size = len(candidates)
        self._always = np.array([c.always_open for c in candidates], dtype=np.bool_)
        self._known = self._always.copy()
        spans: list[tuple[int, int, int]] = []
        self._special: dict[int, tuple[Hours, ...]] = {}
        self._capacity = {
            row: c.capacity for row, c in enumerate(candidates) if c.capacity
        }
        for row, candidate in enumerate(candidates):
            if not candidate.hours:
                continue
            self._known[row] = True
            if any(
                h.valid_from or h.valid_to or h.week_of_month or h.closed
                for h in candidate.hours
            ):
                self._special[row] = candidate.hours
                continue
            spans.extend(
                (row, weekday * _DAY + h.opens, weekday * _DAY + _end(h))
                for h in candidate.hours
                for weekday in h.weekdays
            )
        self._spans = np.array(spans, dtype=np.int64).reshape(-1, 3)

    def judge(self, moment: dt.datetime) -> NDArray[np.int8]:
        """Return `Open` for each row at `moment`, which is in the provider's zone."""
        minute = moment.weekday() * _DAY + moment.hour * 60 + moment.minute
        state = np.where(self._known, Open.CLOSED, Open.UNKNOWN).astype(np.int8)
        week = 7 * _DAY
        rows, opens, closes = self._spans.T
        inside = (opens <= minute) & (minute < closes)
        # A span that runs past Sunday midnight goes on early on Monday.
        inside |= (opens <= minute + week) & (minute + week < closes)
        state[rows[inside]] = Open.OPEN
        for row, hours in self._special.items():
            state[row] = Open.OPEN if is_open(hours, moment) else Open.CLOSED
        state[self._always] = Open.OPEN
        return state

    def rooms(self, moment: dt.datetime) -> dict[int, int]:
        """Return what is known of room at `moment`: rows, and how much is free."""
        return {
            row: capacity.available
            for row, capacity in self._capacity.items()
            if capacity.as_of <= moment < capacity.expires
        }


def is_open(hours: Sequence[Hours], moment: dt.datetime) -> bool:
    """Tell whether `hours` include `moment`, by its date and time of day."""
    minute = moment.hour * 60 + moment.minute
    today = moment.date()
    yesterday = today - dt.timedelta(days=1)
    return any(h.opens <= minute < _end(h) for h in _of_day(hours, today)) or any(
        minute + _DAY < _end(h) for h in _of_day(hours, yesterday)
    )


def _of_day(hours: Sequence[Hours], day: dt.date) -> list[Hours]:
    """Return the open spans that begin on `day`; an exception replaces the week."""
    exceptions = [h for h in hours if h.valid_from or h.valid_to]
    dated = [
        h
        for h in exceptions
        if (h.valid_from is None or h.valid_from <= day)
        and (h.valid_to is None or day <= h.valid_to)
        and day.weekday() in h.weekdays
    ]
    chosen = dated or [h for h in hours if h not in exceptions and _falls_on(h, day)]
    return [h for h in chosen if not h.closed]


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
