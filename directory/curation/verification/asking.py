"""Writes the letters of a round, each in a transaction of its own."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from directory.curation.actor import PROGRAM
from directory.curation.history import Action, Deed, record
from directory.curation.letters.asking import Question, write_asking
from directory.curation.links import LIFE, Purpose, issue
from directory.curation.records.subject import organization_subject
from directory.curation.verification.doubtful_address import (
    doubtful_pairs,
    is_doubtful,
)
from directory.curation.verification.due import (
    Due,
    Past,
    Reason,
    Round,
    ToCall,
    due,
    unpaused,
)
from directory.curation.verification.reminder import Reminder
from directory.database import reading, writing
from directory.hsds import Organization
from directory.ids import new_id
from directory.mail import OUTDATED, Letter, LetterKind, post
from directory.projection import Audience, Snapshot, take_snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundResult:
    """What a round did: letters written, who has to be called, who is left for later.

    `taken` counts those that another process wrote to at the same time.
    """

    written: int
    taken: int
    later: int
    to_call: tuple[ToCall, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The directory at one moment, and who in it is to be asked.

    `chosen` are those who are written to in this round.
    """

    snapshot: Snapshot
    round: Round
    chosen: tuple[Due, ...]


def look(engine: Engine, now: dt.datetime, *, limit: int | None = None) -> Looked:
    """Return who is to be asked, at most `limit` of them; nothing is written."""
    snapshot = take_snapshot(engine, Audience.NETWORK)
    with reading(engine) as session:
        doubtful = doubtful_pairs(session)
        past = past_letters(session)
    found = due(snapshot, past, now, doubtful=doubtful)
    return Looked(snapshot=snapshot, round=found, chosen=found.to_write[:limit])


def ask(
    engine: Engine,
    looked: Looked,
    now: dt.datetime,
    *,
    site_url: str,
    progress: Callable[[int], None] = lambda _steps: None,
) -> RoundResult:
    """Write to those who were chosen, the most urgent first."""
    written = 0
    for found in looked.chosen:
        with writing(engine) as session:
            written += _ask_one(session, found, looked.snapshot, site_url, now)
        progress(1)
    return RoundResult(
        written=written,
        taken=len(looked.chosen) - written,
        later=len(looked.round.to_write) - len(looked.chosen),
        to_call=looked.round.to_call,
    )


def past_letters(session: Session, organization_id: str | None = None) -> list[Past]:
    """Return the letters that were written before, to all or to one organization.

    One that was not sent because its links led to nothing has asked nobody.
    """
    query = (
        select(Reminder)
        .outerjoin(Letter, col(Letter.id) == col(Reminder.letter_id))
        .where(func.coalesce(Letter.failure, "").not_in(OUTDATED))
        .order_by(col(Reminder.written_at))
    )
    if organization_id is not None:
        query = query.where(Reminder.organization_id == organization_id)
    return [
        Past(
            organization_id=reminder.organization_id,
            reasons=reminder.reasons,
            written_at=reminder.written_at,
            answered=reminder.answered_at is not None,
        )
        for reminder in session.exec(query).all()
    ]


def _ask_one(
    session: Session, found: Due, snapshot: Snapshot, site_url: str, now: dt.datetime
) -> bool:
    """Write to one organization, unless that was done since the round began."""
    if not _is_still_due(session, found, now):
        return False
    reminder = Reminder(
        id=new_id(),
        organization_id=found.organization_id,
        letter_id="",
        reasons=tuple(reason.value for reason in found.reasons),
        written_at=now,
    )
    reminder.letter_id = _post(session, found, snapshot, site_url, reminder)
    session.add(reminder)
    deed = Deed(
        actor=PROGRAM,
        action=Action.REMIND,
        subject=str(organization_subject(found.organization_id)),
        organization_id=found.organization_id,
        facts={"reasons": list(reminder.reasons), "letter": reminder.letter_id},
    )
    record(session, deed, now=now)
    return True


def _is_still_due(session: Session, found: Due, now: dt.datetime) -> bool:
    organization = session.get(Organization, found.organization_id)
    if organization is None or organization.email != found.address:
        return False
    if is_doubtful(session, found.organization_id, found.address):
        return False
    letters = past_letters(session, found.organization_id)
    return unpaused(found.reasons, letters, now) == found.reasons


def _post(
    session: Session,
    found: Due,
    snapshot: Snapshot,
    site_url: str,
    reminder: Reminder,
) -> str:
    """Put the letter into the outbox with links of its own, and return its id."""
    only_room = found.reasons == (Reason.ROOM,)
    tokens = {
        purpose: issue(
            session,
            purpose,
            found.organization_id,
            about=reminder.id,
            now=reminder.written_at,
        )
        for purpose in _purposes(found, only_room=only_room)
    }
    services = snapshot.organizations[found.organization_id].service_ids
    question = Question(
        organization=found.name,
        services=[snapshot.listings[x].name for x in services],
        rooms=[(x, snapshot.listings[x].name) for x in found.room_ids],
        confirm=tokens.get(Purpose.CONFIRM),
        room=tokens.get(Purpose.ROOM),
    )
    asking = write_asking(question, site_url)
    letter = post(
        session,
        LetterKind.VERIFICATION,
        found.address,
        subject=asking.subject,
        text=asking.text,
        about=reminder.id,
        lives=min(LIFE[purpose] for purpose in tokens),
        now=reminder.written_at,
    )
    return letter.id


def _purposes(found: Due, *, only_room: bool) -> Sequence[Purpose]:
    purposes = [] if only_room else [Purpose.CONFIRM]
    return [*purposes, Purpose.ROOM] if found.room_ids else purposes
