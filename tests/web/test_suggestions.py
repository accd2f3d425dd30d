"""Suggestions for the search box: what is answered, and what is not kept."""

import pytest
from flask.testing import FlaskClient

from directory.index.suggest import MAX_SUGGESTIONS


def suggested(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    found: list[dict[str, str]] = answer.get_json()["suggestions"]
    return found


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("/suggest?q=emerg", ("Emergency shelter", "term", "kind of help")),
        ("/suggest?q=durham+co", ("Durham County", "county", "county")),
        ("/suggest?q=helpmate", ("Helpmate", "organization", "organization")),
        ("/suggest?q=LANC", ("Legal Aid of North Carolina", "organization", "")),
        ("/suggest?q=western", ("Western NC", "region", "region")),
    ],
)
def test_what_is_typed_is_completed(
    client: FlaskClient, address: str, first: tuple[str, str, str]
) -> None:
    text, kind, what = first
    found = suggested(client, address)[0]
    assert (found["text"], found["kind"]) == (text, kind)
    assert found["what"].startswith(what)


def test_spanish_pages_suggest_spanish_words_first(client: FlaskClient) -> None:
    found = suggested(client, "/es/suggest?q=den")
    assert found[0]["text"] in {"dentista", "Atención dental", "dental"}
    assert suggested(client, "/suggest?q=den")[0]["text"] == "Dental care"


def test_the_box_for_places_suggests_places_only(client: FlaskClient) -> None:
    kinds = {one["kind"] for one in suggested(client, "/suggest?q=wa&for=place")}
    assert kinds <= {"county", "city", "region"}
    assert suggested(client, "/suggest?q=shelter&for=place") == [
        one
        for one in suggested(client, "/suggest?q=shelter&for=place")
        if one["kind"] == "city"
    ]


@pytest.mark.parametrize("query", ["", "q=", "q=a", "q=%25%25", "q=zzzzzzzz", "for=x"])
def test_nothing_is_suggested_for_nothing(client: FlaskClient, query: str) -> None:
    assert suggested(client, f"/suggest?{query}") == []


def test_there_are_few_and_none_twice(client: FlaskClient) -> None:
    texts = [one["text"] for one in suggested(client, "/suggest?q=co")]
    assert len(texts) == len(set(texts)) == MAX_SUGGESTIONS


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    assert client.post("/suggest", data={"q": "shelter"}).status_code == 405
