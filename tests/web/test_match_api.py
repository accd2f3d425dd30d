"""`POST /api/match`: the published shape, and answers to what is malformed."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

REQUEST: dict[str, Any] = {
    "needs": [
        {"code": "emergency_shelter", "urgency": "now"},
        {"code": "immigration_legal", "urgency": "soon"},
    ],
    "county": "Wake",
    "languages": ["es"],
    "person": {"age": 24, "gender": "woman", "children": 1},
    "limit": 10,
}


def post(client: FlaskClient, body: object) -> tuple[int, Any]:
    """Send `body` and return the status and the JSON of the answer."""
    answer = client.post("/api/match", json=body)
    return answer.status_code, answer.get_json()


def test_the_example_of_the_description_is_answered_whole(client: FlaskClient) -> None:
    status, answer = post(client, REQUEST)
    assert status == 200
    assert 0 < len(answer["options"]) <= 10
    assert answer["plan"]["providers"]
    assert answer["plan"]["uncovered"] == []
    assert answer["excluded"]["total"] > 0
    assert {"rule", "count"} == set(answer["excluded"]["by_rule"][0])
    assert answer["next"]
    scores = [option["score"] for option in answer["options"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert any(option["reasons"] for option in answer["options"])
    assert any(option["ask"] for option in answer["options"])


def test_the_answer_has_the_published_shape(client: FlaskClient) -> None:
    schemas = client.get("/api/openapi.json").get_json()["components"]["schemas"]
    _, answer = post(client, REQUEST)
    assert set(answer) == set(schemas["Answer"]["properties"])
    option = schemas["Answer"]["properties"]["options"]["items"]["properties"]
    assert set(answer["options"][0]) == set(option)


def test_same_question_same_answer(client: FlaskClient) -> None:
    at = {**REQUEST, "at": "2026-11-25T12:00:00-05:00"}
    assert post(client, at) == post(client, at)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"needs": []}, "needs"),
        ({"needs": [{"code": "a_pony"}]}, "needs.0.code"),
        ({"needs": [{"code": "food", "urgency": "never"}]}, "needs.0.urgency"),
        ({"needs": "food"}, "needs"),
        ({"county": "Atlantis"}, "county"),
        ({"zip": "27000"}, "zip"),
        ({"zip": "2760"}, "zip"),
        ({"languages": ["not a tag"]}, "languages.0"),
        ({"avoid_counties": ["Wake", "Nowhere"]}, "avoid_counties.1"),
        ({"person": {"age": "many"}}, "person.age"),
        ({"person": {"age": 900}}, "person.age"),
        ({"person": {"name": "x"}}, "person.name"),
        ({"at": "2026-11-25T12:00:00"}, "at"),
        ({"limit": 10**9}, "limit"),
        ({"page": 1}, "page"),
    ],
)
def test_each_wrong_field_is_named(
    client: FlaskClient, change: dict[str, Any], field: str
) -> None:
    status, answer = post(client, {**REQUEST, **change})
    assert status == 422
    assert field in [error["field"] for error in answer["errors"]]


def test_an_unknown_code_is_answered_with_those_that_exist(client: FlaskClient) -> None:
    _, answer = post(client, {"needs": [{"code": "a_pony"}]})
    assert "emergency_shelter" in answer["errors"][0]["allowed"]


def test_an_error_never_repeats_what_was_sent(client: FlaskClient) -> None:
    secret = "zanzibar"
    body = json.dumps(
        {
            "needs": [{"code": secret, "urgency": secret}],
            "county": secret,
            "zip": secret,
            "languages": [f"!{secret}"],
            "person": {"age": secret, "gender": secret},
        }
    )
    answer = client.post("/api/match", data=body, content_type="application/json")
    assert answer.status_code == 422
    assert secret not in answer.text


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b"3"]
)
def test_what_is_no_request_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/api/match", data=body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]


def test_a_hidden_place_is_never_measured(client: FlaskClient) -> None:
    _, answer = post(client, {"needs": [{"code": "emergency_shelter"}], "zip": "27601"})
    measured = [o for o in answer["options"] if o["distance_miles"] is not None]
    assert [o["organization_name"] for o in measured if "InterAct" in str(o)] == []
