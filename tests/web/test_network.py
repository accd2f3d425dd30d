"""Hidden listings, for those who are approved: the list, the page, the matcher."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import select

from directory.accounts import Role
from directory.curation.history import Action, Event
from directory.curation.history.reading import Asked, Entry, entries
from directory.database import reading, writing
from directory.hsds import (
    Attribute,
    Coverage,
    PhoneType,
    Record,
    Redirect,
    Service,
    ServiceStatus,
    Taxonomy,
    TaxonomyTerm,
    Visibility,
)
from directory.paths import shipped
from directory.vocabulary import read_terms
from directory.web.site import site_of
from tests.builders import rows
from tests.builders.chance import steady
from tests.builders.scenes import scene
from tests.builders.site import served_on
from tests.web.desk import Browser, browser, words

TERMS = read_terms(shipped("seed_data"))
DURHAM = "37063"
SECRET, OPEN = "Quokka Lodge", "Open House"


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Iterable[Flask]:
    """Return a site with one public shelter, and two that are hidden."""
    save_listings(sqlite)
    with served_on(sqlite, tmp_path, limits=False) as site:
        yield site


def save_listings(engine: Engine) -> None:
    """Write the vocabulary, a public shelter, and two hidden ones."""
    words_ = rows.taxonomy(id="words")
    rows.save(engine, words_, *_terms(words_))
    for name, title, place in (
        ("open", OPEN, Visibility.COUNTY),
        ("secret", SECRET, Visibility.NETWORK),
        ("veiled", "Marzipan Hall", Visibility.NETWORK),
    ):
        made = scene(
            place,
            name=name,
            coverage=Coverage.COMPLETE,
            source=f"https://paper.example.org/the-house-on-elm-{name}",
        )
        made.organization.name, made.service.name = f"{title} Inc", title
        made.service.description = "A place to sleep."
        rows.save(engine, *made.records, *_hung_on(made.service))


def _terms(of: Taxonomy) -> list[Record]:
    return [
        TaxonomyTerm(
            id=TERMS[code].id,
            taxonomy_id=of.id,
            code=code,
            name=code,
            description=code,
        )
        for code in ("emergency_shelter", "immigration_legal")
    ]


def _hung_on(service: Service) -> list[Record]:
    need = "immigration_legal" if service.id == "veiled" else "emergency_shelter"
    county = DURHAM if service.id == "veiled" else rows.WAKE
    number = f"+1919555{len(service.name):04}"
    return [
        rows.area(service, county),
        rows.phone(service, number=number, type=PhoneType.VOICE),
        Attribute(service_id=service.id, taxonomy_term_id=TERMS[need].id),
        rows.rule(service, source="https://paper.example.org/elm"),
    ]


def views(app: Flask) -> list[Entry]:
    """Return the looks that the history holds, oldest first."""
    with reading(site_of(app).database) as session:
        return entries(session, Asked(actions=(Action.VIEW,)))[::-1]


@pytest.fixture
def advocate(app: Flask) -> Browser:
    return browser(app, Role.ADVOCATE)


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.HOTLINE, Role.COORDINATOR])
def test_the_list_holds_what_is_hidden_and_nothing_else(app: Flask, role: Role) -> None:
    said = browser(app, role).reads("/network/")
    assert SECRET in said
    assert "Marzipan Hall" in said
    assert OPEN not in said
    assert "2 places" in said
    # The list tells no number, and is not a look at one of them.
    assert "919-555" not in said
    assert views(app) == []


def test_the_list_can_be_narrowed(advocate: Browser) -> None:
    for query in ("need=emergency_shelter", f"county={rows.WAKE}"):
        said = advocate.reads(f"/network/?{query}")
        assert SECRET in said
        assert "Marzipan" not in said
    both = advocate.reads(f"/network/?need=emergency_shelter&county={DURHAM}")
    assert "0 places" in both
    assert advocate.get("/es/network/?need=nonsense&county=nowhere").status_code == 200


def test_a_hidden_listing_has_its_page_as_public_ones_have(advocate: Browser) -> None:
    page = advocate.get("/network/services/secret")
    said = words(page.text)
    for text in (SECRET, f"{SECRET} Inc", "919-555-0012", "Wake County", "Only women"):
        assert text in said
    assert page.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert page.headers["Cache-Control"] == "no-store"
    # Links that would end at a page that is not there.
    assert "/services/secret/report" not in page.text
    assert "/organizations/" not in page.text


def test_no_page_tells_where_a_newspaper_has_printed_the_street(
    advocate: Browser,
) -> None:
    for path in ("/network/", "/network/services/secret"):
        assert "elm" not in steady(advocate.get(path).text)
    assert "elm" not in steady(asked(advocate)).replace("elmer", "")


def test_a_public_listing_is_shown_where_everybody_sees_it(advocate: Browser) -> None:
    answer = advocate.get("/network/services/open")
    assert (answer.status_code, answer.location) == (303, "/services/open")


def test_an_old_id_of_a_hidden_listing_leads_on_for_those_who_may(
    app: Flask, advocate: Browser
) -> None:
    old = Redirect(id="older", entity="service", to_id="secret")
    rows.save(site_of(app).database, old)
    answer = advocate.get("/network/services/older")
    assert (answer.status_code, answer.location) == (301, "/network/services/secret")
    assert advocate.get("/services/older").status_code == 404


def test_a_look_is_in_the_history_with_who_and_what(
    app: Flask, advocate: Browser
) -> None:
    advocate.get("/network/services/secret")
    [look] = views(app)
    assert look.actor == f"staff:{advocate.person.id}"
    assert look.subject == "service:secret"
    assert look.organization_id == "secret-organization"
    assert (look.told.why, dict(look.told.facts), look.told.patch) == ("", {}, ())


def test_what_is_not_there_is_no_look(app: Flask, advocate: Browser) -> None:
    assert advocate.get("/network/services/nothing").status_code == 404
    assert advocate.get("/network/services/secret-organization").status_code == 404
    assert views(app) == []


# --- The matcher -------------------------------------------------------------

ASKED = {"need": "emergency_shelter", "place": "Wake", "age": "17", "pets": "yes"}


def asked(who: Browser, **more: str) -> str:
    """Send the needs form, and return the page of the answer."""
    answer = who.post("/network/match", **{**ASKED, **more})
    assert answer.status_code == 200, answer.status_code
    return answer.text


def test_the_needs_form_is_sent_to_itself_with_its_token(advocate: Browser) -> None:
    html = advocate.get("/network/match").text
    assert 'action="/network/match"' in html
    assert 'name="csrf_token"' in html
    assert 'action="/es/network/match"' in advocate.get("/es/network/match").text


def test_the_answer_holds_public_and_hidden_listings(advocate: Browser) -> None:
    html = asked(advocate)
    assert SECRET in html
    assert OPEN in html
    assert 'href="/network/services/secret"' in html
    assert 'href="/services/open"' in html
    assert 'href="/services/secret"' not in html
    assert "/organizations/secret" not in html
    links = {
        *re.findall(r'href="(/(?:network/)?(?:services|organizations)/[^"]+)"', html)
    }
    assert {advocate.get(link).status_code for link in links} == {200}


def test_each_hidden_card_is_a_look_and_nothing_of_the_needs_is_kept(
    app: Flask, advocate: Browser
) -> None:
    asked(advocate)
    [look] = views(app)
    assert look.subject == "service:secret"
    assert look.told.facts == {}
    with reading(site_of(app).database) as session:
        texts = session.connection().exec_driver_sql("SELECT text FROM event_detail")
        held = " ".join(row[0] for row in texts)
    for word in ("emergency", "Wake", "17", "pets"):
        assert word not in held


def test_what_the_answer_does_not_show_is_no_look(
    app: Flask, advocate: Browser
) -> None:
    asked(advocate, need="immigration_legal", place="Durham")
    assert [look.subject for look in views(app)] == ["service:veiled"]


def test_a_form_that_cannot_be_read_comes_back(app: Flask, advocate: Browser) -> None:
    answer = advocate.post("/network/match", need="zanzibar")
    assert answer.status_code == 422
    assert 'action="/network/match"' in answer.text
    assert views(app) == []


def test_a_form_without_its_token_is_refused(app: Flask, advocate: Browser) -> None:
    answer = advocate.client.post("/network/match", data=ASKED)
    assert answer.status_code == 400
    assert views(app) == []


def test_the_public_matcher_knows_nothing_of_it(app: Flask) -> None:
    answer = app.test_client().post("/match", data=ASKED)
    assert OPEN in answer.text
    assert SECRET not in answer.text


def test_a_place_that_has_closed_leaves_the_list(app: Flask, advocate: Browser) -> None:
    with writing(site_of(app).database) as session:
        session.get_one(Service, "secret").status = ServiceStatus.DEFUNCT
    assert SECRET not in advocate.reads("/network/")
    assert advocate.get("/network/services/secret").status_code == 404


# --- How many ----------------------------------------------------------------


@pytest.mark.usefixtures("one_moment")
def test_sixty_pages_a_minute_are_enough(sqlite: Engine, tmp_path: Path) -> None:
    save_listings(sqlite)
    with served_on(sqlite, tmp_path, workers=1, limits=True) as app:
        one, other = browser(app, Role.ADVOCATE), browser(app, Role.HOTLINE)
        got = [one.get("/network/").status_code for _ in range(61)]
        assert got == [200] * 60 + [429]
        refused = one.get("/network/services/secret")
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        # From another address it is the same person, and another one is not.
        again = one.client.get("/network/", environ_base={"REMOTE_ADDR": "10.1.2.3"})
        assert again.status_code == 429
        assert other.get("/network/").status_code == 200
        assert views(app) == []


@pytest.mark.usefixtures("one_moment")
def test_processes_share_what_is_allowed(sqlite: Engine, tmp_path: Path) -> None:
    with served_on(sqlite, tmp_path, workers=4, limits=True) as app:
        one = browser(app, Role.ADVOCATE)
        got = [one.get("/network/").status_code for _ in range(16)]
        assert got == [200] * 15 + [429]


def test_many_looks_are_brought_to_the_desk(app: Flask, advocate: Browser) -> None:
    for _ in range(40):
        advocate.get("/network/services/secret")
    assert len(views(app)) == 40
    with reading(site_of(app).database) as session:
        alerts = session.exec(select(Event).where(Event.action == Action.ALERT)).all()
    assert [alert.subject for alert in alerts] == [f"person:{advocate.person.id}"]
    boss = browser(app, Role.COORDINATOR)
    assert advocate.person.name in boss.reads("/staff/")
