"""Invitations and the keeping of accounts, on both databases."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from directory.accounts import Membership, Person, Role, keeping
from directory.accounts.invitation import VALID
from directory.accounts.joining import AccountError, Invitee, invite, join, waits
from directory.accounts.people import People
from directory.accounts.signing_in import begin, person_of
from directory.database import last_change, reading, writing
from tests.builders import rows
from tests.builders.people import person as made

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
ADVOCATE = frozenset({Role.ADVOCATE})


def invited(engine: Engine, **given: Any) -> tuple[str, str]:  # noqa: ANN401 - any field
    """Invite somebody; return their id and the key of the link."""
    ann = Invitee(email="ann@example.org", name="Ann", roles=ADVOCATE)
    with writing(engine) as session:
        person, key = invite(session, replace(ann, **given), now=NOW)
        return person.id, key


def joined(engine: Engine, key: str, now: dt.datetime = NOW) -> str | None:
    with writing(engine) as session:
        person = join(session, key, now=now)
        return None if person is None else person.id


def found(engine: Engine, person_id: str) -> Person:
    person = keeping.one(engine, person_id)
    assert person is not None
    return person


def test_an_invitation_opens_once(engine: Engine) -> None:
    person_id, key = invited(engine)
    assert not found(engine, person_id).active
    assert joined(engine, key) == person_id
    person = found(engine, person_id)
    assert person.active
    assert (person.joined_at, person.approved_at) == (NOW, NOW)
    assert joined(engine, key) is None


def test_an_invitation_ends_after_three_days(sqlite: Engine) -> None:
    _person_id, key = invited(sqlite)
    assert joined(sqlite, key, NOW + VALID) is None
    with reading(sqlite) as session:
        assert waits(session, key, now=NOW + VALID - SECOND)
        assert not waits(session, key, now=NOW + VALID)
        assert not waits(session, "another", now=NOW)


def test_a_second_invitation_makes_the_first_void(sqlite: Engine) -> None:
    person_id, old = invited(sqlite)
    again, new = invited(
        sqlite, email=" ANN@example.org ", roles=frozenset(Role) - {"provider"}
    )
    assert again == person_id
    assert joined(sqlite, old) is None
    assert joined(sqlite, new) == person_id
    assert len(found(sqlite, person_id).roles) == 4


def test_who_has_an_account_is_not_invited_again(sqlite: Engine) -> None:
    person_id, key = invited(sqlite)
    joined(sqlite, key)
    for secret, says in ((None, "no codes yet"), ("x", "under “Accounts”")):
        with writing(sqlite) as session:
            person = session.get_one(Person, person_id)
            person.password, person.tf_totp_secret = "x", secret
            person.tf_primary_method = secret and "authenticator"
        with pytest.raises(AccountError, match=f"has an account already.*{says}"):
            invited(sqlite)


def test_who_left_before_choosing_a_password_is_invited_again(sqlite: Engine) -> None:
    """Where no letter is sent there is no other way in."""
    person_id, key = invited(sqlite)
    joined(sqlite, key)
    again, new = invited(sqlite)
    assert (again, joined(sqlite, new)) == (person_id, person_id)


@pytest.mark.parametrize(
    "given",
    [
        {"email": "nobody"},
        {"email": "a@b\n.org"},
        {"name": " "},
        {"name": "Ann\nB"},
        {"roles": frozenset()},
        {"roles": frozenset({Role.PROVIDER})},
        {"organizations": frozenset({"o"})},
        {"roles": frozenset({Role.PROVIDER}), "organizations": frozenset({"o"})},
    ],
)
def test_what_cannot_be_is_refused(sqlite: Engine, given: dict[str, Any]) -> None:
    with pytest.raises(AccountError):
        invited(sqlite, **given)
    assert keeping.everybody(sqlite) == []


def test_a_provider_is_not_on_probation_until_they_become_staff(
    engine: Engine,
) -> None:
    house = rows.organization()
    rows.save(engine, house)
    ids = frozenset({house.id})
    person_id, key = invited(
        engine, roles=frozenset({Role.PROVIDER}), organizations=ids
    )
    joined(engine, key)
    assert found(engine, person_id).approved_at is None
    assert found(engine, person_id).organizations == ids
    later = NOW + dt.timedelta(days=90)
    with writing(engine) as session:
        person = session.get_one(Person, person_id)
        given, taken = keeping.give_roles(person, ADVOCATE, now=later)
        keeping.give_organizations(session, person, frozenset())
    assert given == ADVOCATE
    assert taken == frozenset({Role.PROVIDER})
    assert found(engine, person_id).roles == ADVOCATE
    assert found(engine, person_id).organizations == frozenset()
    assert found(engine, person_id).approved_at == later


def test_who_is_disabled_is_signed_out_and_their_invitation_void(
    sqlite: Engine,
) -> None:
    person_id, key = invited(sqlite)
    with writing(sqlite) as session:
        keeping.disable(session, session.get_one(Person, person_id))
    assert joined(sqlite, key) is None
    person = made(sqlite, Role.ADVOCATE)
    at_work = begin(sqlite, person, user_agent="", now=NOW)
    assert person_of(sqlite, at_work, now=NOW) is not None
    with writing(sqlite) as session:
        keeping.disable(session, session.get_one(Person, person.id))
    assert person_of(sqlite, at_work, now=NOW) is None


def test_who_never_came_is_not_simply_enabled(sqlite: Engine) -> None:
    person_id, _key = invited(sqlite)
    with writing(sqlite) as session, pytest.raises(AccountError, match="invite them"):
        keeping.enable(session.get_one(Person, person_id))


def test_two_people_cannot_share_an_address(sqlite: Engine) -> None:
    made(sqlite, Role.ADVOCATE, email="ann@example.org")
    with pytest.raises(IntegrityError):
        made(sqlite, Role.HOTLINE, email="ann@example.org")


def test_an_address_is_found_however_it_is_typed(sqlite: Engine) -> None:
    ann = made(sqlite, Role.ADVOCATE, email="ann@example.org")
    asked = People(sqlite).find_user(case_insensitive=True, email=" Ann@Example.ORG")
    assert asked is not None
    assert (asked.id, asked.roles) == (ann.id, ADVOCATE)


def test_keeping_a_change_brings_back_nothing_else(engine: Engine) -> None:
    people = People(engine)
    ann = made(engine, Role.ADVOCATE)
    read = people.find_user(email=ann.email)
    assert read is not None
    with writing(engine) as session:
        session.get_one(Person, ann.id).active = False
    read.tf_totp_secret = "new"
    people.put(read)
    assert not found(engine, ann.id).active
    assert found(engine, ann.id).tf_totp_secret == "new"


def test_accounts_change_nothing_of_the_directory(sqlite: Engine) -> None:
    house = rows.organization()
    rows.save(sqlite, house)
    with reading(sqlite) as session:
        before = last_change(session)
    ann = made(sqlite, organization=house)
    begin(sqlite, ann, user_agent="", now=NOW)
    with reading(sqlite) as session:
        assert last_change(session) == before


def test_an_organization_that_goes_takes_its_memberships_along(engine: Engine) -> None:
    house = rows.organization()
    rows.save(engine, house)
    ann = made(engine, organization=house)
    with writing(engine) as session:
        session.delete(session.get_one(type(house), house.id))
    assert found(engine, ann.id).organizations == frozenset()
    with reading(engine) as session:
        assert session.get(Membership, (ann.id, house.id)) is None
