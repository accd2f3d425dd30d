"""Alerts: what somebody has to look into now, until one of the staff has done so.

Looks at listings whose existence is hidden are recorded here, and many are an alert.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, func, select

from directory.accounts import HeldRole, Person, Role
from directory.curation.actor import PROGRAM, Actor, ActorKind
from directory.curation.history.chain import Deed, detail_of, record
from directory.curation.history.event import Action, Event, EventDetail
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.records.showing import hides
from directory.curation.records.subject import organization_subject, service_subject
from directory.errors import RefusedError
from directory.sentence import Sentence

MOST_VIEWS = 30
"""Looks within `SPAN` that one person may need on a busy day."""
SPAN = dt.timedelta(minutes=10)
QUIET = dt.timedelta(hours=1)
"""How long one alert about a person speaks for all that follows it."""

MANY_HIDINGS = 3
"""Places that one person hides within `HIDING_SPAN`, and somebody else is told."""
HIDING_SPAN = dt.timedelta(hours=1)

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


def note_hidings(session: Session, actor: Actor, *, now: dt.datetime) -> None:
    """Bring to the desk that one of the staff has hidden many places in a short time.

    Nobody can bring back what is forgotten then. Called after each of them; while an
    alert about it is open, it speaks for all that follow. The session must be one for
    writing.
    """
    query = (
        select(EventDetail)
        .join(Event, col(Event.seq) == col(EventDetail.seq))
        .where(Event.actor == str(actor), Event.action == Action.PUBLISH)
        .where(col(Event.at) > now - HIDING_SPAN)
    )
    places = {i for d in session.exec(query).all() for i in hides(detail_of(d).patch)}
    told = any(
        alert.subject == _person(actor) and "hidings" in alert.told.facts
        for alert in open_alerts(session)
    )
    if len(places) < MANY_HIDINGS or told:
        return
    minutes = int(HIDING_SPAN.total_seconds() // 60)
    deed = Deed(
        actor=PROGRAM,
        action=Action.ALERT,
        subject=_person(actor),
        facts={"hidings": len(places), "minutes": minutes},
    )
    record(session, deed, now=now)


def note_objection(
    session: Session,
    organization_id: str,
    facts: Mapping[str, object],
    *,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Bring to the desk that a contact knows nothing of what was asked in its name.

    `facts` say who asked (`by`) for which `proposal`, how many changes were `stopped`,
    and how many are `public` since some `days`.
    """
    deed = Deed(
        actor=by,
        action=Action.ALERT,
        subject=str(organization_subject(organization_id)),
        organization_id=organization_id,
        why="The contact on record says that this did not come from them.",
        facts=facts,
    )
    record(session, deed, now=now)


def note_many_doubts(session: Session, doubted: int, *, at: dt.datetime) -> None:
    """Bring to the desk, once a day, that much was told to be wrong on one day.

    `at` is the beginning of that day: of reports no time is kept.
    """
    day = f"day:{at.date().isoformat()}"
    query = select(Event.seq).where(Event.subject == day, Event.action == Action.ALERT)
    if session.exec(query).first() is not None:
        return
    deed = Deed(
        actor=PROGRAM,
        action=Action.ALERT,
        subject=day,
        facts={"doubted": doubted},
    )
    record(session, deed, now=at)


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
    if is_barred(session, alert, by):
        raise OwnAlertError
    deed = Deed(actor=by, action=Action.SETTLE, subject=_settled(alert.seq), why=why)
    record(session, deed, now=now)


def is_barred(session: Session, alert: Entry, actor: Actor) -> bool:
    """Tell whether somebody else has to look into an alert.

    That somebody was let in can be looked into by whom it is about where there is no
    other coordinator: it would stand there for ever.
    """
    if not is_about(alert, actor):
        return False
    return "gained" not in alert.told.facts or _has_another(session, alert)


def _has_another(session: Session, alert: Entry) -> bool:
    """Tell whether there is a coordinator whom an alert is not about."""
    query = (
        select(HeldRole.person_id)
        .join(Person, col(Person.id) == col(HeldRole.person_id))
        .where(HeldRole.role == Role.COORDINATOR, col(Person.active))
    )
    found = (Actor(kind=ActorKind.STAFF, id=i) for i in session.exec(query).all())
    return any(not is_about(alert, one) for one in found)


def is_about(alert: Entry, actor: Actor) -> bool:
    """Tell whether an alert is about `actor`, or about what they asked for."""
    asked_by = str(alert.told.facts.get("by", ""))
    own = asked_by.partition(":")[2] == actor.id
    return own or alert.subject == _person(actor)


def _alert(session: Session, actor: Actor, seen: int, now: dt.datetime) -> None:
    deed = Deed(
        actor=PROGRAM,
        action=Action.ALERT,
        subject=_person(actor),
        facts={"views": seen, "minutes": int(SPAN.total_seconds() // 60)},
    )
    record(session, deed, now=now)


def _is_told(session: Session, actor: Actor, now: dt.datetime) -> bool:
    """Tell whether many looks of `actor` were an alert lately; others do not count."""
    query = (
        select(EventDetail)
        .join(Event, col(Event.seq) == col(EventDetail.seq))
        .where(Event.subject == _person(actor), Event.action == Action.ALERT)
        .where(col(Event.at) > now - QUIET)
    )
    return any("views" in detail_of(d).facts for d in session.exec(query).all())


def _count(session: Session, whose: bool, action: Action, after: dt.datetime) -> int:  # noqa: FBT001 - a condition of SQL
    query = select(func.count()).where(
        whose, Event.action == action, col(Event.at) > after
    )
    return session.exec(query).one()


def _person(actor: Actor) -> str:
    return f"person:{actor.id}"


def _settled(seq: int) -> str:
    return f"event:{seq}"
