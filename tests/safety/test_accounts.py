"""Accounts under attack: guessing, asking who is known, replays, stolen cookies."""

import statistics
import threading
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP  # type: ignore[import-untyped]
from sqlalchemy import Engine, event
from sqlmodel import col, select

from directory.accounts import Person, Role, SignIn, may_see_network
from directory.database import reading, writing
from directory.web.site import site_of
from tests.builders.people import (
    PASSWORD,
    form_token,
    person,
    post,
    sign_in,
    signed_in_client,
    totp_code,
)
from tests.builders.site import served_on, site_on

BAD = "a password that is not right"
AT_ONCE = 6
APART_SECONDS, ROUNDS = 0.010, 3
WINDOW = (-30, 0, 30)
"""How many seconds before and after now a code opens."""


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock stand: no half minute, hour or day ends in the midst of a test."""
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment)
    monkeypatch.setattr(TOTP, "now", staticmethod(lambda: moment))


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> Generator[Flask]:
    """Yield a site on each kind of database."""
    with served_on(engine, tmp_path) as served:
        yield served


@pytest.fixture
def small(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    """Yield a site on SQLite, for what no database decides."""
    with served_on(sqlite, tmp_path) as served:
        yield served


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def half_way(app: Flask, who: Person) -> tuple[FlaskClient, str]:
    """Return a browser that has to enter a code, and the token of its form."""
    client = app.test_client()
    typed = {"email": who.email, "password": PASSWORD}
    step = post(client, "/account/login", typed)
    return client, form_token(client.get(step.location).text)


# --- A code opens once ---------------------------------------------------------


def test_a_code_that_was_used_opens_nothing(engine: Engine, app: Flask) -> None:
    ann, code = person(engine, Role.ADVOCATE), totp_code()
    opened = []
    for _turn in range(2):
        client, token = half_way(app, ann)
        sent = {"code": code, "csrf_token": token}
        client.post("/account/tf-validate", data=sent)
        opened.append(is_in(client))
    assert opened == [True, False]


def test_a_code_before_one_that_was_used_opens_nothing(small: Flask) -> None:
    ann = person(site_of(small).database, Role.ADVOCATE)
    for code, opens in ((totp_code(), True), (totp_code(later=-30), False)):
        client, token = half_way(small, ann)
        client.post("/account/tf-validate", data={"code": code, "csrf_token": token})
        assert is_in(client) is opens


def test_a_code_counts_half_a_minute_either_way_and_no_more(small: Flask) -> None:
    # Of a million codes, that of another time may be the same.
    codes = {totp_code(later=later) for later in WINDOW}
    for later in (*WINDOW, -90, -61, 61, 90):
        ann, code = (
            person(site_of(small).database, Role.ADVOCATE),
            totp_code(later=later),
        )
        client, token = half_way(small, ann)
        client.post("/account/tf-validate", data={"code": code, "csrf_token": token})
        assert is_in(client) is (code in codes), later


def test_of_several_who_send_one_code_at_once_one_is_let_in(
    engine: Engine, app: Flask
) -> None:
    ann, code = person(engine, Role.ADVOCATE), totp_code()
    browsers = [half_way(app, ann) for _turn in range(AT_ONCE)]
    at_once(
        [
            lambda c=client, t=token: c.post(  # type: ignore[misc]
                "/account/tf-validate", data={"code": code, "csrf_token": t}
            )
            for client, token in browsers
        ]
    )
    assert sum(is_in(client) for client, _token in browsers) == 1


def test_of_several_who_send_one_recovery_code_at_once_one_is_let_in(
    engine: Engine, app: Flask
) -> None:
    ann = person(engine, Role.ADVOCATE)
    client, _token = signed_in_client(app, ann)
    page = post(client, "/account/mf-recovery-codes", {}).text
    code = page.partition("<code>")[2].partition("</code>")[0]
    browsers = [half_way(app, ann) for _turn in range(AT_ONCE)]
    at_once(
        [
            lambda c=client, t=token: c.post(  # type: ignore[misc]
                "/account/mf-recovery", data={"code": code, "csrf_token": t}
            )
            for client, token in browsers
        ]
    )
    assert sum(is_in(client) for client, _token in browsers) == 1


def at_once(actions: Sequence[Callable[[], object]]) -> None:
    """Do all that at the same moment."""
    start = threading.Barrier(len(actions))

    def act(action: Callable[[], object]) -> None:
        start.wait()
        action()

    threads = [threading.Thread(target=act, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# --- A cookie that was copied --------------------------------------------------


def signs_out(client: FlaskClient, _app: Flask, _who: Person) -> None:
    post_from(client, "/account", "/account/logout", {})


def changes_password(client: FlaskClient, _app: Flask, _who: Person) -> None:
    new = "seven moons under a violet tractor"
    typed = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    post_from(client, "/account/change", "/account/change", typed)


def revokes(client: FlaskClient, app: Flask, who: Person) -> None:
    with reading(site_of(app).database) as session:
        found = select(SignIn.id).where(col(SignIn.person_id) == who.id)
        [sign_in_id] = session.exec(found)
    post_from(client, "/account", "/account/sessions", {"sign_in": sign_in_id})


def is_disabled(_client: FlaskClient, app: Flask, who: Person) -> None:
    with writing(site_of(app).database) as session:
        session.get_one(Person, who.id).active = False


def post_from(client: FlaskClient, shown: str, to: str, form: dict[str, str]) -> None:
    token = form_token(client.get(shown).text)
    answer = client.post(to, data={**form, "csrf_token": token})
    assert answer.status_code in {302, 303}


@pytest.mark.parametrize("ends", [signs_out, changes_password, revokes, is_disabled])
def test_a_cookie_that_was_copied_ends_with_the_sign_in(
    small: Flask, ends: Callable[[FlaskClient, Flask, Person], None]
) -> None:
    ann = person(site_of(small).database, Role.ADVOCATE)
    client = small.test_client()
    sign_in(client, ann)
    cookie = client.get_cookie("session")
    thief = small.test_client()
    assert cookie is not None
    thief.set_cookie("session", cookie.value)
    assert is_in(thief)
    ends(client, small, ann)
    assert thief.get("/account").status_code == 303


def test_signing_in_makes_a_new_session(small: Flask) -> None:
    """A cookie that somebody put into the browser before opens nothing after."""
    ann = person(site_of(small).database, Role.ADVOCATE)
    client = small.test_client()
    before = form_token(client.get("/account/login").text)
    planted = client.get_cookie("session")
    assert planted is not None
    sign_in(client, ann)
    thief = small.test_client()
    thief.set_cookie("session", planted.value)
    assert not is_in(thief)
    sent = {"everywhere": "1", "csrf_token": before}
    assert client.post("/account/sessions", data=sent).status_code == 400


def test_a_forged_cookie_opens_nothing(small: Flask) -> None:
    """Not even one with the right signature: the table must know of it."""
    ann = person(site_of(small).database, Role.ADVOCATE)
    signer = small.session_interface.get_signing_serializer(small)  # type: ignore[attr-defined]
    whole = {"_user_id": ann.fs_uniquifier, "fs_paa": time.time(), "_fresh": True}
    for more in ({}, {"key": "guessed"}, {"key": ""}):
        client = small.test_client()
        client.set_cookie("session", signer.dumps({**whole, **more}))
        assert not is_in(client)


# --- Who is known --------------------------------------------------------------


@pytest.mark.parametrize("path", ["/account/login", "/account/reset"])
def test_nobody_learns_who_has_an_account(
    sqlite: Engine, tmp_path: Path, path: str
) -> None:
    app = site_on(sqlite, tmp_path, limits=False, workers=1)
    asked = 30
    known = [person(sqlite, Role.ADVOCATE).email for _turn in range(asked)]
    client = app.test_client()
    token = form_token(client.get(path).text)
    bodies: set[tuple[int, str]] = set()

    def took(email: str) -> float:
        form = {"email": email, "password": BAD, "csrf_token": token}
        began = time.perf_counter()
        answer = client.post(path, data=form)
        seconds = time.perf_counter() - began
        bodies.add((answer.status_code, plain(answer.text, email)))
        return seconds

    def apart() -> float:
        """Return how much longer it takes for those who are known, or the others."""
        longer = (
            took(email) - took(f"nobody{n}@example.org")
            for n, email in enumerate(known)
        )
        return abs(statistics.median(longer))

    # What else the machine does is not the same twice; a difference of ours would be.
    assert any(apart() < APART_SECONDS for _turn in range(ROUNDS))
    assert len(bodies) == 1


def test_a_password_that_is_wrong_asks_as_much_of_the_database_for_everybody(
    sqlite: Engine, tmp_path: Path
) -> None:
    """Or whoever tries often enough could tell who has an account from the time."""
    app = site_on(sqlite, tmp_path, limits=False, workers=1)
    known, invited = person(sqlite, Role.ADVOCATE), person(sqlite, Role.ADVOCATE)
    closed = person(sqlite, Role.ADVOCATE, organization=None)
    with writing(sqlite) as session:
        session.get_one(Person, invited.id).password = None
        session.get_one(Person, closed.id).active = False
    client = app.test_client()
    token = form_token(client.get("/account/login").text)
    asked: list[str] = []
    heard = event.listens_for(site_of(app).database, "before_cursor_execute")
    heard(lambda _c, _cursor, statement, *_more: asked.append(statement.split()[0]))
    seen = set()
    for email in (known.email, invited.email, closed.email, "nobody@example.org"):
        asked.clear()
        form = {"email": email, "password": BAD, "csrf_token": token}
        assert client.post("/account/login", data=form).status_code == 200
        seen.add(tuple(asked))
    [once] = seen
    assert once
    site_of(app).database.dispose()


def plain(page: str, email: str) -> str:
    """Return a page without what is another on each: its token, and what was typed."""
    token = form_token(page) if "csrf_token" in page else ""
    return page.replace(token or "\0", "").replace(email, "")


def test_a_closed_account_and_one_that_waits_look_like_none(small: Flask) -> None:
    engine = site_of(small).database
    closed, waits = person(engine, Role.ADVOCATE), person(engine, Role.ADVOCATE)
    with writing(engine) as session:
        session.get_one(Person, closed.id).active = False
        waiting = session.get_one(Person, waits.id)
        waiting.active, waiting.password = False, None
    seen = set()
    for email in (closed.email, waits.email, "nobody@example.org"):
        typed = {"email": email, "password": PASSWORD}
        answer = post(small.test_client(), "/account/login", typed)
        seen.add((answer.status_code, plain(answer.text, email)))
    assert len(seen) == 1


# --- Guessing ------------------------------------------------------------------


def tries(
    apps: Sequence[Flask], email: str, times: int, address: Callable[[int], str]
) -> int:
    """Try bad passwords at processes in turn; return how many were looked at."""
    browsers = []
    for app in apps:
        client = app.test_client()
        token = form_token(client.get("/account/login").text)
        browsers.append((client, token))
    looked_at = 0
    for n in range(times):
        client, token = browsers[n % len(browsers)]
        form = {"email": email, "password": BAD, "csrf_token": token}
        at = {"REMOTE_ADDR": address(n)}
        status = client.post("/account/login", data=form, environ_base=at).status_code
        looked_at += status != 429
    return looked_at


@pytest.mark.parametrize(("workers", "times"), [(1, 100), (2, 1000), (4, 100)])
def test_of_a_thousand_bad_passwords_fifty_are_looked_at(
    sqlite: Engine, tmp_path: Path, workers: int, times: int
) -> None:
    ann = person(sqlite, Role.ADVOCATE)
    apps = [site_on(sqlite, tmp_path, workers=workers) for _n in range(workers)]
    assert 40 <= tries(apps, ann.email, times, lambda _n: "203.0.113.7") <= 50
    elsewhere = apps[0].test_client()
    sign_in(elsewhere, ann, address="198.51.100.1")
    assert is_in(elsewhere)


def test_an_owner_gets_in_while_many_addresses_guess(
    sqlite: Engine, tmp_path: Path
) -> None:
    ann = person(sqlite, Role.ADVOCATE)
    app = site_on(sqlite, tmp_path, workers=10)
    own = app.test_client()
    sign_in(own, ann, address="198.51.100.1")
    own.delete_cookie("session")
    guessed = tries([app], ann.email, 60, lambda n: f"203.0.113.{n}")
    assert guessed <= 20
    stranger = app.test_client()
    typed = {"email": ann.email, "password": PASSWORD}
    assert post(stranger, "/account/login", typed).status_code == 429
    sign_in(own, ann, address="198.51.100.1")
    assert is_in(own)


def test_a_known_browser_is_known_for_one_account(
    sqlite: Engine, tmp_path: Path
) -> None:
    ann, bob = person(sqlite, Role.ADVOCATE), person(sqlite, Role.ADVOCATE)
    app = site_on(sqlite, tmp_path, workers=10)
    bobs = app.test_client()
    sign_in(bobs, bob)
    tries([app], ann.email, 30, lambda n: f"203.0.113.{n}")
    bobs.delete_cookie("session")
    typed = {"email": ann.email, "password": PASSWORD}
    assert post(bobs, "/account/login", typed).status_code == 429


def test_codes_cannot_be_guessed_either(small: Flask) -> None:
    ann = person(site_of(small).database, Role.ADVOCATE)
    client, token = half_way(small, ann)
    codes = {totp_code(later=later) for later in WINDOW}
    wrong = next(code for code in map("{:06}".format, range(4)) if code not in codes)
    sent = {"code": wrong, "csrf_token": token}
    found = [
        client.post(
            "/account/tf-validate",
            data=sent,
            environ_base={"REMOTE_ADDR": f"203.0.113.{n}"},
        ).status_code
        for n in range(40)
    ]
    assert found.index(429) == 20
    assert not is_in(client)


# --- Letters, hosts ------------------------------------------------------------


def test_another_host_is_not_answered(sqlite: Engine, tmp_path: Path) -> None:
    app = site_on(sqlite, tmp_path, trusted_hosts=("aftercare.example",))
    client = app.test_client()
    for path in ("/account/login", "/account/reset", "/staff/accounts", "/account"):
        host = {"Host": "evil.example"}
        assert client.get(path, headers=host).status_code == 400
        assert client.post(path, headers=host).status_code == 400
        forwarded = {"Host": "aftercare.example", "X-Forwarded-Host": "evil.example"}
        answer = client.get(path, headers=forwarded)
        assert answer.status_code in {200, 303}
        assert "evil" not in answer.text + (answer.location or "")


def test_a_link_to_a_new_password_opens_once(engine: Engine, app: Flask) -> None:
    ann = person(engine, Role.ADVOCATE)
    serializer = app.extensions["security"].reset_serializer
    link = f"/account/reset/{serializer.dumps([ann.fs_uniquifier, None])}"
    new, other = "seven moons under a tractor", "violet tractors have no moons"
    client = app.test_client()
    token = form_token(client.get(link).text)
    for password in (new, other):
        typed = {"password": password, "password_confirm": password}
        client.post(link, data={**typed, "csrf_token": token})
    sign_in(app.test_client(), ann, password=new)
    typed = {"email": ann.email, "password": other}
    assert post(app.test_client(), "/account/login", typed).status_code == 200


# --- New staff -----------------------------------------------------------------


def test_nobody_becomes_staff_by_asking(engine: Engine, app: Flask) -> None:
    client = app.test_client()
    for path in ("/register", "/account/register", "/account/confirm/x"):
        assert client.get(path).status_code == 404
    new = person(engine, Role.ADVOCATE, approved_days_ago=6.9)
    old = person(engine, Role.ADVOCATE, approved_days_ago=7.1)
    now = site_of(app).now()
    assert not may_see_network(new, now)
    assert may_see_network(old, now)
