"""Two coordinators merge what is listed twice: on a phone, and by keyboard alone."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine

from directory.accounts import Role
from directory.hsds import Visibility
from directory.web.site import site_of
from tests.builders import rows
from tests.builders.people import person, signed_in_cookie
from tests.builders.scenes import scene
from tests.builders.site import served_on
from tests.fixtures.browser import PATIENCE
from tests.fixtures.live import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.browser

PAIR = "/staff/duplicates/haven/haven-2"
NUMBER = "+19195550111"


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    """Serve a body that is listed twice, and a hidden place."""
    one = rows.organization(id="haven", name="Zephyr Haven")
    two = rows.organization(id="haven-2", name="Zephyr Haven, Inc.")
    line = rows.service(one, id="line", name="Crisis line")
    law = rows.service(two, id="law", name="Legal aid")
    hidden = scene(Visibility.NETWORK, name="secret")
    hidden.service.name = "Quokka Lodge"
    rows.save(
        sqlite,
        *(one, two, line, law),
        rows.area(line),
        rows.area(law),
        rows.phone(one, number=NUMBER),
        rows.phone(two, number=NUMBER),
        *hidden.records,
    )
    with served_on(sqlite, tmp_path, limits=False) as made:
        yield made


@pytest.fixture
def at(app: Flask) -> Generator[str]:
    """Return the address of that site."""
    with served(app) as found:
        yield found


def signed_in(browser: "Browser", app: Flask, at: str, role: Role) -> "BrowserContext":
    """Return a small phone without scripts, in which somebody is signed in."""
    cookie = signed_in_cookie(app, person(site_of(app).database, role))
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 640}
    )
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": at}])
    return context


def test_two_coordinators_merge_on_a_phone_without_scripts(
    browser: "Browser", app: Flask, at: str
) -> None:
    ann, bea = (signed_in(browser, app, at, Role.COORDINATOR) for _ in range(2))
    page = ann.new_page()
    page.goto(f"{at}/staff/duplicates")
    follow(page, page.get_by_role("link", name="Zephyr Haven – Zephyr Haven, Inc."))
    let = page.get_by_role("link", name="Let the left one stay")
    if let.count():
        follow(page, let)
    name = page.get_by_role("group", name="Name", exact=True)
    assert name.get_by_role("radio").first.is_checked()
    name.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Ask to merge them").click()
    page.get_by_text("Another coordinator has to agree").wait_for()
    change = page.get_by_role("link", name="see the change").get_attribute("href")

    page = bea.new_page()
    page.goto(f"{at}{change}")
    follow(page, page.get_by_role("button", name="Agree"))
    page.goto(f"{at}/organizations/haven-2")
    assert page.url == f"{at}/organizations/haven"
    assert page.get_by_role("heading", name="Zephyr Haven, Inc.").count() == 1
    assert page.get_by_role("link", name="Legal aid").count() == 1
    assert page.get_by_role("link", name="919-555-0111").count() == 1
    ann.close()
    bea.close()


def follow(page: "Page", what: "Locator") -> None:
    """Click on what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        what.click()


def test_two_listings_are_told_apart_by_keyboard_alone(
    browser: "Browser", app: Flask, at: str
) -> None:
    context = signed_in(browser, app, at, Role.COORDINATOR)
    page = context.new_page()
    page.goto(f"{at}{PAIR}")
    press_until(page, "How do you know")
    page.keyboard.type("Two towns")
    press_until(page, "They are not the same")
    page.keyboard.press("Enter")
    page.get_by_text("0 pairs").wait_for()
    context.close()


def press_until(page: "Page", name: str) -> None:
    """Press Tab until something of that name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        said = focused.inner_text() or focused.get_attribute("id") or ""
        label = page.locator(f"label[for='{said}']")
        text = label.inner_text() if label.count() else said
        if name in text:
            return
    pytest.fail(f"nothing of the name {name} can be reached by keyboard")


@pytest.mark.parametrize("language", ["", "/es"])
def test_no_page_is_too_wide_or_shuts_anybody_out(
    browser: "Browser", app: Flask, at: str, language: str
) -> None:
    cookie = signed_in_cookie(
        app, person(site_of(app).database, Role.COORDINATOR, Role.ADVOCATE)
    )
    context = browser.new_context(viewport={"width": 320, "height": 640})
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": at}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in (
        *("/staff/duplicates", PAIR, "/network/", "/network/services/secret"),
        "/network/match",
    ):
        page.goto(f"{at}{language}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
    assert said == []
    context.close()


def test_an_advocate_finds_a_hidden_place_for_what_is_needed(
    browser: "Browser", app: Flask, at: str
) -> None:
    context = signed_in(browser, app, at, Role.ADVOCATE)
    page = context.new_page()
    page.goto(f"{at}/account")
    follow(page, page.get_by_role("link", name="Hidden places", exact=True))
    follow(page, page.get_by_role("link", name="Quokka Lodge"))
    assert page.get_by_role("heading", name="Quokka Lodge").count() == 1
    assert page.get_by_text("Who looks at one, and when, is recorded").count() == 1
    context.close()
