"""The search page: what is understood, what is wrong with an address, filters."""

import re

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("page=1000000000", "There is no page 1000000000"),
        ("page=0", "The page must be a number"),
        ("page=-3", "The page must be a number"),
        ("page=two", "The page must be a number"),
        ("q=%ff%fe", "Some letters of the address could not be read"),
        ("service=a_pony", "“a_pony” is no choice"),
        ("delivery=owl", "“owl” is no choice"),
        ("cost=%00", "is no choice"),
        ("eligibility=rich", "“rich” is no choice"),
    ],
)
def test_what_makes_no_sense_is_named(
    client: FlaskClient, query: str, words: str
) -> None:
    answer = client.get(
        f"/search?q=food&{query}" if "q=" not in query else f"/search?{query}"
    )
    assert answer.status_code == 400
    assert words in answer.text


def test_an_unknown_place_keeps_what_was_typed_and_says_so(client: FlaskClient) -> None:
    answer = client.get("/search?q=shelter&near=Xanadu")
    assert answer.status_code == 200
    assert "We do not know the place “Xanadu”" in answer.text
    assert 'value="shelter"' in answer.text
    assert 'value="Xanadu"' in answer.text


def test_what_was_understood_can_be_taken_back(client: FlaskClient) -> None:
    html = client.get("/search?q=shelter&near=durham&language=es").text
    chips = html[html.index('class="chips"') :]
    chips = chips[: chips.index("</ul>")]
    assert chips.count("<a ") == 3
    assert "Durham County" in chips


def test_filters_count_and_lead_to_what_they_count(client: FlaskClient) -> None:
    html = client.get("/search?q=legal").text
    found = re.search(
        r'name="language" value="es">\s*<span>[^<]*</span>\s*<span class="small">(\d+)',
        html,
    )
    assert found is not None
    filtered = client.get("/search?q=legal&language=es").text
    assert re.search(rf"<strong>{found[1]} services?</strong>", filtered)


def test_nothing_found_leads_on_and_names_the_hotline(client: FlaskClient) -> None:
    html = client.get("/search?q=shelter&county=Graham&cost=insurance&language=vi").text
    assert "We have nothing on record for all of this." in html
    assert "888-373-7888" in html
    links = re.findall(r'<li><a href="(/search[^"]*)">Without', html)
    assert links
    for link in links:
        assert ">0 services<" not in client.get(link.replace("&amp;", "&")).text


def test_pages_together_hold_every_hit_once(client: FlaskClient) -> None:
    total, seen, page = None, [], 1
    while True:
        html = client.get(f"/search?q=food&page={page}").text
        found = re.search(r"<strong>(\d+) services</strong>", html)
        assert found is not None
        total = int(found[1])
        seen += re.findall(r'<h3><a href="/services/([^"]+)"', html)
        if f"page={page + 1}" not in html:
            break
        page += 1
    assert len(seen) == len(set(seen)) == total


def test_hostile_words_are_shown_as_text(client: FlaskClient) -> None:
    html = client.get("/search?q=<script>alert(1)</script>&near=%22><img>").text
    assert "<script>alert" not in html
    assert "<img>" not in html
