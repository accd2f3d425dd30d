"""Letters as the desk looks at them: what waits, what failed, what nobody answered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from directory.curation.verification.reminder import Reminder
from directory.mail import Letter, LetterKind, waiting, waiting_since

FAILED_FOR = dt.timedelta(days=90)
"""How long a letter that could not be delivered stays on the list."""
_MANY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """The letters: how many wait since when, how many failed, how many are unanswered.

    `late` says that the oldest has waited for over an hour, so something is wrong.
    """

    waiting: int
    since: dt.datetime | None
    late: bool
    failed: int
    unanswered: int


_LATE = dt.timedelta(hours=1)


def mailbox(session: Session, now: dt.datetime) -> Mailbox:
    """Count the letters."""
    since = waiting_since(session)
    failed = select(func.count()).where(col(Letter.failed_at) > now - FAILED_FOR)
    unanswered = select(func.count()).where(
        col(Reminder.answered_at).is_(None), col(Reminder.bounced_at).is_(None)
    )
    return Mailbox(
        waiting=waiting(session),
        since=since,
        late=since is not None and now - since > _LATE,
        failed=session.exec(failed).one(),
        unanswered=session.exec(unanswered).one(),
    )


def failed_letters(session: Session, now: dt.datetime) -> Sequence[Letter]:
    """Return the letters that never arrived, the newest first."""
    query = (
        select(Letter)
        .where(col(Letter.failed_at) > now - FAILED_FOR)
        .order_by(col(Letter.failed_at).desc(), col(Letter.id))
        .limit(_MANY)
    )
    return session.exec(query).all()


def unanswered_letters(session: Session) -> Sequence[Reminder]:
    """Return the letters that nobody has answered yet, the oldest first."""
    query = (
        select(Reminder)
        .where(col(Reminder.answered_at).is_(None), col(Reminder.bounced_at).is_(None))
        .order_by(col(Reminder.written_at), col(Reminder.id))
        .limit(_MANY)
    )
    return session.exec(query).all()


def notice_of(session: Session, proposal_id: str) -> Letter | None:
    """Return the notice of a proposal to the old contact, if there is one."""
    query = (
        select(Letter)
        .where(Letter.kind == LetterKind.NOTICE, Letter.about == proposal_id)
        .order_by(col(Letter.made_at))
        .limit(1)
    )
    return session.exec(query).first()
