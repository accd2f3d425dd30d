"""Accounts through the pages: joining, signing in and out, passwords, sign-ins."""

import datetime as dt
import threading
import time
import unicodedata
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import Engine, text
from sqlmodel import col, select
from typing_extensions import override

from directory.accounts import Person, Role, SignIn, keeping
from directory.accounts.joining import Invitee, invite
from directory.database import reading, writing
from directory.mail import Letter
from tests.builders import rows
from tests.builders.people import (
    PASSWORD,
    forget_codes,
    form_token,
    person,
    post,
    sign_in,
    signed_in_client,
    totp_code,
    wrong_code,
)
from tests.builders.site import ADDRESS, served_on

NEW = "seven moons under a violet tractor"


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    with served_on(sqlite, tmp_path) as served:
        yield served


@pytest.fixture
def ann(sqlite: Engine) -> Person:
    return person(sqlite, Role.ADVOCATE, email="ann@example.org")


def key_of_invitation(engine: Engine, *roles: Role) -> str:
    invitee = Invitee(email="ann@example.org", name="Ann", roles=frozenset(roles))
    with writing(engine) as session:
        return invite(session, invitee, now=dt.datetime.now(dt.UTC))[1]


def letters(engine: Engine, count: int = 1) -> list[Letter]:
    """Return the letters in the outbox, once there are `count`."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with reading(engine) as session:
            found = list(session.exec(select(Letter).order_by(col(Letter.made_at))))
            session.expunge_all()
        if len(found) >= count:
            return found
        time.sleep(0.02)
    pytest.fail(f"there are not {count} letters")


@contextmanager
def to_the_end() -> Generator[None]:
    """Wait until all is done that was begun meanwhile, behind the answers."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(60)
        assert not thread.is_alive()


def path_in(letter: Letter) -> str:
    """Return the path of the link in a letter, which begins as our own do."""
    [link] = [line for line in letter.text.splitlines() if line.startswith("http")]
    assert link.startswith(ADDRESS)
    return urlsplit(link).path


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


TYPED = {"email": " Ann@Example.org ", "password": NEW}


def joined(engine: Engine, client: FlaskClient) -> str:
    """Take an invitation up through the pages; return the code that enrolled an app."""
    link = f"/account/join/{key_of_invitation(engine, Role.ADVOCATE)}"
    begun = post(client, link, {})
    assert begun.location.startswith("/account/reset/")
    chosen = {"password": NEW, "password_confirm": NEW}
    assert post(client, begun.location, chosen).location == "/account/login"
    assert post(client, "/account/login", TYPED).location == "/account/tf-setup"
    shown = client.get("/account/tf-setup")
    assert 'src="data:image/svg+xml;base64,' in shown.text
    code = totp_code(secret_on(shown.text))
    sent = {"code": code, "csrf_token": form_token(shown.text)}
    assert client.post("/account/tf-validate", data=sent).location == "/account"
    return code


def secret_on(page: str) -> str:
    """Return the key that is shown to be typed into an app."""
    return page.partition('translate="no">')[2].partition("<")[0]


def test_from_the_invitation_to_recovery_codes(sqlite: Engine, app: Flask) -> None:
    client = app.test_client()
    joined(sqlite, client)
    assert "You have no recovery codes" in client.get("/account").text
    page = post(client, "/account/mf-recovery-codes", {}).text
    assert page.count("<code>") == 10
    assert "You have no recovery codes" not in client.get("/account").text
    assert "<code>" not in client.get("/account/mf-recovery-codes?show_codes=1").text


def test_a_first_password_alarms_nobody(sqlite: Engine, app: Flask) -> None:
    client = app.test_client()
    link = f"/account/join/{key_of_invitation(sqlite, Role.ADVOCATE)}"
    begun = post(client, link, {}).location
    chosen = {"password": NEW, "password_confirm": NEW}
    post(client, begun, chosen)
    said = client.get("/account/login").text
    assert "Your password is set. Sign in with it." in said
    assert "reset" not in said.partition("<main")[2].partition("<form")[0]
    with reading(sqlite) as session:
        assert session.exec(select(Letter)).all() == []


def test_opening_the_page_of_an_app_keeps_the_app_that_is_there(
    app: Flask, ann: Person
) -> None:
    client, _token = signed_in_client(app, ann)
    shown = client.get("/account/tf-setup")
    assert 'src="data:image/svg+xml;base64,' in shown.text
    assert "works until the new one is set up" in shown.text
    again = client.get("/account/tf-setup")
    assert secret_on(shown.text) != secret_on(again.text)
    other = app.test_client()
    post(other, "/account/login", {"email": ann.email, "password": PASSWORD})
    post(other, "/account/tf-validate", {"code": totp_code()})
    assert is_in(other)


@pytest.mark.parametrize("which", ["first", "another"])
def test_a_wrong_digit_hides_nothing_of_what_an_app_needs(
    sqlite: Engine, app: Flask, ann: Person, which: str
) -> None:
    client = app.test_client()
    if which == "another":
        client, _token = signed_in_client(app, ann)
    else:
        with writing(sqlite) as session:
            keeping.reset_totp(session, session.get_one(Person, ann.id))
        post(client, "/account/login", {"email": ann.email, "password": PASSWORD})
    shown = client.get("/account/tf-setup").text
    secret = secret_on(shown)
    target = shown.rpartition('action="')[2].partition('"')[0]
    for _turn in range(2):
        wrong = {"code": wrong_code(secret), "csrf_token": form_token(shown)}
        shown = client.post(target, data=wrong, follow_redirects=True).text
        assert secret_on(shown) == secret
        assert 'src="data:image/svg+xml;base64,' in shown
        assert 'id="problem-code"' in shown
        assert "<h1>Set up codes</h1>" in shown
        assert "recovery" not in shown.partition("<main")[2]
    right = {"code": totp_code(secret), "csrf_token": form_token(shown)}
    assert client.post(target, data=right).location == "/account"
    assert is_in(client)


def test_a_recovery_code_opens_once(sqlite: Engine, app: Flask) -> None:
    client = app.test_client()
    joined(sqlite, client)
    page = post(client, "/account/mf-recovery-codes", {}).text
    one = page.partition("<code>")[2].partition("</code>")[0]
    with sqlite.connect() as connection:
        kept = connection.execute(text("SELECT recovery_codes FROM person")).scalars()
        assert one not in str(kept.all())
    in_capitals = one.upper().replace("-", " ")
    for typed, opens in ((in_capitals, True), (one, False)):
        browser = app.test_client()
        post(browser, "/account/login", TYPED)
        post(browser, "/account/mf-recovery", {"code": typed})
        assert is_in(browser) is opens


def test_the_enrolling_code_does_not_sign_in_again(sqlite: Engine, app: Flask) -> None:
    code = joined(sqlite, app.test_client())
    other = app.test_client()
    post(other, "/account/login", TYPED)
    assert post(other, "/account/tf-validate", {"code": code}).status_code == 200
    assert not is_in(other)


def test_opening_an_invitation_uses_nothing_up(sqlite: Engine, app: Flask) -> None:
    link = f"/account/join/{key_of_invitation(sqlite, Role.ADVOCATE)}"
    client = app.test_client()
    assert {client.get(link).status_code for _turn in range(3)} == {200}
    assert client.head(link).status_code == 200


def test_unknown_used_and_old_invitations_look_the_same(
    sqlite: Engine, app: Flask
) -> None:
    used = key_of_invitation(sqlite, Role.ADVOCATE)
    client = app.test_client()
    post(client, f"/account/join/{used}", {})
    with writing(sqlite) as session:
        old = Invitee(email="b@example.org", name="B", roles=frozenset({Role.HOTLINE}))
        long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(hours=73)
        _person, late = invite(session, old, now=long_ago)
    answers = [client.get(f"/account/join/{key}") for key in (used, late, "unknown")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    # The link to the other language holds what was asked for.
    seen = {a.text.replace(a.request.path, "") for a in answers}
    assert len(seen) == 1


def test_nobody_makes_an_account_for_themselves(app: Flask) -> None:
    client = app.test_client()
    for path in ("/account/register", "/account/confirm", "/account/tf-rescue"):
        assert client.get(path).status_code == 404, path


def test_a_new_password_by_letter(sqlite: Engine, app: Flask, ann: Person) -> None:
    client = app.test_client()
    post(client, "/account/reset", {"email": "ANN@example.org"})
    [letter] = letters(sqlite)
    assert (letter.to_address, letter.language) == ("ann@example.org", "en")
    link = path_in(letter)
    chosen = {"password": NEW, "password_confirm": NEW}
    assert post(client, link, chosen).location == "/account/login"
    sign_in(client, ann, password=NEW)
    assert [x.subject for x in letters(sqlite, 2)][1].endswith("was changed")


def test_a_letter_is_in_the_language_of_the_page(
    sqlite: Engine, app: Flask, ann: Person
) -> None:
    post(app.test_client(), "/es/account/reset", {"email": ann.email})
    [letter] = letters(sqlite)
    assert letter.language == "es"
    assert path_in(letter).startswith("/es/account/reset/")


def test_a_link_to_a_new_password_ends_after_a_quarter_of_an_hour(
    app: Flask, ann: Person
) -> None:
    for minutes, opens in ((14, True), (16, False)):
        token = token_of(app, ann, minutes)
        shown = app.test_client().get(f"/account/reset/{token}")
        assert (shown.status_code == 200) is opens


def token_of(app: Flask, who: Person, minutes_ago: int) -> str:
    """Return what a letter that was written some minutes ago leads with."""

    class Then(TimestampSigner):
        @override
        def get_timestamp(self) -> int:
            return int(time.time()) - 60 * minutes_ago

    signed = URLSafeTimedSerializer(
        app.secret_key or "", salt="reset-salt", signer=Then
    )
    return str(signed.dumps([who.fs_uniquifier, None]))


@pytest.mark.parametrize("how", ["", "disabled", "unknown"])
def test_no_letter_goes_where_there_is_no_account(
    sqlite: Engine, app: Flask, ann: Person, how: str
) -> None:
    with writing(sqlite) as session:
        session.get_one(Person, ann.id).active = how != "disabled"
    email = {"unknown": "b@example.org"}.get(how, ann.email)
    with to_the_end():
        answer = post(app.test_client(), "/account/reset", {"email": email})
    assert "If there is an account" in answer.text
    with reading(sqlite) as session:
        assert len(session.exec(select(Letter)).all()) == (0 if how else 1)


def test_nobody_is_flooded_with_letters(
    sqlite: Engine, app: Flask, ann: Person
) -> None:
    client = app.test_client()
    with to_the_end():
        for _turn in range(6):
            post(client, "/account/reset", {"email": ann.email})
    assert len(letters(sqlite, 2)) == 2


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("rt wvbxhjpllke", "Too short"),
        ("northcarolina 1", "Too easy"),
        ("harborhouse2026", "Too easy"),
    ],
)
def test_a_weak_password_is_refused(
    sqlite: Engine, app: Flask, password: str, problem: str
) -> None:
    house = rows.organization(name="Harbor House")
    rows.save(sqlite, house)
    who = person(sqlite, organization=house)
    link = f"/account/reset/{token_of(app, who, 1)}"
    chosen = {"password": password, "password_confirm": password}
    answer = post(app.test_client(), link, chosen)
    assert problem in answer.text
    assert password not in answer.text


def test_any_letters_in_any_form_make_a_password(app: Flask, ann: Person) -> None:
    client = app.test_client()
    long = "mañana caminaré 😀 hasta el faro " * 3
    chosen = {"password": long, "password_confirm": long}
    assert post(client, f"/account/reset/{token_of(app, ann, 1)}", chosen).location
    for form in ("NFC", "NFD"):
        browser = app.test_client()
        sign_in(browser, ann, password=unicodedata.normalize(form, long))
        assert is_in(browser)
    typed = {"email": ann.email, "password": long[:64]}
    assert post(client, "/account/login", typed).status_code == 200


def test_a_new_password_signs_all_others_out(app: Flask, ann: Person) -> None:
    here, there = app.test_client(), app.test_client()
    sign_in(here, ann)
    sign_in(there, ann)
    changed = {
        "password": PASSWORD,
        "new_password": NEW,
        "new_password_confirm": NEW,
    }
    assert post(here, "/account/change", changed).location == "/account"
    assert is_in(here)
    assert not is_in(there)


def test_sign_ins_are_listed_and_ended_one_by_one(
    sqlite: Engine, app: Flask, ann: Person
) -> None:
    here, there = app.test_client(), app.test_client()
    sign_in(here, ann)
    sign_in(there, ann)
    page = here.get("/account/sessions").text
    assert page.count("Firefox on Android") >= 2
    assert page.count("This one") == 1
    with reading(sqlite) as session:
        [_own, other] = session.exec(select(SignIn.id).order_by(col(SignIn.made_at)))
    post(here, "/account/sessions", {"sign_in": other})
    assert is_in(here)
    assert not is_in(there)


def test_nobody_ends_the_sign_in_of_another(
    sqlite: Engine, app: Flask, ann: Person
) -> None:
    anns, _token = signed_in_client(app, ann)
    with reading(sqlite) as session:
        [sign_in_id] = session.exec(select(SignIn.id))
    others, token = signed_in_client(app, person(sqlite, Role.ADMINISTRATOR))
    sent = {"sign_in": sign_in_id, "csrf_token": token}
    assert others.post("/account/sessions", data=sent).status_code == 303
    assert is_in(anns)


def test_sign_out_everywhere(app: Flask, ann: Person) -> None:
    browsers = [signed_in_client(app, ann) for _turn in range(3)]
    client, token = browsers[0]
    sent = {"everywhere": "1", "csrf_token": token}
    answer = client.post("/account/sessions", data=sent)
    assert answer.headers["Clear-Site-Data"]
    assert [is_in(browser) for browser, _token in browsers] == [False] * 3


def test_signing_out_clears_the_browser(app: Flask, ann: Person) -> None:
    client, token = signed_in_client(app, ann)
    answer = client.post("/account/logout", data={"csrf_token": token})
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert client.get_cookie("session") is None
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_app_for_codes(sqlite: Engine, app: Flask, ann: Person) -> None:
    client, _token = signed_in_client(app, ann)
    shown = post(client, "/account/tf-setup", {"setup": "authenticator"})
    secret = secret_on(shown.text)
    target = shown.text.rpartition('action="')[2].partition('"')[0]
    sent = {"code": totp_code(secret), "csrf_token": form_token(shown.text)}
    assert client.post(target, data=sent).location == "/account"
    forget_codes(sqlite, ann)
    other = app.test_client()
    post(other, "/account/login", {"email": ann.email, "password": PASSWORD})
    post(other, "/account/tf-validate", {"code": totp_code()})
    assert not is_in(other)
    post(other, "/account/tf-validate", {"code": totp_code(secret)})
    assert is_in(other)


def test_the_pages_are_there_in_spanish(app: Flask, ann: Person) -> None:
    client = app.test_client()
    shown = client.get("/es/account/login").text
    assert 'action="/es/account/login"' in shown
    typed = {"email": ann.email, "password": PASSWORD}
    answer = post(client, "/es/account/login", typed)
    assert answer.location.startswith("/es/account/tf-validate")
    answer = post(client, "/es/account/tf-validate", {"code": totp_code()})
    assert answer.location == "/es/account"
