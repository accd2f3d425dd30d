"""Every page answers, in both languages, with the same foot and the way out."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.web.site import site_of

PAGES = [
    *("/", "/search", "/match", "/counties", "/counties/37183", "/safety", "/about"),
    *("/privacy", "/search?q=shelter&county=Wake", "/nowhere"),
]


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_helplines_and_the_way_out(
    client: FlaskClient, prefix: str, path: str
) -> None:
    html = client.get(f"{prefix}{path}").text
    for number in ("tel:911", "tel:+18883737888", "sms:233733", "tel:211", "tel:988"):
        assert f'href="{number}"' in html
    assert f'href="{prefix}/leave"' in html


@pytest.mark.parametrize(
    ("path", "words"),
    [("/", "What do you need?"), ("/es/", "¿Qué necesita?")],
)
def test_the_path_says_the_language(client: FlaskClient, path: str, words: str) -> None:
    assert words in client.get(path).text


def test_the_other_language_is_the_same_page(client: FlaskClient) -> None:
    html = client.get("/search?q=abogado&county=37183").text
    assert 'href="/es/search?q=abogado&amp;county=37183"' in html


def test_wake_shelters_have_numbers_and_no_street(client: FlaskClient) -> None:
    html = client.get("/search?q=shelter&county=Wake").text
    assert "InterAct" in html
    assert "919-828-7740" in html
    assert not re.search(r"\d+ [A-Z]\w+ (St|Street|Ave|Avenue|Rd|Road)\b", html)


def test_a_spanish_word_finds_legal_help_on_the_english_page(
    client: FlaskClient,
) -> None:
    html = client.get("/search?q=abogado").text
    assert "legal" in html.lower()
    assert re.search(r"[1-9]\d* services", html)


def test_every_listing_organization_and_county_has_a_page(
    app: Flask, client: FlaskClient
) -> None:
    snapshot = site_of(app).snapshot()
    paths = [
        *(f"/services/{x}" for x in snapshot.listings),
        *(f"/organizations/{x}" for x in snapshot.organizations),
        *(f"/es/counties/{c.fips}" for c in site_of(app).gazetteer.counties),
    ]
    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_each_listing_says_that_it_is_not_verified_and_from_where(
    app: Flask, client: FlaskClient
) -> None:
    for service_id in list(site_of(app).snapshot().listings)[:40]:
        html = client.get(f"/services/{service_id}").text
        assert "Not verified." in html
        assert re.search(r"From [\w.]+|Source held by staff", html)


def test_a_closed_service_says_so_and_names_others(
    app: Flask, client: FlaskClient
) -> None:
    closed = next(iter(site_of(app).snapshot().closed))
    answer = client.get(f"/services/{closed}")
    assert answer.status_code == 410
    assert "has closed" in answer.text


def test_every_county_has_a_crisis_line_and_somebody_for_children(
    app: Flask, client: FlaskClient
) -> None:
    for county in site_of(app).gazetteer.counties:
        html = client.get(f"/counties/{county.fips}").text
        aside = html[html.index("Crisis lines") :]
        assert "888-373-7888" in aside
        assert "To report about a child" in aside


def test_robots_may_read_the_first_page_only(client: FlaskClient) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").text


def test_leaving_goes_elsewhere_and_clears_what_it_can(client: FlaskClient) -> None:
    answer = client.get("/leave")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("https://www.weather.gov")
    assert answer.headers["Clear-Site-Data"] == '"cookies"'
