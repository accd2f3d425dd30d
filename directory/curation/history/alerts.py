"""Looks at listings whose existence is hidden: each is recorded, many are told of."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from directory.curation.actor import PROGRAM, Actor
from directory.curation.history.chain import Deed, record
from directory.curation.history.event import Action, Event
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.records.subject import organization_subject, service_subject
from directory.errors import RefusedError
from directory.sentence import Sentence

MOST_VIEWS = 30
"""Looks within `SPAN` that one person may need on a busy day."""
SPAN = dt.timedelta(minutes=10)
QUIET = dt.timedelta(hours=1)
"""How long one alert about a person speaks for all that follows it."""

_SHOWN = 200
"""Alerts that are looked through for those that nobody has answered."""


class OwnAlertError(RefusedError):
    """Whom an alert is about cannot be the one who puts it away."""

    def __init__(self) -> None:
        """Say the one sentence."""
        super().__init__(Sentence("Somebody else must look at what is about yourself."))


def note_view(
    session: Session,
    actor: Actor,
    *,
    service_id: str | None,
    organization_id: str,
    now: dt.datetime,
) -> None:
    """Record that `actor` saw a listing that most may not know of, and nothing more.

    Who sees very many in a short time is brought to the desk. The session must be one
    for writing.
    """
    subject = (
        organization_subject(organization_id)
        if service_id is None
        else service_subject(service_id)
    )
    deed = Deed(
        actor=actor,
        action=Action.VIEW,
        subject=str(subject),
        organization_id=organization_id,
    )
    record(session, deed, now=now)
    seen = _count(session, Event.actor == str(actor), Action.VIEW, now - SPAN)
    if seen > MOST_VIEWS and not _is_told(session, actor, now):
        _alert(session, actor, seen, now)


def note_hiding(
    session: Session, subject: str, organization_id: str, *, now: dt.datetime
) -> None:
    """Bring to the desk that a provider had a place hidden, which is done at once."""
    deed = Deed(
        actor=PROGRAM,
        action=Action.ALERT,
        subject=subject,
        organization_id=organization_id,
        facts={"hidden": True},
    )
    record(session, deed, now=now)


def open_alerts(session: Session) -> Sequence[Entry]:
    """Return the alerts that nobody has put away, newest first."""
    told = entries(session, Asked(actions=(Action.ALERT,), limit=_SHOWN))
    subjects = [_settled(entry.seq) for entry in told]
    done = set(
        session.exec(
            select(Event.subject).where(
                Event.action == Action.SETTLE, col(Event.subject).in_(subjects)
            )
        ).all()
    )
    return [entry for entry in told if _settled(entry.seq) not in done]


def put_away(
    session: Session, alert: Entry, *, by: Actor, why: str, now: dt.datetime
) -> None:
    """Record that a coordinator has looked into an alert. Raises `OwnAlertError`."""
    if alert.subject == _person(by):
        raise OwnAlertError
    deed = Deed(actor=by, action=Action.SETTLE, subject=_settled(alert.seq), why=why)
    record(session, deed, now=now)


def _alert(session: Session, actor: Actor, seen: int, now: dt.datetime) -> None:
    deed = Deed(
        actor=PROGRAM,
        action=Action.ALERT,
        subject=_person(actor),
        facts={"views": seen, "minutes": int(SPAN.total_seconds() // 60)},
    )
    record(session, deed, now=now)


def _is_told(session: Session, actor: Actor, now: dt.datetime) -> bool:
    about = Event.subject == _person(actor)
    return _count(session, about, Action.ALERT, now - QUIET) > 0


def _count(session: Session, whose: bool, action: Action, after: dt.datetime) -> int:  # noqa: FBT001 - a condition of SQL
    query = select(func.count()).where(
        whose, Event.action == action, col(Event.at) > after
    )
    return session.exec(query).one()


def _person(actor: Actor) -> str:
    return f"person:{actor.id}"


def _settled(seq: int) -> str:
    return f"event:{seq}"
