"""Opening hours as a week that can be read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_time

from directory.projection import Listing, Opening
from directory.web.labels import DAYS
from directory.web.texts import format_date, gettext, locale
from directory.web.texts import lazy_gettext as _

_ORDINALS = {"1": _("1st"), "2": _("2nd"), "3": _("3rd"), "4": _("4th"), "5": _("5th")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One line of the week: the day, what is said of it, and whether it is today."""

    name: str
    text: str
    today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The hours of a service; `days` is empty where they are not known."""

    days: tuple[Day, ...]
    exceptions: tuple[Day, ...]


def week_of(listing: Listing, now: dt.datetime) -> Week:
    """Return the week of `listing`, and the exceptions that are still to come."""
    weekly = [o for o in listing.openings if o.valid_from is None]
    dated = [
        o
        for o in listing.openings
        if o.valid_from is not None and (o.valid_to or o.valid_from) >= now.date()
    ]
    names = list(DAYS)
    days = [
        Day(
            name=str(DAYS[code]),
            text=_said([o for o in weekly if code in o.days or not o.days]),
            today=names[now.weekday()] == code,
        )
        for code in (names if weekly else ())
    ]
    nth = [
        Day(name=nth_text(code), text=_said([opening]))
        for opening in weekly
        for code in opening.days
        if code not in DAYS
    ]
    return Week(
        days=(*days, *nth),
        exceptions=tuple(
            Day(name=_dates(opening), text=_said([opening])) for opening in dated
        ),
    )


def _said(openings: Sequence[Opening]) -> str:
    """Return what is said of a day: its spans in order, or why there is none.

    Of a day that nobody named it is not known whether it is closed.
    """
    spans = sorted({(o.opens, o.closes) for o in openings if o.opens and o.closes})
    said = [span_text(opens, closes) for opens, closes in spans]
    if any(o.by_appointment for o in openings):
        said.append(gettext("by appointment"))
    if said:
        return ", ".join(said)
    return gettext("closed") if openings else gettext("not recorded: ask")


def span_text(opens: str, closes: str) -> str:
    """Return a span of hours in words."""
    return gettext(
        "%(opens)s to %(closes)s", opens=time_text(opens), closes=time_text(closes)
    )


def time_text(text: str | None) -> str:
    """Return a time of day such as `17:30` as it is written in the page's language."""
    hours, minutes = (text or "00:00").split(":")
    if (hours, minutes) == ("24", "00"):
        return gettext("midnight")
    return format_time(dt.time(int(hours), int(minutes)), "short", locale=locale())


def nth_text(code: str) -> str:
    """Return a day of the month such as `1SA` (a first Saturday) in words."""
    day = str(DAYS[code[-2:]])
    if code.startswith("-"):
        return gettext("Last %(day)s of the month", day=day)
    return gettext(
        "%(nth)s %(day)s of the month",
        nth=str(_ORDINALS.get(code[:-2], code[:-2])),
        day=day,
    )


def _dates(opening: Opening) -> str:
    first, last = opening.valid_from, opening.valid_to
    if last is None or last == first:
        return format_date(first, "medium")
    return gettext(
        "%(first)s to %(last)s",
        first=format_date(first, "medium"),
        last=format_date(last, "medium"),
    )
