"""Times of day as people write them, and as they are kept."""

import re
from dataclasses import dataclass

from directory.curation.correction.fault import Fault

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?\s?(?:m\.?)?)?",
    re.IGNORECASE,
)
_WORDS = {
    "noon": "12:00",
    "midday": "12:00",
    "mediodía": "12:00",
    "mediodia": "12:00",
    "midnight": "24:00",
    "medianoche": "24:00",
}
_NOON = 12
_DAY = 24
_MINUTES = 60
_EARLY = 7
"""Before this hour nobody says which half of the day is meant by saying nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time that was typed, in minutes; `plain` if no half of the day was said."""

    minutes: int
    plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when, as `HH:MM`; one that ends before it begins ends next day."""

    opens: str
    closes: str


def read_clock(text: str) -> Clock | None:
    """Return the time that `text` says, `None` if it says none."""
    word = _WORDS.get(text.strip().casefold())
    found = _TIME.fullmatch(word or text.strip())
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "")[:1].lower()
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    if minute >= _MINUTES or hour > _DAY or (hour == _DAY and minute):
        return None
    zero = found["hour"].startswith("0")
    plain = not half and not word and not zero and 1 <= hour <= _NOON
    return Clock(minutes=hour * _MINUTES + minute, plain=plain)


def read_span(opens: str, closes: str) -> Span | Fault:
    """Return the span that two texts say, or what is wrong with them.

    Who writes `9` and `5` means from morning to afternoon.
    """
    begin, end = read_clock(opens), read_clock(closes)
    if begin is None or end is None:
        return Fault.TIME
    if begin.plain and begin.minutes < _EARLY * _MINUTES:
        return Fault.MORNING_OR_EVENING
    first = begin.minutes % (_DAY * _MINUTES)
    last = _later(first, end)
    if first == last % (_DAY * _MINUTES):
        return Fault.NO_TIME
    return Span(opens=_kept(first), closes=_kept(last))


def _later(first: int, end: Clock) -> int:
    """Return the end as minutes; a plain one is of the afternoon if it must be.

    Twelve is midnight to whoever opens at noon or later.
    """
    if end.plain and end.minutes == _NOON * _MINUTES <= first:
        return _DAY * _MINUTES
    afternoon = end.minutes + _NOON * _MINUTES
    if (
        end.plain
        and end.minutes <= first < afternoon
        and end.minutes < _NOON * _MINUTES
    ):
        return afternoon
    return end.minutes


def _kept(minutes: int) -> str:
    return f"{minutes // _MINUTES:02}:{minutes % _MINUTES:02}"


def written(time: str) -> str:
    """Return a time that is kept, as it stands in a form: `17:30` is `5:30 pm`."""
    hour, minute = (int(part) for part in time.split(":"))
    if (hour, minute) == (_DAY, 0):
        return "midnight"
    half = "am" if hour < _NOON else "pm"
    return f"{(hour - 1) % _NOON + 1}:{minute:02} {half}"
