"""Places on the desk: hidden after a second look, shown with two people and a paper."""

import json
import re

import pytest
from sqlmodel import select

from directory.accounts import Role
from directory.curation.history import EventDetail
from directory.curation.history.alerts import open_alerts
from directory.curation.history.chain import first_broken
from directory.curation.proposals import Proposal, State
from directory.curation.records.subject import service_subject
from directory.database import reading, writing
from directory.hsds import Address, Location, Organization, Service, Visibility
from directory.mail import Letter, LetterKind
from directory.web.site import site_of
from tests.builders import changes
from tests.builders.changes import COORDINATOR as STAFF
from tests.builders.scenes import stage
from tests.web.desk import Browser, Desk, browser, hidden_fields, words

PATH = "/staff/services/s/place"
PAPER = {"who": "Ann Lee, director", "when": "2 November 2026", "how": "by mail"}
STREET = {"address_1": "12 New Street", "city": "Raleigh", "postal_code": "27601"}


SURE = {"why": "They asked us to.", "sure": "yes"}


def send(who: Browser, visibility: str, /, **form: str):  # type: ignore[no-untyped-def] # noqa: ANN201 - a test response
    """Fill in the form of the place as it is now, and send it, sure of it."""
    fields = hidden_fields(who.get(PATH).text)
    return who.post(PATH, **{**fields, "visibility": visibility, **SURE, **form})


def place(desk: Desk) -> Location:
    with reading(desk.engine) as session:
        return session.get_one(Location, "s-0")


def streets(desk: Desk) -> list[str | None]:
    with reading(desk.engine) as session:
        return [row.address_1 for row in session.exec(select(Address))]


def kept(desk: Desk) -> str:
    """Return all that is kept of changes."""
    with reading(desk.engine) as session:
        assert first_broken(session) is None
        details = [row.text for row in session.exec(select(EventDetail))]
        asked = [row.model_dump(mode="json") for row in session.exec(select(Proposal))]
    return json.dumps([details, asked])


def public(desk: Desk) -> str:
    """Return all that everybody may know of the service, its pages included."""
    listing = site_of(desk.app).snapshot().listings.get("s")
    return f"{listing} {desk.app.test_client().get('/services/s').text}"


@pytest.mark.parametrize(
    ("visibility", "county", "region"),
    [
        ("county", "37183", "Piedmont"),
        ("region", None, "Piedmont"),
        ("statewide", None, None),
        ("network", None, None),
    ],
)
def test_a_place_is_hidden_at_once_and_for_good(
    desk: Desk, visibility: str, county: str | None, region: str | None
) -> None:
    assert "4711 Canary Street" in public(desk)
    answer = send(desk.ann, visibility, county_fips="37063", **STREET)
    assert answer.status_code == 303
    assert "It is hidden now." in desk.ann.reads(answer.location)
    assert streets(desk) == []
    found = place(desk)
    assert found.visibility == visibility
    assert (found.county_fips, found.region) == (county, region)
    assert found.latitude is None
    assert "Canary" not in kept(desk)
    assert "Canary" not in public(desk)


def test_what_would_be_erased_is_shown_first(desk: Desk) -> None:
    answer = send(desk.ann, "county", sure="")
    assert answer.status_code == 200
    said = words(answer.text)
    assert "This is gone for good once you hide it" in said
    for told in ("Street 4711 Canary Street", "City Raleigh", "ZIP code 27601"):
        assert told in said
    assert "Still shown Only the county Why They asked us to." in said
    assert streets(desk) == ["4711 Canary Street"]
    # One button more, with what that page has, and it is done.
    start = answer.text.index('aria-labelledby="erase"')
    form = answer.text[start : answer.text.index("</section>", start)]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert desk.ann.post(PATH, **sent).status_code == 303
    assert streets(desk) == []
    assert "They asked us to." in kept(desk)


@pytest.mark.parametrize("why", ["", "  "])
def test_to_hide_takes_a_reason(desk: Desk, why: str) -> None:
    answer = send(desk.ann, "county", why=why)
    assert answer.status_code == 422
    assert "Say why it must be hidden." in words(answer.text)
    assert streets(desk) == ["4711 Canary Street"]


def test_to_hide_takes_a_fresh_sign_in_and_nothing_typed_is_lost(desk: Desk) -> None:
    tired = browser(desk.app, Role.COORDINATOR, age=11 * 60)
    for sure in ("", "yes"):
        answer = send(tired, "county", sure=sure)
        assert answer.status_code == 401
        assert "Show who you are, in a new tab" in words(answer.text)
        assert 'name="why" value="They asked us to."' in answer.text
        assert 'name="visibility" value="county"' in answer.text
    assert streets(desk) == ["4711 Canary Street"]


def test_an_old_form_is_told_before_anything_is_shown_as_gone(desk: Desk) -> None:
    form = {**hidden_fields(desk.ann.get(PATH).text), "visibility": "county", **SURE}
    changes.ask_for(desk.engine, "service", "s", {"hours_note": "Ring."}, by=STAFF)
    answer = desk.ann.post(PATH, **{**form, "sure": ""})
    assert answer.status_code == 409
    assert "This is gone for good" not in words(answer.text)


def test_the_form_of_the_listing_hides_no_place_for_staff(desk: Desk) -> None:
    path = "/staff/services/s/edit"
    html = desk.ann.get(path).text
    assert 'name="place-' not in html
    assert f'href="{PATH}"' in html
    form = {**hidden_fields(html), "place-s-0": "county"}
    assert desk.ann.post(path, **form).status_code == 400
    assert streets(desk) == ["4711 Canary Street"]


def hide_others(desk: Desk, number: int) -> None:
    """Hide some places of as many other services."""
    for n in range(number):
        scene = stage(desk.engine, Visibility.PUBLIC, name=f"other{n}")
        path = f"/staff/services/{scene.service.id}/place"
        form = hidden_fields(desk.ann.get(path).text)
        done = desk.ann.post(path, **{**form, "visibility": "county", **SURE})
        assert done.status_code == 303


def test_whoever_hides_many_places_is_told_of_to_somebody_else(desk: Desk) -> None:
    hidden(desk)
    hide_others(desk, 1)
    assert "places hidden within" not in desk.bea.reads("/staff/")
    hide_others_named = f"{desk.ann.person.name} (staff) had 3 places hidden"
    scene = stage(desk.engine, Visibility.PUBLIC, name="third")
    path = f"/staff/services/{scene.service.id}/place"
    form = hidden_fields(desk.ann.get(path).text)
    desk.ann.post(path, **{**form, "visibility": "network", **SURE})
    said = desk.bea.reads("/staff/")
    assert f"{hide_others_named} within 60 minutes" in said
    with reading(desk.engine) as session:
        (alert,) = open_alerts(session)
    away = f"/staff/alerts/{alert.seq}"
    assert desk.ann.post(away, why="It was me.").status_code == 403
    assert desk.bea.post(away, why="A shelter moved.").status_code == 303
    assert "places hidden within" not in desk.bea.reads("/staff/")


def test_the_page_warns_that_what_is_hidden_is_forgotten(desk: Desk) -> None:
    said = desk.ann.reads(PATH)
    assert "taken out for good: nobody can bring them back" in said
    assert "Shown now: The address – 4711 Canary Street, Raleigh, 27601" in said


def test_a_text_that_still_tells_is_named(desk: Desk) -> None:
    with writing(desk.engine) as session:
        told = "Come to 4711 Canary Street."
        session.get_one(Service, "s").description = told
    answer = send(desk.ann, "county")
    said = desk.ann.reads(answer.location)
    assert "These texts may still tell where it is." in said
    assert "Description: tells a street" in said


def test_a_form_that_is_sent_twice_hides_once(desk: Desk) -> None:
    form = {**hidden_fields(desk.ann.get(PATH).text), "visibility": "county", **SURE}
    for _ in range(2):
        assert desk.ann.post(PATH, **form).status_code == 303
    with reading(desk.engine) as session:
        assert len(session.exec(select(Proposal)).all()) == 1


def hidden(desk: Desk) -> None:
    assert send(desk.ann, "county").status_code == 303


def test_to_show_more_takes_the_paper_and_the_address(desk: Desk) -> None:
    hidden(desk)
    for form, expected in (
        ({**PAPER}, "Type the address, at least the city."),
        ({**STREET}, "To show more takes the provider’s written permission"),
        ({**STREET, **PAPER, "how": " "}, "To show more takes the provider’s"),
        ({**STREET, **PAPER, "postal_code": "1"}, "A ZIP code has five digits."),
    ):
        answer = send(desk.ann, "public", county_fips="37183", **form)
        assert answer.status_code == 422, form
        assert expected in words(answer.text)
        # Nothing that was typed is lost.
        assert all(
            f'value="{text}"' in answer.text for text in form.values() if text.strip()
        )
    assert send(desk.ann, "").status_code == 422
    assert send(desk.ann, "county", county_fips="37183").status_code == 422
    assert send(desk.ann, "public", place="nobody").status_code == 404
    assert place(desk).visibility == "county"
    assert streets(desk) == []


def test_to_show_more_takes_a_fresh_sign_in_and_another_coordinator(
    desk: Desk,
) -> None:
    hidden(desk)
    form = {**STREET, **PAPER, "county_fips": "37183"}
    tired = browser(desk.app, Role.COORDINATOR, age=11 * 60)
    answer = send(tired, "public", **form)
    assert answer.status_code == 401
    assert 'value="12 New Street"' in answer.text
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = "house@example.org"
    answer = send(desk.ann, "public", **form)
    assert answer.status_code == 303
    path = answer.location
    said = desk.ann.reads(path)
    assert "Ann Lee, director, 2 November 2026, by mail" in said
    assert "another coordinator has to agree" in said
    with reading(desk.engine) as session:
        (letter,) = session.exec(select(Letter)).all()
    assert letter.kind is LetterKind.NOTICE
    assert "New Street" not in letter.text
    assert place(desk).visibility == "county"
    assert "12 New Street" not in public(desk)
    assert desk.ann.post(f"{path}/approve").status_code == 403
    assert desk.bea.post(f"{path}/approve").status_code == 303
    assert "12 New Street" in public(desk)
    # And there is no way around it by undoing.
    assert send(desk.ann, "region").status_code == 303
    assert "New Street" not in kept(desk)


def test_what_was_refused_is_not_kept(desk: Desk) -> None:
    hidden(desk)
    path = send(desk.ann, "public", county_fips="37183", **STREET, **PAPER).location
    desk.bea.post(f"{path}/refuse", reason="The paper is too old.")
    assert "12 New Street" not in kept(desk)
    assert "(taken out, since the place is hidden)" in desk.bea.reads(path)


def test_a_county_can_be_shown_without_an_address(desk: Desk) -> None:
    assert send(desk.ann, "statewide").status_code == 303
    answer = send(
        desk.ann, "county", county_fips="37183", region="Coastal Plain", **PAPER
    )
    assert answer.status_code == 303
    desk.bea.post(f"{answer.location}/approve")
    found = place(desk)
    # The region is that of the county, whatever was chosen.
    assert (found.county_fips, found.region) == ("37183", "Piedmont")
    assert streets(desk) == []


def test_another_street_of_a_public_place_waits_for_a_second_person(
    desk: Desk,
) -> None:
    form = {"county_fips": "37183", **STREET}
    answer = send(desk.ann, "public", **form)
    assert answer.status_code == 303
    assert streets(desk) == ["4711 Canary Street"]
    desk.bea.post(f"{answer.location}/approve")
    assert streets(desk) == ["12 New Street"]


def test_an_old_form_shows_nothing_and_hides_nothing(desk: Desk) -> None:
    form = {**hidden_fields(desk.ann.get(PATH).text), "visibility": "county"}
    changes.ask_for(desk.engine, "service", "s", {"hours_note": "Ring."})
    answer = desk.ann.post(PATH, **form)
    assert answer.status_code == 409
    assert "This was changed since you opened it." in words(answer.text)
    assert place(desk).visibility == "public"
    assert (
        changes.dossier(desk.engine, service_subject("s")).main["hours_note"] == "Ring."
    )
    with reading(desk.engine) as session:
        states = [row.state for row in session.exec(select(Proposal))]
    assert states == [State.PUBLISHED]
