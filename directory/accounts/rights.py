"""Who may do what. Pure: a person and a moment in, yes or no out."""

import datetime as dt

from directory.accounts.person import Person
from directory.accounts.role import Role

PROBATION = dt.timedelta(days=7)
"""How long new staff do not see what is shown to staff only."""

STAFF = frozenset({Role.ADVOCATE, Role.HOTLINE, Role.COORDINATOR, Role.ADMINISTRATOR})
SEE_NETWORK = frozenset({Role.ADVOCATE, Role.HOTLINE, Role.COORDINATOR})


def is_staff(person: Person) -> bool:
    """Tell whether a person works for the directory or with survivors."""
    return person.active and bool(person.roles & STAFF)


def may_review(person: Person) -> bool:
    """Tell whether a person may decide on changes that others ask for."""
    return person.active and Role.COORDINATOR in person.roles


def may_manage_accounts(person: Person) -> bool:
    """Tell whether a person may invite others and close their accounts."""
    return person.active and Role.ADMINISTRATOR in person.roles


def may_see_network(person: Person, now: dt.datetime) -> bool:
    """Tell whether a person may see places whose very existence is for staff.

    An administrator without one of the other roles may not: accounts are theirs, places
    are not.
    """
    if not (person.active and person.roles & SEE_NETWORK):
        return False
    return person.approved_at is not None and now - person.approved_at >= PROBATION


def edits(person: Person, organization_id: str) -> bool:
    """Tell whether a person may change the listings of an organization."""
    return (
        person.active
        and Role.PROVIDER in person.roles
        and organization_id in person.organizations
    )
