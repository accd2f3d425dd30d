"""The contact on record says that a change was not asked for by them."""

import datetime as dt

from sqlmodel import Session

from directory.curation.history import Action, Deed, record
from directory.curation.links import Link, close
from directory.curation.proposals import Proposal, State
from directory.curation.proposals.review import object_to
from directory.curation.verification.answering import contact_of


def say_not_ours(session: Session, link: Link, *, now: dt.datetime) -> State | None:
    """Stop the change that `link` speaks of, and return what has become of it.

    What is public by now stays until a coordinator takes it back, who is alarmed.
    """
    proposal = proposal_of(session, link)
    if proposal is None:
        return None
    if proposal.state is State.WAITING:
        object_to(session, proposal, by=contact_of(link), now=now)
    elif proposal.state is State.PUBLISHED:
        _alarm(session, proposal, link, now)
    close(link, now=now)
    return proposal.state


def proposal_of(session: Session, link: Link) -> Proposal | None:
    """Return the change that `link` speaks of."""
    return session.get(Proposal, link.about) if link.about else None


def _alarm(session: Session, proposal: Proposal, link: Link, now: dt.datetime) -> None:
    for action in (Action.OBJECT, Action.ALERT):
        deed = Deed(
            actor=contact_of(link),
            action=action,
            subject=proposal.subject,
            organization_id=proposal.organization_id,
            why="The contact on record says that this did not come from them.",
            facts={"proposal": proposal.id, "state": proposal.state.value},
        )
        record(session, deed, now=now)
