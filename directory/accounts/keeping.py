"""What administrators do with accounts."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from directory.accounts.invitation import Invitation
from directory.accounts.joining import AccountError, check_organizations
from directory.accounts.membership import Membership
from directory.accounts.person import Person, new_uniquifier
from directory.accounts.rights import SEE_NETWORK, STAFF
from directory.accounts.role import HeldRole, Role
from directory.accounts.signing_in import end_all
from directory.database import reading
from directory.sentence import Sentence


def everybody(engine: Engine) -> Sequence[Person]:
    """Return all people, by name."""
    with reading(engine) as session:
        found = session.exec(
            select(Person).order_by(col(Person.name), col(Person.id))
        ).all()
        session.expunge_all()
    return found


def one(engine: Engine, person_id: str) -> Person | None:
    """Return one person by id."""
    with reading(engine) as session:
        person = session.get(Person, person_id)
        session.expunge_all()
    return person


def disable(session: Session, person: Person) -> None:
    """Let a person in no more, from their next request on."""
    person.active = False
    session.exec(delete(Invitation).where(col(Invitation.person_id) == person.id))
    sign_out(session, person)


def enable(person: Person) -> None:
    """Let a person in again.

    Raises `AccountError` for one who has not come yet: they need an invitation.
    """
    if person.joined_at is None:
        raise AccountError(
            Sentence(
                "%(email)s has not taken up the invitation: invite them again.",
                email=person.email,
            )
        )
    person.active = True


def sign_out(session: Session, person: Person) -> None:
    """End all sign-ins of a person, also one that is half-way."""
    person.fs_uniquifier = new_uniquifier()
    end_all(session, person.id)


def reset_totp(session: Session, person: Person) -> None:
    """Forget a person's authenticator and codes; they set up a new one at sign-in."""
    person.tf_primary_method = None
    person.tf_totp_secret = None
    person.recovery_codes = ()
    sign_out(session, person)


def give_roles(
    person: Person, roles: frozenset[Role], *, now: dt.datetime
) -> tuple[frozenset[Role], frozenset[Role]]:
    """Let a person hold just `roles`; return which are new and which are gone.

    Who becomes staff, or may now see what staff see, is on probation from now on. Who
    was a provider may be left with none.
    """
    if not roles and Role.PROVIDER not in person.roles:
        raise AccountError(Sentence("A person needs a role."))
    before = person.roles
    person.held = [
        *(held for held in person.held if held.role in roles),
        *(HeldRole(person_id=person.id, role=role) for role in roles - before),
    ]
    begins = any(roles & some and not before & some for some in (STAFF, SEE_NETWORK))
    if begins and person.joined_at is not None:
        person.approved_at = now
    return roles - before, before - roles


def give_organizations(
    session: Session, person: Person, ids: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Let a person speak for just these organizations; return new ones, and gone."""
    check_organizations(session, ids)
    before = person.organizations
    person.memberships = [
        *(m for m in person.memberships if m.organization_id in ids),
        *(
            Membership(person_id=person.id, organization_id=new)
            for new in sorted(ids - before)
        ),
    ]
    return ids - before, before - ids
