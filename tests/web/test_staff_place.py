"""Places on the desk: hidden at once, shown with two people and a paper."""

import json

import pytest
from sqlmodel import select

from directory.accounts import Role
from directory.curation.history import EventDetail
from directory.curation.history.chain import first_broken
from directory.curation.proposals import Proposal, State
from directory.curation.records.subject import service_subject
from directory.database import reading, writing
from directory.hsds import Address, Location, Organization
from directory.mail import Letter, LetterKind
from directory.web.site import site_of
from tests.builders import changes
from tests.web.desk import Browser, Desk, browser, hidden_fields, words

PATH = "/staff/services/s/place"
PAPER = {"who": "Ann Lee, director", "when": "2 November 2026", "how": "by mail"}
STREET = {"address_1": "12 New Street", "city": "Raleigh", "postal_code": "27601"}


def send(who: Browser, visibility: str, /, **form: str):  # type: ignore[no-untyped-def] # noqa: ANN201 - a test response
    """Fill in the form of the place as it is now, and send it."""
    fields = hidden_fields(who.get(PATH).text)
    return who.post(PATH, **{**fields, "visibility": visibility, **form})


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
    # Even if somebody signed in long ago: to hide must never wait.
    tired = browser(desk.app, Role.COORDINATOR, age=11 * 60)
    answer = send(tired, visibility, county_fips="37063", **STREET)
    assert answer.status_code == 303
    assert "It is hidden now." in tired.reads(answer.location)
    assert streets(desk) == []
    found = place(desk)
    assert found.visibility == visibility
    assert (found.county_fips, found.region) == (county, region)
    assert found.latitude is None
    assert "Canary" not in kept(desk)
    assert "Canary" not in public(desk)


def test_the_page_warns_that_what_is_hidden_is_forgotten(desk: Desk) -> None:
    said = desk.ann.reads(PATH)
    assert "taken out for good: nobody can bring them back" in said
    assert "Shown now: The address – 4711 Canary Street, Raleigh, 27601" in said


def test_a_text_that_still_tells_is_named(desk: Desk) -> None:
    changes.ask_for(
        desk.engine, "service", "s", {"description": "Come to 4711 Canary Street."}
    )
    answer = send(desk.ann, "county")
    said = desk.ann.reads(answer.location)
    assert "These texts may still tell where it is." in said
    assert "Description: tells a street" in said


def test_a_form_that_is_sent_twice_hides_once(desk: Desk) -> None:
    form = {**hidden_fields(desk.ann.get(PATH).text), "visibility": "county"}
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
    changes.ask_for(desk.engine, "service", "s", {"alert": "Ring."})
    answer = desk.ann.post(PATH, **form)
    assert answer.status_code == 409
    assert "This was changed since you opened it." in words(answer.text)
    assert place(desk).visibility == "public"
    assert changes.dossier(desk.engine, service_subject("s")).main["alert"] == "Ring."
    with reading(desk.engine) as session:
        states = [row.state for row in session.exec(select(Proposal))]
    assert states == [State.PUBLISHED]
