"""Accounts when a backup is put back: nothing that was taken away comes back."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from directory.accounts import HeldRole, Invitation, Membership, Person
from directory.accounts.keeping import sign_out
from directory.hsds import Organization

_STAYS = frozenset({"id", "email", "fs_uniquifier"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """What became of accounts: how many are in the backup, and how many are newer."""

    people: int
    made_since: int


def settle_people(new: Session, old: Session | None, *, now: dt.datetime) -> Accounts:
    """Sign everybody out, and leave accounts as they are in what is replaced.

    A password, an app for codes, a role or an organization that somebody lost since is
    lost in the backup too. Where nothing is replaced nobody knows which codes on paper
    were used since: they are all void. So are invitations that may have been taken up.
    """
    people = new.exec(select(Person)).all()
    for person in people:
        known = old.get(Person, person.id) if old is not None else None
        if known is not None:
            _become(new, person, known)
        elif old is None:
            person.recovery_codes = ()
        sign_out(new, person)
    _settle_invitations(new, old, now)
    new.flush()
    ids = {person.id for person in people}
    since = 0 if old is None else _others(old, ids)
    return Accounts(people=len(people), made_since=since)


def with_authenticators(session: Session) -> int:
    """Return how many people sign in with codes that need the key of the site."""
    query = select(func.count()).select_from(Person)
    return session.exec(query.where(col(Person.tf_totp_secret).is_not(None))).one()


def _become(session: Session, person: Person, known: Person) -> None:
    """Make an account of the backup what it is now."""
    for column in Person.metadata.tables[Person.__tablename__].columns:
        if column.name not in _STAYS:
            setattr(person, column.name, getattr(known, column.name))
    more = known.roles - person.roles
    person.held = [
        *(held for held in person.held if held.role in known.roles),
        *(HeldRole(person_id=person.id, role=role) for role in sorted(more)),
    ]
    theirs = {o for o in known.organizations if session.get(Organization, o)}
    missing = theirs - person.organizations
    person.memberships = [
        *(m for m in person.memberships if m.organization_id in theirs),
        *(
            Membership(person_id=person.id, organization_id=one)
            for one in sorted(missing)
        ),
    ]


def _settle_invitations(new: Session, old: Session | None, now: dt.datetime) -> None:
    for invitation in new.exec(select(Invitation)).all():
        known = None
        if old is not None:
            known = old.get(Invitation, invitation.token_digest)
        if known is not None:
            invitation.used_at = known.used_at
            invitation.expires_at = known.expires_at
        elif invitation.is_open(now):
            invitation.expires_at = now


def _others(old: Session, ids: set[str]) -> int:
    return sum(1 for found in old.exec(select(Person.id)) if found not in ids)
