"""What the links of letters open, and what an answer does."""

import datetime as dt
from collections.abc import Generator
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from directory.accounts import Role
from directory.cli.setup import make_tables
from directory.curation.history import Action, Event
from directory.curation.letters.notice import send_notice
from directory.curation.links import Purpose, issue
from directory.curation.proposals import Proposal, State
from directory.curation.proposals.review import approve
from directory.curation.records.subject import service_subject
from directory.database import reading, writing
from directory.hsds import Capacity, Fact, Row, Service, Verification, Visibility
from directory.mail import LetterKind
from directory.settings import load_settings
from directory.web.site import site_of
from tests.builders import rows
from tests.builders.chance import steady
from tests.builders.changes import COORDINATOR, PROVIDER, ask, dossier, patch_of
from tests.builders.letters import (
    SITE,
    confirm,
    days,
    letters,
    path_in,
    provider,
    write_letters,
)
from tests.builders.people import person, signed_in_client
from tests.builders.site import after_noon as now
from tests.builders.site import site_after_noon

_names = count(1)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return a site with an empty directory; each test adds a provider of its own."""
    folder = tmp_path_factory.mktemp("letters")
    settings = load_settings(
        {"AFTERCARE_DATA_DIR": str(folder), "AFTERCARE_LIMITS": "no"}
    )
    make_tables(settings).dispose()
    return site_after_noon(settings)


@pytest.fixture
def engine(app: Flask) -> Engine:
    return site_of(app).database


@pytest.fixture
def name() -> str:
    return f"s{next(_names)}"


@pytest.fixture
def service(engine: Engine, name: str) -> Service:
    return provider(engine, name, email=f"{name}@harbor.example")


@pytest.fixture
def client(app: Flask) -> Generator[FlaskClient]:
    """Return a visitor; no page of a letter may give a cookie."""
    visitor = app.test_client()
    yield visitor
    assert not visitor._cookies  # noqa: SLF001 - there is no other way to see them all


def link_to(engine: Engine, name: str, at: dt.datetime | None = None) -> str:
    """Write to whoever is due, and return the path of the link that `name` got."""
    write_letters(engine, at or now())
    return path_in(text_to(engine, name))


def text_to(
    engine: Engine, name: str, kind: LetterKind = LetterKind.VERIFICATION
) -> str:
    theirs = [
        found.text
        for found in letters(engine, kind)
        if found.to_address.startswith(f"{name}@")
    ]
    return theirs[-1]


def everything(engine: Engine) -> list[list[tuple[object, ...]]]:
    """Return all rows of all tables."""
    with engine.connect() as connection:
        return [
            [tuple(row) for row in connection.execute(table.select())]
            for table in Row.metadata.sorted_tables
        ]


def count_of(engine: Engine, action: Action, name: str) -> int:
    with reading(engine) as session:
        query = (
            select(Event)
            .where(Event.action == action)
            .where(Event.organization_id == f"{name}-organization")
        )
        return len(session.exec(query).all())


def confirmed(engine: Engine, name: str) -> set[str]:
    with reading(engine) as session:
        query = select(Verification).where(Verification.service_id == name)
        return {row.fact.value for row in session.exec(query)}


# --- confirming ---


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize("lang", ["", "/es"])
def test_to_open_a_link_changes_nothing(
    client: FlaskClient, engine: Engine, name: str, lang: str
) -> None:
    path = link_to(engine, name)
    before = everything(engine)
    for method in ("GET", "HEAD", "GET"):
        answer = client.open(f"{lang}{path}", method=method)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
    assert everything(engine) == before


@pytest.mark.usefixtures("service")
def test_one_click_confirms_and_the_public_sees_it(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    path = link_to(engine, name)
    assert "Not verified." in client.get(f"/services/{name}").text
    answer = client.post(path, data={"answer": "right"})
    assert answer.status_code == 200
    assert "Your listing is confirmed as of today." in answer.text
    page = client.get(f"/services/{name}").text
    assert "Confirmed on " in page
    assert "Not verified." not in page
    assert confirmed(engine, name) == {"record", "hours", "eligibility"}


@pytest.mark.usefixtures("service")
def test_a_second_click_has_no_second_effect(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    path = link_to(engine, name)
    first = client.post(path, data={"answer": "right"})
    before = everything(engine)
    again = client.post(path, data={"answer": "right"})
    other = client.post(path, data={"answer": "not_us"})
    assert (again.status_code, again.text) == (200, first.text)
    assert other.text == first.text
    assert everything(engine) == before
    assert count_of(engine, Action.CONFIRM, name) == 1


@pytest.mark.usefixtures("service")
def test_all_links_that_open_nothing_look_the_same(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    path = link_to(engine, name)
    client.post(path, data={"answer": "right"})
    other = provider(engine, f"{name}x", email=f"{name}x@harbor.example")
    old = link_to(engine, other.id, now() - days(21))
    odd = [
        path,
        old,
        "/portal/confirm/unknown",
        path.replace("confirm", "object"),
        f"{old}/room/{other.id}",
    ]
    answers = [client.get(address) for address in odd]
    assert {answer.status_code for answer in answers} == {410}
    bodies = {
        # The switch of languages leads back to the same address.
        answer.text.replace(f"/es{address}", "/es/there")
        for answer, address in zip(answers, odd, strict=True)
    }
    assert len(bodies) == 1
    for address in odd[1:4]:
        assert client.post(address, data={"answer": "right"}).status_code == 410
    assert confirmed(engine, other.id) == set()


@pytest.mark.usefixtures("service")
def test_the_page_speaks_spanish(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    path = link_to(engine, name)
    page = client.get(f"/es{path}").text
    assert '<html lang="es">' in page
    assert f'href="/es{path}/services/{name}"' in page
    assert 'lang="en">Shelter' in page
    answer = client.post(f"/es{path}", data={"answer": "right"})
    assert '<html lang="es">' in answer.text


def test_each_service_can_be_corrected_and_told_of(
    client: FlaskClient, engine: Engine, name: str, service: Service
) -> None:
    rows.save(engine, rows.capacity(service, as_of=now(), expires=now() + days(1)))
    path = link_to(engine, name)
    page = client.get(path).text
    assert f'href="{path}/organization"' in page
    assert f'href="{path}/services/{name}"' in page
    assert f'href="{path}/room/{name}"' in page
    assert client.get(f"{path}/services/{name}").status_code == 200


def test_a_hidden_provider_sees_what_nobody_else_does(
    client: FlaskClient, engine: Engine, name: str, service: Service
) -> None:
    owner = rows.organization(id=service.organization_id)
    place = rows.location(owner, Visibility.NETWORK)
    rows.save(engine, place, rows.given_at(service, place))
    path = link_to(engine, name)
    page = client.get(path)
    assert page.status_code == 200
    assert "Only staff whom we approved can see this service." in page.text
    assert client.get(f"/services/{name}").status_code == 404
    thanks = client.post(path, data={"answer": "right"})
    assert f"/organizations/{name}" not in thanks.text


def test_we_closed_waits_for_a_second_person_and_tells_the_old_contact(
    client: FlaskClient, engine: Engine, name: str, service: Service
) -> None:
    path = link_to(engine, name)
    nothing = client.post(path, data={"answer": "closed"})
    assert nothing.status_code == 422
    assert "Please choose which service has closed." in nothing.text
    told = client.post(
        path, data={"answer": "closed", "service": name, "how": "for_now"}
    )
    assert told.status_code == 200
    assert "One of us looks at it" in told.text
    assert client.get(f"/services/{name}").status_code == 200
    with writing(engine) as session:
        proposal = session.exec(
            select(Proposal).where(Proposal.organization_id == service.organization_id)
        ).one()
        assert proposal.state is State.WAITING
        approve(session, proposal, by=COORDINATOR, now=now())
    assert client.get(f"/services/{name}").status_code == 410
    notice = text_to(engine, name, LetterKind.NOTICE)
    assert "- whether it is open" in notice


@pytest.mark.usefixtures("service")
def test_not_us_leaves_the_listing_alone(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    path = link_to(engine, name)
    before = client.get(f"/services/{name}").text
    assert client.post(path, data={"answer": "not_us"}).status_code == 200
    assert client.get(f"/services/{name}").text == before
    assert client.get(path).status_code == 410
    write_letters(engine, now() + days(30))
    theirs = [x for x in letters(engine) if x.to_address.startswith(f"{name}@")]
    assert len(theirs) == 1


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize("form", [{}, {"answer": "admin"}, {"answer": ""}])
def test_an_answer_that_is_none_changes_nothing(
    client: FlaskClient, engine: Engine, name: str, form: dict[str, str]
) -> None:
    path = link_to(engine, name)
    before = everything(engine)
    assert client.post(path, data=form).status_code == 422
    assert everything(engine) == before


def test_who_signed_in_confirms_the_same_way(
    app: Flask, engine: Engine, name: str, service: Service
) -> None:
    other = provider(engine, f"{name}x", email=None)
    found = person(engine, organization=service.organization_id)
    browser, token = signed_in_client(app, found)
    assert f"/organizations/{name}-organization/confirm" in browser.get("/portal/").text
    path = f"/portal/organizations/{service.organization_id}/confirm"
    page = browser.get(path).text
    assert "Everything is correct" in page
    assert "This is not us" not in page
    assert f'href="/portal/room/{name}"' not in page
    assert browser.post(path).status_code == 400
    assert confirmed(engine, name) == set()
    answer = browser.post(path, data={"csrf_token": token})
    assert "Your listing is confirmed as of today." in answer.text
    assert confirmed(engine, name) == {"record", "hours", "eligibility"}
    absent = browser.get("/portal/organizations/not-there/confirm")
    theirs = browser.get(path.replace(name, other.id))
    assert absent.status_code == theirs.status_code == 404
    assert absent.text.replace("not-there", other.organization_id) == theirs.text


# --- objecting ---


def asked_change(engine: Engine, name: str) -> str:
    """Ask for another number in the name of a provider; return the notice's link."""
    held = dossier(engine, service_subject(name))
    (phone_id,) = held.of("phone")
    patch = patch_of(held, "phone", phone_id, number="+19198349999")
    proposal = ask(engine, patch, by=PROVIDER, subject=service_subject(name), now=now())
    with writing(engine) as session:
        send_notice(session, proposal, site_url=SITE, now=now())
    return path_in(text_to(engine, name, LetterKind.NOTICE), "/portal/object/")


def state_of(engine: Engine, name: str) -> State:
    with reading(engine) as session:
        query = select(Proposal).where(Proposal.subject == f"service:{name}")
        return session.exec(query).one().state


@pytest.fixture
def numbered(engine: Engine, service: Service) -> Service:
    rows.save(engine, rows.phone(service, number="+19198340000"))
    return service


@pytest.mark.usefixtures("numbered")
def test_an_objection_stops_the_change_and_tells_no_number(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    path = asked_change(engine, name)
    notice = text_to(engine, name, LetterKind.NOTICE)
    before = everything(engine)
    page = client.get(path)
    assert "phone numbers" in page.text
    assert "números de teléfono" in client.get(f"/es{path}").text
    for text in (notice, page.text):
        assert "834" not in steady(text).replace(name, "")
    assert everything(engine) == before
    assert "The change is stopped." in client.post(path).text
    assert state_of(engine, name) is State.REFUSED
    again = client.post(path)
    assert "The change is stopped." in again.text
    assert count_of(engine, Action.OBJECT, name) == 1
    assert client.get(path).status_code == 410


@pytest.mark.usefixtures("numbered")
def test_an_objection_that_comes_late_alarms_the_desk(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    path = asked_change(engine, name)
    with writing(engine) as session:
        query = select(Proposal).where(Proposal.subject == f"service:{name}")
        approve(session, session.exec(query).one(), by=COORDINATOR, now=now())
    assert "It is public by now." in client.get(path).text
    assert "One of us looks at this at once." in client.post(path).text
    assert state_of(engine, name) is State.PUBLISHED
    assert count_of(engine, Action.ALERT, name) == 1
    client.post(path)
    assert count_of(engine, Action.ALERT, name) == 1


@pytest.mark.usefixtures("numbered")
def test_a_confirming_link_does_not_object(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    asked_change(engine, name)
    path = link_to(engine, name).replace("confirm", "object")
    assert client.post(path).status_code == 410
    assert state_of(engine, name) is State.WAITING


# --- room ---


def rooms(engine: Engine, name: str) -> list[Capacity]:
    with reading(engine) as session:
        query = select(Capacity).where(Capacity.service_id == name)
        return list(session.exec(query).all())


@pytest.fixture
def with_room(engine: Engine, service: Service) -> Service:
    """Return a service whose room was told six days ago."""
    rows.save(
        engine,
        rows.capacity(service, as_of=now() - days(6), expires=now() - days(3)),
    )
    confirm(engine, service, now().date(), Fact.RECORD, Fact.HOURS)
    return service


@pytest.mark.usefixtures("with_room")
def test_room_is_told_by_a_link_again_and_again(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    public = f"/services/{name}"
    assert "Ask whether there is room" in client.get(public).text
    path = link_to(engine, name)
    assert path.endswith(f"/room/{name}")
    before = everything(engine)
    assert client.get(path).status_code == 200
    assert everything(engine) == before
    told = client.post(path, data={"available": "4", "waitlist": "yes"})
    assert told.status_code == 200
    shown = client.get(public).text
    assert "4 beds free, told today at " in shown
    assert "There is a waiting list." in shown
    assert client.post(path, data={"full": "yes", "available": "4"}).status_code == 200
    shown = client.get(public).text
    assert "Full, told today at " in shown
    assert "4 beds" not in shown
    (room,) = rooms(engine, name)
    assert (room.available, room.waitlist) == (0, None)
    assert count_of(engine, Action.ROOM, name) == 2


@pytest.mark.usefixtures("with_room")
def test_room_told_twice_at_once_is_told_once(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    path = link_to(engine, name)
    for _ in range(3):
        assert client.post(path, data={"available": "2"}).status_code == 200
    assert count_of(engine, Action.ROOM, name) == 1


ODD_ROOM = [{}, {"available": "11"}, {"available": "-1"}, {"available": "٣"}]


@pytest.mark.usefixtures("with_room")
@pytest.mark.parametrize("form", ODD_ROOM)
def test_room_that_is_no_number_is_asked_again(
    client: FlaskClient, engine: Engine, name: str, form: dict[str, str]
) -> None:
    path = link_to(engine, name)
    before = everything(engine)
    answer = client.post(path, data=form)
    assert answer.status_code == 422
    assert "Please choose how many are free." in answer.text
    assert everything(engine) == before


@pytest.mark.usefixtures("with_room")
def test_a_link_for_room_opens_nothing_else(
    client: FlaskClient, engine: Engine, name: str
) -> None:
    other = provider(engine, f"{name}x", email=None)
    path = link_to(engine, name)
    link = path.removesuffix(f"/room/{name}")
    assert client.get(link).status_code == 410
    assert client.post(link, data={"answer": "right"}).status_code == 410
    assert client.get(f"{link}/services/{name}").status_code == 410
    absent = client.get(f"{link}/room/not-there")
    theirs = client.get(f"{link}/room/{other.id}")
    assert absent.status_code == theirs.status_code == 404
    assert client.post(f"{link}/room/{other.id}", data={"full": "1"}).status_code == 404
    assert rooms(engine, other.id) == []


@pytest.mark.usefixtures("with_room")
def test_a_provider_who_signed_in_tells_room(
    app: Flask, engine: Engine, name: str, service: Service
) -> None:
    path = f"/portal/room/{name}"
    theirs = person(engine, organization=service.organization_id)
    browser, token = signed_in_client(app, theirs)
    assert "csrf_token" in browser.get(path).text
    form = {"available": "10", "unit": "places", "csrf_token": token}
    assert browser.post(path, data={"available": "3"}).status_code == 400
    assert browser.post(path, data=form).status_code == 200
    assert "10 or more places free" in browser.get(f"/services/{name}").text
    assert rooms(engine, name)[0].unit == "places"


def test_room_is_asked_only_where_it_means_something(
    app: Flask, engine: Engine, name: str, service: Service
) -> None:
    mine = person(engine, organization=service.organization_id)
    browser, token = signed_in_client(app, mine)
    path = f"/portal/room/{name}"
    with writing(engine) as session:
        link = issue(session, Purpose.CONFIRM, service.organization_id, now=now())
    by_link = f"/portal/confirm/{link}/room/{name}"
    form = {"available": "1", "csrf_token": token}
    for address in (path, by_link):
        assert browser.get(address).status_code == 404
        assert browser.post(address, data=form).status_code == 404
    assert rooms(engine, name) == []
    assert path not in browser.get("/portal/").text
    rows.save(engine, rows.capacity(service))
    assert path in browser.get("/portal/").text
    assert browser.get(path).status_code == browser.get(by_link).status_code == 200


@pytest.mark.usefixtures("with_room")
def test_who_may_tell_room(
    app: Flask, engine: Engine, name: str, service: Service
) -> None:
    path = f"/portal/room/{name}"
    other = provider(engine, f"{name}x", email=None)
    who = {
        "own": person(engine, organization=service.organization_id),
        "other": person(engine, organization=other.organization_id),
        "coordinator": person(engine, Role.COORDINATOR),
        "advocate": person(engine, Role.ADVOCATE),
    }
    clients = {part: signed_in_client(app, found)[0] for part, found in who.items()}
    seen = {part: browser.get(path) for part, browser in clients.items()}
    codes = {part: answer.status_code for part, answer in seen.items()}
    assert codes == {"own": 200, "other": 404, "coordinator": 200, "advocate": 404}
    absent = clients["other"].get("/portal/room/not-there")
    assert absent.text.replace("not-there", name) == seen["other"].text
    assert app.test_client().get(path).status_code == 303


@pytest.mark.usefixtures("with_room")
def test_a_coordinator_finds_no_hidden_place_here(
    app: Flask, engine: Engine, name: str, service: Service
) -> None:
    owner = rows.organization(id=service.organization_id)
    place = rows.location(owner, Visibility.NETWORK)
    rows.save(engine, place, rows.given_at(service, place))
    found = person(engine, Role.COORDINATOR, approved_days_ago=1)
    browser, _token = signed_in_client(app, found)
    assert browser.get(f"/portal/room/{name}").status_code == 404


ROOM_TEXTS = [
    ({"available": 1}, "1 bed free, told today at"),
    ({"available": 10, "unit": "places"}, "10 or more places free, told today at"),
    ({"available": 2, "unit": "cribs"}, "2 free (cribs), told today at"),
    ({"available": 0, "waitlist": False}, "There is no waiting list."),
    ({"available": 2, "population": "women"}, "For: women."),
    ({"as_of": -1}, "told yesterday at"),
    ({"as_of": -2}, "told on "),
    ({"as_of": -4, "expires": -1}, "Ask whether there is room"),
]


@pytest.mark.parametrize(("told", "expected"), ROOM_TEXTS)
def test_room_is_said_in_words(
    client: FlaskClient,
    engine: Engine,
    service: Service,
    told: dict[str, object],
    expected: str,
) -> None:
    moments = {
        field: now() + days(float(str(told.get(field, usual))))
        for field, usual in (("as_of", 0), ("expires", 1))
    }
    rows.save(engine, rows.capacity(service, **{**told, **moments}))
    for path in (
        f"/services/{service.id}",
        f"/organizations/{service.organization_id}",
    ):
        assert expected in client.get(path).text


def test_room_stands_on_hits_and_cards(client: FlaskClient, engine: Engine) -> None:
    words = rows.taxonomy()
    bears = rows.term(words)
    offer = provider(engine, "found", alternate_name="Zebra House")
    rows.save(engine, words, bears, rows.attribute(offer, bears), rows.area(offer))
    told = rows.capacity(offer, as_of=now(), expires=now() + days(1))
    rows.save(engine, rows.phone(offer), told)
    needs = {"need": "emergency_shelter", "place": "Wake County"}
    line = "3 beds free, told today at"
    assert line in client.get("/search?q=zebra").text
    assert line in client.post("/match", data=needs).text
