"""Somebody says that listings are right: that counts, and what was doubted goes."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlmodel import Session, col, select

from directory.curation.actor import OF_PROVIDER, Actor, read_actor
from directory.curation.history import Action, Deed, record
from directory.curation.history.reading import Entry
from directory.curation.letters.topic import Topic, topics_of
from directory.curation.proposals import Proposal, State
from directory.curation.records.patch import loads
from directory.curation.records.subject import (
    SubjectKind,
    organization_subject,
    read_subject,
    service_subject,
)
from directory.curation.reports import ReportKind, clear_for
from directory.curation.verification.doubts import clear_doubts
from directory.curation.verification.due import Reason
from directory.curation.verification.facts import (
    forget_word,
    note_verified,
    verified_on,
    verifier,
)
from directory.curation.verification.reminder import Answer, Reminder
from directory.hsds import Fact, Service, ServiceStatus

FACTS = (Fact.RECORD, Fact.HOURS, Fact.ELIGIBILITY)
"""What is confirmed with one click. How much room there is has to be told."""

_FACT_OF: Mapping[Topic, Fact] = MappingProxyType(
    {Topic.HOURS: Fact.HOURS, Topic.ELIGIBILITY: Fact.ELIGIBILITY}
)
"""What is not confirmed while a change of it waits; of all others, the record."""
_REPORTS_OF: Mapping[Topic, frozenset[ReportKind]] = MappingProxyType(
    {
        Topic.PHONE: frozenset({ReportKind.WRONG_NUMBER, ReportKind.NO_ANSWER}),
        Topic.STATUS: frozenset({ReportKind.CLOSED}),
        Topic.NEEDS: frozenset({ReportKind.REFUSES}),
    }
)
"""What users told that a waiting change agrees with, and so does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """Who said that a listing is right, and when; `facts` are what they spoke of."""

    by: Actor
    at: dt.datetime
    facts: Collection[Fact]


def confirm_services(
    session: Session,
    service_ids: Iterable[str],
    *,
    by: Actor,
    now: dt.datetime,
    facts: Collection[Fact] = FACTS,
) -> int:
    """Note that listings are right today, and return how many.

    A fact of which a change by the provider waits is not confirmed: they have said
    themselves that it is wrong. What users and unanswered letters made doubtful is
    forgotten, and letters that wait for an answer have one.
    """
    wanted = col(Service.id).in_(list(service_ids))
    services = session.exec(select(Service).where(wanted).order_by(Service.id)).all()
    for organization_id in sorted({s.organization_id for s in services}):
        theirs = [s for s in services if s.organization_id == organization_id]
        noted = _confirm(session, theirs, _Word(by=by, at=now, facts=facts), now)
        deed = Deed(
            actor=by,
            action=Action.CONFIRM,
            subject=str(organization_subject(organization_id)),
            organization_id=organization_id,
            facts={"services": noted, "as": verifier(by)},
        )
        record(session, deed, now=now)
    return len(services)


def confirm_as_sent(
    session: Session, proposal: Proposal, *, agreed_by: Actor, now: dt.datetime
) -> bool:
    """Note that a listing was right on the day on which its provider corrected it.

    The form of a correction shows the whole record of a service, and all of it comes
    back: so its provider has confirmed the record, on that day and no later. Hours, and
    whom it takes, have days of their own. What was told or asked since then is not
    answered by it. Nothing is noted where the record was confirmed later than that.
    """
    said_by, about = read_actor(proposal.actor), read_subject(proposal.subject)
    if said_by.kind not in OF_PROVIDER or about.kind is not SubjectKind.SERVICE:
        return False
    word = _Word(
        by=said_by,
        at=proposal.made_at.astimezone(now.tzinfo),
        facts=(Fact.RECORD,),
    )
    service, day = session.get(Service, about.id), word.at.date()
    if service is None or service.status is not ServiceStatus.ACTIVE:
        return False
    newest = verified_on(session, service.id, Fact.RECORD)
    if newest is not None and newest > day:
        return False
    noted = _confirm(session, [service], word, now)
    deed = Deed(
        actor=agreed_by,
        action=Action.CONFIRM,
        subject=str(organization_subject(service.organization_id)),
        organization_id=service.organization_id,
        facts={
            "services": noted,
            "as": verifier(said_by),
            "by": proposal.actor,
            "proposal": proposal.id,
            "sent_on": day.isoformat(),
        },
    )
    record(session, deed, now=now)
    return True


def take_back_word(session: Session, undone: Entry, *, now: dt.datetime) -> None:
    """Forget what a provider confirmed since the change that is undone was sent.

    Whoever sent what had to be taken back is not believed in the rest either.
    """
    proposal = session.get(Proposal, str(undone.told.facts.get("proposal", "")))
    if proposal is None or read_actor(proposal.actor).kind not in OF_PROVIDER:
        return
    about = read_subject(proposal.subject)
    whole = about.kind is not SubjectKind.SERVICE
    ids = services_of(session, proposal.organization_id) if whole else (about.id,)
    sent_on = proposal.made_at.astimezone(now.tzinfo).date()
    forget_word(session, ids, since=sent_on)


def services_of(session: Session, organization_id: str) -> Sequence[str]:
    """Return the ids of the services of an organization that are open."""
    query = (
        select(Service.id)
        .where(Service.organization_id == organization_id)
        .where(Service.status == ServiceStatus.ACTIVE)
        .order_by(col(Service.id))
    )
    return session.exec(query).all()


def note_answer(
    session: Session,
    organization_id: str,
    answer: Answer,
    *,
    to: Reason | None = None,
    now: dt.datetime,
) -> None:
    """Note `answer`, given at `now`, to the letters that waited for one by then.

    `to` picks those that asked for one reason.
    """
    query = (
        select(Reminder)
        .where(Reminder.organization_id == organization_id)
        .where(col(Reminder.answered_at).is_(None))
        .where(col(Reminder.written_at) <= now)
    )
    for reminder in session.exec(query).all():
        if to is None or to.value in reminder.reasons:
            reminder.answered_at, reminder.answer = now, answer
    session.flush()


def _confirm(
    session: Session, services: Sequence[Service], word: _Word, now: dt.datetime
) -> Mapping[str, Sequence[str]]:
    """Confirm services of one organization; return the facts of each."""
    organization_id = services[0].organization_id
    waits = _waiting_topics(session, organization_id)
    of_all = waits.get(str(organization_subject(organization_id)), frozenset())
    noted: dict[str, list[str]] = {}
    day = word.at.date()
    for service in services:
        topics = of_all | waits.get(str(service_subject(service.id)), frozenset())
        unsure = {_FACT_OF.get(topic, Fact.RECORD) for topic in topics}
        sure = [fact for fact in word.facts if fact not in unsure]
        note_verified(session, service.id, sure, by=word.by, day=day)
        agreed = frozenset[ReportKind]().union(*map(_reports_of, topics))
        clear_for(session, service.id, now, but=agreed, until=day)
        noted[service.id] = [fact.value for fact in sure]
    note_answer(session, organization_id, Answer.CONFIRMED, now=word.at)
    clear_doubts(session, organization_id, until=day)
    return noted


def _reports_of(topic: Topic) -> frozenset[ReportKind]:
    return _REPORTS_OF.get(topic, frozenset())


def _waiting_topics(
    session: Session, organization_id: str
) -> Mapping[str, frozenset[Topic]]:
    """Return what the provider itself asked to change, by subject.

    What others ask for in its name does not keep it from saying what is right.
    """
    query = (
        select(Proposal)
        .where(Proposal.organization_id == organization_id)
        .where(Proposal.state == State.WAITING)
    )
    found: dict[str, frozenset[Topic]] = {}
    for proposal in session.exec(query).all():
        kind = read_actor(proposal.actor).kind
        if kind not in OF_PROVIDER:
            continue
        for change in loads(proposal.patch):
            # A change of a whole organization can name its services one by one.
            of_service = change.table == "service"
            about = str(service_subject(change.id)) if of_service else proposal.subject
            held = found.get(about, frozenset())
            found[about] = held.union(topics_of((change,)))
    return found
