"""What the reader of a letter answers: all is right, it has closed, it is not ours."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from directory.curation.actor import Actor, ActorKind
from directory.curation.history import Action, Deed, record
from directory.curation.links import Link, close, close_all
from directory.curation.proposals import Draft, Lint, Proposal, propose
from directory.curation.records.dossier import read_dossier
from directory.curation.records.patch import Patch, compared
from directory.curation.records.subject import organization_subject, service_subject
from directory.curation.verification.confirming import (
    confirm_services,
    note_answer,
    services_of,
)
from directory.curation.verification.doubtful_address import (
    AddressDoubt,
    doubt_address,
    trust_address,
)
from directory.curation.verification.doubts import clear_doubts
from directory.curation.verification.reminder import Answer, Reminder
from directory.hsds import ServiceStatus
from directory.mail import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Which services have closed, whether for good, and whether the rest is right."""

    service_ids: frozenset[str]
    status: ServiceStatus
    rest_is_right: bool


def contact_of(link: Link) -> Actor:
    """Return as whom the reader of a letter answers."""
    return Actor(kind=ActorKind.CONTACT, id=link.organization_id)


def say_all_is_right(session: Session, link: Link, *, now: dt.datetime) -> int:
    """Confirm all listings of the organization; return how many."""
    ids = services_of(session, link.organization_id)
    count = confirm_services(session, ids, by=contact_of(link), now=now)
    _end(session, link, Answer.CONFIRMED, now)
    return count


def say_closed(
    session: Session, link: Link, closing: Closing, *, lint: Lint, now: dt.datetime
) -> Proposal | None:
    """Ask for services to be shown as closed; a second person has to agree.

    Until then they stay as they are. Returns the proposal, none if no service of the
    organization is meant.
    """
    ours = services_of(session, link.organization_id)
    closed = [identifier for identifier in ours if identifier in closing.service_ids]
    if not closed:
        return None
    proposal = _propose(session, link, _closes(session, closed, closing), lint, now)
    if closing.rest_is_right:
        rest = [identifier for identifier in ours if identifier not in closed]
        confirm_services(session, rest, by=contact_of(link), now=now)
    _end(session, link, Answer.CLOSED, now)
    return proposal


def say_not_us(session: Session, link: Link, *, now: dt.datetime) -> None:
    """Write no more to the address that this letter went to, until somebody looked.

    Nothing of the listing changes: whoever reads a wrong mailbox does not know.
    """
    letter = _letter_of(session, link)
    owner = link.organization_id
    if letter is not None:
        doubt = AddressDoubt.NOT_THEIRS
        doubt_address(session, owner, letter.to_address, doubt, now=now)
    deed = Deed(
        actor=contact_of(link),
        action=Action.BOUNCE,
        subject=str(organization_subject(owner)),
        organization_id=owner,
        facts={"letter": letter.id if letter else "", "address": "not theirs"},
    )
    record(session, deed, now=now)
    note_answer(session, owner, Answer.NOT_US, now=now)
    close(link, now=now)
    # Nor may they tell how much room there is. Whoever reads that mailbox holds the
    # links of other letters to it as well.
    link.expires_at = min(link.expires_at, now)
    close_all(session, owner, now=now)


def answer_of(session: Session, link: Link) -> Answer | None:
    """Return what was answered by `link`, if it was."""
    reminder = _reminder_of(session, link)
    return reminder.answer if reminder else None


def _propose(
    session: Session, link: Link, patch: Patch, lint: Lint, now: dt.datetime
) -> Proposal:
    subject = organization_subject(link.organization_id)
    dossier = read_dossier(session, subject)
    draft = Draft(
        subject=subject,
        actor=contact_of(link),
        version=dossier.version if dossier else "",
        patch=patch,
        once=link.digest,
        why="The contact on record says that it has closed.",
    )
    return propose(session, draft, lint=lint, now=now)


def _closes(session: Session, closed: Collection[str], closing: Closing) -> Patch:
    patch: Patch = ()
    for identifier in closed:
        dossier = read_dossier(session, service_subject(identifier))
        if dossier is not None:
            wanted = {"status": closing.status.value}
            patch += compared("service", identifier, dossier.main, wanted)
    return patch


def _end(session: Session, link: Link, answer: Answer, now: dt.datetime) -> None:
    """Close the link. Its letter has arrived, whatever was thought of the address."""
    owner, letter = link.organization_id, _letter_of(session, link)
    if letter is not None:
        trust_address(session, owner, letter.to_address)
    reminder = _reminder_of(session, link)
    if reminder is not None:
        reminder.answer, reminder.answered_at = answer, now
    note_answer(session, owner, answer, now=now)
    clear_doubts(session, owner)
    close(link, now=now)


def _letter_of(session: Session, link: Link) -> Letter | None:
    reminder = _reminder_of(session, link)
    return session.get(Letter, reminder.letter_id) if reminder else None


def _reminder_of(session: Session, link: Link) -> Reminder | None:
    return session.get(Reminder, link.about) if link.about else None
