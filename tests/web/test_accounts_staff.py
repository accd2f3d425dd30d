"""What administrators do with accounts, through the pages."""

from collections.abc import Generator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from directory.accounts import Person, Role, keeping
from directory.curation.history.alerts import open_alerts
from directory.database import reading
from directory.hsds import Organization, Visibility
from directory.mail import Letter
from tests.builders import rows, scenes
from tests.builders.people import person, signed_in_client
from tests.builders.site import ADDRESS, served_on


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    with served_on(sqlite, tmp_path) as served:
        yield served


@pytest.fixture
def boss(sqlite: Engine) -> Person:
    return person(sqlite, Role.ADMINISTRATOR, email="boss@example.org")


@pytest.fixture
def desk(app: Flask, boss: Person) -> tuple[FlaskClient, str]:
    return signed_in_client(app, boss)


def now(engine: Engine, who: Person) -> Person:
    """Return a person as they are now."""
    found = keeping.one(engine, who.id)
    assert found is not None
    return found


def test_an_invitation_makes_an_account_that_waits(
    sqlite: Engine, desk: tuple[FlaskClient, str]
) -> None:
    client, token = desk
    house = rows.organization()
    rows.save(sqlite, house)
    form = {
        "name": "Ann <b>A</b>",
        "email": "Ann@Example.org",
        "role": ["provider", "advocate"],
        "organization": ["", house.id],
        "language": "es",
        "csrf_token": token,
    }
    answer = client.post("/staff/accounts", data=form)
    page = client.get(answer.location).text
    assert "Ann &lt;b&gt;A&lt;/b&gt;" in page
    assert "Invited" in page
    [ann] = [p for p in keeping.everybody(sqlite) if p.email == "ann@example.org"]
    assert ann.roles == {Role.PROVIDER, Role.ADVOCATE}
    assert ann.organizations == {house.id}
    assert not ann.active
    with reading(sqlite) as session:
        [letter] = session.exec(select(Letter)).all()
    assert letter.language == "es"
    assert f"{ADDRESS}/es/account/join/" in letter.text


def test_the_other_coordinators_are_told_of_everybody_who_is_let_in(
    sqlite: Engine, app: Flask
) -> None:
    boss, token = signed_in_client(
        app, person(sqlite, Role.ADMINISTRATOR, Role.COORDINATOR)
    )
    other, others_token = signed_in_client(app, person(sqlite, Role.COORDINATOR))
    bob = person(sqlite, Role.ADVOCATE, email="bob@example.org")
    more = {"csrf_token": token, "role": ["advocate", "coordinator"]}
    boss.post(f"/staff/accounts/{bob.id}/roles", data=more)
    ann = {"name": "Ann", "email": "ann@example.org", "role": "administrator"}
    boss.post("/staff/accounts", data={**ann, "csrf_token": token})
    boss.post(f"/staff/accounts/{bob.id}/disable", data={"csrf_token": token})
    boss.post(f"/staff/accounts/{bob.id}/enable", data={"csrf_token": token})
    with reading(sqlite) as session:
        alerts = open_alerts(session)
        gained = [alert.told.facts["gained"] for alert in reversed(alerts)]
    assert gained == [["coordinator"], ["administrator"], ["advocate", "coordinator"]]
    page = boss.get("/staff/").text
    assert page.count("It is about you, so somebody else looks into it.") == 3
    put_away = f"/staff/alerts/{alerts[0].seq}"
    mine = {"csrf_token": token, "why": "It was me."}
    assert boss.post(put_away, data=mine).status_code == 403
    shown = other.get("/staff/").text
    assert "Ann was let in, or may do more now" in shown
    assert "Roles: Administrator. Who did it: Person" in shown
    found = {"csrf_token": others_token, "why": "I know them."}
    assert other.post(put_away, data=found).status_code == 303
    assert other.get("/staff/").text.count("was let in, or may do more now") == 2


def test_an_administrator_learns_of_no_hidden_organization(
    sqlite: Engine, app: Flask, desk: tuple[FlaskClient, str]
) -> None:
    hidden = scenes.stage(sqlite, Visibility.NETWORK, name="hidden").service
    owner = hidden.organization_id
    keeper = person(sqlite, organization=owner)
    pages = ("/staff/accounts", f"/staff/accounts/{keeper.id}")
    with reading(sqlite) as session:
        name = session.get_one(Organization, owner).name
    client, token = desk
    assert all(name not in client.get(page).text for page in pages)
    # What they may not know of is not lost when they keep the rest.
    form = {"role": ["provider", "advocate"], "organization": [owner]}
    client.post(f"{pages[1]}/roles", data={**form, "csrf_token": token})
    assert now(sqlite, keeper).organizations == {owner}
    both = person(sqlite, Role.ADMINISTRATOR, Role.COORDINATOR)
    approved, _token = signed_in_client(app, both)
    assert all(name in approved.get(page).text for page in pages)


def test_what_was_typed_stays_when_it_cannot_be(desk: tuple[FlaskClient, str]) -> None:
    client, token = desk
    form = {"name": "Zoë Q", "email": "boss@example.org", "role": "hotline"}
    answer = client.post("/staff/accounts", data={**form, "csrf_token": token})
    assert answer.status_code == 422
    assert "has an account already" in answer.text
    assert 'value="Zoë Q"' in answer.text


def test_what_was_typed_stays_when_one_must_show_who_one_is(
    sqlite: Engine, app: Flask, boss: Person
) -> None:
    client, token = signed_in_client(app, boss, age=700)
    form = {"name": "Zoë Q", "email": "zoe@example.org", "role": "hotline"}
    answer = client.post("/staff/accounts", data={**form, "csrf_token": token})
    assert answer.status_code == 422
    assert "/account/verify" in answer.text
    assert 'value="Zoë Q"' in answer.text
    assert len(keeping.everybody(sqlite)) == 1


def test_roles_and_organizations_are_given_and_taken(
    sqlite: Engine, desk: tuple[FlaskClient, str]
) -> None:
    client, token = desk
    house = rows.organization()
    rows.save(sqlite, house)
    ann = person(sqlite, Role.ADVOCATE)
    path = f"/staff/accounts/{ann.id}/roles"
    form = {"role": ["provider"], "organization": [house.id], "csrf_token": token}
    assert client.post(path, data=form).status_code == 303
    assert now(sqlite, ann).roles == {Role.PROVIDER}
    assert now(sqlite, ann).organizations == {house.id}
    wrongs: list[dict[str, list[str]]]
    wrongs = [{"role": []}, {"organization": []}, {"organization": ["x"]}]
    for wrong in wrongs:
        assert client.post(path, data={**form, **wrong}).status_code == 422
    assert now(sqlite, ann).organizations == {house.id}


def test_a_providers_only_organization_goes_with_the_role(
    sqlite: Engine, desk: tuple[FlaskClient, str]
) -> None:
    client, token = desk
    house = rows.organization()
    rows.save(sqlite, house)
    ruth = person(sqlite, Role.PROVIDER, organization=house.id)
    path = f"/staff/accounts/{ruth.id}/roles"
    for form, advice in (
        ({"role": ["provider"]}, "untick the role of provider as well"),
        ({"organization": [house.id]}, "Untick the organizations as well"),
    ):
        answer = client.post(path, data={**form, "csrf_token": token})
        assert answer.status_code == 422
        assert advice in answer.text
    assert now(sqlite, ruth).organizations == {house.id}
    assert client.post(path, data={"csrf_token": token}).status_code == 303
    left = now(sqlite, ruth)
    assert (left.roles, left.organizations) == (frozenset(), frozenset())
    answer = client.post(path, data={"csrf_token": token})
    assert answer.status_code == 422
    assert "close the account" in answer.text


def test_an_account_is_closed_and_opened(
    sqlite: Engine, app: Flask, desk: tuple[FlaskClient, str]
) -> None:
    client, token = desk
    ann = person(sqlite, Role.ADVOCATE)
    anns, _token = signed_in_client(app, ann)
    path = f"/staff/accounts/{ann.id}"
    client.post(f"{path}/disable", data={"csrf_token": token})
    assert anns.get("/account").status_code == 303
    assert "Account closed" in client.get(path).text
    client.post(f"{path}/enable", data={"csrf_token": token})
    assert now(sqlite, ann).active
    # What was signed in before stays out.
    assert anns.get("/account").status_code == 303


def test_a_person_is_signed_out_and_sets_up_another_app(
    sqlite: Engine, app: Flask, desk: tuple[FlaskClient, str]
) -> None:
    client, token = desk
    ann = person(sqlite, Role.ADVOCATE)
    anns, _token = signed_in_client(app, ann)
    path = f"/staff/accounts/{ann.id}"
    client.post(f"{path}/sign-out", data={"csrf_token": token})
    assert anns.get("/account").status_code == 303
    client.post(f"{path}/reset-totp", data={"csrf_token": token})
    assert not now(sqlite, ann).is_set_up
    assert now(sqlite, ann).recovery_codes == ()


def test_an_administrator_cannot_shut_themselves_out(
    sqlite: Engine, boss: Person, desk: tuple[FlaskClient, str]
) -> None:
    client, token = desk
    path = f"/staff/accounts/{boss.id}"
    sent = {"csrf_token": token}
    assert client.post(f"{path}/disable", data=sent).status_code == 422
    answer = client.post(f"{path}/roles", data={**sent, "role": "hotline"})
    assert answer.status_code == 422
    assert now(sqlite, boss).active
    assert now(sqlite, boss).roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    "action", ["roles", "disable", "enable", "sign-out", "reset-totp"]
)
def test_nobody_is_not_there(desk: tuple[FlaskClient, str], action: str) -> None:
    client, token = desk
    path = f"/staff/accounts/nobody/{action}"
    form = {"role": "hotline", "csrf_token": token}
    assert client.post(path, data=form).status_code == 404
    assert client.get("/staff/accounts/nobody").status_code == 404
