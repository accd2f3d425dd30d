"""The way to an account: somebody is invited, and takes the invitation up."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import email_validator
from sqlmodel import Session, col, delete, select
from typing_extensions import override

from directory.accounts.invitation import VALID, Invitation
from directory.accounts.membership import Membership
from directory.accounts.people import by_email
from directory.accounts.person import Person, normal_email
from directory.accounts.rights import STAFF
from directory.accounts.role import HeldRole, Role
from directory.errors import RefusedError
from directory.hsds import Organization
from directory.keys import key_digest, new_key
from directory.sentence import Sentence

_LONGEST_NAME = 200


class AccountError(RefusedError):
    """An account cannot be made or changed as was asked."""


class NoMailboxError(AccountError):
    """A text is no address of a mailbox; why is known in English only."""

    def __init__(self, text: str, why: str) -> None:
        """Keep why, which commands tell and pages do not."""
        self.why = why
        super().__init__(Sentence("“%(text)s” is no email address.", text=text))

    @override
    def __str__(self) -> str:
        return f"{self.sentence} {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Whom to invite, and as what."""

    email: str
    name: str
    roles: frozenset[Role]
    organizations: frozenset[str] = frozenset()


def invite(
    session: Session, invitee: Invitee, *, now: dt.datetime
) -> tuple[Person, str]:
    """Make an account that waits for its person; return them and the key of the link.

    Who was invited before and has chosen no password yet gets a new link, and the old
    ones are void.
    Raises `AccountError` for what cannot be.
    """
    person = _invited(session, invitee, now)
    session.exec(delete(Invitation).where(col(Invitation.person_id) == person.id))
    key = new_key()
    session.add(
        Invitation(
            token_digest=key_digest(key),
            person_id=person.id,
            made_at=now,
            expires_at=now + VALID,
        )
    )
    session.flush()
    return person, key


def waits(session: Session, key: str, *, now: dt.datetime) -> bool:
    """Tell whether an invitation can be taken up. Why it cannot is not told."""
    invitation = session.get(Invitation, key_digest(key))
    return invitation is not None and invitation.is_open(now)


def join(session: Session, key: str, *, now: dt.datetime) -> Person | None:
    """Take an invitation up, which can be done once; return who may now sign in.

    Staff are approved by whoever invited them, and from this moment on.
    """
    invitation = session.get(Invitation, key_digest(key))
    if invitation is None or not invitation.is_open(now):
        return None
    invitation.used_at = now
    person = session.get_one(Person, invitation.person_id)
    person.active = True
    person.joined_at = now
    if person.roles & STAFF:
        person.approved_at = now
    session.flush()
    return person


def _invited(session: Session, invitee: Invitee, now: dt.datetime) -> Person:
    _check(session, invitee)
    email = _address(invitee.email)
    person = by_email(session, email)
    if person is not None and person.password is not None:
        raise AccountError(_why_not(person))
    if person is None:
        person = Person(email=email, name=invitee.name.strip(), made_at=now)
        session.add(person)
    person.name = invitee.name.strip()
    person.held = [HeldRole(person_id=person.id, role=role) for role in invitee.roles]
    person.memberships = [
        Membership(person_id=person.id, organization_id=one)
        for one in sorted(invitee.organizations)
    ]
    session.flush()
    return person


def _why_not(person: Person) -> Sentence:
    """Return why somebody is not invited, and what to do instead."""
    if person.is_set_up:
        return Sentence(
            "%(email)s has an account already. Open it under “Accounts” to change what"
            " they may do.",
            email=person.email,
        )
    return Sentence(
        "%(email)s has an account already, with a password and no codes yet. They sign"
        " in with the password, and are led on from there.",
        email=person.email,
    )


def _check(session: Session, invitee: Invitee) -> None:
    name = invitee.name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise AccountError(Sentence("A person needs a name, on one line."))
    if not invitee.roles:
        raise AccountError(Sentence("A person needs a role."))
    if bool(invitee.organizations) != (Role.PROVIDER in invitee.roles):
        raise AccountError(
            Sentence("A provider needs an organization, and nobody else has one.")
        )
    check_organizations(session, invitee.organizations)


def check_organizations(session: Session, ids: Iterable[str]) -> None:
    """Raise `AccountError` if one of `ids` is no organization."""
    wanted = set(ids)
    found = session.exec(
        select(Organization.id).where(col(Organization.id).in_(wanted))
    ).all()
    if missing := sorted(wanted - set(found)):
        raise AccountError(Sentence("There is no organization %(id)s.", id=missing[0]))


def _address(text: str) -> str:
    try:
        valid = email_validator.validate_email(text.strip(), check_deliverability=False)
    except email_validator.EmailNotValidError as error:
        raise NoMailboxError(text.strip(), str(error)) from error
    return normal_email(valid.normalized)
