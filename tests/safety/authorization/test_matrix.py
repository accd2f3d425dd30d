"""That each route opens to whom it should and to nobody else.

Somebody who may not gets the same bytes for what there is and for what there is not.
"""

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from directory.accounts import Person
from directory.cli.setup import make_tables
from directory.database import writing
from directory.hsds.row import Row
from directory.settings import load_settings
from directory.web.app import create_app
from directory.web.site import site_of
from tests.builders import people
from tests.safety.authorization.cast import NOTHING, Cast, Part, gather
from tests.safety.authorization.table import TABLE, Entry

WAKE = "37183"
_LOGIN = "/account/login"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """The site, the people, and the database as it was at first."""

    app: Flask
    cast: Cast
    cookies: Mapping[Part, people.SignedIn]
    database: Path
    first: Path

    def begin(self) -> None:
        """Put the database back to what it was at first."""
        site_of(self.app).database.dispose()
        for end in ("-wal", "-shm"):
            self.database.with_name(self.database.name + end).unlink(missing_ok=True)
        shutil.copyfile(self.first, self.database)


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """Set up the site with everybody in it."""
    folder = tmp_path_factory.mktemp("matrix")
    settings = load_settings(
        {"AFTERCARE_DATA_DIR": str(folder), "AFTERCARE_LIMITS": "no"}
    )
    engine = make_tables(settings)
    app = create_app(settings)
    cast = gather(engine, site_of(app).lint(), dt.datetime.now(dt.UTC))
    cookies = {p: people.signed_in_cookie(app, who) for p, who in cast.people.items()}
    with writing(engine) as session:
        session.get_one(Person, cast.people[Part.DISABLED].id).active = False
    # Copied whole: nothing may still lie in the log beside it.
    site_of(app).database.dispose()
    engine.dispose()
    database = folder / "aftercare.db"
    first = folder / "first.db"
    shutil.copyfile(database, first)
    yield Theatre(app=app, cast=cast, cookies=cookies, database=database, first=first)
    site_of(app).database.dispose()


def routes(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "lang" not in rule.arguments]


def test_every_route_stands_in_the_table(theatre: Theatre) -> None:
    endpoints = {rule.endpoint for rule in theatre.app.url_map.iter_rules()}
    assert endpoints - TABLE.keys() == set()
    assert TABLE.keys() - endpoints == set()


@pytest.mark.parametrize("endpoint", sorted(TABLE))
def test_a_route_opens_to_whom_it_should(theatre: Theatre, endpoint: str) -> None:
    entry = TABLE[endpoint]
    for rule in routes(theatre.app):
        if rule.endpoint == endpoint:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                theatre.begin()
                for part in Part:
                    check(theatre, rule, entry, method, part)


def check(theatre: Theatre, rule: Rule, entry: Entry, method: str, part: Part) -> None:
    """Ask for own, other and absent things, each of a database as it was at first."""
    case = f"{method} {rule.rule} as {part}"
    own, other, absent = (
        ask(theatre, part, method, *request_of(theatre.app, rule, entry, things))
        for things in (theatre.cast.own, theatre.cast.other, theatre.cast.absent)
    )
    if part is Part.OTHER_PROVIDER:
        own, other = other, own
    if not entry.who:
        assert all(is_led_away(a) for a in (own, other, absent)), (case, own)
        return
    if part not in entry.who:
        if part in {Part.ANYBODY, Part.DISABLED} and not entry.unsaid:
            assert all(is_kept_out(a) for a in (own, other, absent)), case
        else:
            assert own.status_code in {400, 404}, case
            assert own.status_code == 404 or method == "POST", case
            assert without_ids(own) == without_ids(other) == without_ids(absent), case
        return
    assert is_opened(own), (case, own.status_code)
    if part in entry.theirs:
        assert other.status_code == 404, case
        assert without_ids(other) == without_ids(absent), case
    else:
        assert is_opened(other), (case, other.status_code)
    things = {entry.values.get(name, name) for name in rule.arguments}
    if things & theatre.cast.own.keys():
        refused = {404, 410} | ({400} if part is Part.ANYBODY else set())
        assert absent.status_code in refused, (case, absent.status_code)


def request_of(
    app: Flask, rule: Rule, entry: Entry, things: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    form = {name: things.get(value, value) for name, value in entry.form.items()}
    return address_of(app, rule, entry, things), form


def ask(
    theatre: Theatre, part: Part, method: str, path: str, form: dict[str, str]
) -> TestResponse:
    if method == "POST":
        theatre.begin()
    client = theatre.app.test_client()
    if part is Part.ANYBODY:
        data = form if method == "POST" else None
        return client.open(path, method=method, data=data, buffered=True)
    cookie = theatre.cookies[part]
    client.set_cookie(cookie.name, cookie.value)
    data = {**form, "csrf_token": cookie.token} if method == "POST" else None
    return client.open(path, method=method, data=data, buffered=True)


def address_of(app: Flask, rule: Rule, entry: Entry, things: Mapping[str, str]) -> str:
    values = {name: value_of(name, entry, things) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def value_of(name: str, entry: Entry, things: Mapping[str, str]) -> str:
    thing = entry.values.get(name, name)
    usual = {"fips": WAKE, "seq": "1" if things["service_id"] != NOTHING else "999999"}
    return things.get(thing) or usual.get(thing) or thing


def is_kept_out(answer: TestResponse) -> bool:
    """Tell whether somebody is led to where they can sign in.

    A form of somebody who has no session has no token, and is refused before that.
    """
    if answer.request.method == "POST" and answer.status_code == 400:
        return True
    location = answer.headers.get("Location", "")
    return answer.status_code in {302, 303} and location.startswith(_LOGIN)


def is_led_away(answer: TestResponse) -> bool:
    """Tell whether a page says nothing: it is a step of a way that was not begun."""
    location = answer.headers.get("Location", "")
    return answer.status_code in {400, 404, 429} or location.startswith("/")


def is_opened(answer: TestResponse) -> bool:
    """Tell whether a view answered, be it that the empty form was refused."""
    location = answer.headers.get("Location", "")
    return answer.status_code not in {404, 405, 500} and not location.startswith(_LOGIN)


def without_ids(answer: TestResponse) -> bytes:
    """Return what was answered without the address that was asked for."""
    last = answer.request.path.encode()
    body = answer.data.replace(b"/es" + last, b"").replace(last, b"")
    return b"%d %b" % (answer.status_code, body)


def test_a_form_without_its_token_changes_nothing(theatre: Theatre) -> None:
    """Everybody asks for what they may have, in a form that another site made."""
    theatre.begin()
    for rule in routes(theatre.app):
        entry = TABLE[rule.endpoint]
        if "POST" not in (rule.methods or set()) or needs_no_token(rule.endpoint):
            continue
        path = address_of(theatre.app, rule, entry, theatre.cast.own)
        for part in entry.who & theatre.cookies.keys():
            cookie = theatre.cookies[part]
            client = theatre.app.test_client()
            client.set_cookie(cookie.name, cookie.value)
            before = content_of(theatre.app)
            assert client.post(path).status_code == 400, (path, part)
            other = {"csrf_token": theatre.cookies[Part.DISABLED].token[::-1]}
            assert client.post(path, data=other).status_code == 400, (path, part)
            assert content_of(theatre.app) == before, (path, part)


def needs_no_token(endpoint: str) -> bool:
    """Tell whether a form is for people without a cookie, or says nothing to anybody.

    Written out once more: whoever takes a token away must mean it.
    """
    blueprint = endpoint.partition(".")[0]
    return blueprint in {
        *("public", "match_api", "report", "claim", "join", "portal_link")
    }


def content_of(app: Flask) -> dict[str, list[str]]:
    """Return everything that the database holds but when somebody was last seen."""
    with site_of(app).database.connect() as connection:
        tables = Row.metadata.sorted_tables
        return {
            table.name: sorted(
                str(row)
                for row in connection.execute(
                    select(*(c for c in table.c if c.name != "seen_at"))
                )
            )
            for table in tables
        }
