"""Whether a service is open at a moment, as clocks in North Carolina show it."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from directory.projection import Listing, Opening

ZONE = ZoneInfo("America/New_York")

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = 24 * 60
_WEEK = dt.timedelta(days=7)


def is_open(listing: Listing, moment: dt.datetime) -> bool | None:
    """Tell whether `listing` is open, `None` where that is not known.

    Of a day that its hours do not name nothing is known; nor can anybody tell of a day
    on which one comes by appointment.
    """
    if listing.always_open:
        return True
    local = moment.astimezone(ZONE)
    minute = local.hour * 60 + local.minute
    today = local.date()
    yesterday = today - dt.timedelta(days=1)
    said = _of_day(listing.openings, today)
    if any(start <= minute < end for start, end in _spans(said)) or any(
        minute + _DAY < end for _, end in _spans(_of_day(listing.openings, yesterday))
    ):
        return True
    return None if not said or any(o.by_appointment for o in said) else False


def _of_day(openings: Sequence[Opening], day: dt.date) -> Sequence[Opening]:
    """Return the hours that begin on `day`; dated ones replace the week."""
    dated = [o for o in openings if _is_dated(o) and _covers(o, day)]
    return dated or [o for o in openings if not _is_dated(o) and _falls_on(o, day)]


def _spans(openings: Sequence[Opening]) -> list[tuple[int, int]]:
    """Return the spans of open doors, in minutes."""
    return [_minutes(o.opens, o.closes) for o in openings if o.opens and o.closes]


def _is_dated(opening: Opening) -> bool:
    return opening.valid_from is not None or opening.valid_to is not None


def _covers(opening: Opening, day: dt.date) -> bool:
    return (
        (opening.valid_from is None or opening.valid_from <= day)
        and (opening.valid_to is None or day <= opening.valid_to)
        and _falls_on(opening, day)
    )


def _falls_on(opening: Opening, day: dt.date) -> bool:
    """Tell whether `day` is among the days; no days at all are all of them."""
    return not opening.days or any(_is_day(code, day) for code in opening.days)


def _is_day(code: str, day: dt.date) -> bool:
    """Tell whether `day` is a `MO`, a `1SA` (the first of its month) or a `-1FR`."""
    if code[-2:] != _DAYS[day.weekday()]:
        return False
    nth = code[:-2]
    if not nth:
        return True
    if nth.startswith("-"):
        return (day + _WEEK).month != day.month
    return nth == str((day.day - 1) // 7 + 1)


def _minutes(opens: str, closes: str) -> tuple[int, int]:
    start, end = _minute(opens), _minute(closes)
    return start, end if end > start else end + _DAY


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
