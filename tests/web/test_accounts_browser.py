"""Accounts in Chromium: from the invitation on, narrow, under the strict policy."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import Engine

from directory.accounts import Role
from directory.accounts.joining import Invitee, invite
from directory.database import writing
from tests.builders.people import totp_code
from tests.builders.site import served_on
from tests.fixtures.live import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WORDS = "seven moons under a violet tractor"
ANN = Invitee(
    email="ann@example.org",
    name="Ann",
    roles=frozenset({Role.ADMINISTRATOR, Role.ADVOCATE}),
)


def test_from_the_invitation_to_the_accounts_of_everybody(
    page: "Page", sqlite: Engine, tmp_path: Path
) -> None:
    with writing(sqlite) as session:
        _ann, key = invite(session, ANN, now=dt.datetime.now(dt.UTC))
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type} {message.text}"))
    page.set_viewport_size({"width": 320, "height": 640})
    with served_on(sqlite, tmp_path) as app, served(app) as address:
        page.goto(f"{address}/account/join/{key}")
        goes_on(page)
        page.fill("#password", WORDS)
        page.fill("#password_confirm", WORDS)
        goes_on(page)
        signs_in(page)
        for path in ("", "/sessions", "/change", "/tf-setup", "/verify", "/reset"):
            page.goto(f"{address}/account{path}")
            is_well(page)
        page.goto(f"{address}/es/staff/accounts")
        is_well(page)
        follow(page, "main li.listing a")
        is_well(page)
        assert page.context.cookies()[0]["httpOnly"]
    # What is verbose is advice.
    assert [words for words in said if not words.startswith("verbose")] == []


def signs_in(page: "Page") -> None:
    """Sign in for the first time, which sets up codes, and take recovery codes."""
    page.fill("#email", ANN.email)
    page.fill("#password", WORDS)
    goes_on(page)
    is_well(page)
    # A code is not good for long.
    page.fill("#code", totp_code(page.inner_text("main strong")))
    sends(page)
    follow(page, ".asked .button")
    goes_on(page)
    assert page.locator("main code").count() == 10
    is_well(page)
    follow(page, "main .panel a.button")
    assert page.inner_text("h1") == "Your account"


def goes_on(page: "Page") -> None:
    """Look the page over, then send its form by the keyboard."""
    is_well(page)
    sends(page)


def sends(page: "Page") -> None:
    """Send the form of a page by the keyboard."""
    page.focus("main form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page: "Page", selector: str) -> None:
    """Click on what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        page.click(selector)


def is_well(page: "Page") -> None:
    """Check that the page fits into a small window and can be used by all."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
