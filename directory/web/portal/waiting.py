"""What an organization asked for and what waits, shown to whoever comes back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from directory.curation.actor import OF_PROVIDER
from directory.curation.letters.topic import names_of_topics, topics_of
from directory.curation.overview import sent_by_link, waiting_for
from directory.curation.proposals import Proposal
from directory.curation.records.dossier import read_dossier
from directory.curation.records.patch import loads
from directory.curation.records.subject import Subject, read_subject
from directory.web.difference import RecordDifference, difference
from directory.web.language import current_language
from directory.web.portal.access import Access
from directory.web.portal.words import STATES
from directory.web.site import the_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A change that waits: of which listing, since when, and what it changes."""

    id: str
    name: str
    made_on: dt.date
    records: Sequence[RecordDifference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was sent by a link that is closed: about what, and what became of it.

    It does not say to what anything would change: the letter may lie about for long.
    """

    name: str
    made_on: dt.date
    topics: Sequence[str]
    state: str
    reason: str


def waiting_here(
    session: Session, access: Access, subject: Subject | None = None
) -> Sequence[Waiting]:
    """Return what an organization asked for and what waits, of one listing or of all.

    Staff see it in their queue.
    """
    if access.actor.kind not in OF_PROVIDER:
        return []
    return [
        Waiting(
            id=proposal.id,
            name=_name(session, proposal),
            made_on=_day(proposal),
            records=difference(session, loads(proposal.patch)),
        )
        for proposal in waiting_for(session, access.organization_id, subject)
    ]


def told_by(session: Session, token: str) -> Sequence[Told]:
    """Return what was sent by the link of a letter that opens nothing any more."""
    return [
        Told(
            name=_name(session, proposal),
            made_on=_day(proposal),
            topics=names_of_topics(
                topics_of(loads(proposal.patch)), current_language()
            ),
            state=str(STATES[proposal.state.value]),
            reason=proposal.reason,
        )
        for proposal in sent_by_link(session, token, now=the_site().now())
    ]


def _name(session: Session, proposal: Proposal) -> str:
    dossier = read_dossier(session, read_subject(proposal.subject))
    return "" if dossier is None else dossier.main["name"]


def _day(proposal: Proposal) -> dt.date:
    return proposal.made_at.astimezone(the_site().now().tzinfo).date()
