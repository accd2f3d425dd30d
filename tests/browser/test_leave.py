"""Leaving at once, with and without JavaScript, and what is left behind."""

import re
import shutil
import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask

from directory.settings import Settings
from directory.web.app import create_app
from directory.web.public.words import ELSEWHERE
from directory.web.site import site_of
from tests.fixtures.browser import FLAGS, PATIENCE
from tests.fixtures.live import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SHELTER = 'input[name="need"][value="emergency_shelter"]'
NUMBERS = "tel:+18883737888"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roads:
    """Addresses of the site, and of the place to which one leaves it."""

    site: str
    weather: str


def weather(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """Answer as another site would, and say where one came from."""
    start_response("200 OK", [("Content-Type", "text/html")])
    told = environ.get("HTTP_REFERER", "nothing")
    page = f"<!doctype html><title>Forecast</title><h1>Rain</h1><p>{told}</p>"
    return [page.encode()]


def leading_to(elsewhere: str, site: WSGIApplication) -> WSGIApplication:
    """Return `site` with its way out leading to a port of this machine."""

    def application(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], exc_info: object = None
        ) -> object:
            turned = [(n, v.replace(ELSEWHERE, f"{elsewhere}/")) for n, v in headers]
            return start_response(status, turned, exc_info)  # type: ignore[arg-type]

        return site(environ, start)  # type: ignore[arg-type]

    return application


@pytest.fixture(scope="module")
def roads(app: Flask) -> Generator[Roads]:
    """Serve the site and, on another port, the weather."""
    with served(weather) as elsewhere, served(leading_to(elsewhere, app)) as site:
        yield Roads(site=site, weather=f"{elsewhere}/")


@pytest.fixture
def remembering(browser: "Browser", chromium: str) -> Generator["Page"]:
    """Open a browser that keeps pages whole for the way back, as people's do."""
    running = browser.browser_type.launch(
        executable_path=chromium,
        args=[*FLAGS],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield running.new_page()
    running.close()


def shift(page: "Page", times: int) -> None:
    """Press Shift some times."""
    for _ in range(times):
        page.keyboard.press("Shift")


def walk(page: "Page", roads: Roads) -> None:
    """Visit some pages, the last of which is a search."""
    for path in ("/about", "/counties", "/search?q=shelter"):
        page.goto(f"{roads.site}{path}")


def is_blank(page: "Page") -> bool:
    """Tell whether nothing of the site is seen."""
    shown = "getComputedStyle(document.documentElement).display"
    return bool(page.evaluate(f"{shown} === 'none' || !document.querySelector('main')"))


@pytest.mark.parametrize("by", ["a click", "three Shifts"])
def test_one_is_elsewhere_within_a_second(page: "Page", roads: Roads, by: str) -> None:
    """At the best of some times: what a machine does besides is no fault of ours."""
    assert any(seconds_to_leave(page, roads, by) < 1 for _turn in range(10))


def seconds_to_leave(page: "Page", roads: Roads, by: str) -> float:
    """Leave, and return how long it took to be elsewhere."""
    walk(page, roads)
    start = time.monotonic()
    if by == "a click":
        page.click("#leave")
    else:
        shift(page, 3)
    page.wait_for_url(roads.weather)
    assert page.title() == "Forecast"
    return time.monotonic() - start


def test_the_way_back_leads_to_no_page_of_this_site(page: "Page", roads: Roads) -> None:
    page.goto(roads.weather)
    walk(page, roads)
    shift(page, 3)
    page.wait_for_url(roads.weather)
    for _ in range(3):
        page.go_back(wait_until="commit")
        page.wait_for_url(roads.weather)
        assert page.inner_text("h1") == "Rain"


def test_nor_does_it_where_pages_are_kept_whole_in_memory(
    remembering: "Page", roads: Roads
) -> None:
    page = remembering
    walk(page, roads)
    shift(page, 3)
    page.wait_for_url(roads.weather)
    for _ in range(2):
        # The page that one comes back to leaves anew.
        with page.expect_response(roads.weather):
            page.evaluate("history.back()")
        page.wait_for_url(roads.weather)


def test_who_comes_anew_is_welcome_and_nothing_is_left_of_it(
    page: "Page", roads: Roads
) -> None:
    walk(page, roads)
    shift(page, 3)
    page.wait_for_url(roads.weather)
    page.goto(f"{roads.site}/about")
    assert "About" in page.inner_text("h1")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []


def test_other_tabs_leave_as_well(page: "Page", roads: Roads) -> None:
    page.goto(f"{roads.site}/safety")
    other = page.context.new_page()
    other.goto(f"{roads.site}/search?q=shelter")
    shift(other, 3)
    other.wait_for_url(roads.weather)
    page.wait_for_url(roads.weather)


def test_a_page_that_comes_back_from_memory_is_blank_and_leaves(
    page: "Page", roads: Roads
) -> None:
    page.goto(f"{roads.site}/search?q=shelter")
    seen = page.evaluate(
        """() => {
            sessionStorage.setItem("left", "");
            const event = new PageTransitionEvent("pageshow", { persisted: true });
            window.dispatchEvent(event);
            return getComputedStyle(document.documentElement).display;
        }"""
    )
    assert seen == "none"
    page.wait_for_url(roads.weather)


def test_answers_that_come_back_from_memory_are_asked_anew(
    page: "Page", roads: Roads
) -> None:
    page.goto(f"{roads.site}/match")
    page.fill("#place", "Wake")
    with page.expect_navigation():
        shown = page.evaluate(
            """() => {
                const event = new PageTransitionEvent("pageshow", { persisted: true });
                window.dispatchEvent(event);
                const shown = getComputedStyle(document.documentElement).display;
                return [shown, document.querySelector("#place").value];
            }"""
        )
    assert shown == ["none", ""]
    assert page.input_value("#place") == ""
    assert not is_blank(page)


def test_shift_with_a_letter_or_a_click_does_not_leave(
    page: "Page", roads: Roads
) -> None:
    page.goto(f"{roads.site}/search")
    page.focus("#q")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    for _ in range(4):
        page.click("#q", modifiers=["Shift"])
    assert page.url == f"{roads.site}/search"
    assert page.input_value("#q") == "AAAA"


def test_two_shifts_do_not_leave_are_announced_and_are_forgotten(
    page: "Page", roads: Roads
) -> None:
    page.clock.install(time=0)
    page.goto(f"{roads.site}/search")
    page.clock.pause_at(60 * 60)
    shift(page, 1)
    assert "2 more times" in page.inner_text("#leave-status")
    shift(page, 1)
    assert "once more" in page.inner_text("#leave-status")
    page.clock.fast_forward(4000)
    assert "once more" in page.inner_text("#leave-status")
    page.clock.fast_forward(2000)
    assert page.inner_text("#leave-status") == ""
    shift(page, 2)
    assert page.url == f"{roads.site}/search"
    shift(page, 1)
    page.wait_for_url(roads.weather)


def test_a_letter_between_makes_the_count_start_anew(
    page: "Page", roads: Roads
) -> None:
    page.goto(f"{roads.site}/search")
    shift(page, 2)
    page.keyboard.press("x")
    shift(page, 1)
    assert page.url == f"{roads.site}/search"


@pytest.mark.parametrize("reached", ["slowly", "never"])
def test_the_page_is_blank_at_once_however_slow_the_network_is(
    page: "Page", roads: Roads, reached: str
) -> None:
    page.goto(f"{roads.site}/search?q=shelter")
    if reached == "never":
        page.route("**/leave", lambda route: route.abort())
    else:
        # What is not answered hangs.
        page.route("**/leave", lambda _route: None)
    seen = page.evaluate(
        """() => {
            document.getElementById("leave").click();
            const root = document.documentElement;
            return [getComputedStyle(root).display, document.title];
        }"""
    )
    assert seen == ["none", "Weather"]


def test_what_was_typed_is_gone_from_the_page_that_is_left(
    page: "Page", roads: Roads
) -> None:
    page.goto(f"{roads.site}/match")
    page.check(SHELTER, force=True)
    page.fill("#place", "Wake")
    page.route("**/leave", lambda _route: None)
    left = page.evaluate(
        """() => {
            document.getElementById("leave").click();
            const ticked = document.querySelectorAll("input[name=need]:checked");
            return [document.getElementById("place").value, ticked.length];
        }"""
    )
    assert left == ["", 0]


def test_it_works_where_no_other_script_and_no_style_comes(
    page: "Page", roads: Roads
) -> None:
    page.route(re.compile(r"\.css$|/site\.js$|/suggest\.js$"), lambda r: r.abort())
    page.goto(f"{roads.site}/search?q=shelter")
    shift(page, 3)
    page.wait_for_url(roads.weather)


def test_it_works_before_the_page_has_come_whole(page: "Page", roads: Roads) -> None:
    # A script that does not come holds up all that is deferred.
    page.route("**/site.js", lambda _route: None)
    page.goto(f"{roads.site}/counties", wait_until="commit")
    page.wait_for_selector("#leave", state="attached")
    shift(page, 3)
    page.wait_for_url(roads.weather)


def test_it_works_without_javascript(browser: "Browser", roads: Roads) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{roads.site}/counties")
    page.click("#leave")
    page.wait_for_url(roads.weather)
    context.close()


@pytest.fixture
def broken_site(site_settings: Settings, tmp_path: Path) -> Flask:
    """Return a site whose database has gone."""
    file = tmp_path / "aftercare.db"
    shutil.copyfile(site_settings.data_dir / "aftercare.db", file)
    url = f"sqlite:///{file}"
    app = create_app(replace(site_settings, database_url=url, data_dir=tmp_path))
    site_of(app).database.dispose()
    file.unlink()
    file.mkdir()
    return app


def test_it_works_with_the_database_down(page: "Page", broken_site: Flask) -> None:
    with (
        served(weather) as elsewhere,
        served(leading_to(elsewhere, broken_site)) as site,
    ):
        answer = page.goto(f"{site}/search?q=shelter")
        assert answer is not None
        assert answer.status == 503
        assert page.locator(f'a[href="{NUMBERS}"]').count()
        shift(page, 3)
        page.wait_for_url(f"{elsewhere}/")


def test_nobody_is_told_where_one_comes_from(page: "Page", roads: Roads) -> None:
    page.goto(f"{roads.site}/search?q=shelter")
    page.click("#leave")
    page.wait_for_url(roads.weather)
    assert page.inner_text("p") == "nothing"


def until(page: "Page", what: str) -> None:
    """Wait until something holds on a page.

    Playwright's own wait asks by `eval`, which our pages refuse but for the first time.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(what):
        assert time.monotonic() < end, what
        page.wait_for_timeout(20)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_way_out_is_seen_on_every_screen(
    page: "Page", roads: Roads, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(f"{roads.site}/counties")
    page.mouse.wheel(0, 1000)
    until(page, "window.scrollY > 300")
    box = page.locator("#leave").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 600 - box["height"]
    assert 0 <= box["x"] <= width - box["width"]
    assert box["height"] >= 24


COVERED = """() => {
    const focused = document.activeElement;
    const way = document.getElementById("leave");
    if (!focused || focused === document.body || focused === way) return false;
    const a = focused.getBoundingClientRect(), b = way.getBoundingClientRect();
    return a.top >= b.top && a.bottom <= b.bottom && a.left >= b.left
        && a.right <= b.right;
}"""


@pytest.mark.parametrize("path", ["/search?q=shelter", "/match"])
def test_the_way_out_covers_nothing_that_has_the_focus(
    page: "Page", roads: Roads, path: str
) -> None:
    # 320 CSS pixels are what 400 % of a usual window leave.
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{roads.site}{path}")
    for _ in range(40):
        page.keyboard.press("Tab")
        assert not page.evaluate(COVERED)


@pytest.mark.parametrize("path", ["/safety", "/es/safety"])
def test_it_says_what_it_cannot_do(page: "Page", roads: Roads, path: str) -> None:
    page.goto(f"{roads.site}{path}")
    said = page.inner_text("main")
    assert "not clear your history" in said or "No borra su historial" in said
