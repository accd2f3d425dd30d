"""Headers of every route and status, and what a visitor's browser is left with."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.settings import Settings, load_settings
from directory.web.app import create_app
from directory.web.site import site_of

VARIABLE = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
EXPECTED = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield a method and an address for each route that the site has."""
    snapshot = site_of(app).snapshot()
    values = {
        "service_id": next(iter(snapshot.listings)),
        "organization_id": next(iter(snapshot.organizations)),
        "fips": "37183",
        "lang": "es",
        "filename": "site.css",
    }
    for rule in app.url_map.iter_rules():
        path = re.sub(
            r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda m: values[m[1]], str(rule)
        )
        for method in sorted(rule.methods or ()):
            if method in {"GET", "POST"}:
                yield method, path


def test_every_route_answers_with_the_headers_and_without_a_cookie(
    app: Flask, client: FlaskClient
) -> None:
    for method, path in addresses(app):
        answer = client.open(path, method=method, buffered=True)
        assert answer.status_code < 500, path
        assert "Set-Cookie" not in answer.headers, path
        if path.startswith("/assets/"):
            assert "immutable" in answer.headers["Cache-Control"], path
            continue
        found = {name: answer.headers.get(name) for name in EXPECTED}
        assert found == EXPECTED, path
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("status", "method", "path", "body"),
    [
        (400, "GET", "/search?q=%ff", b""),
        (404, "GET", "/services/nothing", b""),
        (405, "PUT", "/search", b""),
        (413, "POST", "/match", b"x" * 300_000),
        (422, "POST", "/match", b""),
        (422, "POST", "/api/match", b"{"),
    ],
)
def test_every_status_has_the_headers(
    client: FlaskClient, status: int, method: str, path: str, body: bytes
) -> None:
    answer = client.open(
        path,
        method=method,
        data=body,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    assert "Traceback" not in answer.text


def test_https_is_insisted_on_only_where_it_is_spoken(site_settings: Settings) -> None:
    environ = {
        "AFTERCARE_DATA_DIR": str(site_settings.data_dir),
        "AFTERCARE_HTTPS": "yes",
    }
    secure = create_app(load_settings(environ)).test_client().get("/safety")
    assert "max-age=63072000" in secure.headers["Strict-Transport-Security"]


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
