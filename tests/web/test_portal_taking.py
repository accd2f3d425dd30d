"""A form that is sent: what of it is public at once, what waits, what is too much."""

from collections.abc import Generator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.proposals import Proposal, Risk, State
from directory.curation.proposals.flood import MOST, WITHIN
from directory.curation.proposals.review import approve
from directory.database import reading, writing
from directory.hsds import Phone, Service
from directory.mail import Letter
from directory.web.site import site_of
from tests.builders.changes import COORDINATOR, ask_for
from tests.builders.forms import correct, filled, typed
from tests.builders.portal import (
    NEW_NUMBER,
    OLD_NUMBER,
    STREET,
    harbor,
    letter,
    number_of,
    proposals,
)
from tests.builders.site import served_on

NUMBER = "phone__p-s__number"


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    """Serve one organization that keeps its listing."""
    harbor(sqlite)
    with served_on(sqlite, tmp_path, limits=False) as served:
        yield served


@pytest.fixture
def page(app: Flask, sqlite: Engine) -> str:  # noqa: ARG001 - the organization is there
    """Return the path of the form of its service, by the link of a letter."""
    return f"{letter(sqlite)}/services/s"


def service(engine: Engine) -> Service:
    with reading(engine) as session:
        return session.get_one(Service, "s")


def letters(engine: Engine) -> int:
    with reading(engine) as session:
        return len(session.exec(select(Letter)).all())


def test_a_note_does_not_wait_for_a_number(
    app: Flask, sqlite: Engine, page: str
) -> None:
    client = app.test_client()
    mixed = {"hours_note": "Ring twice", "why": "We moved", NUMBER: NEW_NUMBER}
    sent = correct(client, page, **mixed)
    assert service(sqlite).hours_note == "Ring twice"
    public = app.test_client().get("/services/s").text
    assert "Ring twice" in public
    assert (OLD_NUMBER in public, NEW_NUMBER in public) == (True, False)
    kept = {p.risk: p for p in proposals(sqlite)}
    assert {risk: p.state for risk, p in kept.items()} == {
        Risk.LOW: State.PUBLISHED,
        Risk.HIGH: State.WAITING,
    }
    assert "Ring twice" not in kept[Risk.HIGH].patch
    assert {p.why for p in kept.values()} == {"We moved"}
    assert letters(sqlite) == 1
    # The page tells which is which, and what waits can be taken back.
    shown = client.get(sent.location).text
    note, waiting = shown.index("It is public now."), shown.index("Waiting for review.")
    assert note < shown.index("Ring twice") < waiting < shown.index(NEW_NUMBER)
    assert client.post(sent.location).status_code == 303
    assert service(sqlite).hours_note == "Ring twice"
    assert sorted(p.state for p in proposals(sqlite)) == [
        State.PUBLISHED,
        State.WITHDRAWN,
    ]


def test_a_mixed_form_that_is_sent_twice_has_one_effect(
    app: Flask, sqlite: Engine, page: str
) -> None:
    client = app.test_client()
    form = typed(
        filled(client.get(page).text),
        hours_note="Ring twice",
        place__l__s="county",
        **{NUMBER: NEW_NUMBER},
    )
    first, second = (client.post(page, data=form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert len(proposals(sqlite)) == 3
    shown = client.get(first.location).text
    assert shown.count("It is public now.") == 2
    assert shown.count("Waiting for review.") == 1
    assert STREET not in shown


def test_what_waited_with_a_note_can_be_agreed_to(
    app: Flask, sqlite: Engine, page: str
) -> None:
    correct(
        app.test_client(), page, hours_note="Ring twice", url="https://example.org/new"
    )
    assert (service(sqlite).hours_note, service(sqlite).url) == ("Ring twice", None)
    [waits] = [p for p in proposals(sqlite) if p.state is State.WAITING]
    with writing(sqlite) as session:
        now = site_of(app).now()
        approve(session, session.get_one(Proposal, waits.id), by=COORDINATOR, now=now)
    kept = service(sqlite)
    assert (kept.hours_note, kept.url) == ("Ring twice", "https://example.org/new")
    assert kept.source == "provider"


def test_nothing_is_public_of_a_form_that_has_a_mistake(
    app: Flask, sqlite: Engine, page: str
) -> None:
    answer = correct(
        app.test_client(), page, hours_note="Ring twice", alert="TBD (to check)"
    )
    assert answer.status_code == 422
    assert filled(answer.text)["hours_note"] == ["Ring twice"]
    assert service(sqlite).hours_note is None
    assert proposals(sqlite) == []


def test_nothing_is_public_of_a_form_that_somebody_overtook(
    app: Flask, sqlite: Engine, page: str
) -> None:
    client = app.test_client()
    form = typed(
        filled(client.get(page).text), hours_note="Ring", **{NUMBER: NEW_NUMBER}
    )
    ask_for(sqlite, "service", "s", {"length_of_stay": "A month"}, by=COORDINATOR)
    answer = client.post(page, data=form)
    assert answer.status_code == 409
    assert filled(answer.text)["phone-p-s-number"] == [NEW_NUMBER]
    assert service(sqlite).hours_note is None
    assert len(proposals(sqlite)) == 1


def test_a_stolen_link_fills_neither_the_queue_nor_a_mailbox(
    app: Flask, sqlite: Engine, page: str
) -> None:
    client = app.test_client()
    answers = [
        correct(client, page, **{NUMBER: f"919-834-{number:04}"})
        for number in range(1000, 1000 + MOST + 3)
    ]
    statuses = [answer.status_code for answer in answers]
    assert statuses == [303] * MOST + [429] * 3
    assert "Send it again in an hour" in answers[-1].text
    assert filled(answers[-1].text)["phone-p-s-number"] == ["919-834-1012"]
    states = [p.state for p in proposals(sqlite)]
    assert sorted(states) == [State.WAITING, *[State.WITHDRAWN] * (MOST - 1)]
    assert letters(sqlite) == MOST
    assert number_of(sqlite) == "+19198287740"
    # What harms nobody is still taken, alone.
    assert correct(client, page, hours_note="Ring").status_code == 303
    mixed = {"hours_note": "Knock", NUMBER: NEW_NUMBER}
    assert correct(client, page, **mixed).status_code == 429
    assert service(sqlite).hours_note == "Ring"
    # An hour later they can ask again.
    with writing(sqlite) as session:
        for old in session.exec(select(Proposal)).all():
            old.made_at -= WITHIN
    assert correct(client, page, **{NUMBER: NEW_NUMBER}).status_code == 303


def test_an_older_request_says_what_took_its_place(app: Flask, page: str) -> None:
    client = app.test_client()
    first = correct(client, page, **{NUMBER: NEW_NUMBER})
    correct(client, page, **{NUMBER: "919-834-1234"})
    assert "the newer request took its place" in client.get(first.location).text


def test_signs_that_nobody_sees_are_not_kept(
    app: Flask, sqlite: Engine, page: str
) -> None:
    hidden = "\ufeffRi\u00ad\u200bng\u2060 the\u200e bell"
    sent = correct(app.test_client(), page, hours_note=hidden)
    assert sent.status_code == 303
    assert service(sqlite).hours_note == "Ring the bell"
    # Where nothing else was typed, nothing was changed.
    again = correct(app.test_client(), page, hours_note="Ring\u200b the bell")
    assert "Nothing was changed" in again.text


@pytest.mark.parametrize("number", ["911", "9-1-1", "211", "311", "988"])
def test_a_number_of_everybody_is_no_agencys(
    app: Flask, sqlite: Engine, page: str, number: str
) -> None:
    answer = correct(app.test_client(), page, phone__new1__number=number)
    assert answer.status_code == 422
    assert "belong to everybody" in answer.text
    assert proposals(sqlite) == []


def test_a_short_number_is_that_of_a_listing_that_is_named_so(
    app: Flask, sqlite: Engine, page: str
) -> None:
    with writing(sqlite) as session:
        session.get_one(Service, "s").name = "988 and 911 call center"
        session.get_one(Phone, "p-s").number = "211"
    client = app.test_client()
    assert correct(client, page, phone__new1__number="988").status_code == 303
    # 911 is nobody's, however a listing is called.
    assert correct(client, page, phone__new1__number="911").status_code == 422
    # What stands there can stay.
    assert correct(client, page, hours_note="Ring").status_code == 303
