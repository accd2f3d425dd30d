"""The search page: what is understood, what is wrong with an address, filters."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import quote_from_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.settings import Settings
from directory.web.app import create_app


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


def visible(html: str) -> str:
    """Return the text of a page without its tags, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_a_region_is_named_in_the_language_of_the_page(client: FlaskClient) -> None:
    english = visible(client.get("/search?q=shelter+in+the+mountains").text)
    assert "Serve the Mountains" in english
    assert "it serves part of the region" in english
    spanish = visible(client.get("/es/search?q=albergue&near=el+Triángulo").text)
    assert "el Triángulo (Wake, Durham y Orange)" in spanish


def test_what_is_set_first_says_so(client: FlaskClient) -> None:
    english = visible(client.get("/search?q=victim+compensation&near=Raleigh").text)
    assert "Best match" in english
    assert "placed first: the official state program" in english
    spanish = visible(client.get("/es/search?q=compensación").text)
    assert "el programa oficial del estado" in spanish


def test_a_place_without_any_is_widened_and_says_so(client: FlaskClient) -> None:
    html = client.get("/search?service=dental&near=Dare+County").text
    words = visible(html)
    assert "Nothing on record reaches Dare County." in words
    assert "Elsewhere in North Carolina" in words
    assert "it is elsewhere: ask whom it takes" in words
    (notice,) = re.findall(r"For Dare County, this would find something:", words)
    links = re.findall(r'<li><a href="(/search[^"]*)">Without', html)
    assert notice
    assert links
    for link in links:
        found = visible(client.get(unescape(link)).text)
        assert "Nothing on record reaches" not in found


def test_words_that_not_all_have_are_named(client: FlaskClient) -> None:
    words = visible(client.get("/search?q=shelter+zyzzyva+durham").text)
    assert "Not all of these mention: “zyzzyva”." in words


def test_a_quotation_is_shown_and_can_be_let_go(client: FlaskClient) -> None:
    html = client.get('/search?q="house+safe"').text
    assert "We have nothing on record" in html
    (link,) = re.findall(r'<li><a href="(/search[^"]*)">Without the quotation', html)
    assert ">0 services<" not in client.get(unescape(link)).text


@pytest.mark.parametrize(
    ("query", "chip"),
    [
        ("language=es&language_by=staff", "Staff speak it"),
        ("accessibility=deaf", "TTY, relay or sign language"),
        ("verified=12", "Confirmed: within 12 months"),
        ("verified=1", "Confirmed: at any time"),
        ("cost=free", "Free"),
        ("delivery=phone", "By phone"),
    ],
)
def test_each_filter_is_shown_and_can_be_undone(
    client: FlaskClient, query: str, chip: str
) -> None:
    answer = client.get(f"/search?q=help&{query}")
    assert answer.status_code == 200
    (undo,) = re.findall(rf'<a href="([^"]*)" aria-label="Remove: {chip}"', answer.text)
    assert query.rpartition("&")[2] not in undo


def test_staff_who_speak_a_language_are_another_filter_than_interpreters(
    client: FlaskClient,
) -> None:
    both = client.get("/search?language=es").text
    counted = dict(
        re.findall(
            r'name="language_by" value="(\w+)">\s*<span>[^<]*</span>'
            r'\s*<span class="small">(\d+)',
            both,
        )
    )
    assert set(counted) == {"staff", "interpreter"}
    for by, count in counted.items():
        html = client.get(f"/search?language=es&language_by={by}").text
        assert re.search(rf"<strong>{count} services?</strong>", html)


@pytest.mark.parametrize("name", ["language_by", "accessibility", "verified"])
def test_a_value_that_is_no_choice_is_named(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/search?q=food&{name}=owl")
    assert answer.status_code == 400
    assert "“owl” is no choice" in answer.text


def test_the_other_language_keeps_every_filter(client: FlaskClient) -> None:
    query = "language=es&language_by=staff&accessibility=deaf&verified=any&q=food"
    html = client.get(f"/search?{query}").text
    (link,) = re.findall(r'href="(/es/search[^"]*)" hreflang="es"', html)
    for part in query.split("&"):
        assert part in unescape(link)


@pytest.fixture(scope="module")
def visitor(site_settings: Settings) -> FlaskClient:
    """Return a visitor who may ask as often as a test wants to."""
    return create_app(replace(site_settings, limits=False)).test_client()


ANYTHING = st.text(max_size=120) | st.text(
    st.sampled_from("shelter 28801 nc \"'“”()[]{}*?:^~+-|&!\\/%\0\u202e\ud800ñgu,.<>"),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(
    text=ANYTHING, near=ANYTHING, value=ANYTHING, prefix=st.sampled_from(["", "/es"])
)
def test_whatever_is_typed_there_is_a_page(
    visitor: FlaskClient, text: str, near: str, value: str, prefix: str
) -> None:
    query = {"q": text, "near": near, "county": value, "page": value, "cost": value}
    sent = "&".join(
        f"{name}={quote_from_bytes(typed.encode('utf-8', 'surrogatepass'))}"
        for name, typed in query.items()
    )
    answer = visitor.get(f"{prefix}/search?{sent}")
    assert answer.status_code in {200, 400}
    assert 'id="main"' in answer.text


@settings(max_examples=60, deadline=None)
@given(text=ANYTHING, kind=ANYTHING)
def test_whatever_is_typed_there_are_suggestions_or_none(
    visitor: FlaskClient, text: str, kind: str
) -> None:
    sent = quote_from_bytes(text.encode("utf-8", "surrogatepass"))
    what = quote_from_bytes(kind.encode("utf-8", "surrogatepass"))
    answer = visitor.get(f"/suggest?q={sent}&for={what}")
    assert answer.status_code == 200
    assert len(answer.get_json()["suggestions"]) <= 8
