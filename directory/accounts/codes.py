"""The second step of signing in: codes of an authenticator, and codes on paper."""

import hmac
import re
from typing import Any

from flask import Flask, current_app
from flask_security import MfRecoveryCodesUtil, Totp, UserMixin
from passlib.exc import UsedTokenError  # type: ignore[import-untyped]
from passlib.totp import TotpMatch  # type: ignore[import-untyped]
from sqlalchemy import Engine
from sqlmodel import col, or_, update
from typing_extensions import override

from directory.accounts.people import People
from directory.accounts.person import Person
from directory.database import writing

HOW_MANY = 10
"""Recovery codes that a person gets."""


class OnlyOnce(Totp):
    """Codes of an authenticator, each of which opens once.

    Flask-Security lets a code open as often as it is typed while it lasts.
    """

    def __init__(self, people: People, secrets: dict[Any, str], issuer: str) -> None:
        """Keep the secrets of authenticators under `secrets`."""
        super().__init__(secrets, issuer)
        self._engine = people.engine

    @override
    def get_last_counter(self, user: UserMixin) -> int | None:
        return _person(user).totp_counter

    @override
    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Note that a code was used. Of several who do so at once one succeeds."""
        person = _person(user)
        if not _advance(self._engine, person.id, tmatch.counter):
            raise UsedTokenError(expire_time=tmatch.expire_time)


class OnPaper(MfRecoveryCodesUtil):
    """Recovery codes: only digests are kept, so they are shown when made, once."""

    def __init__(self, people: People, key: bytes, app: Flask) -> None:
        """Make digests with `key`; without it the codes could be tried out."""
        super().__init__(app)
        self._people = people
        self._key = key

    @override
    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        codes = current_app.extensions["security"].totp_factory.generate_recovery_codes(
            HOW_MANY
        )
        person = _person(user)
        person.recovery_codes = tuple(self._digest(code) for code in codes)
        self._people.put(person)
        return list(codes)

    @override
    def get_recovery_codes(self, user: UserMixin) -> list[str]:
        return []

    @override
    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Use a code up. Of several who do so at once one succeeds."""
        used = self._digest(code)
        with writing(self._people.engine) as session:
            person = session.get_one(Person, _person(user).id)
            left = tuple(one for one in person.recovery_codes if one != used)
            found = len(left) < len(person.recovery_codes)
            person.recovery_codes = left
        return found

    @override
    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Do nothing: the check has used it up."""
        return True

    def _digest(self, code: str) -> str:
        typed = re.sub(r"[^0-9a-f]", "", code.lower())
        return hmac.digest(self._key, typed.encode(), "sha256").hex()


def _advance(engine: Engine, person_id: str, counter: int) -> bool:
    newer = or_(col(Person.totp_counter).is_(None), col(Person.totp_counter) < counter)
    with writing(engine) as session:
        done = session.exec(
            update(Person)
            .where(col(Person.id) == person_id, newer)
            .values(totp_counter=counter)
        )
    return bool(done.rowcount)


def _person(user: Any) -> Person:  # noqa: ANN401 - a person, or a proxy of one
    person: Person = getattr(user, "_get_current_object", lambda: user)()
    return person
