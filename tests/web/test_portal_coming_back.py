"""Who comes back to a listing sees what was sent and waits, whatever became of it."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.links import close_all
from directory.curation.proposals import Proposal, State
from directory.curation.proposals.review import refuse
from directory.database import reading, writing
from directory.hsds import Capacity, Organization, Phone
from directory.web.site import site_of
from tests.builders import people, rows
from tests.builders.changes import COORDINATOR, ask_for
from tests.builders.forms import correct, filled, typed
from tests.builders.portal import NEW_NUMBER, harbor, letter, proposals
from tests.builders.site import served_on

NUMBER = "phone__p-s__number"


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    """Serve one organization that keeps its listing."""
    harbor(sqlite)
    with served_on(sqlite, tmp_path, limits=False) as served:
        yield served


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def link(app: Flask, sqlite: Engine) -> str:  # noqa: ARG001 - the organization is there
    """Return the path that the letter to the organization opens."""
    return letter(sqlite)


def words(html: str) -> str:
    """Return what a page says, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- what waits ---


def test_what_waits_is_told_above_the_form_and_on_the_page_of_the_letter(
    client: FlaskClient, link: str
) -> None:
    pages = (link, f"{link}/services/s")
    for page in pages:
        assert "Waiting for a second look" not in client.get(page).text
    sent = correct(client, f"{link}/services/s", **{NUMBER: NEW_NUMBER})
    path = sent.location.partition("?")[0]
    for page in (*pages, f"/es{link}", f"/es{link}/services/s"):
        shown = client.get(page).text
        assert NEW_NUMBER in shown, page
        assert path in shown, page
    said = words(client.get(link).text)
    assert "Day help s : asked for on" in said
    assert "it waits" in said
    # What waits is of the service: the form of the organization says nothing of it.
    assert NEW_NUMBER not in client.get(f"{link}/organization").text


def test_a_closure_that_waits_is_told_at_the_service_that_closes(
    client: FlaskClient, link: str, sqlite: Engine
) -> None:
    client.post(link, data={"answer": "closed", "service": "s"})
    [proposal] = proposals(sqlite)
    assert proposal.subject == "organization:o-s"
    again = letter(sqlite)
    assert "Closed for good" in client.get(f"{again}/services/s").text


def test_who_signed_in_sees_it_too_and_what_staff_ask_for_is_theirs(
    app: Flask, sqlite: Engine
) -> None:
    who = people.person(sqlite, organization="o-s")
    browser, token = people.signed_in_client(app, who)
    page = "/portal/services/s"
    staffs = {"number": "+19195152012"}
    ask_for(sqlite, "phone", "p-s", staffs, by=COORDINATOR)
    assert "Waiting for a second look" not in browser.get(page).text
    correct(browser, page, csrf_token=token, **{NUMBER: NEW_NUMBER})
    for shown in (page, "/portal/organizations/o-s/confirm"):
        text = browser.get(shown).text
        assert NEW_NUMBER in text
        assert "515-2012" not in text


# --- a link that was answered ---


def test_a_link_that_was_answered_tells_how_that_stands(
    client: FlaskClient, link: str, sqlite: Engine, app: Flask
) -> None:
    correct(client, f"{link}/services/s", why="New line", **{NUMBER: NEW_NUMBER})
    thanks = client.post(link, data={"answer": "right"}).text
    assert "Open it again to see what became of what you sent." in words(thanks)
    for page in (link, f"{link}/services/s", f"{link}/organization"):
        answer = client.get(page)
        assert answer.status_code == 410
        said = words(answer.text)
        assert "Day help s : phone numbers." in said
        assert "Waiting" in said
        # A letter may lie about for long: it says what about, and never what.
        assert "515" not in said
        assert "New line" not in said
    with writing(sqlite) as session:
        found = session.exec(select(Proposal)).one()
        now = site_of(app).now()
        refuse(session, found, by=COORDINATOR, reason="It is a fax.", now=now)
    assert "Not taken It is a fax." in words(client.get(link).text)
    assert 'lang="en">It is a fax.' in client.get(f"/es{link}").text


def test_a_link_tells_of_nothing_but_its_own_sitting(
    app: Flask, client: FlaskClient, link: str, sqlite: Engine
) -> None:
    """Before it, after it, by another link, by an account, or by staff."""
    plain = client.get("/portal/confirm/unknown").text
    ask_for(sqlite, "phone", "p-s", {"number": "+19195152012"}, by=COORDINATOR)
    other = letter(sqlite)
    correct(client, f"{other}/services/s", **{NUMBER: NEW_NUMBER})
    # A sitting begins with a form that changes nothing, and somebody signs in.
    page = f"{link}/services/s"
    assert client.post(page, data=filled(client.get(page).text)).status_code == 200
    who = people.person(sqlite, organization="o-s")
    browser, token = people.signed_in_client(app, who)
    correct(browser, "/portal/services/s", csrf_token=token, url="example.org/food")
    client.post(link, data={"answer": "right"})
    closed = client.get(link)
    assert closed.status_code == 410
    assert closed.text.replace(link.rpartition("/")[2], "unknown") == plain
    client.post(other, data={"answer": "right"})
    assert "phone numbers" in client.get(other).text


def test_a_link_whose_life_was_ended_tells_nothing(
    app: Flask, client: FlaskClient, link: str, sqlite: Engine
) -> None:
    plain = client.get("/portal/confirm/unknown").text
    correct(client, f"{link}/services/s", **{NUMBER: NEW_NUMBER})
    with writing(sqlite) as session:
        close_all(session, "o-s", now=site_of(app).now())
    closed = client.get(link)
    assert closed.status_code == 410
    assert closed.text.replace(link.rpartition("/")[2], "unknown") == plain


# --- room, after the answer ---


@pytest.fixture
def with_room(app: Flask, sqlite: Engine) -> None:  # noqa: ARG001 - served first
    """Let the service be one of which one asks how much room there is."""
    offer = rows.service(rows.organization(id="o-s"), id="s")
    rows.save(sqlite, rows.capacity(offer, available=1))


@pytest.mark.usefixtures("with_room")
def test_room_can_be_told_after_all_was_confirmed(
    client: FlaskClient, link: str, sqlite: Engine
) -> None:
    assert client.post(link, data={"answer": "right"}).status_code == 200
    page = f"{link}/room/s"
    asked = client.get(page)
    assert asked.status_code == 200
    # There is no way back to what is closed.
    assert f'href="{link}"' not in asked.text
    assert client.post(page, data={"available": "3"}).status_code == 200
    with reading(sqlite) as session:
        told = session.exec(select(Capacity)).all()
    assert 3 in {one.available for one in told}
    assert client.get(f"{link}/services/s").status_code == 410


@pytest.mark.usefixtures("with_room")
def test_who_says_that_it_is_not_them_tells_no_room(
    client: FlaskClient, link: str
) -> None:
    assert client.post(link, data={"answer": "not_us"}).status_code == 200
    for method in ("GET", "POST"):
        answer = client.open(f"{link}/room/s", method=method, data={"available": "3"})
        assert answer.status_code == 410


# --- what is the organization's ---


def test_a_number_of_the_organization_is_shown_with_the_way_to_correct_it(
    app: Flask, client: FlaskClient, link: str, sqlite: Engine
) -> None:
    with writing(sqlite) as session:
        phone = session.get_one(Phone, "p-s")
        phone.service_id, phone.organization_id = None, "o-s"
    who = people.person(sqlite, organization="o-s")
    browser, _token = people.signed_in_client(app, who)
    for visitor, page, way in (
        (client, f"{link}/services/s", f"{link}/organization#phones"),
        (browser, "/portal/services/s", "/portal/organizations/o-s#phones"),
    ):
        shown = visitor.get(page).text
        assert "919-828-7740" in shown
        assert f'href="{way}"' in shown
        assert 'name="phone-p-s-number"' not in shown
        assert 'name="phone-p-s-number"' in visitor.get(way.partition("#")[0]).text
    assert 'id="inherited-numbers"' not in client.get(f"{link}/organization").text


def test_a_number_that_the_service_has_as_well_is_not_shown_twice(
    client: FlaskClient, link: str, sqlite: Engine
) -> None:
    owner = rows.organization(id="o-s")
    rows.save(
        sqlite,
        rows.phone(owner, id="same"),
        rows.phone(owner, id="main", number="+19195152011"),
    )
    shown = client.get(f"{link}/services/s").text
    _, found, rest = shown.partition('id="inherited-numbers"')
    assert found
    inherited = rest.partition("</ul>")[0]
    assert "919-515-2011" in inherited
    assert "828-7740" not in inherited


def test_the_address_that_is_shown_instead_is_told(
    client: FlaskClient, link: str, sqlite: Engine
) -> None:
    page = f"{link}/services/s"
    assert "the page shows that of the organization: desk@harbor" in words(
        client.get(page).text
    )
    with writing(sqlite) as session:
        session.get_one(Organization, "o-s").email = None
    assert "the page shows that of the organization: desk@" not in client.get(page).text


# --- nothing typed is lost ---

LONG = "Soup and bread. " * 700


def test_what_is_too_long_comes_back_whole(client: FlaskClient, link: str) -> None:
    page = f"{link}/services/s"
    assert "maxlength" not in client.get(page).text.partition('id="form"')[2]
    fields = ("description", "alert", "hours_note", "why", "documents", "url")
    answer = correct(client, page, **dict.fromkeys(fields, LONG))
    assert answer.status_code == 422
    back = filled(answer.text)
    for field in fields:
        assert back[field][0].split() == LONG.split(), field
        _, _, said = answer.text.partition(f'id="problem-{field}">')
        assert said.startswith("This is too long. Please say it shorter."), field


def test_a_number_of_thousands_of_digits_is_a_mistake(
    client: FlaskClient, link: str
) -> None:
    """More digits than Python reads as a number."""
    digits = "0" * 6000 + "1"
    given = {"phone__p-s__place": digits, "rule__age__low": digits}
    answer = correct(client, f"{link}/services/s", rule__age="ages", **given)
    assert answer.status_code == 422
    assert "Type ages as numbers" in answer.text
    assert "Say the place in the order as a number." in answer.text


def test_a_note_on_a_language_that_nobody_chose_is_not_dropped(
    client: FlaskClient, link: str
) -> None:
    answer = correct(client, f"{link}/services/s", language__new1__note="On Mondays")
    assert answer.status_code == 422
    assert filled(answer.text)["language-new1-note"] == ["On Mondays"]


def test_a_form_sent_twice_has_one_effect_and_another_text_is_another_form(
    client: FlaskClient, link: str, sqlite: Engine
) -> None:
    page = f"{link}/services/s"
    form = typed(filled(client.get(page).text), hours_note="Ring twice")
    first, again = (client.post(page, data=form) for _ in range(2))
    assert (again.status_code, again.location) == (303, first.location)
    assert len(proposals(sqlite)) == 1
    # Back in the browser, something else typed, and sent once more.
    other = client.post(page, data=typed(form, hours_note="Ring three times"))
    assert other.status_code == 409
    assert filled(other.text)["hours_note"] == ["Ring three times"]
    assert client.post(page, data=filled(other.text)).status_code == 303
    assert [p.state for p in proposals(sqlite)] == [State.PUBLISHED] * 2


def test_another_text_in_a_form_that_waits_waits_as_well(
    client: FlaskClient, link: str, sqlite: Engine
) -> None:
    page = f"{link}/services/s"
    form = typed(filled(client.get(page).text), **{NUMBER: NEW_NUMBER})
    client.post(page, data=form)
    other = client.post(page, data=typed(form, name="Another name"))
    assert other.status_code == 303
    assert "Another name" in client.get(other.location).text
    assert "Another name" in " ".join(p.patch for p in proposals(sqlite))


def test_the_list_of_what_is_wrong_calls_fields_as_the_form_does(
    client: FlaskClient, link: str
) -> None:
    answer = correct(client, f"{link}/services/s", counties="Wake, Nowhere")
    assert '<a href="#counties">Counties</a>: We know no county' in answer.text
    with_hours = correct(
        client, f"{link}/services/s", hours__TU__1__opens="early", why="x" * 501
    )
    said = words(with_hours.text)
    assert "Tuesday : We cannot read this time." in said
    assert "Why : This is too long." in said
    beside = re.findall(r'id="(problem-[^"]+)"', with_hours.text)
    assert sorted(beside) == ["problem-hours-TU-1-opens", "problem-why"]
