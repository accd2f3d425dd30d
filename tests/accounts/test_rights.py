"""Who may do what."""

import datetime as dt

import pytest

from directory.accounts import (
    HeldRole,
    Membership,
    Person,
    Role,
    edits,
    is_staff,
    may_manage_accounts,
    may_review,
    may_see_network,
)

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
SECOND = dt.timedelta(seconds=1)


def somebody(
    *roles: Role, active: bool = True, approved_at: dt.datetime | None = NOW - WEEK
) -> Person:
    return Person(
        id="p",
        email="a@example.org",
        name="A",
        active=active,
        approved_at=approved_at,
        made_at=NOW - WEEK,
        held=[HeldRole(person_id="p", role=role) for role in roles],
    )


@pytest.mark.parametrize("role", Role)
def test_each_role_may_just_what_it_is_for(role: Role) -> None:
    person = somebody(role)
    may = {
        "review": may_review(person),
        "accounts": may_manage_accounts(person),
        "network": may_see_network(person, NOW),
        "staff": is_staff(person),
    }
    expected = {
        Role.ADVOCATE: {"network", "staff"},
        Role.HOTLINE: {"network", "staff"},
        Role.COORDINATOR: {"review", "network", "staff"},
        Role.ADMINISTRATOR: {"accounts", "staff"},
        Role.PROVIDER: set(),
    }
    assert {name for name, allowed in may.items() if allowed} == expected[role]


def test_probation_ends_after_seven_days_and_not_a_second_before() -> None:
    assert may_see_network(somebody(Role.ADVOCATE), NOW)
    new = somebody(Role.ADVOCATE, approved_at=NOW - WEEK + SECOND)
    assert not may_see_network(new, NOW)


def test_who_was_never_approved_sees_nothing_of_the_network() -> None:
    assert not may_see_network(somebody(Role.HOTLINE, approved_at=None), NOW)


def test_who_is_disabled_may_nothing() -> None:
    person = somebody(*Role, active=False)
    person.memberships = [Membership(person_id="p", organization_id="o")]
    assert not may_review(person)
    assert not may_manage_accounts(person)
    assert not may_see_network(person, NOW)
    assert not is_staff(person)
    assert not edits(person, "o")


def test_a_provider_edits_their_own_organizations_only() -> None:
    person = somebody(Role.PROVIDER)
    person.memberships = [Membership(person_id="p", organization_id="o")]
    assert edits(person, "o")
    assert not edits(person, "other")


def test_staff_who_once_were_a_provider_edit_nothing_by_that() -> None:
    person = somebody(Role.COORDINATOR)
    person.memberships = [Membership(person_id="p", organization_id="o")]
    assert not edits(person, "o")
