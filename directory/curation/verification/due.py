"""Who is to be asked whether listings are still right. Values in, values out."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from directory.projection import Listing, OrganizationListing, Snapshot

HOURS_DAYS = 90
"""After how many days hours are asked for again."""
RECORD_DAYS = 180
"""After how many days everything is asked for again."""
PAUSE_DAYS = 14
"""A letter about the listing comes no more often than this."""
ROOM_PAUSE_DAYS = 3
"""A letter about room comes no sooner than this after any other."""
SILENT_FROM = 3
"""As many letters in a row that nobody answered are silence: the desk calls instead."""
SILENT_PAUSE_DAYS = 90
"""And then a letter about the listing comes no more often than this."""

URGENT_CODES = frozenset({"crisis_line", "emergency_shelter"})
"""Kinds of help that are looked for at night: among equals these are asked first."""


class Reason(StrEnum):
    """Why an organization is asked, what matters most first."""

    NEW = "new"
    """Nobody has ever confirmed a listing of it."""
    ROOM = "room"
    RECORD = "record"
    HOURS = "hours"


_ORDER = tuple(Reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A letter that an organization got before."""

    organization_id: str
    reasons: tuple[str, ...]
    written_at: dt.datetime
    answered: bool

    @property
    def is_about_room_only(self) -> bool:
        """Whether it asked for nothing but room."""
        return self.reasons == (Reason.ROOM.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An organization that is to be asked, and why.

    `since` is the oldest day of what is asked, `room_ids` the services whose room is.
    """

    organization_id: str
    name: str
    address: str = field(repr=False)
    reasons: tuple[Reason, ...]
    urgent: bool
    since: dt.date
    room_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCall:
    """An organization that is due and that no letter reaches: somebody has to call.

    `address` is the one that is doubtful, empty if there is none.
    """

    organization_id: str
    name: str
    address: str = field(repr=False)
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round of letters does: who is written to, who has to be called."""

    to_write: tuple[Due, ...]
    to_call: tuple[ToCall, ...]


def due(
    snapshot: Snapshot,
    past: Iterable[Past],
    now: dt.datetime,
    *,
    doubtful: Collection[tuple[str, str]] = (),
) -> Round:
    """Return who is due on the day of `now`, what is most urgent first.

    `doubtful` are pairs of an organization and an address that it is not written to at,
    in small letters. The snapshot should be that of the network: who is hidden keeps a
    listing as well.
    """
    letters = _by_organization(past)
    write: list[Due] = []
    call: list[ToCall] = []
    for organization in snapshot.organizations.values():
        listings = [snapshot.listings[x] for x in organization.service_ids]
        found = _due(organization, listings, now)
        if found is None:
            continue
        if _is_reached(found, doubtful):
            allowed = unpaused(
                found.reasons,
                letters.get(organization.id, ()),
                now,
                silences=_silences(organization),
            )
            if allowed:
                write.append(_narrowed(found, allowed))
        else:
            call.append(_to_call(found))
    write.sort(key=_urgency)
    call.sort(key=lambda c: (_ORDER.index(c.reasons[0]), c.name, c.organization_id))
    return Round(to_write=tuple(write), to_call=tuple(call))


def unpaused(
    reasons: Iterable[Reason],
    letters: Collection[Past],
    now: dt.datetime,
    *,
    silences: int = 0,
) -> tuple[Reason, ...]:
    """Return the reasons for which another letter may be written at `now`.

    With a letter about the listing goes the question for room. Room by itself is asked
    for only while somebody answers: a provider that does not is not pestered.
    """
    reasons = tuple(reasons)
    about_listing = [p.written_at for p in letters if not p.is_about_room_only]
    pause = SILENT_PAUSE_DAYS if silences >= SILENT_FROM else PAUSE_DAYS
    has_other = any(reason is not Reason.ROOM for reason in reasons)
    if has_other and _is_over(about_listing, pause, now):
        return reasons
    about_any = [p.written_at for p in letters]
    if (
        Reason.ROOM in reasons
        and _is_over(about_any, ROOM_PAUSE_DAYS, now)
        and _unanswered_in_a_row(letters) < SILENT_FROM
    ):
        return (Reason.ROOM,)
    return ()


def reasons_of(listing: Listing, now: dt.datetime) -> Mapping[Reason, dt.date]:
    """Return why a service is due, and since when what is asked is known."""
    found: dict[Reason, dt.date] = {}
    today, room = now.date(), listing.room
    # What a provider never told is not asked for every few days.
    if room is not None and _day(room.expires, now) <= today:
        found[Reason.ROOM] = _day(room.as_of, now)
    record_on = listing.verified_on
    if record_on is None:
        found[Reason.NEW] = dt.date.min
        return found
    if (today - record_on).days >= RECORD_DAYS:
        found[Reason.RECORD] = record_on
    # Who confirmed the whole listing has confirmed its hours.
    hours_on = max(listing.verified.get("hours", record_on), record_on)
    if (today - hours_on).days >= HOURS_DAYS:
        found[Reason.HOURS] = hours_on
    return found


def _due(
    organization: OrganizationListing, listings: Iterable[Listing], now: dt.datetime
) -> Due | None:
    since: dict[Reason, dt.date] = {}
    rooms: list[str] = []
    urgent = False
    for listing in listings:
        reasons = reasons_of(listing, now)
        urgent = urgent or bool(reasons and URGENT_CODES & set(listing.codes))
        if Reason.ROOM in reasons:
            rooms.append(listing.id)
        for reason, day in reasons.items():
            since[reason] = min(day, since.get(reason, day))
    if not since:
        return None
    return Due(
        organization_id=organization.id,
        name=organization.full_name,
        address=organization.email or "",
        reasons=tuple(reason for reason in _ORDER if reason in since),
        urgent=urgent,
        since=min(since.values()),
        room_ids=tuple(rooms),
    )


def _is_reached(found: Due, doubtful: Collection[tuple[str, str]]) -> bool:
    pair = (found.organization_id, found.address.lower())
    return bool(found.address) and pair not in doubtful


def _narrowed(found: Due, reasons: tuple[Reason, ...]) -> Due:
    return Due(
        organization_id=found.organization_id,
        name=found.name,
        address=found.address,
        reasons=reasons,
        urgent=found.urgent,
        since=found.since,
        room_ids=found.room_ids,
    )


def _to_call(found: Due) -> ToCall:
    return ToCall(
        organization_id=found.organization_id,
        name=found.name,
        address=found.address,
        reasons=found.reasons,
    )


def _urgency(found: Due) -> tuple[int, bool, dt.date, str]:
    first = _ORDER.index(found.reasons[0])
    return (first, not found.urgent, found.since, found.organization_id)


def _by_organization(past: Iterable[Past]) -> Mapping[str, list[Past]]:
    grouped: dict[str, list[Past]] = {}
    for letter in past:
        grouped.setdefault(letter.organization_id, []).append(letter)
    return grouped


def _silences(organization: OrganizationListing) -> int:
    counts = [d.count for d in organization.doubts if d.kind == "silence"]
    return max(counts, default=0)


def _is_over(letters: Collection[dt.datetime], days: int, now: dt.datetime) -> bool:
    """Tell whether the newest of `letters` is so many days old.

    Days of the calendar count: a round that runs each morning is not always as quick.
    """
    return not letters or (now.date() - _day(max(letters), now)).days >= days


def _day(moment: dt.datetime, now: dt.datetime) -> dt.date:
    """Return the day of `moment` where the clock shows `now`."""
    return moment.astimezone(now.tzinfo).date()


def _unanswered_in_a_row(letters: Collection[Past]) -> int:
    """Count the newest letters that asked for room and that nobody answered."""
    asked = [p for p in letters if Reason.ROOM.value in p.reasons]
    count = 0
    for letter in sorted(asked, key=lambda p: p.written_at, reverse=True):
        if letter.answered:
            break
        count += 1
    return count
