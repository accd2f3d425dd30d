"""How much room there is, in words: as it was told, or as a question when it is old."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import format_time

from directory.curation.room import MOST
from directory.projection import Listing, Room
from directory.referral.request import ZONE
from directory.web.site import the_site
from directory.web.texts import format_date, gettext, locale
from directory.web.texts import lazy_gettext as _

UNITS: Mapping[str, str] = {"beds": _("Beds"), "places": _("Places")}
"""What is counted, as a choice."""

_FREE: Mapping[str, tuple[str, str, str]] = {
    "beds": (
        _("1 bed free"),
        _("%(count)s beds free"),
        _("10 or more beds free"),
    ),
    "places": (
        _("1 place free"),
        _("%(count)s places free"),
        _("10 or more places free"),
    ),
}
"""One, several, and as many as are told at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """What is said of room; `mark` is that of a fact: `yes`, `no`, `ask`."""

    mark: str
    text: str


def room_line(listing: Listing) -> RoomLine | None:
    """Return what to say of the room of a service; nothing if it was never told."""
    room = listing.room
    if room is None:
        return None
    now = the_site().now()
    if not room.as_of <= now < room.expires:
        return RoomLine(mark="ask", text=gettext("Ask whether there is room"))
    parts = [f"{_free(room)}, {_told(room.as_of, now)}."]
    if room.waitlist is not None:
        parts.append(
            gettext("There is a waiting list.")
            if room.waitlist
            else gettext("There is no waiting list.")
        )
    if room.population:
        parts.append(gettext("For: %(people)s.", people=room.population))
    return RoomLine(mark="yes" if room.available else "no", text=" ".join(parts))


def _free(room: Room) -> str:
    if not room.available:
        return gettext("Full")
    words = _FREE.get(room.unit)
    if words is None:
        words_ = {"count": room.available, "unit": room.unit}
        return gettext("%(count)s free (%(unit)s)", **words_)
    one, several, most = words
    if room.available == 1:
        return str(one)
    return str(several if room.available < MOST else most) % {"count": room.available}


def _told(moment: dt.datetime, now: dt.datetime) -> str:
    there = moment.astimezone(ZONE)
    time = format_time(there, "short", tzinfo=ZONE, locale=locale())
    days = (now.astimezone(ZONE).date() - there.date()).days
    if days == 0:
        return gettext("told today at %(time)s", time=time)
    if days == 1:
        return gettext("told yesterday at %(time)s", time=time)
    return gettext(
        "told on %(day)s at %(time)s", day=format_date(there.date(), "long"), time=time
    )
