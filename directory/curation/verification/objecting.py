"""The contact on record says that a change was not asked for by them.

Then nothing is believed that the same one asked for: whoever has taken over an account
or a letter sends more than one change.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, or_, select

from directory.accounts import Person
from directory.accounts.keeping import sign_out
from directory.curation.actor import OF_PROVIDER, ActorKind, read_actor
from directory.curation.history import Action, Deed, record
from directory.curation.history.accounts import note_account
from directory.curation.history.alerts import note_objection
from directory.curation.links import Link, close, close_all
from directory.curation.proposals import Proposal, State
from directory.curation.proposals.review import object_to
from directory.curation.verification.answering import contact_of
from directory.curation.verification.confirming import note_answer, services_of
from directory.curation.verification.facts import forget_word
from directory.curation.verification.reminder import Answer

RECENT = dt.timedelta(days=30)
"""How far back it is counted what the same one has made public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What an objection did: how many changes it stopped, and how many are public.

    `kind` says as what somebody asked for them.
    """

    stopped: int
    public: int
    kind: ActorKind


def say_not_ours(session: Session, link: Link, *, now: dt.datetime) -> Objection | None:
    """Stop all that waits of whoever asked for the change that `link` speaks of.

    Whoever it is goes on with no letter and no sign-in that they had, and what they
    confirmed since is forgotten. What is public by
    now stays until a coordinator takes it back, who is alarmed. Returns `None` if there
    is no such change.
    """
    proposal = proposal_of(session, link)
    if proposal is None:
        return None
    by = contact_of(link)
    for waiting in waiting_alike(session, link, proposal):
        object_to(session, waiting, by=by, now=now)
    if proposal.state is State.PUBLISHED:
        _note_late(session, proposal, link, now)
    close(link, now=now)
    if read_actor(proposal.actor).kind in OF_PROVIDER:
        sent_on = proposal.made_at.astimezone(now.tzinfo).date()
        forget_word(session, services_of(session, link.organization_id), since=sent_on)
    _end_sittings(session, proposal, link, now)
    done = _counted(session, link, proposal, now)
    if done.stopped or done.public:
        facts = _facts(proposal, done)
        note_objection(session, link.organization_id, facts, by=by, now=now)
    return done


def what_objection_did(session: Session, link: Link) -> Objection | None:
    """Return what was done when `link` was answered, for who sends it twice."""
    proposal = proposal_of(session, link)
    if proposal is None or link.closed_at is None:
        return None
    return _counted(session, link, proposal, link.closed_at)


def proposal_of(session: Session, link: Link) -> Proposal | None:
    """Return the change that `link` speaks of."""
    return session.get(Proposal, link.about) if link.about else None


def waiting_alike(
    session: Session, link: Link, proposal: Proposal
) -> Sequence[Proposal]:
    """Return what waits of those who asked for `proposal`, of the contact's own body.

    `proposal` is among them as long as it waits: one that merges two bodies is told to
    the contacts of both.
    """
    theirs = col(Proposal.actor) == proposal.actor
    here = col(Proposal.organization_id) == link.organization_id
    query = (
        select(Proposal)
        .where(Proposal.state == State.WAITING)
        .where(or_(col(Proposal.id) == proposal.id, theirs & here))
        .order_by(col(Proposal.made_at), col(Proposal.id))
    )
    return session.exec(query).all()


def published_alike(
    session: Session, link: Link, proposal: Proposal, now: dt.datetime
) -> int:
    """Count what the same one has made public of the contact's own body lately."""
    theirs = col(Proposal.actor) == proposal.actor
    here = col(Proposal.organization_id) == link.organization_id
    query = (
        select(func.count())
        .select_from(Proposal)
        .where(Proposal.state == State.PUBLISHED)
        .where(col(Proposal.decided_at).between(now - RECENT, now))
        .where(or_(col(Proposal.id) == proposal.id, theirs & here))
    )
    return session.exec(query).one()


def _counted(
    session: Session, link: Link, proposal: Proposal, at: dt.datetime
) -> Objection:
    stopped = select(func.count()).where(
        Proposal.state == State.REFUSED,
        Proposal.decided_by == str(contact_of(link)),
        Proposal.decided_at == at,
    )
    return Objection(
        stopped=session.exec(stopped).one(),
        public=published_alike(session, link, proposal, at),
        kind=read_actor(proposal.actor).kind,
    )


def _facts(proposal: Proposal, done: Objection) -> Mapping[str, object]:
    return {
        "proposal": proposal.id,
        "by": proposal.actor,
        "stopped": done.stopped,
        "public": done.public,
        "days": RECENT.days,
    }


def _note_late(
    session: Session, proposal: Proposal, link: Link, now: dt.datetime
) -> None:
    """Record that the contact objects to what is public by now."""
    deed = Deed(
        actor=contact_of(link),
        action=Action.OBJECT,
        subject=proposal.subject,
        organization_id=proposal.organization_id,
        why="The contact on record says that this did not come from them.",
        facts={"proposal": proposal.id, "state": proposal.state.value},
    )
    record(session, deed, now=now)


def _end_sittings(
    session: Session, proposal: Proposal, link: Link, now: dt.datetime
) -> None:
    """Take away from whoever asked what they hold: letters, or a sign-in.

    A coordinator is not signed out by a letter; the desk is told of them.
    """
    asked_by = read_actor(proposal.actor)
    if asked_by.kind is ActorKind.CONTACT:
        note_answer(session, link.organization_id, Answer.STOPPED, now=now)
        close_all(session, link.organization_id, now=now)
    if asked_by.kind is not ActorKind.PROVIDER:
        return
    person = session.get(Person, asked_by.id)
    if person is not None:
        sign_out(session, person)
        by = contact_of(link)
        note_account(session, person.id, "signed_out", by=by, now=now)
