"""Tells who asked for a change what became of it."""

import datetime as dt

from sqlmodel import Session

from directory.curation.letters.topic import names_of_topics, topics_of
from directory.curation.letters.writing import write
from directory.curation.proposals import Proposal, State
from directory.curation.records.patch import loads
from directory.hsds import Organization
from directory.mail import Letter, LetterKind, post


def write_answer(
    session: Session, proposal: Proposal, to_address: str, *, now: dt.datetime
) -> Letter | None:
    """Put the letter into the outbox, in the caller's transaction.

    It says what kind of fields were to change, never to what, and the reason if there
    is one.
    """
    organization = session.get(Organization, proposal.organization_id)
    if organization is None:
        return None
    topics = topics_of(loads(proposal.patch))
    writing = write(
        "answered",
        organization=organization.name,
        topics=names_of_topics(topics, "en"),
        topics_es=names_of_topics(topics, "es"),
        agreed=proposal.state is State.PUBLISHED,
        reason=proposal.reason,
    )
    return post(
        session,
        LetterKind.NOTICE,
        to_address,
        subject=writing.subject,
        text=writing.text,
        # Not of the proposal: the notice that gave time to object is.
        about=organization.id,
        now=now,
    )
