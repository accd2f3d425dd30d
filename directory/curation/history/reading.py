"""Reads the history, newest first, as people look at it."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from directory.curation.history.chain import Detail, detail_of
from directory.curation.history.event import Action, Event, EventDetail
from directory.curation.records.subject import former_ids

PAGE = 50
"""Events on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event with its detail, as it is shown."""

    seq: int
    at: dt.datetime
    actor: str
    action: Action
    subject: str
    organization_id: str | None
    told: Detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which events are asked for; `before` is the number to go on down from.

    With those of an `actor` go those whose numbers `also` selects.
    """

    subject: str | None = None
    organization_id: str | None = None
    actor: str | None = None
    also: SelectOfScalar[int] | None = None
    actions: tuple[Action, ...] = ()
    before: int | None = None
    limit: int = PAGE


def entries(session: Session, asked: Asked) -> list[Entry]:
    """Return the newest events that fit."""
    query = (
        select(Event, EventDetail)
        .join(EventDetail, col(Event.seq) == col(EventDetail.seq))
        .order_by(col(Event.seq).desc())
        .limit(asked.limit)
    )
    if asked.subject is not None:
        query = query.where(Event.subject == asked.subject)
    if asked.organization_id is not None:
        # What was done to a body before it was merged is its history as well.
        ids = {asked.organization_id, *former_ids(session, asked.organization_id)}
        query = query.where(col(Event.organization_id).in_(ids))
    if asked.actor is not None:
        theirs = col(Event.actor) == asked.actor
        if asked.also is not None:
            theirs = or_(theirs, col(Event.seq).in_(asked.also))
        query = query.where(theirs)
    if asked.actions:
        query = query.where(col(Event.action).in_(asked.actions))
    if asked.before is not None:
        query = query.where(col(Event.seq) < asked.before)
    return [_entry(event, detail) for event, detail in session.exec(query).all()]


def since(
    session: Session, first: Entry, actions: Collection[Action]
) -> Sequence[Entry]:
    """Return an event and all that follow of the same listing, newest first.

    And those of its organization, which may speak of it too.
    """
    query = (
        select(Event, EventDetail)
        .join(EventDetail, col(Event.seq) == col(EventDetail.seq))
        .where(col(Event.seq) >= first.seq, col(Event.action).in_(actions))
        .where(
            or_(
                col(Event.subject) == first.subject,
                col(Event.organization_id) == first.organization_id,
            )
        )
        .order_by(col(Event.seq).desc())
    )
    return [_entry(event, detail) for event, detail in session.exec(query).all()]


def entry(session: Session, seq: int) -> Entry | None:
    """Return one event, `None` if there is none of that number."""
    event, detail = session.get(Event, seq), session.get(EventDetail, seq)
    return None if event is None or detail is None else _entry(event, detail)


def _entry(event: Event, detail: EventDetail) -> Entry:
    return Entry(
        seq=event.seq,
        at=event.at,
        actor=event.actor,
        action=event.action,
        subject=event.subject,
        organization_id=event.organization_id,
        told=detail_of(detail),
    )
