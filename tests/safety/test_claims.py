"""Somebody who claims a listing that is not theirs gets nothing by it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import select

from directory.accounts import Role
from directory.accounts.joining import Invitee, invite
from directory.accounts.people import by_email
from directory.cli.setup import make_tables
from directory.curation.claims import Claim
from directory.curation.history import Action
from directory.curation.history.reading import Asked, entries
from directory.database import reading, writing
from directory.hsds import Visibility
from directory.mail import Letter
from directory.settings import load_settings
from directory.web.app import create_app
from directory.web.site import site_of
from tests.builders import people, rows, scenes

FORM = {"name": "Bea", "email": "bea@elsewhere.example.org", "part": "Volunteer"}
CLAIM = "/organizations/harbor/claim"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Return a site with one listing, whose contact is on record."""
    settings = load_settings(
        {"AFTERCARE_DATA_DIR": str(tmp_path / "data"), "AFTERCARE_LIMITS": "no"}
    )
    engine = make_tables(settings)
    harbor = rows.organization(id="harbor", email="info@harbor.example.org")
    other = rows.organization(id="other", name="Other House")
    made = scenes.scene(Visibility.COUNTY, of=harbor, name="shelter")
    rows.save(engine, *made.records, rows.phone(harbor), other)
    engine.dispose()
    site = create_app(settings)
    yield site
    site_of(site).database.dispose()


def database(app: Flask) -> Engine:
    return site_of(app).database


def letters_to(app: Flask) -> list[str]:
    with reading(database(app)) as session:
        return [letter.to_address for letter in session.exec(select(Letter)).all()]


def test_a_claim_changes_no_byte_of_the_listing_and_tells_its_contact(
    app: Flask,
) -> None:
    visitor = app.test_client()
    pages = ("/organizations/harbor", "/services/shelter")
    before = [visitor.get(page).data for page in pages]
    assert visitor.post(CLAIM, data=FORM).status_code == 202
    assert [visitor.get(page).data for page in pages] == before
    assert letters_to(app) == ["info@harbor.example.org"]


def test_who_claimed_a_listing_cannot_open_it(app: Flask) -> None:
    bea = people.person(database(app), organization="other", email=FORM["email"])
    client, token = people.signed_in_client(app, bea)
    form = {**FORM, "csrf_token": token}
    assert client.post(CLAIM, data=form).status_code == 202
    for path in ("/portal/organizations/harbor", "/portal/services/shelter"):
        assert client.get(path).status_code == 404
        assert client.post(path, data=form).status_code == 404


def test_two_of_the_staff_agree_after_three_days_and_then_there_is_an_invitation(
    app: Flask,
) -> None:
    app.test_client().post(CLAIM, data=FORM)
    with writing(database(app)) as session:
        made = session.exec(select(Claim)).one()
        made.made_at -= dt.timedelta(days=365)
        path = f"/staff/claims/{made.id}/answer"
    staff = [people.person(database(app), Role.COORDINATOR) for _ in range(2)]
    clients = [people.signed_in_client(app, who) for who in staff]
    yes = {"answer": "yes", "checked": "Called 919-828-7740, spoke to the director."}
    answers = [
        client.post(path, data={**yes, "csrf_token": token}).status_code
        for client, token in (clients[0], clients[0], clients[1])
    ]
    assert answers == [200, 403, 200]
    assert letters_to(app) == ["info@harbor.example.org", FORM["email"]]
    with reading(database(app)) as session:
        told = entries(session, Asked(actions=(Action.ACCOUNT,)))
        assert [one.told.facts["did"] for one in told] == [
            "membership_given",
            "invited",
        ]


def test_who_was_invited_before_keeps_what_they_were_invited_for(app: Flask) -> None:
    both = frozenset({Role.PROVIDER, Role.COORDINATOR})
    invitee = Invitee(
        email=FORM["email"],
        name="Bea",
        roles=both,
        organizations=frozenset({"other"}),
    )
    with writing(database(app)) as session:
        invite(session, invitee, now=site_of(app).now())
    _agreed_claim(app)
    with reading(database(app)) as session:
        person = by_email(session, FORM["email"])
        assert person is not None
        assert person.roles == both
        assert person.organizations == {"other", "harbor"}


def _agreed_claim(app: Flask) -> None:
    app.test_client().post(CLAIM, data=FORM)
    with writing(database(app)) as session:
        made = session.exec(select(Claim)).one()
        made.made_at -= dt.timedelta(days=365)
        path = f"/staff/claims/{made.id}/answer"
    for _ in range(2):
        who = people.person(database(app), Role.COORDINATOR)
        client, token = people.signed_in_client(app, who)
        form = {"answer": "yes", "checked": "Called.", "csrf_token": token}
        assert client.post(path, data=form).status_code == 200


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_the_contact_answers_once(app: Flask, answer: str) -> None:
    app.test_client().post(CLAIM, data=FORM)
    with reading(database(app)) as session:
        text = session.exec(select(Letter)).one().text
    path = next(word for word in text.split() if "/portal/claim/" in word)
    path = path[path.index("/portal") :]
    client = app.test_client()
    assert FORM["name"] in client.get(path).text
    assert FORM["name"] in client.get(path).text, "opening it answers nothing"
    sent = client.post(path, data={"answer": answer})
    assert (sent.status_code, "Set-Cookie" in sent.headers) == (200, False)
    assert client.get(path).status_code == 410
    assert client.post(path, data={"answer": "yes"}).status_code == 410
    with reading(database(app)) as session:
        made = session.exec(select(Claim)).one()
        assert (made.contact_says, made.name) == (
            answer,
            FORM["name"] if answer == "yes" else "",
        )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", [CLAIM, "/join"])
def test_another_site_cannot_send_the_form(
    app: Flask, path: str, headers: dict[str, str]
) -> None:
    answer = app.test_client().post(path, data=FORM, headers=headers)
    assert answer.status_code == 403
    assert letters_to(app) == []
