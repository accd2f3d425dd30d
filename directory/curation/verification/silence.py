"""Notes which letters nobody answered, and which never arrived."""

import datetime as dt
import re
from collections.abc import Callable, Sequence

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from directory.curation.actor import PROGRAM
from directory.curation.history import Action, Deed, record
from directory.curation.links import Link, Purpose
from directory.curation.records.subject import organization_subject
from directory.curation.verification.confirming import note_answer
from directory.curation.verification.doubtful_address import (
    AddressDoubt,
    doubt_address,
)
from directory.curation.verification.doubts import add_doubt, clear_doubts
from directory.curation.verification.due import Reason
from directory.curation.verification.reminder import Answer, Reminder
from directory.database import reading, writing
from directory.hsds import DoubtKind, Organization
from directory.mail import Letter
from directory.mail.delivery import PAUSES

PATIENCE = dt.timedelta(days=21)
"""How long after it was sent a letter may be answered."""

_REFUSED = re.compile(r"5\d\d|\d\.\d+\.\d+|bounced|unsendable", re.ASCII)
"""Reasons that speak of the address; all others speak of the way there."""


def note_silence(engine: Engine, now: dt.datetime) -> int:
    """Count a silence for each letter that nobody answered in time; return how many.

    Each is counted once, whoever runs this, and however often.
    """
    due = (
        select(Reminder.id)
        .join(Letter, col(Letter.id) == col(Reminder.letter_id))
        .where(col(Letter.sent_at) <= now - PATIENCE)
        .where(col(Letter.failed_at).is_(None))
        .where(col(Reminder.answered_at).is_(None))
        .where(col(Reminder.silent_at).is_(None))
        .order_by(col(Reminder.written_at), col(Reminder.id))
    )
    return _each(engine, due, lambda session, r: _note_one_silence(session, r, now))


def note_bounces(engine: Engine, now: dt.datetime) -> int:
    """Note the letters that never arrived; return how many."""
    due = (
        select(Reminder.id)
        .join(Letter, col(Letter.id) == col(Reminder.letter_id))
        .where(col(Letter.failed_at).is_not(None))
        .where(col(Reminder.bounced_at).is_(None))
        .order_by(col(Reminder.written_at), col(Reminder.id))
    )
    return _each(engine, due, lambda session, r: _note_one_bounce(session, r, now))


def _each(
    engine: Engine, query: object, note: Callable[[Session, Reminder], bool]
) -> int:
    with reading(engine) as session:
        ids: Sequence[str] = session.exec(query).all()  # type: ignore[call-overload]
    count = 0
    for identifier in ids:
        with writing(engine) as session:
            reminder = session.get(Reminder, identifier)
            count += reminder is not None and note(session, reminder)
    return count


def _note_one_silence(session: Session, reminder: Reminder, now: dt.datetime) -> bool:
    # Another process may have noted it, or somebody answered it, since it was found.
    if reminder.silent_at is not None or reminder.answered_at is not None:
        return False
    if _was_begun(session, reminder):
        owner = reminder.organization_id
        note_answer(session, owner, Answer.CORRECTED, now=now)
        clear_doubts(session, owner)
        return False
    reminder.silent_at = now
    # That nobody tells of room is seen by all: it is shown as a question.
    if reminder.reasons == (Reason.ROOM.value,):
        return False
    count = add_doubt(session, reminder.organization_id, DoubtKind.SILENCE, now.date())
    _record(session, reminder, Action.SILENCE, count, now)
    return True


def _note_one_bounce(session: Session, reminder: Reminder, now: dt.datetime) -> bool:
    letter = session.get(Letter, reminder.letter_id)
    if reminder.bounced_at is not None or letter is None or letter.failed_at is None:
        return False
    reminder.bounced_at = now
    if not _speaks_of_the_address(letter):
        return False
    owner = reminder.organization_id
    doubt_address(session, owner, letter.to_address, AddressDoubt.BOUNCED, now=now)
    organization = session.get(Organization, owner)
    # An address that is on record no more says nothing of the organization.
    if organization is None or not _same(organization.email, letter.to_address):
        return False
    count = add_doubt(session, owner, DoubtKind.BOUNCE, now.date())
    _record(session, reminder, Action.BOUNCE, count, now)
    return True


def _was_begun(session: Session, reminder: Reminder) -> bool:
    """Tell whether somebody used the letter's link, and did not come to an end."""
    query = (
        select(Link.digest)
        .where(Link.about == reminder.id)
        .where(Link.purpose == Purpose.CONFIRM)
        .where(col(Link.used_at).is_not(None))
    )
    return session.exec(query).first() is not None


def _speaks_of_the_address(letter: Letter) -> bool:
    """Tell whether a letter failed at its recipient, and not on our side.

    A mail server that took nothing for days would else make every provider doubtful.
    """
    if letter.sent_at is not None:
        return True
    gave_up = letter.tries > len(PAUSES)
    return not gave_up and bool(_REFUSED.fullmatch(letter.failure or ""))


def _same(one: str | None, other: str) -> bool:
    return (one or "").lower() == other.lower()


def _record(
    session: Session, reminder: Reminder, action: Action, count: int, now: dt.datetime
) -> None:
    deed = Deed(
        actor=PROGRAM,
        action=action,
        subject=str(organization_subject(reminder.organization_id)),
        organization_id=reminder.organization_id,
        facts={"letter": reminder.letter_id, "count": count},
    )
    record(session, deed, now=now)
