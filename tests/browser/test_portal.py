"""A provider corrects a listing on a small phone, without JavaScript."""

import re
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine

from tests.builders import people
from tests.builders.portal import NEW_NUMBER, OLD_NUMBER, harbor, letter
from tests.builders.site import served_on
from tests.fixtures.browser import PATIENCE
from tests.fixtures.live import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    """Serve one organization that keeps its listing."""
    harbor(sqlite)
    with served_on(sqlite, tmp_path, limits=False) as made:
        yield made


@pytest.fixture
def at(app: Flask) -> Generator[str]:
    """Return the address of that site."""
    with served(app) as found:
        yield found


@pytest.fixture
def phone(browser: "Browser") -> Generator["BrowserContext"]:
    """Open a small phone that runs no scripts."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 640}
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def test_hours_corrected_by_the_link_of_a_letter_are_public(
    sqlite: Engine, phone: "BrowserContext", at: str
) -> None:
    page = phone.new_page()
    page.goto(f"{at}{letter(sqlite)}/services/s")
    page.get_by_label("Monday, opens at").first.fill("10")
    page.get_by_label("Monday, closes at").first.fill("6:30")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("It is public now.").wait_for()
    page.goto(f"{at}/services/s")
    monday = page.get_by_role("row", name=re.compile("Monday")).inner_text()
    assert re.sub(r"\s", " ", monday) == "Monday 10:00 AM to 6:30 PM"
    assert phone.cookies() == []


def test_a_corrected_number_waits_and_the_old_one_stays(
    sqlite: Engine, phone: "BrowserContext", at: str
) -> None:
    page = phone.new_page()
    page.goto(f"{at}{letter(sqlite)}/services/s")
    page.get_by_label("Number", exact=True).first.fill("(919) 515 2011")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Waiting for review.").wait_for()
    assert page.get_by_text(NEW_NUMBER).count() > 0
    page.goto(f"{at}/services/s")
    assert page.get_by_text(OLD_NUMBER).count() > 0
    assert page.get_by_text(NEW_NUMBER).count() == 0


def test_a_mistake_is_led_to_and_nothing_is_lost(
    sqlite: Engine, phone: "BrowserContext", at: str
) -> None:
    page = phone.new_page()
    page.goto(f"{at}{letter(sqlite)}/services/s")
    page.get_by_label("Tuesday, opens at").first.fill("early")
    page.get_by_label("Something that people must know").fill("New door")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").get_by_role("link", name="Tuesday").click()
    assert page.get_by_label("Tuesday, opens at").first.input_value() == "early"
    # What is wrong stands on whole lines, not in the column of one time.
    said = page.locator("#problem-hours-TU-1-opens").bounding_box()
    assert said is not None
    assert said["width"] > 250
    told = page.get_by_label("Something that people must know")
    assert told.input_value() == "New door"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_fit_and_have_no_fault_that_axe_finds(
    app: Flask, sqlite: Engine, page: "Page", at: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    cookie = people.signed_in_cookie(app, people.person(sqlite, organization="o-s"))
    page.context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": at}])
    link = f"{at}{letter(sqlite)}"
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in (f"{at}/portal/", f"{link}/organization", f"{link}/services/s"):
        page.goto(path)
        _look(page, width)
    page.get_by_text("Add a number").click()
    for folded in page.locator("details.panel > summary").all():
        folded.click()
    _look(page, width)
    page.get_by_label("Number", exact=True).first.fill("12")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").first.wait_for()
    _look(page, width)
    page.get_by_label("Number", exact=True).first.fill(NEW_NUMBER)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Waiting for review.").wait_for()
    _look(page, width)
    assert [words for words in said if "422" not in words] == []


def _look(page: "Page", width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    found = Axe().run(page)
    assert [f"{v['id']}: {v['nodes']}" for v in found.response["violations"]] == []
