"""Letters and their links when a backup is put back: none is sent or opened twice."""

import datetime as dt

from sqlmodel import Session, col, select

from directory.curation.links import Link, Purpose
from directory.mail import Letter

_FATE = ("text", "tries", "next_try_at", "sent_at", "failed_at", "failure")


def settle_letters(new: Session, old: Session | None) -> int:
    """Keep letters that waited from being sent twice; return how many are not sent.

    What is replaced knows what became of each. A letter that it does not know may have
    been sent, and is not sent again.
    """
    waited = new.exec(select(Letter).where(col(Letter.next_try_at).is_not(None))).all()
    dropped = 0
    for letter in waited:
        known = None if old is None else old.get(Letter, letter.id)
        if known is None:
            letter.next_try_at, letter.text = None, ""
            dropped += 1
            continue
        for field in _FATE:
            setattr(letter, field, getattr(known, field))
    return dropped


def settle_links(new: Session, old: Session | None, *, now: dt.datetime) -> int:
    """Close the links that may have been answered since; return how many.

    A link by which somebody can object stays open. It can only stop a change, and that
    change waits again.
    """
    still_open = (
        select(Link)
        .where(col(Link.closed_at).is_(None), col(Link.expires_at) > now)
        .where(col(Link.purpose) != Purpose.OBJECT)
    )
    closed = 0
    for link in new.exec(still_open).all():
        known = None if old is None else old.get(Link, link.digest)
        if known is None:
            link.expires_at = now
        else:
            link.used_at, link.closed_at = known.used_at, known.closed_at
            link.expires_at = known.expires_at
        closed += link.closed_at is not None or link.expires_at <= now
    return closed
