"""Begins, finds and ends sign-ins."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from directory.accounts.device import device_name
from directory.accounts.person import Person
from directory.accounts.sign_in import ABSOLUTE, SignIn
from directory.database import reading, writing
from directory.keys import key_digest, new_key

_SEEN_EVERY = dt.timedelta(minutes=1)
"""How exactly it is known when somebody was last here; each time costs a write."""


def begin(engine: Engine, person: Person, *, user_agent: str, now: dt.datetime) -> str:
    """Sign a person in and return the key for their browser."""
    key = new_key()
    with writing(engine) as session:
        # Whatever ended by itself need not be kept any longer.
        session.exec(delete(SignIn).where(col(SignIn.made_at) < now - ABSOLUTE))
        session.add(
            SignIn(
                key_digest=key_digest(key),
                person_id=person.id,
                made_at=now,
                seen_at=now,
                device=device_name(user_agent),
            )
        )
    return key


def person_of(engine: Engine, key: str, *, now: dt.datetime) -> Person | None:
    """Return who signed in with `key`, unless that has ended or they are disabled."""
    with reading(engine) as session:
        found = session.exec(
            select(SignIn, Person).where(
                col(SignIn.key_digest) == key_digest(key),
                col(SignIn.person_id) == col(Person.id),
            )
        ).one_or_none()
        if found is None:
            return None
        sign_in, person = found
        session.expunge_all()
    if sign_in.is_over(now) or not person.active:
        return None
    if now - sign_in.seen_at > _SEEN_EVERY:
        _see(engine, sign_in.id, now)
    return person


def sign_ins(engine: Engine, person: Person, *, now: dt.datetime) -> Sequence[SignIn]:
    """Return where a person is signed in, the newest first."""
    with reading(engine) as session:
        found = session.exec(
            select(SignIn)
            .where(col(SignIn.person_id) == person.id)
            .order_by(col(SignIn.seen_at).desc(), col(SignIn.id))
        ).all()
        session.expunge_all()
    return [sign_in for sign_in in found if not sign_in.is_over(now)]


def end(engine: Engine, key: str) -> None:
    """End the sign-in of one key."""
    with writing(engine) as session:
        session.exec(delete(SignIn).where(col(SignIn.key_digest) == key_digest(key)))


def revoke(engine: Engine, person: Person, sign_in_id: str) -> None:
    """End one sign-in of a person; those of others are left alone."""
    with writing(engine) as session:
        session.exec(
            delete(SignIn).where(
                col(SignIn.id) == sign_in_id, col(SignIn.person_id) == person.id
            )
        )


def end_all(session: Session, person_id: str, *, but: str | None = None) -> None:
    """End all sign-ins of a person, but the one of a key if there is one."""
    ending = delete(SignIn).where(col(SignIn.person_id) == person_id)
    if but is not None:
        ending = ending.where(col(SignIn.key_digest) != key_digest(but))
    session.exec(ending)


def _see(engine: Engine, sign_in_id: str, now: dt.datetime) -> None:
    with writing(engine) as session:
        sign_in = session.get(SignIn, sign_in_id)
        if sign_in is not None:
            sign_in.seen_at = now
