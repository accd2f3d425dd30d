"""Providers correct their listings: signed in, or by the link of a letter."""

import datetime as dt
import hashlib
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.history.alerts import open_alerts
from directory.curation.history.chain import first_broken
from directory.curation.links import Link, close
from directory.curation.proposals import Risk, State
from directory.database import reading, writing
from directory.hsds import Organization, Schedule, Service, Visibility
from directory.hsds.location import Location
from directory.mail import Letter
from directory.web.site import site_of
from tests.builders import people
from tests.builders.chance import steady
from tests.builders.changes import COORDINATOR, ask_for
from tests.builders.forms import Filled, correct, filled, typed
from tests.builders.portal import (
    MAIL,
    NEW_NUMBER,
    STREET,
    events,
    harbor,
    history,
    letter,
    number_of,
    proposals,
)
from tests.builders.site import served_on

NUMBER = "phone__p-s__number"
NEW = "+19195152011"


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    """Serve one organization that keeps its listing."""
    harbor(sqlite)
    with served_on(sqlite, tmp_path, limits=False) as served:
        yield served


@pytest.fixture
def link(app: Flask, sqlite: Engine) -> str:  # noqa: ARG001 - the organization is there
    """Return the path that the letter to the organization opens."""
    return letter(sqlite)


def signed_in(
    app: Flask, organization: str = "o-s", *, age: float = 0
) -> tuple[FlaskClient, str]:
    """Return a browser of a provider of an organization, and the token of its forms."""
    engine = site_of(app).database
    who = people.person(engine, organization=organization)
    return people.signed_in_client(app, who, age=age)


def test_hours_are_public_at_once(app: Flask, sqlite: Engine, link: str) -> None:
    client = app.test_client()
    page = f"{link}/services/s"
    sent = correct(client, page, hours__MO__1__opens="10", hours__MO__1__closes="6")
    assert sent.status_code == 303
    told = client.get(sent.location)
    assert "It is public now." in told.text
    assert "10:00" in told.text
    public = app.test_client().get("/services/s").text
    assert "10:00 AM to 6:00 PM" in public.replace("\u202f", " ")
    [proposal] = proposals(sqlite)
    assert (proposal.risk, proposal.state) == (Risk.LOW, State.PUBLISHED)
    assert proposal.actor == "contact:o-s"
    assert "Set-Cookie" not in sent.headers


def test_pages_say_that_the_provider_said_so(app: Flask, link: str) -> None:
    years = [site_of(app).now().year]
    correct(app.test_client(), f"{link}/services/s", hours_note="New door")
    _, told, rest = (
        app.test_client().get("/services/s").text.partition("From the provider, ")
    )
    assert told
    years.append(site_of(app).now().year)
    assert any(str(year) in rest[:20] for year in years)


def test_a_number_waits_and_the_old_contact_is_told(
    app: Flask, sqlite: Engine, link: str
) -> None:
    client = app.test_client()
    sent = correct(client, f"{link}/services/s", **{NUMBER: NEW_NUMBER})
    told = client.get(sent.location).text
    assert "Waiting for review." in told
    assert NEW_NUMBER in told
    public = app.test_client().get("/services/s").text
    assert NEW_NUMBER not in public
    assert "919-828-7740" in public
    with reading(sqlite) as session:
        [notice] = session.exec(select(Letter)).all()
    assert notice.to_address == MAIL
    assert "515" not in steady(notice.text)


def test_what_waits_can_be_taken_back_once(
    app: Flask, sqlite: Engine, link: str
) -> None:
    client = app.test_client()
    path = correct(client, f"{link}/services/s", **{NUMBER: NEW_NUMBER}).location
    assert client.post(path).status_code == 303
    assert "You took it back." in client.get(path).text
    assert client.post(path).status_code == 303
    assert [p.state for p in proposals(sqlite)] == [State.WITHDRAWN]


def test_what_was_answered_cannot_be_taken_back(app: Flask, link: str) -> None:
    client = app.test_client()
    path = correct(client, f"{link}/services/s", hours_note="New door").location
    answer = client.post(path)
    assert answer.status_code == 409
    assert "answered before you took it back" in answer.text


def test_who_signed_in_sees_what_is_due_and_what_waits(app: Flask) -> None:
    client, token = signed_in(app)
    page = client.get("/portal/")
    assert page.status_code == 200
    assert "Day help s" in page.text
    assert "Never confirmed." in page.text
    correct(client, "/portal/services/s", csrf_token=token, **{NUMBER: NEW_NUMBER})
    assert "Waiting" in client.get("/portal/").text
    assert client.get("/es/portal/").status_code == 200


def test_an_organization_is_corrected_by_both_ways(
    app: Flask, sqlite: Engine, link: str
) -> None:
    correct(app.test_client(), f"{link}/organization", description="Told by letter.")
    client, token = signed_in(app)
    correct(
        client,
        "/portal/organizations/o-s",
        csrf_token=token,
        alternate_name="The Harbor",
    )
    with reading(sqlite) as session:
        held = session.get_one(Organization, "o-s")
    assert (held.description, held.alternate_name, held.source) == (
        "Told by letter.",
        "The Harbor",
        "provider",
    )
    kinds = [p.actor.partition(":")[0] for p in proposals(sqlite)]
    assert sorted(kinds) == ["contact", "provider"]


def test_nothing_changed_is_said(app: Flask, sqlite: Engine, link: str) -> None:
    answer = correct(app.test_client(), f"{link}/services/s")
    assert answer.status_code == 200
    assert "Nothing was changed" in answer.text
    assert proposals(sqlite) == []


def test_a_form_with_mistakes_comes_back_with_all_that_was_typed(
    app: Flask, sqlite: Engine, link: str
) -> None:
    answer = correct(
        app.test_client(),
        f"{link}/services/s",
        hours__MO__1__opens="soon",
        alert="New door",
        why="We moved",
        term=["", "clothing"],
        url="no link",
    )
    assert answer.status_code == 422
    form = filled(answer.text)
    assert form["hours-MO-1-opens"] == ["soon"]
    assert form["alert"] == ["New door"]
    assert form["why"] == ["We moved"]
    assert form["term"] == ["", "clothing"]
    assert form["url"] == ["no link"]
    assert 'role="alert"' in answer.text
    for field in ("hours-MO-1-opens", "url"):
        assert f'href="#{field}"' in answer.text
        assert f'id="problem-{field}"' in answer.text
        assert f'aria-describedby="problem-{field}"' in answer.text
    assert proposals(sqlite) == []


def test_what_the_checks_find_is_said_where_it_stands(app: Flask, link: str) -> None:
    answer = correct(app.test_client(), f"{link}/services/s", alert="TBD (to check)")
    assert answer.status_code == 422
    assert 'id="problem-alert"' in answer.text


@pytest.mark.parametrize("way", ["signed in", "link"])
def test_fields_that_the_form_does_not_have_change_nothing(
    app: Flask, sqlite: Engine, link: str, way: str
) -> None:
    client, token = signed_in(app) if way == "signed in" else (app.test_client(), "")
    page = "/portal/services/s" if way == "signed in" else f"{link}/services/s"
    sneaked = {
        "organization_id": "o-t",
        "org_id": "o-t",
        "verified": "2030-01-01",
        "visibility": "public",
        "l-s": "public",
        "location-l-s-visibility": "network",
        "role": "referral",
        "focus": "trafficking",
        "source": "https://evil.example",
        "evidence": "C",
        "state": "published",
        "risk": "low",
        "is_admin": "yes",
        "actor": "staff:c1",
        "p-t-number": NEW_NUMBER,
        "phone-p-t-number": NEW_NUMBER,
        "history": "x",
    }
    harbor(sqlite, "t")
    answer = correct(client, page, csrf_token=token, **sneaked)
    assert "Nothing was changed" in answer.text
    with reading(sqlite) as session:
        service = session.get_one(Service, "s")
        assert (service.organization_id, service.role) == ("o-s", "provision")
    assert number_of(sqlite, "t") == "+19198287740"


def test_the_version_of_another_listing_is_a_conflict(
    app: Flask, sqlite: Engine, link: str
) -> None:
    client = app.test_client()
    other = filled(client.get(f"{link}/organization").text)["version"]
    answer = correct(client, f"{link}/services/s", alert="New door", version=other)
    assert answer.status_code == 409
    assert proposals(sqlite) == []


def test_the_second_editor_gets_both_versions_and_loses_nothing(
    app: Flask, sqlite: Engine, link: str
) -> None:
    client = app.test_client()
    page = f"{link}/services/s"
    mine = filled(client.get(page).text)
    theirs = {"hours_note": "Call first", "length_of_stay": "A month"}
    ask_for(sqlite, "service", "s", theirs, by=COORDINATOR, subject=None)
    typed_ = typed(mine, hours_note="Use the back door", cost="free")
    answer = client.post(page, data=typed_)
    assert answer.status_code == 409
    assert "Changed by a coordinator" in answer.text
    for words in ("Call first", "Use the back door", "It is now", "You typed"):
        assert words in answer.text
    again = filled(answer.text)
    assert again["hours_note"] == ["Use the back door"]
    assert again["cost"] == ["free"]
    # What I did not touch is theirs: nobody's change is undone by an old form.
    assert again["length_of_stay"] == ["A month"]
    assert again["version"] != mine["version"]
    assert client.post(page, data=again).status_code == 303
    with reading(sqlite) as session:
        service = session.get_one(Service, "s")
    assert service.hours_note == "Use the back door"
    assert service.length_of_stay == "A month"


def test_a_conflict_with_a_load_keeps_all_that_was_typed(
    app: Flask, sqlite: Engine, link: str
) -> None:
    client = app.test_client()
    page = f"{link}/services/s"
    mine = filled(client.get(page).text)
    with writing(sqlite) as session:
        session.get_one(Service, "s").alert = "Loaded"
    answer = client.post(page, data=typed(mine, hours_note="Ring twice"))
    assert answer.status_code == 409
    assert "Loaded" in answer.text
    again = filled(answer.text)
    assert again["hours_note"] == ["Ring twice"]


def test_ten_forms_at_once_have_one_effect(engine: Engine, tmp_path: Path) -> None:
    harbor(engine)
    with served_on(engine, tmp_path, limits=False) as app:
        page = f"{letter(engine)}/services/s"
        form = typed(filled(app.test_client().get(page).text), **{NUMBER: NEW_NUMBER})
        before = events(engine)
        with ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(lambda _n: _post(app, page, form), range(10)))
        assert {status for status, _path in answers} == {303}
        assert len({path for _status, path in answers}) == 1
        assert len(proposals(engine)) == 1
        assert events(engine) == before + 1
        with reading(engine) as session:
            assert len(session.exec(select(Letter)).all()) == 1


def _post(app: Flask, page: str, form: Filled) -> tuple[int, str]:
    answer = app.test_client().post(page, data=form)
    return answer.status_code, answer.location


def test_what_could_do_harm_asks_again_who_one_is(app: Flask, sqlite: Engine) -> None:
    client, token = signed_in(app, age=3600)
    page = "/portal/services/s"
    kept = {NUMBER: NEW_NUMBER, "alert": "New number"}
    answer = correct(client, page, csrf_token=token, **kept)
    assert answer.status_code == 401
    assert 'href="/account/verify" target="_blank"' in answer.text
    form = filled(answer.text)
    assert (form["phone-p-s-number"], form["alert"]) == ([NEW_NUMBER], ["New number"])
    assert proposals(sqlite) == []
    # A correction that does no harm needs no proof.
    sent = correct(client, page, csrf_token=token, alert="Ring twice")
    assert sent.status_code == 303


def test_a_form_of_somebody_signed_in_needs_its_token(app: Flask) -> None:
    client, _token = signed_in(app)
    form = filled(client.get("/portal/services/s").text)
    del form["csrf_token"]
    assert client.post("/portal/services/s", data=form).status_code == 400


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_another_ones_and_an_absent_listing_are_answered_alike(
    app: Flask, sqlite: Engine, prefix: str
) -> None:
    harbor(sqlite, "elsewhere")
    page = f"{letter(sqlite, 'elsewhere')}/services/elsewhere"
    sent = correct(app.test_client(), page, hours_note="Mine")
    theirs = sent.location.rpartition("/")[2]
    client, token = signed_in(app)
    link = letter(sqlite)
    tried = [
        ("/portal/services/", "elsewhere", "absent"),
        ("/portal/organizations/", "o-elsewhere", "absent"),
        ("/portal/proposals/", theirs, "absent"),
        (f"{link}/services/", "elsewhere", "absent"),
        (f"{link}/proposals/", theirs, "absent"),
    ]
    for base, other, absent in tried:
        for method in ("GET", "POST"):
            answers = [
                client.open(
                    f"{prefix}{base}{name}", method=method, data={"csrf_token": token}
                )
                for name in (other, absent)
            ]
            assert {a.status_code for a in answers} == {404}, base
            bodies = [a.text.replace(other, "").replace(absent, "") for a in answers]
            assert bodies[0] == bodies[1], base
    assert [p.state for p in proposals(sqlite)] == [State.PUBLISHED]


def test_what_staff_ask_for_is_not_shown_to_providers(
    app: Flask, sqlite: Engine
) -> None:
    staffs = ask_for(sqlite, "phone", "p-s", {"number": NEW}, by=COORDINATOR)
    client, _token = signed_in(app)
    assert client.get(f"/portal/proposals/{staffs.id}").status_code == 404


def test_another_person_of_the_organization_sees_it_and_cannot_take_it_back(
    app: Flask, link: str
) -> None:
    sent = correct(app.test_client(), f"{link}/services/s", **{NUMBER: NEW_NUMBER})
    proposal_id = sent.location.rpartition("/")[2]
    client, token = signed_in(app)
    path = f"/portal/proposals/{proposal_id}"
    page = client.get(path)
    assert page.status_code == 200
    assert "Take this back" not in page.text
    assert client.post(path, data={"csrf_token": token}).status_code == 404


def test_a_link_that_opens_nothing_is_one_page_for_all(
    app: Flask, sqlite: Engine, link: str
) -> None:
    old, used = letter(sqlite), letter(sqlite)
    now = site_of(app).now()
    with writing(sqlite) as session:
        for path, change in ((old, "old"), (used, "used")):
            one = session.get_one(Link, _digest(path))
            if change == "old":
                one.expires_at = now - dt.timedelta(days=1)
            else:
                close(one, now=now)
    client = app.test_client()
    paths = [f"{base}/services/s" for base in (old, used, "/portal/confirm/nothing")]
    answers = [client.open(p, method=m) for p in paths for m in ("GET", "POST")]
    assert {a.status_code for a in answers} == {410}
    sent = [path for path in paths for _method in ("GET", "POST")]
    bodies = {a.text.replace(p, "") for p, a in zip(sent, answers, strict=True)}
    assert len(bodies) == 1
    assert client.get(f"{link}/services/s").status_code == 200


def _digest(path: str) -> str:
    return hashlib.sha256(path.rpartition("/")[2].encode()).hexdigest()


def test_to_open_a_form_changes_nothing_and_to_send_it_begins_a_sitting(
    app: Flask, sqlite: Engine, link: str
) -> None:
    client = app.test_client()
    client.get(f"{link}/services/s")
    with reading(sqlite) as session:
        assert session.get_one(Link, _digest(link)).used_at is None
    correct(client, f"{link}/services/s", alert="New door")
    with reading(sqlite) as session:
        assert session.get_one(Link, _digest(link)).used_at is not None
    # The letter is not answered by a correction: the rest can still be confirmed.
    assert client.get(f"{link}/services/s").status_code == 200


def test_to_hide_a_place_takes_its_street_from_everywhere(
    app: Flask, sqlite: Engine, link: str
) -> None:
    client = app.test_client()
    page = f"{link}/services/s"
    # Somebody told the street before, in a change that is public and one that waits.
    correct(client, page, alert=f"We moved to {STREET}")
    correct(client, page, alert="", name=f"Help at {STREET}")
    sent = correct(client, page, place__l__s="county", alert="")
    # The text that told the street is gone as well, and was not what had to wait.
    assert sent.status_code == 303
    with reading(sqlite) as session:
        place = session.get_one(Location, "l-s")
        assert (place.visibility, place.latitude) == (Visibility.COUNTY, None)
        assert first_broken(session) is None
    every = [history(sqlite), *(p.patch + p.why for p in proposals(sqlite))]
    assert not [text for text in every if "canary" in text.casefold()]
    for path in ("/services/s", "/organizations/o-s", "/search?q=day", page):
        assert "Canary" not in app.test_client().get(path).text, path
    shown = client.get(sent.location)
    assert shown.status_code == 200
    assert "Canary" not in shown.text


def test_to_hide_a_place_does_not_wait_for_a_mistake_elsewhere_to_be_mended(
    app: Flask, sqlite: Engine
) -> None:
    client, token = signed_in(app, age=3600)
    page = "/portal/services/s"
    answer = correct(
        client, page, csrf_token=token, place__l__s="county", **{NUMBER: NEW_NUMBER}
    )
    assert answer.status_code == 401
    assert "The address is hidden now." in answer.text
    assert filled(answer.text)["phone-p-s-number"] == [NEW_NUMBER]
    assert STREET not in app.test_client().get("/services/s").text
    assert [p.risk for p in proposals(sqlite)] == [Risk.LOW]


def test_a_provider_cannot_take_a_listing_from_the_public_by_hiding_it(
    app: Flask, sqlite: Engine, link: str
) -> None:
    page = f"{link}/services/s"
    answer = correct(app.test_client(), page, place__l__s="network")
    assert answer.status_code == 422
    assert app.test_client().get("/services/s").status_code == 200
    assert proposals(sqlite) == []


def test_the_contact_and_the_desk_are_told_that_a_place_was_hidden(
    app: Flask, sqlite: Engine, link: str
) -> None:
    page = f"{link}/services/s"
    correct(app.test_client(), page, place__l__s="county")
    with reading(sqlite) as session:
        [letter] = session.exec(select(Letter)).all()
        [alert] = open_alerts(session)
        assert (letter.to_address, STREET in letter.text) == (MAIL, False)
        assert (alert.subject, alert.told.facts) == ("service:s", {"hidden": True})


def test_no_form_shows_more_of_a_place(app: Flask, sqlite: Engine, link: str) -> None:
    client = app.test_client()
    page = f"{link}/services/s"
    correct(client, page, place__l__s="county")
    assert 'value="public"' not in client.get(page).text
    answer = correct(client, page, place__l__s="public")
    assert answer.status_code == 422
    with reading(sqlite) as session:
        assert session.get_one(Location, "l-s").visibility is Visibility.COUNTY


def test_a_form_sent_twice_that_hides_has_one_effect(
    app: Flask, sqlite: Engine, link: str
) -> None:
    client = app.test_client()
    page = f"{link}/services/s"
    form = typed(
        filled(client.get(page).text), place__l__s="county", **{NUMBER: NEW_NUMBER}
    )
    first, second = (client.post(page, data=form) for _n in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert len(proposals(sqlite)) == 2
    shown = client.get(first.location).text
    assert "It is public now." in shown
    assert "Waiting for review." in shown


def test_texts_that_still_tell_where_a_hidden_place_is_are_named(
    app: Flask, sqlite: Engine, link: str
) -> None:
    with writing(sqlite) as session:
        session.get_one(Service, "s").hours_note = "At 12 Elm Street from nine on"
    sent = correct(app.test_client(), f"{link}/services/s", place__l__s="region")
    assert (
        "These texts may still tell where it is"
        in app.test_client().get(sent.location).text
    )


def test_the_row_of_hours_keeps_its_note(app: Flask, sqlite: Engine, link: str) -> None:
    with writing(sqlite) as session:
        session.get_one(Schedule, "h-s").description = "Office"
    correct(
        app.test_client(),
        f"{link}/services/s",
        **{f"hours__{day}__1__opens": "8" for day in ("MO", "TU")},
    )
    with reading(sqlite) as session:
        [row] = session.exec(select(Schedule)).all()
    assert (row.opens_at, row.description) == ("08:00", "Office")


def test_long_and_many_values_are_cut_and_nothing_fails(app: Flask, link: str) -> None:
    answer = correct(
        app.test_client(),
        f"{link}/services/s",
        description="x" * 100_000,
        term=["food"] * 5_000,
        once="k" * 500,
        why="w" * 5_000,
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("page", ["services/s", "organization"])
def test_pages_are_in_spanish_too(app: Flask, link: str, page: str) -> None:
    shown = app.test_client().get(f"/es{link}/{page}")
    assert shown.status_code == 200
    assert 'lang="es"' in shown.text
    # Without an address of its own a form goes back to the page that it stands on.
    form = shown.text.partition('<form id="form"')[2].partition(">")[0]
    assert form
    assert "action=" not in form
