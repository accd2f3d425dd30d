"""The desk as a coordinator meets it: by keyboard, narrow, without JavaScript."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from directory.database import reading
from directory.hsds import Phone
from tests.builders import changes
from tests.builders.people import signed_in_cookie
from tests.fixtures.browser import PATIENCE
from tests.fixtures.live import served
from tests.web.desk import Browser, Desk, set_up

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = (
    *("/staff/", "/staff/queue", "/staff/history", "/staff/stale", "/staff/gaps"),
    *("/staff/gaps?county=37183", "/staff/dead-ends", "/staff/imports"),
    *("/staff/reports", "/staff/letters", "/staff/services/s/place"),
    *("/staff/history/1", "/staff/history/1/back"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Desk:
    return set_up(tmp_path_factory.mktemp("desk"), migrated_file)


@pytest.fixture(scope="module")
def address(desk: Desk) -> Generator[str]:
    """Serve the desk, and return its address."""
    with served(desk.app) as found:
        yield found


@pytest.fixture
def ann(browser: "Chromium", desk: Desk, address: str) -> Generator["Page"]:
    """Open the browser of a coordinator who is signed in; it runs no scripts."""
    context = browser.new_context(java_script_enabled=False, locale="en-US")
    context.set_default_timeout(PATIENCE)
    add_cookie(context, desk, desk.ann, address)
    yield context.new_page()
    context.close()


def add_cookie(context: object, desk: Desk, who: Browser, address: str) -> None:
    """Let a browser be one that is signed in."""
    cookie = signed_in_cookie(desk.app, who.person)
    context.add_cookies(  # type: ignore[attr-defined]
        [{"name": cookie.name, "value": cookie.value, "url": address}]
    )


def wait_for_change(desk: Desk) -> str:
    """Ask for another number, and return it as people write it."""
    with reading(desk.engine) as session:
        old = session.get_one(Phone, "p").number
    new = "+19198341234" if old != "+19198341234" else "+19198341235"
    changes.ask_for(desk.engine, "phone", "p", {"number": new})
    return f"{new[2:5]}-{new[5:8]}-{new[8:]}"


def test_a_change_is_agreed_to_with_keys_alone(
    desk: Desk, address: str, ann: "Page"
) -> None:
    number = wait_for_change(desk)
    page = ann
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/staff/")
    press_until(page, "Changes that wait for an answer")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/staff/queue")
    press_until(page, "Shelter, Harbor House")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/proposals/*")
    assert number in page.inner_text("main")
    page.get_by_label("I called the number that is public now").press("Space")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Agree: make it public"
    page.keyboard.press("Enter")
    page.wait_for_selector("text=agreed to a change")
    page.goto(f"{address}/services/s")
    assert number in page.inner_text("main")


def press_until(page: "Page", name: str) -> None:
    """Go from one thing to the next with the Tab key until it is the one called so."""
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        if here.count() and here.inner_text().startswith(name):
            return
    pytest.fail(f"no key leads to {name}")


def test_a_place_is_hidden_and_a_change_undone_without_scripts(
    desk: Desk, address: str, ann: "Page"
) -> None:
    changes.ask_for(desk.engine, "service", "s", {"description": "Two beds."})
    page = ann
    page.goto(f"{address}/staff/history?action=publish")
    with page.expect_navigation():
        page.click("main li.listing a >> nth=0")
    page.fill("#why", "It was not them.")
    page.click("text=Undo >> nth=-1")
    page.wait_for_selector("h1:has-text('Undid a change')")
    page.goto(f"{address}/staff/services/s/place")
    page.check("input[value=county]")
    page.get_by_label("Why").fill("They asked us to.")
    page.click("form.panel button")
    assert "4711 Canary Street" in page.inner_text("section.panel")
    page.click("text=Erase this and hide the place")
    page.wait_for_selector("text=It is hidden now.")
    assert "Canary" not in page.content()
    page.goto(f"{address}/staff/history")
    assert "took a hidden place out of the history" in page.inner_text("main")


def test_no_page_of_the_desk_is_wider_than_a_phone(
    desk: Desk, address: str, page: "Page"
) -> None:
    """And axe finds nothing on any, and nothing is asked of anybody else."""
    wait_for_change(desk)
    add_cookie(page.context, desk, desk.ann, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/staff/queue")
    path = page.get_attribute("main li.listing a", "href")
    page.set_viewport_size({"width": 320, "height": 700})
    for one in (*PAGES, str(path), f"/es{path}", "/es/staff/", "/es/staff/stale"):
        answer = page.goto(f"{address}{one}")
        assert answer is not None
        assert answer.status == 200, one
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, one
        found = Axe().run(page)
        assert found.violations_count == 0, f"{one}\n{found.generate_report()}"
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
