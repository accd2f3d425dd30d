"""Room: how much of it a service has, as its provider tells it."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from directory.curation.actor import Actor, ActorKind
from directory.curation.history import Action, Deed, record
from directory.curation.records.subject import service_subject
from directory.curation.verification.confirming import note_answer
from directory.curation.verification.doubts import clear_doubts
from directory.curation.verification.due import Reason
from directory.curation.verification.facts import note_verified
from directory.curation.verification.reminder import Answer
from directory.hsds import Capacity, Fact, Service

CAPACITY_DAYS = 3
"""How long what was told is believed; after that it is asked."""
AGAIN = dt.timedelta(minutes=5)
"""The same told twice within this is a button pressed twice."""
MOST = 10
"""The largest number that is told; it means as many or more."""
USUAL_UNIT = "beds"
BED_CODES = frozenset({"emergency_shelter", "transitional_housing"})
"""Kinds of help of which one asks whether there is room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRoom:
    """What a provider tells: how many are free, and whether there is a waiting list.

    `unit` and `population` stay what they were where they are not told.
    """

    available: int
    waitlist: bool | None = None
    unit: str | None = None
    population: str | None = None


def room_of(session: Session, service_id: str) -> Capacity | None:
    """Return what was told last of a service."""
    return next(iter(_rows(session, service_id)), None)


def tell_room(
    session: Session, service_id: str, told: ToldRoom, *, by: Actor, now: dt.datetime
) -> bool:
    """Write down how much room there is; what was told before goes.

    Returns whether that was news: the same, told again at once, has no effect. The
    session must be one for writing.
    """
    service = session.get(Service, service_id)
    if service is None:
        return False
    held = _rows(session, service_id)
    row = held[0] if held else None
    filled = _filled(told, row)
    if row is not None and now - row.as_of < AGAIN and _says(row) == filled:
        return False
    for old in held[1:]:
        session.delete(old)
    _write(session, service_id, row, filled, now)
    note_verified(session, service_id, [Fact.CAPACITY], by=by, day=now.date())
    if by.kind is not ActorKind.STAFF:
        owner = service.organization_id
        note_answer(session, owner, Answer.ROOM, to=Reason.ROOM, now=now)
        clear_doubts(session, owner)
    _record(session, service, filled, by, now)
    return True


def _rows(session: Session, service_id: str) -> list[Capacity]:
    query = (
        select(Capacity)
        .where(Capacity.service_id == service_id)
        .order_by(col(Capacity.as_of).desc(), col(Capacity.id))
    )
    return list(session.exec(query).all())


def _filled(told: ToldRoom, row: Capacity | None) -> ToldRoom:
    """Return what is told, with what was told before where nothing is said of it."""
    return ToldRoom(
        available=min(max(told.available, 0), MOST),
        waitlist=told.waitlist,
        unit=told.unit or (row.unit if row else USUAL_UNIT),
        population=told.population or (row.population if row else None),
    )


def _says(row: Capacity) -> ToldRoom:
    return ToldRoom(
        available=row.available,
        waitlist=row.waitlist,
        unit=row.unit,
        population=row.population,
    )


def _write(
    session: Session,
    service_id: str,
    row: Capacity | None,
    told: ToldRoom,
    now: dt.datetime,
) -> None:
    if row is None:
        row = Capacity(
            service_id=service_id, unit="", available=0, as_of=now, expires=now
        )
        session.add(row)
    row.available, row.waitlist = told.available, told.waitlist
    row.unit, row.population = told.unit or USUAL_UNIT, told.population
    row.as_of, row.expires = now, now + dt.timedelta(days=CAPACITY_DAYS)
    session.flush()


def _record(
    session: Session, service: Service, told: ToldRoom, by: Actor, now: dt.datetime
) -> None:
    deed = Deed(
        actor=by,
        action=Action.ROOM,
        subject=str(service_subject(service.id)),
        organization_id=service.organization_id,
        facts={
            "available": told.available,
            "waitlist": told.waitlist,
            "unit": told.unit,
        },
    )
    record(session, deed, now=now)
