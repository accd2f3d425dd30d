"""A report as a person makes it: on a phone, by keyboard, without JavaScript."""

from collections.abc import Generator
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask

from directory.settings import load_settings
from tests.fixtures.browser import PATIENCE
from tests.fixtures.live import served
from tests.safety.sites import stopped
from tests.safety.world import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

FLAG = "We were told 2 times that 919-555-0007 is wrong or does not work"


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return a small site at noon, behind a proxy, which says who asks."""
    folder = tmp_path_factory.mktemp("reports")
    build(folder, 0)
    environ = {"AFTERCARE_DATA_DIR": str(folder), "AFTERCARE_PROXIES": "1"}
    return stopped(load_settings(environ))


@pytest.fixture(scope="module")
def place(proxied: Flask) -> Generator[str]:
    """Serve the site and return its address."""
    with served(proxied) as address:
        yield address


def visitor(browser: "Browser", who: str) -> "Page":
    """Open a phone without JavaScript, at an address."""
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
        extra_http_headers={"X-Forwarded-For": who},
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def tell(page: "Page", place: str) -> None:
    """Go from the listing to the form, answer it, and send it."""
    page.goto(f"{place}/services/shelter")
    follow(page, page.get_by_role("link", name="Is something wrong here? Tell us."))
    listing = f"{place}/services/shelter/report"
    assert page.url == listing
    follow(page, page.get_by_role("button", name="Send"))
    assert page.get_by_role("alert").inner_text() == "Choose what is wrong."
    page.get_by_label("The number is wrong, or it does not work").check()
    page.get_by_label("919-555-0007").check()
    follow(page, page.get_by_role("button", name="Send"))
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you"
    # Nothing of what was told is in the address, and nothing in the browser.
    assert page.url == listing
    assert page.context.cookies() == []


def follow(page: "Page", what: "Locator") -> None:
    """Click on what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        what.click()


def test_two_who_report_from_a_listing_put_a_flag_on_it(
    browser: "Browser", place: str
) -> None:
    first, second = visitor(browser, "203.0.113.1"), visitor(browser, "198.51.100.2")
    for _ in range(2):
        tell(first, place)
    follow(first, first.get_by_role("link", name="Back to the listing"))
    assert FLAG not in first.inner_text("main")
    tell(second, place)
    for page in (first, second):
        page.goto(f"{place}/services/shelter")
        assert FLAG in page.inner_text("main")
        assert page.get_by_role("link", name="919-555-0007").is_visible()
        page.context.close()


def test_the_form_is_answered_by_keyboard(page: "Page", place: str) -> None:
    page.goto(f"{place}/services/refuge/report")
    page.get_by_label("The number is wrong, or it does not work").focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    page.get_by_role("heading", name="Thank you").wait_for()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_the_page_fits_and_axe_finds_nothing(
    page: "Page", place: str, prefix: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{place}{prefix}/services/shelter/report")
    for _ in ("asked", "asked again"):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        follow(page, page.locator("main button"))
        page.get_by_role("alert").wait_for()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_of_another_site_reports_in_nobodys_name(
    page: "Page", place: str, host: str
) -> None:
    """Another port is another origin, and another name another site."""
    target = f"{place}/services/legal/report"

    def elsewhere(_environ: object, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        field = '<input name="kind" value="closed"><button>Win</button>'
        return [f'<form method="post" action="{target}">{field}</form>'.encode()]

    with served(elsewhere) as lure:
        page.goto(lure.replace("127.0.0.1", host))
        with page.expect_response(target) as answered:
            page.get_by_role("button", name="Win").click()
    assert answered.value.status == 403
