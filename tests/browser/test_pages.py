"""Pages as a person meets them: narrow, without JavaScript, by keyboard, aloud."""

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask

from directory.web.site import site_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = [
    *("/", "/search?q=shelter&county=Wake", "/match", "/counties", "/counties/37183"),
    *("/safety", "/about", "/privacy", "/nowhere", "/search?q=zzzzqqq"),
]


@pytest.fixture(scope="module")
def paths(app: Flask) -> tuple[str, ...]:
    """Return the addresses of one page of each kind."""
    snapshot = site_of(app).snapshot()
    listing = next(x for x in snapshot.listings.values() if x.rules and x.languages)
    return (
        *PAGES,
        f"/services/{listing.id}",
        f"/services/{next(iter(snapshot.closed))}",
        f"/organizations/{listing.organization.id}",
    )


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_no_page_asks_anything_of_another_host_or_breaks_its_policy(
    page: "Page", address: str, paths: tuple[str, ...], prefix: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in paths:
        page.goto(f"{address}{prefix}{path}")
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert [words for words in said if "404" not in words and "410" not in words] == []
    assert page.context.cookies() == []
    kept = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert kept == [0, 0]


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_window(
    page: "Page", address: str, paths: tuple[str, ...], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for path in paths:
        page.goto(f"{address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    page: "Page", address: str, paths: tuple[str, ...], prefix: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for path in paths:
        page.goto(f"{address}{prefix}{path}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def test_the_answer_of_the_matcher_passes_axe_too(page: "Page", address: str) -> None:
    page.goto(f"{address}/match")
    tick(page, "emergency_shelter")
    page.fill("#place", "Wake")
    page.click(".send button")
    page.wait_for_selector(".plan")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_first_hit_is_seen_without_scrolling(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{address}/search?q=shelter&county=Wake")
    box = page.locator(".listing h3").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 640


def test_everything_works_without_javascript(browser: "Browser", address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    page.fill("#q", "shelter")
    page.fill("#near", "Wake")
    page.click("main form button")
    page.wait_for_selector(".listing")
    page.goto(f"{address}/match")
    page.check('input[value="food"][name="need"]')
    page.fill("#place", "Durham")
    page.click(".send button")
    page.wait_for_selector(".plan li")
    assert page.url == f"{address}/match"
    context.close()


def test_numbers_are_twenty_keystrokes_away(page: "Page", address: str) -> None:
    page.goto(f"{address}/match")
    # The skip link, the place, the language, then the second need: a safe place.
    keys = ["Tab", "Enter", "Tab", *"27601", "Tab", "Tab", "Tab", "Space", "Enter"]
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_selector(".plan .numbers a")
    assert page.locator("#place").input_value() == "27601"
    assert page.locator('input[value="emergency_shelter"]:checked').count() == 1
    assert len(keys) <= 20


def test_going_back_shows_an_empty_form(page: "Page", address: str) -> None:
    page.goto(f"{address}/match")
    tick(page, "emergency_shelter")
    page.fill("#place", "Wake")
    page.click(".send button")
    page.wait_for_selector(".plan")
    page.go_back()
    page.wait_for_load_state()
    assert page.locator('input[name="need"]:checked').count() == 0
    assert page.input_value("#place") == ""


def tick(page: "Page", code: str) -> None:
    """Tick a need as a finger does."""
    page.locator(f'label:has(input[name="need"][value="{code}"])').click()
