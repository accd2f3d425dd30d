"""This was not us: what the contact is told, and what the desk is."""

import re

import pytest
from flask.testing import FlaskClient

from directory.accounts import Role
from directory.curation.actor import Actor, ActorKind
from directory.curation.letters.notice import send_notice
from directory.curation.proposals import Proposal
from directory.curation.proposals.review import approve
from directory.database import reading, writing
from directory.hsds import Organization
from directory.mail import LetterKind
from directory.web.site import site_of
from tests.builders import changes
from tests.builders.letters import SITE, letters, path_in, write_letters
from tests.builders.people import person
from tests.web.desk import Desk, browser, words

MAIL = "info@harbor.example"


@pytest.fixture
def thief(desk: Desk) -> Actor:
    """Return an account of the organization, which somebody has taken over."""
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = MAIL
    who = person(desk.engine, organization="s-organization", email="kim@harbor.example")
    return Actor(kind=ActorKind.PROVIDER, id=who.id)


@pytest.fixture
def contact(desk: Desk) -> FlaskClient:
    """Return whoever reads the mail of the organization; they have not signed in."""
    return desk.app.test_client()


def ask_for(desk: Desk, by: Actor, **cells: str) -> Proposal:
    now = site_of(desk.app).now()
    return changes.ask_for(desk.engine, "service", "s", cells, by=by, now=now)


def button_of(desk: Desk, proposal: Proposal) -> str:
    """Tell the contact of a change; return the path of the page with the button."""
    with writing(desk.engine) as session:
        made = session.get_one(Proposal, proposal.id)
        send_notice(session, made, site_url=SITE, now=site_of(desk.app).now())
    return path_in(letters(desk.engine, LetterKind.NOTICE)[-1].text, "/portal/object/")


def grave(desk: Desk, by: Actor) -> Proposal:
    return ask_for(desk, by, status="defunct")


def test_the_contact_is_told_what_was_done(
    desk: Desk, thief: Actor, contact: FlaskClient
) -> None:
    first = grave(desk, thief)
    ask_for(desk, thief, name="A")
    ask_for(desk, thief, out_of_county="no")
    for days in ("3 days", "4 days"):
        ask_for(desk, thief, length_of_stay=days)
    path = button_of(desk, first)
    asked = words(contact.get(path).text)
    assert "2 more changes from the same sender wait." in asked
    assert "2 changes from the same sender are public by now." in asked
    done = contact.post(path)
    said = words(done.text)
    assert "3 changes are stopped." in said
    assert "2 changes from the same sender are public by now." in said
    assert "One of us looks at this at once." in said
    assert "The account that asked for it is signed out." in said
    assert contact.post(path).text == done.text
    assert "Set-Cookie" not in done.headers


def test_where_one_change_came_alone_no_more_is_told(
    desk: Desk, thief: Actor, contact: FlaskClient
) -> None:
    path = button_of(desk, grave(desk, thief))
    assert "same sender" not in words(contact.get(path).text)
    said = words(contact.post(path).text)
    assert "The change is stopped. Your listing stays as it is." in said
    assert "public" not in said


def test_a_letter_that_was_stolen_opens_nothing_any_more(
    desk: Desk, contact: FlaskClient
) -> None:
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = MAIL
    write_letters(desk.engine, site_of(desk.app).now())
    stolen = path_in(letters(desk.engine)[-1].text, "/portal/confirm/")
    assert contact.get(stolen).status_code == 200
    path = button_of(desk, grave(desk, changes.CONTACT))
    said = words(contact.post(path).text)
    assert "The links in our other emails to you are closed as well." in said
    assert contact.get(stolen).status_code == 410
    assert contact.post(stolen, data={"answer": "right"}).status_code == 410


def test_the_account_that_was_stolen_is_signed_out_and_asked_to_prove_itself(
    desk: Desk, thief: Actor, contact: FlaskClient
) -> None:
    provider = browser(desk.app, Role.PROVIDER)
    by = Actor(kind=ActorKind.PROVIDER, id=provider.person.id)
    assert provider.get("/account").status_code == 200
    contact.post(button_of(desk, grave(desk, by)))
    answer = provider.get("/account")
    assert "/account/login" in answer.location
    assert thief != by


def test_the_desk_sees_first_what_happened_and_what_to_do(
    desk: Desk, thief: Actor, contact: FlaskClient
) -> None:
    agreed = ask_for(desk, thief, name="Agreed")
    with writing(desk.engine) as session:
        now = site_of(desk.app).now()
        made = session.get_one(Proposal, agreed.id)
        approve(session, made, by=desk.bea.actor, now=now)
    ask_for(desk, thief, length_of_stay="3 days")
    first = grave(desk, thief)
    contact.post(button_of(desk, first))
    answer = desk.ann.get("/staff/")
    said = words(answer.text)
    top = said.index("Harbor House: the contact on record did not ask for what")
    assert top < said.index("What to do, the first thing first")
    assert "Kim (provider with an account)" in said
    assert "1 change was stopped." in said
    assert "2 changes of theirs became public within 30 days." in said
    assert "Call the organization" in said
    assert "ask an administrator to close the account" in said
    assert f"/staff/proposals/{first.id}" in answer.text
    history = re.search(r'href="(/staff/history\?[^"]+)"', answer.text)
    assert history
    _each_can_be_undone(desk, history[1].replace("&amp;", "&"))


def _each_can_be_undone(desk: Desk, path: str) -> None:
    """Follow the alert to the history, and on from each event to its way back."""
    listed = desk.ann.get(path).text
    events = re.findall(r'href="(/staff/history/\d+)"', listed)
    pages = [desk.ann.get(event).text for event in events]
    undone = [page for page in pages if "/revert" in page]
    assert len(undone) == 2, "what they published, and what was agreed to for them"
    assert "Ann Lee" not in listed


def test_the_desk_is_told_of_a_letter_in_other_hands(
    desk: Desk, contact: FlaskClient
) -> None:
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = MAIL
    contact.post(button_of(desk, grave(desk, changes.CONTACT)))
    said = desk.ann.reads("/staff/")
    assert "the contact on record" in said
    assert "The links in our emails to the organization are closed." in said
    with reading(desk.engine) as session:
        assert session.get_one(Organization, "s-organization").email == MAIL


def test_who_asked_does_not_put_the_alert_away(
    desk: Desk, contact: FlaskClient
) -> None:
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = MAIL
    contact.post(button_of(desk, grave(desk, desk.ann.actor)))
    assert "It is about you" in desk.ann.reads("/staff/")
    assert "It is about you" not in desk.bea.reads("/staff/")
    path = re.search(r"/staff/alerts/\d+", desk.bea.get("/staff/").text)
    assert path
    assert desk.ann.post(path[0], why="Me.").status_code == 403
    assert desk.bea.post(path[0], why="Asked her.").status_code == 303
