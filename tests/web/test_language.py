"""What is English on a Spanish page says so, for those who hear it read."""

import re

from flask import Flask
from flask.testing import FlaskClient

from directory.web.site import site_of


def test_data_on_a_spanish_page_is_marked_as_english(
    app: Flask, client: FlaskClient
) -> None:
    listing = next(x for x in site_of(app).snapshot().listings.values() if x.alert)
    html = client.get(f"/es/services/{listing.id}").text
    assert re.search(r'<h1 lang="en">', html)
    assert f'<p lang="en">{listing.description[:20]}' in html


def test_an_english_page_marks_nothing(app: Flask, client: FlaskClient) -> None:
    listing = next(iter(site_of(app).snapshot().listings))
    html = client.get(f"/services/{listing}").text
    assert "<h1>" in html
    assert html.count('lang="en"') == 1
