"""A scraper is told to wait; a person never is, and the way out is always open."""

import re
from collections.abc import Iterable
from itertools import cycle, islice

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.settings import Settings, load_settings
from directory.web.app import create_app
from directory.web.headers import HEADERS
from directory.web.limits import Visitors
from directory.web.site import site_of

A_MINUTE, A_MINUTE_OF_MATCHES = 120, 60
MATCH = {"needs": [{"code": "food"}], "county": "Wake"}
DAY = 24 * 60 * 60

# No minute and no day ends in the midst of a test.
pytestmark = pytest.mark.usefixtures("one_moment")


def limited(settings: Settings, **more: str) -> Flask:
    """Return a site that counts, over the small world."""
    environ = {"AFTERCARE_DATA_DIR": str(settings.data_dir), **more}
    return create_app(load_settings(environ))


@pytest.fixture
def scraped(plain: Settings) -> Flask:
    """Return a site of which one address has asked all that it may in a minute."""
    app = limited(plain)
    assert set(statuses(app.test_client(), A_MINUTE)) == {200}
    return app


def statuses(
    client: FlaskClient, times: int, paths: Iterable[str] = ("/about",)
) -> list[int]:
    """Ask for pages in turn, and return how that was answered."""
    asked = islice(cycle(paths), times)
    return [client.get(path, buffered=True).status_code for path in asked]


def test_a_scraper_meets_429_with_a_time_to_wait_and_the_hotline(
    scraped: Flask,
) -> None:
    answer = scraped.test_client().get("/search?q=food")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert {n: answer.headers.get(n) for n in HEADERS} == HEADERS
    assert "tel:+18883737888" in answer.text
    assert not [name for name, _ in answer.headers if "ratelimit" in name.lower()]


def test_all_pages_of_one_address_count_together(plain: Settings) -> None:
    app = limited(plain)
    listings = site_of(app).snapshot().listings.values()
    paths = [
        *(f"/services/{x.id}" for x in listings),
        *(f"/es/organizations/{x.organization.id}" for x in listings),
    ]
    found = statuses(app.test_client(), A_MINUTE + 1, paths)
    assert found.index(429) == A_MINUTE


def test_a_false_forwarding_changes_nothing(scraped: Flask) -> None:
    client = scraped.test_client()
    for n in range(20):
        false = {"X-Forwarded-For": f"198.51.100.{n}", "X-Real-IP": f"10.0.0.{n}"}
        forwarded = {**false, "Forwarded": f"for=198.51.100.{n}"}
        assert client.get("/search", headers=forwarded).status_code == 429


@pytest.mark.parametrize("proxies", [1, 2])
def test_a_proxy_of_ours_is_believed_and_nobody_before_it(
    plain: Settings, proxies: int
) -> None:
    client = limited(plain, AFTERCARE_PROXIES=str(proxies)).test_client()
    ours = "".join(f", 10.0.0.{n}" for n in range(proxies - 1))

    def asks(claimed: str, real: str) -> int:
        seen = {"X-Forwarded-For": f"{claimed}, {real}{ours}"}
        return client.get("/about", headers=seen).status_code

    found = [asks(f"198.51.100.{n}", "203.0.113.9") for n in range(A_MINUTE + 1)]
    assert found.index(429) == A_MINUTE
    assert asks("198.51.100.1", "203.0.113.10") == 200


def test_another_address_is_not_held_up(scraped: Flask) -> None:
    other = {"REMOTE_ADDR": "203.0.113.7"}
    assert scraped.test_client().get("/search", environ_base=other).status_code == 200


def test_a_household_on_ipv6_is_one_address(plain: Settings) -> None:
    client = limited(plain).test_client()

    def asks(address: str) -> int:
        seen = {"REMOTE_ADDR": address}
        return client.get("/about", environ_base=seen).status_code

    found = [asks(f"2001:db8:1:2::{n:x}") for n in range(A_MINUTE + 1)]
    assert found.index(429) == A_MINUTE
    assert asks("2001:db8:1:3::1") == 200


ALWAYS = (
    *("/", "/es/", "/leave", "/es/leave", "/safety", "/es/safety", "/privacy"),
    *("/healthz", "/robots.txt", "/favicon.ico"),
)


def test_the_way_out_and_the_hotlines_are_never_limited(scraped: Flask) -> None:
    client = scraped.test_client()
    for path in ALWAYS:
        assert set(statuses(client, 3, [path])) <= {200, 303}, path


def test_static_files_are_never_limited(scraped: Flask) -> None:
    client = scraped.test_client()
    assets = re.findall(r'(?:href|src)="(/assets/[^"]+)"', client.get("/").text)
    assert len(assets) >= 3
    assert set(statuses(client, 30, assets)) == {200}


def test_another_system_may_ask_the_matcher_less_often(plain: Settings) -> None:
    client = limited(plain).test_client()
    found = [
        client.post("/api/match", json=MATCH) for _ in range(A_MINUTE_OF_MATCHES + 1)
    ]
    assert [x.status_code for x in found].index(429) == A_MINUTE_OF_MATCHES
    assert found[-1].get_json()["errors"]
    assert int(found[-1].headers["Retry-After"]) >= 1
    # A person at the same address still sees pages.
    assert client.get("/search").status_code == 200


def test_who_types_quickly_is_not_told_to_wait(plain: Settings) -> None:
    client = limited(plain).test_client()
    assert set(statuses(client, 300, ["/suggest?q=sh", "/suggest?q=she"])) == {200}
    assert client.get("/search").status_code == 200


def test_a_person_is_never_told_to_wait(plain: Settings) -> None:
    """Forty pages in a minute, with a match every fifth: nobody reads faster."""
    client = limited(plain).test_client()
    paths = ("/", "/search?q=shelter", "/match", "/counties/37183", "/safety")
    assert set(statuses(client, 40, paths)) == {200}
    sent = {"need": "food", "place": "Wake"}
    assert {client.post("/match", data=sent).status_code for _ in range(8)} == {200}


def test_where_a_proxy_limits_nothing_is_counted_here(plain: Settings) -> None:
    client = limited(plain, AFTERCARE_LIMITS="no").test_client()
    assert set(statuses(client, A_MINUTE + 10, ["/about"])) == {200}


def test_an_address_has_another_name_each_day_and_in_each_process() -> None:
    one, two = Visitors(), Visitors()
    today = one.name("203.0.113.7", 0 * DAY + DAY)
    assert one.name("203.0.113.7", DAY + 3600) == today
    assert one.name("203.0.113.8", DAY + 3600) != today
    assert one.name("203.0.113.7", 2 * DAY) != today
    # Not even the same day comes back: the key of it is gone.
    assert one.name("203.0.113.7", DAY) != today
    assert two.name("203.0.113.7", DAY) != today
    assert not set("203.0.113.7") <= set(today)


@pytest.mark.parametrize(
    ("one", "two"),
    [("203.0.113.7", "::ffff:203.0.113.7"), ("garbage", ""), ("::1", "::2")],
)
def test_ways_to_write_one_address_have_one_name(one: str, two: str) -> None:
    visitors = Visitors()
    assert visitors.name(one, DAY) == visitors.name(two, DAY)
