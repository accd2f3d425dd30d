"""Who asked for a change is told what the staff answered."""

import datetime as dt

from sqlmodel import Session

from directory.accounts import Person, edits
from directory.curation.actor import ActorKind, read_actor
from directory.curation.letters.answer import write_answer
from directory.curation.letters.notice import old_address
from directory.curation.proposals import Proposal, State
from directory.curation.records.patch import loads
from directory.curation.verification.doubtful_address import is_doubtful
from directory.hsds import Organization
from directory.mail import Letter
from directory.projection.links import mail_address


def tell_answer(
    session: Session, proposal: Proposal, *, now: dt.datetime
) -> Letter | None:
    """Write to who asked for a change that the staff have answered.

    To the mailbox on record if it came by a letter to it, to the one of the account if
    somebody had signed in. An address that a stranger typed is never written to.
    """
    if proposal.state not in {State.PUBLISHED, State.REFUSED}:
        return None
    to_address = _address(session, proposal)
    if to_address is None:
        return None
    return write_answer(session, proposal, to_address, now=now)


def _address(session: Session, proposal: Proposal) -> str | None:
    actor = read_actor(proposal.actor)
    if actor.kind is ActorKind.PROVIDER:
        person = session.get(Person, actor.id)
        is_theirs = person is not None and edits(person, proposal.organization_id)
        return person.email if person is not None and is_theirs else None
    if actor.kind is not ActorKind.CONTACT:
        return None
    organization = session.get(Organization, proposal.organization_id)
    if organization is None:
        return None
    # Who asked for another address reads the one that the letter went to.
    found = mail_address(old_address(loads(proposal.patch), organization))
    if found is None or is_doubtful(session, organization.id, found):
        return None
    return found
