"""Two of the staff for what a stranger asks for: who asked is then no second person."""

import datetime as dt

from sqlmodel import Session, col, select

from directory.curation.actor import Actor, ActorKind, read_actor
from directory.curation.history import Action, Deed, Event, record
from directory.curation.proposals.proposal import Proposal
from directory.curation.proposals.review import SecondPersonError, refuse_new_pair
from directory.curation.proposals.risk import Risk


def needs_two(proposal: Proposal) -> bool:
    """Tell whether two of the staff must agree to a proposal."""
    is_stranger = read_actor(proposal.actor).kind is ActorKind.PUBLIC
    return is_stranger and proposal.risk is Risk.HIGH


def first_yes(session: Session, proposal: Proposal) -> str | None:
    """Return who of the staff has agreed to a proposal that needs two."""
    query = (
        select(Event.actor)
        .where(Event.subject == _subject(proposal), Event.action == Action.CONFIRM)
        .order_by(col(Event.seq))
    )
    return session.exec(query).first()


def is_first_yes(
    session: Session, proposal: Proposal, *, by: Actor, now: dt.datetime
) -> bool:
    """Note a yes to a proposal that needs two; tell whether it was the first.

    Raises `SecondPersonError` if the same person says it again, or one whom they let
    in just now.
    """
    if not needs_two(proposal):
        return False
    first = first_yes(session, proposal)
    if first == str(by):
        raise SecondPersonError
    if first is not None:
        refuse_new_pair(session, read_actor(first), by, now=now)
        return False
    deed = Deed(
        actor=by,
        action=Action.CONFIRM,
        subject=_subject(proposal),
        organization_id=proposal.organization_id,
    )
    record(session, deed, now=now)
    return True


def _subject(proposal: Proposal) -> str:
    return f"proposal:{proposal.id}"
