"""Headers of every route and status, and what a visitor's browser is left with."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import DictLoader
from werkzeug.test import TestResponse

from directory.settings import Settings, load_settings
from directory.web.app import create_app
from directory.web.site import site_of

VARIABLE = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
FORM = "application/x-www-form-urlencoded"
# Written out once more: whoever changes a header must mean it.
EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
        " object-src 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "geolocation=(), camera=(), microphone=(), payment=(), usb=(),"
        " browsing-topics=()"
    ),
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noarchive",
}
PRIVATE = {**EXPECTED, "X-Robots-Tag": "noindex, noarchive"}
SIGN_IN = tuple(
    f"{language}/{area}"
    for language in ("", "/es")
    for area in ("account", "staff", "network", "portal")
)
"""Where people sign in, and what is behind that."""
BY_LETTER = tuple(f"/portal/{what}/" for what in ("confirm", "object", "claim"))
"""What a letter's link opens, which needs no cookie."""
FOREVER = {**EXPECTED, "Cache-Control": "max-age=315360000, public, immutable"}


def headers_of(answer: TestResponse) -> dict[str, str | None]:
    """Return those headers of an answer that every answer must have, each once."""
    assert all(len(answer.headers.getlist(name)) < 2 for name in EXPECTED)
    path = answer.request.path.removeprefix("/es")
    if path.startswith(SIGN_IN) and not path.startswith(BY_LETTER):
        assert all(is_guarded(c) for c in answer.headers.getlist("Set-Cookie"))
    else:
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
    return {name: answer.headers.get(name) for name in EXPECTED}


def is_guarded(cookie: str) -> bool:
    """Tell whether no script can read a cookie, and no other site send it."""
    return "HttpOnly" in cookie and "SameSite=Lax" in cookie


def addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield a method and an address for each route that the site has."""
    snapshot = site_of(app).snapshot()
    values = {
        "service_id": next(iter(snapshot.listings)),
        "organization_id": next(iter(snapshot.organizations)),
        "fips": "37183",
        "lang": "es",
        "filename": "site.css",
        **dict.fromkeys(("token", "proposal_id", "claim_id", "person_id"), "x"),
        **dict.fromkeys(("seq", "left_id", "right_id"), "1"),
    }
    for rule in app.url_map.iter_rules():
        path = VARIABLE.sub(lambda m: values[m[1]], str(rule))
        for method in sorted(rule.methods or ()):
            yield method, path


def test_every_route_answers_with_the_headers_and_without_a_cookie(
    app: Flask,
) -> None:
    for method, path in addresses(app):
        answer = app.test_client().open(path, method=method, buffered=True)
        assert answer.status_code < 500, path
        expected = [EXPECTED, PRIVATE, FOREVER]
        if path.startswith("/assets/"):
            expected = [FOREVER] if answer.status_code == 200 else [EXPECTED]
        elif answer.status_code == 404:
            # What a stranger may not know of looks like what is not there.
            expected = [EXPECTED, PRIVATE]
        elif path.endswith("/match") or path.startswith(SIGN_IN):
            expected = [PRIVATE]
        assert headers_of(answer) in expected, (method, path)


@pytest.fixture
def broken(site_settings: Settings) -> Flask:
    """Return a site with a page that fails, and with limits."""
    environ = {"AFTERCARE_DATA_DIR": str(site_settings.data_dir)}
    app = create_app(load_settings(environ))

    @app.get("/broken")
    def fails() -> str:
        message = "zanzibar"
        raise ValueError(message)

    return app


STATUSES: list[tuple[int, str, str, bytes]] = [
    (200, "GET", "/", b""),
    (200, "OPTIONS", "/search", b""),
    (303, "GET", "/leave", b""),
    (400, "GET", "/search?q=%ff", b""),
    (404, "GET", "/services/nothing", b""),
    (404, "GET", "/api/nothing", b""),
    (404, "GET", "/assets/nothing", b""),
    (405, "PUT", "/search", b""),
    (405, "TRACE", "/", b""),
    (413, "POST", "/api/match", b"x" * 300_000),
    (500, "GET", "/broken", b""),
]


@pytest.mark.parametrize(("status", "method", "path", "body"), STATUSES)
def test_every_status_has_the_headers(
    broken: Flask, status: int, method: str, path: str, body: bytes
) -> None:
    answer = broken.test_client().open(
        path, method=method, data=body, content_type=FORM
    )
    assert answer.status_code == status
    assert headers_of(answer) in (EXPECTED, PRIVATE)
    assert "Traceback" not in answer.text
    assert "zanzibar" not in answer.text


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"need=food"), (413, b"x" * 300_000), (422, b"")]
)
@pytest.mark.parametrize("path", ["/match", "/es/match"])
def test_an_answer_of_the_matcher_is_not_even_listed(
    client: FlaskClient, path: str, status: int, body: bytes
) -> None:
    answer = client.post(path, data=body, content_type=FORM)
    assert answer.status_code == status
    assert headers_of(answer) == PRIVATE


def test_a_listing_that_has_closed_has_the_headers(
    app: Flask, client: FlaskClient
) -> None:
    closed = next(iter(site_of(app).snapshot().closed))
    answer = client.get(f"/services/{closed}")
    assert answer.status_code == 410
    assert headers_of(answer) == EXPECTED


@pytest.mark.usefixtures("one_moment")
def test_who_asks_too_much_gets_the_headers(broken: Flask) -> None:
    visitor = broken.test_client()
    found = [visitor.get("/readyz") for _ in range(121)][-1]
    assert found.status_code == 429
    assert headers_of(found) == EXPECTED
    assert found.headers["Retry-After"]


def test_a_static_file_may_be_kept_for_ever_under_its_digest(
    app: Flask, client: FlaskClient
) -> None:
    path = f"{app.static_url_path}/site.css"
    assert re.match(r"/assets/[0-9a-f]{16}/", path)
    answer = client.get(path, buffered=True)
    assert headers_of(answer) == FOREVER
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert headers_of(again) == FOREVER
    refused = client.post(path)
    assert refused.status_code == 405
    assert headers_of(refused) == EXPECTED


def test_an_error_is_logged_by_its_place_and_not_by_its_words(
    broken: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    broken.test_client().get("/broken?q=zanzibar")
    [record] = caplog.records
    assert record.getMessage().startswith("GET /broken: ValueError at ")
    assert record.exc_info is None
    assert "test_headers.py" in caplog.text
    assert "zanzibar" not in caplog.text


def test_where_not_even_the_page_of_an_error_can_be_made_the_numbers_are_shown(
    broken: Flask,
) -> None:
    broken.jinja_loader = DictLoader({})
    answer = broken.test_client().get("/nothing")
    assert answer.status_code == 404
    assert "888-373-7888" in answer.text
    assert headers_of(answer) == EXPECTED


def test_no_variable_opens_a_traceback_to_visitors(
    site_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    app = create_app(site_settings)
    assert not app.debug
    assert app.test_client().get("/console").status_code == 404


def test_https_is_insisted_on_only_where_it_is_spoken(site_settings: Settings) -> None:
    environ = {
        "AFTERCARE_DATA_DIR": str(site_settings.data_dir),
        "AFTERCARE_HTTPS": "yes",
    }
    app = create_app(load_settings(environ))
    for path in ("/safety", "/nowhere", f"{app.static_url_path}/site.css"):
        secure = app.test_client().get(path, buffered=True)
        assert "max-age=63072000" in secure.headers["Strict-Transport-Security"], path
        plain = create_app(site_settings).test_client().get(path, buffered=True)
        assert "Strict-Transport-Security" not in plain.headers, path


def test_without_a_database_the_way_out_and_the_numbers_stay(empty_app: Flask) -> None:
    site = site_of(empty_app)
    (site.settings.data_dir / "aftercare.db").unlink()
    site.database.dispose()
    (site.settings.data_dir / "aftercare.db").mkdir()
    visitor = empty_app.test_client()
    assert visitor.get("/leave").status_code == 303
    assert visitor.get("/safety").status_code == 200
    assert visitor.get("/").status_code == 200
    answer = visitor.get("/search?q=shelter")
    assert answer.status_code == 503
    assert "tel:+18883737888" in answer.text
    assert answer.headers["Retry-After"]
    assert visitor.get("/readyz").status_code == 503
    assert visitor.get("/healthz").status_code == 200


def test_an_unknown_host_is_refused(site_settings: Settings) -> None:
    environ = {
        "AFTERCARE_DATA_DIR": str(site_settings.data_dir),
        "AFTERCARE_TRUSTED_HOSTS": "aftercare.example",
    }
    visitor = create_app(load_settings(environ)).test_client()
    assert visitor.get("/safety", headers={"Host": "evil.example"}).status_code == 400
    assert (
        visitor.get("/safety", headers={"Host": "aftercare.example"}).status_code == 200
    )
