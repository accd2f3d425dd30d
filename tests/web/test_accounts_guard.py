"""Who may open what: the guard of staff pages, cookies, and where one is led."""

from collections.abc import Generator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from directory.accounts import Person, Role
from directory.database import writing
from directory.web.accounts.guard import is_fresh, needs, signed_in, the_person
from directory.web.accounts.next_page import is_own
from tests.builders.people import (
    PASSWORD,
    forget_codes,
    person,
    post,
    sign_in,
    signed_in_client,
    totp_code,
    wrong_code,
)
from tests.builders.site import served_on, site_on

PUBLIC = ("/", "/about", "/search?q=food", "/match", "/es/privacy", "/nothing")


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    with served_on(sqlite, tmp_path) as served:
        yield served


def test_who_is_not_signed_in_is_led_there_and_back(sqlite: Engine, app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/staff/accounts?a=b&c=d")
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (303, [])
    assert answer.location == "/account/login?next=/staff/accounts?a%3Db%26c%3Dd"
    boss = person(sqlite, Role.ADMINISTRATOR)
    typed = {"email": boss.email, "password": PASSWORD, "next": "/staff/accounts"}
    step = post(client, answer.location, typed).location
    assert step == "/account/tf-validate?next=/staff/accounts"
    done = post(client, step, {"code": totp_code(), "next": "/staff/accounts"})
    assert done.location == "/staff/accounts"
    assert client.get(done.location).status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_a_page_of_another_role_is_not_there(
    sqlite: Engine, app: Flask, role: Role
) -> None:
    client, token = signed_in_client(app, person(sqlite, role))
    there = f"/staff/accounts/{person(sqlite, Role.HOTLINE).id}"
    pages = [client.get(path) for path in ("/staff/accounts", there, f"{there}x")]
    sent = client.post(f"{there}/disable", data={"csrf_token": token})
    assert [x.status_code for x in (*pages, sent)] == [404] * 4
    assert pages[1].text == pages[2].text.replace(f"{there}x", there)


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(
    sqlite: Engine, app: Flask
) -> None:
    boss = person(sqlite, Role.ADMINISTRATOR)
    client, _token = signed_in_client(app, boss)
    assert client.get("/staff/accounts").status_code == 200
    with writing(sqlite) as session:
        session.get_one(Person, boss.id).held = []
    assert client.get("/staff/accounts").status_code == 404


def test_what_is_grave_asks_again_after_ten_minutes(sqlite: Engine, app: Flask) -> None:
    boss, ann = person(sqlite, Role.ADMINISTRATOR), person(sqlite, Role.ADVOCATE)
    path = f"/staff/accounts/{ann.id}"
    for age, asked in ((570, False), (610, True)):
        client, token = signed_in_client(app, boss, age=age)
        came_from = {"Referer": f"http://localhost{path}"}
        answer = client.post(
            f"{path}/sign-out", data={"csrf_token": token}, headers=came_from
        )
        led = f"/account/verify?next={path}" if asked else path
        assert (answer.status_code, answer.location) == (303, led)


def test_password_and_code_make_a_sessionfresh_again(
    sqlite: Engine, app: Flask
) -> None:
    boss = person(sqlite, Role.ADMINISTRATOR)
    client, _token = signed_in_client(app, boss, age=700)
    proof = {"password": PASSWORD, "code": totp_code()}
    for wrong in ({"password": "x" * 20}, {"code": wrong_code()}, {"code": ""}):
        assert post(client, "/account/verify", {**proof, **wrong}).status_code == 200
    assert client.get("/account/mf-recovery-codes").status_code == 302
    forget_codes(sqlite, boss)
    done = post(client, "/account/verify?next=/staff/accounts", proof)
    assert done.location == "/staff/accounts"
    assert client.get("/account/mf-recovery-codes").status_code == 200


def test_a_view_behind_the_guard_knows_its_person(sqlite: Engine, app: Flask) -> None:
    @app.get("/guarded")
    @needs()
    def guarded() -> dict[str, object]:
        return {"id": the_person().id, "fresh": is_fresh()}

    @app.get("/open")
    def open_() -> dict[str, object]:
        return {"nobody": signed_in() is None}

    ann = person(sqlite)
    client, _token = signed_in_client(app, ann, age=601)
    assert client.get("/guarded").json == {"id": ann.id, "fresh": False}
    assert client.get("/open").json == {"nobody": False}
    assert app.test_client().get("/open").json == {"nobody": True}
    assert app.test_client().get("/guarded").status_code == 303


def test_public_pages_have_no_cookie_and_read_none(sqlite: Engine, app: Flask) -> None:
    signed, _token = signed_in_client(app, person(sqlite, *Role))
    for path in PUBLIC:
        for client in (app.test_client(), signed):
            answer = client.get(path)
            assert answer.headers.getlist("Set-Cookie") == [], path
            assert "Cookie" not in answer.headers.get("Vary", ""), path
            assert "csrf_token" not in answer.text


def test_a_page_is_the_same_for_whoever_is_signed_in(
    sqlite: Engine, app: Flask
) -> None:
    signed, _token = signed_in_client(app, person(sqlite, *Role))
    for path in PUBLIC:
        assert signed.get(path).data == app.test_client().get(path).data, path


def test_pages_of_accounts_are_not_stored(app: Flask) -> None:
    for path in ("/account/login", "/account", "/account/reset", "/staff/accounts"):
        assert app.test_client().get(path).headers["Cache-Control"] == "no-store"


def test_cookies_over_https_are_for_this_host_alone(
    sqlite: Engine, tmp_path: Path
) -> None:
    client = site_on(sqlite, tmp_path, https=True, proxies=1).test_client()
    who = person(sqlite, Role.ADVOCATE)
    over = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    shown = client.get("/account/login", headers=over)
    cookies: SimpleCookie = SimpleCookie()
    for text in shown.headers.getlist("Set-Cookie"):
        cookies.load(text)
    [name] = cookies
    assert name == "__Host-session"
    held = cookies[name]
    assert (held["secure"], held["httponly"], held["samesite"]) == (True, True, "Lax")
    assert (held["path"], held["domain"]) == ("/", "")
    assert who.email not in shown.text


def test_every_form_of_accounts_needs_its_token(sqlite: Engine, app: Flask) -> None:
    signed, _token = signed_in_client(app, person(sqlite, Role.ADMINISTRATOR))
    adapter = app.url_map.bind("localhost")
    seen = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] not in {"security", "account", "accounts"}:
            continue
        if "POST" in (rule.methods or ()) and "lang" not in rule.arguments:
            values = dict.fromkeys(rule.arguments, "x")
            path = adapter.build(rule.endpoint, values, method="POST")
            for client in (app.test_client(), signed):
                status = client.post(path).status_code
                assert status == 400, path
                seen += 1
    assert seen > 20


def test_a_token_of_another_session_is_refused(sqlite: Engine, app: Flask) -> None:
    ann, bob = person(sqlite), person(sqlite)
    stranger = app.test_client()
    sign_in(stranger, bob)
    page = stranger.get("/account").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    client, _own = signed_in_client(app, ann)
    assert client.post("/account/logout", data={"csrf_token": token}).status_code == 400
    assert client.get("/account").status_code == 200


def test_no_header_and_no_query_signs_in(sqlite: Engine, app: Flask) -> None:
    ann = person(sqlite)
    with app.test_request_context():
        token = str(ann.get_auth_token())
    client = app.test_client()
    for answer in (
        client.get("/account", headers={"Authentication-Token": token}),
        client.get(f"/account?auth_token={token}"),
        client.get("/account", auth=(ann.email, PASSWORD)),
    ):
        assert answer.status_code == 303


def test_json_is_not_spoken_here(sqlite: Engine, app: Flask) -> None:
    client, token = signed_in_client(app, person(sqlite))
    for body in ("{}", "[1]", "5", "null", '{"password": 5}', "{"):
        answer = client.post(
            "/account/verify",
            data=body,
            content_type="application/json",
            headers={"X-CSRFToken": token},
        )
        assert answer.status_code == 415
    shown = client.get("/account/verify", headers={"Accept": "application/json"})
    assert shown.mimetype == "text/html"


ELSEWHERE = (
    *("//evil", "/\\evil", "/\t/evil", " //evil", "https:evil", "https://evil/"),
    *("/\n/x", "\r\n//evil", "///evil", "\\\\evil", "evil", "javascript:alert(1)"),
    *("", "/é", "//localhost@evil", "http:///evil", "/a\\b"),
)


def test_nobody_is_led_elsewhere(sqlite: Engine, app: Flask) -> None:
    for where in ELSEWHERE:
        assert not is_own(where)
        ends_here(app, person(sqlite), where)


def test_a_nul_leads_nowhere_at_all(app: Flask) -> None:
    assert not is_own("/%09/evil\x00")
    query = {"next": "/%09/evil\x00"}
    answer = app.test_client().get("/account/login", query_string=query)
    assert answer.status_code == 400


def ends_here(app: Flask, ann: Person, where: str) -> None:
    """Sign in with `where` as the page to come back to, and arrive at home."""
    client = app.test_client()
    query = {"next": where}
    assert client.get("/account/login", query_string=query).status_code == 200
    typed = {"email": ann.email, "password": PASSWORD, "next": where}
    step = post(client, "/account/login", typed, query_string=query)
    done = post(client, step.location, {"code": totp_code(), "next": where})
    assert done.location == "/account"
    assert "evil" not in step.location.replace("%2F", "/") or (
        step.location.startswith("/account/tf-validate?next=http")
    )


def test_paths_of_our_own_are_kept() -> None:
    for path in ("/", "/account", "/staff/accounts?a=b#c", "/es/portal/1", "/%2F"):
        assert is_own(path), path
