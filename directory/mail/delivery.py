"""Delivery: what waits in the outbox is sent, each letter by one process only."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from directory.database import reading, writing
from directory.errors import DatabaseUnavailableError
from directory.mail.letter import Letter
from directory.mail.mailer import Mailer, Outcome, Result

PAUSES = (
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=6),
    dt.timedelta(hours=24),
)
"""How long after each try the next one comes; after the last there is none.

The first is also how long a process has for a letter that it took, and so must be
longer than all steps of one letter may take.
"""
_STUBBORN = 12
"""How often the end of a letter is written down; SQLite waits 5 seconds each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What one round did, and how many letters wait after it.

    `outdated` letters were not handed over, since their links lead to nothing.
    `trouble` says why the server took no letter at all: a code or the kind of an error.
    """

    sent: int
    refused: int
    waiting: int
    outdated: int = 0
    trouble: str | None = None


def deliver(engine: Engine, mailer: Mailer, now: dt.datetime) -> Delivered:
    """Send what is due at `now`, oldest first, until the server takes no more.

    A letter is sent once, unless the process ends or the server falls silent between
    taking it and saying so. It then bears the same Message-ID.
    """
    clock = _clock(now)
    results: Counter[Result] = Counter()
    trouble = None
    while trouble is None and (letter := _take(engine, clock())):
        outcome = mailer.send(letter, clock())
        if outcome.result is Result.AWAY:
            trouble = outcome.reason
        results[_settle(engine, letter, outcome, clock())] += 1
    with reading(engine) as session:
        return Delivered(
            sent=results[Result.SENT],
            refused=results[Result.REFUSED],
            waiting=waiting(session),
            outdated=results[Result.OUTDATED],
            trouble=trouble,
        )


def waiting(session: Session) -> int:
    """Return how many letters wait to be sent."""
    waits = col(Letter.next_try_at).is_not(None)
    return session.exec(select(func.count()).select_from(Letter).where(waits)).one()


def waiting_since(session: Session) -> dt.datetime | None:
    """Return when the oldest letter that waits was written, if one does."""
    waits = col(Letter.next_try_at).is_not(None)
    return session.exec(select(func.min(Letter.made_at)).where(waits)).one()


def _clock(now: dt.datetime) -> Callable[[], dt.datetime]:
    """Return a clock that shows `now`, and goes on from there.

    A long round must not hold its last letters for a time that is over already.
    """
    start = time.monotonic()
    return lambda: now + dt.timedelta(seconds=time.monotonic() - start)


def _take(engine: Engine, now: dt.datetime) -> Letter | None:
    """Return the oldest letter that is due; no other process takes it for a while."""
    due = (
        select(Letter)
        .where(col(Letter.next_try_at) <= now)
        .order_by(col(Letter.made_at), col(Letter.id))
        .limit(1)
    )
    # Most rounds find nothing, and need not make writers wait for that.
    with reading(engine) as session:
        if session.exec(due).first() is None:
            return None
    with writing(engine) as session:
        letter = session.exec(due).first()
        if letter is None:
            return None
        letter.tries += 1
        letter.next_try_at = now + PAUSES[min(letter.tries, len(PAUSES)) - 1]
        session.flush()
        session.expunge(letter)
    return letter


def _settle(
    engine: Engine, letter: Letter, outcome: Outcome, now: dt.datetime
) -> Result:
    """Write down how a letter ended, if it did, and return how."""
    result = outcome.result
    if result in {Result.LATER, Result.AWAY}:
        if letter.tries <= len(PAUSES):
            return result
        result = Result.REFUSED
    _insist(engine, letter.id, Outcome(result=result, reason=outcome.reason), now)
    return result


def _insist(engine: Engine, letter_id: str, outcome: Outcome, now: dt.datetime) -> None:
    """Write down how a letter ended, even if another process writes for long.

    If that were lost, the letter would be sent again.
    """
    for left in reversed(range(_STUBBORN)):
        try:
            _end(engine, letter_id, outcome, now)
            break
        except DatabaseUnavailableError:
            if not left:
                raise


def _end(engine: Engine, letter_id: str, outcome: Outcome, now: dt.datetime) -> None:
    with writing(engine) as session:
        letter = session.get(Letter, letter_id)
        if letter is None or letter.next_try_at is None:
            return
        letter.next_try_at = None
        letter.text = ""
        if outcome.result is Result.SENT:
            letter.sent_at = now
        else:
            letter.failed_at = now
            letter.failure = outcome.reason
