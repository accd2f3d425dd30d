"""The needs form and its answer, as a browser meets them."""

import re

import pytest
from flask.testing import FlaskClient

from tests.builders.chance import steady

SHELTER = {"need": "emergency_shelter", "place": "Wake"}


def test_the_empty_form_has_nothing_ticked_and_no_token(client: FlaskClient) -> None:
    html = client.get("/match").text
    assert not re.search(r'type="checkbox"[^>]* checked', html)
    assert "csrf" not in html.lower()


def test_an_address_cannot_tick_a_need(client: FlaskClient) -> None:
    html = client.get("/match?need=emergency_shelter&place=27601").text
    assert not re.search(r'type="checkbox"[^>]* checked', html)
    assert "27601" not in steady(html)


def test_needs_and_a_county_are_enough(client: FlaskClient) -> None:
    answer = client.post("/match", data=SHELTER)
    assert answer.status_code == 200
    assert "Call this one first" in answer.text
    assert re.search(r'href="tel:\+1\d{10}"', answer.text)
    assert "Ask whether there is room" in answer.text


def test_answers_stay_in_the_form_and_in_no_address(client: FlaskClient) -> None:
    sent = {
        **SHELTER,
        "urgency-emergency_shelter": "soon",
        "gender": "man",
        "age": "33",
    }
    html = client.post("/match", data=sent).text
    assert re.search(r'name="need" value="emergency_shelter"[^>]* checked', html)
    assert re.search(r'value="soon"[^>]* checked', html)
    assert re.search(r'name="gender" value="man"[^>]* checked', html)
    addresses = re.findall(r'(?:href|action)="([^"]*)"', html)
    assert not [a for a in addresses if re.search(r"gender|urgency|=33|emergency", a)]


def test_the_title_says_nothing_of_the_needs(client: FlaskClient) -> None:
    title = re.search(r"<title>(.*?)</title>", client.post("/match", data=SHELTER).text)
    assert title is not None
    assert title[1] == "Match – Services in North Carolina"


@pytest.mark.parametrize("said", [{"age": "16"}, {"age_band": "13_17"}])
def test_under_eighteen_the_duty_to_report_comes_first(
    client: FlaskClient, said: dict[str, str]
) -> None:
    html = client.post("/match", data={**SHELTER, **said}).text
    assert html.index("G.S. 7B-301") < html.index("Call ")
    assert "919-212-7990" in html


def test_an_adult_is_not_told_of_the_duty(client: FlaskClient) -> None:
    assert "7B-301" not in client.post("/match", data={**SHELTER, "age": "18"}).text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Tick at least one need."),
        ({"need": "a_pony"}, "Tick at least one need."),
        ({**SHELTER, "place": "Atlantis"}, "We do not know this place."),
        ({**SHELTER, "place": "27999999"}, "We do not know this place."),
        ({**SHELTER, "place": "27000"}, "We do not know this place."),
        ({**SHELTER, "age": "old"}, "Type the age as a number"),
        ({**SHELTER, "age": "-1"}, "Type the age as a number"),
        (
            {**SHELTER, "avoid": "Wake, Nowhere"},
            "We do not know one of these counties.",
        ),
        ({**SHELTER, "gender": "x" * 500}, "This answer cannot be used."),
        ({**SHELTER, "min_miles": "1e9"}, "This answer cannot be used."),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_is_kept(
    client: FlaskClient, sent: dict[str, str], words: str
) -> None:
    answer = client.post("/match", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    if sent.get("place") == "Wake":
        assert 'value="Wake"' in answer.text


@pytest.mark.parametrize("place", ["Raleigh", "wake county, nc", "27601", "27601-1234"])
def test_a_city_and_a_zip_stand_for_their_county(
    client: FlaskClient, place: str
) -> None:
    html = client.post("/match", data={**SHELTER, "place": place}).text
    assert "Serves Wake County" in html


def test_spanish_is_answered_in_spanish(client: FlaskClient) -> None:
    html = client.post("/es/match", data=SHELTER).text
    assert "Atiende el condado de Wake" in html
    assert 'action="/es/match"' in html


def test_prefer_not_to_say_is_the_same_as_leaving_it_out(client: FlaskClient) -> None:
    blank = {"gender": "", "age": "", "pets": "", "immigration": "", "income_band": ""}
    # Doors may open or close between two answers, but not each time.
    asked = (SHELTER, {**SHELTER, **blank}, SHELTER)
    before, answer, after = (client.post("/match", data=sent).text for sent in asked)
    assert answer in (before, after)
