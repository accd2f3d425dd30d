"""Ways that lead from one person to another: provider, contact, coordinator."""

import re
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import select

from directory.accounts import Person, Role
from directory.database import reading
from directory.mail import Letter, LetterKind
from tests.builders import people
from tests.builders.portal import MAIL, NEW_NUMBER, OLD_NUMBER, harbor
from tests.builders.site import served_on
from tests.fixtures.browser import PATIENCE
from tests.fixtures.live import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    """Serve one organization, `o-s`, with its service `s`."""
    harbor(sqlite)
    with served_on(sqlite, tmp_path, limits=False) as made:
        yield made


@pytest.fixture
def at(app: Flask) -> Generator[str]:
    """Return the address of that site."""
    with served(app) as found:
        yield found


@pytest.fixture
def come_in(app: Flask, at: str, browser: "Browser") -> Generator[Open]:
    """Return what opens a page in a browser of somebody's own, without scripts."""
    contexts = []

    def opened(path: str, who: Person | None = None, *, age: float = 0) -> "Page":
        context = browser.new_context(java_script_enabled=False)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if who is not None:
            cookie = people.signed_in_cookie(app, who, age=age)
            held = {"name": cookie.name, "value": cookie.value, "url": at}
            context.add_cookies([held])  # type: ignore[list-item] # a plain dict will do
        page = context.new_page()
        page.goto(at + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def public_words(come_in: Open) -> str:
    """Return what the public reads, with plain spaces."""
    return re.sub(r"\s+", " ", come_in("/services/s").inner_text("main"))


def public_number(come_in: Open) -> str:
    """Return the number that the public is told to call."""
    found = re.search(r"919-\d{3}-\d{4}", public_words(come_in))
    assert found is not None
    return found[0]


def ask_for_number(page: "Page") -> None:
    page.get_by_label("Number", exact=True).first.fill(NEW_NUMBER)
    follow(page, page.get_by_role("button", name="Send"))


def follow(page: "Page", what: "Locator") -> None:
    """Click on the first that leads to another page, and wait until that is there."""
    with page.expect_navigation():
        what.first.click()


def letters(engine: Engine, kind: LetterKind) -> list[Letter]:
    with reading(engine) as session:
        found = session.exec(select(Letter).where(Letter.kind == kind)).all()
        session.expunge_all()
        return list(found)


def test_a_number_is_public_once_a_second_person_agreed_and_can_be_taken_back(
    sqlite: Engine, come_in: Open
) -> None:
    provider = people.person(sqlite, organization="o-s")
    page = come_in("/portal/services/s", provider)
    ask_for_number(page)
    page.get_by_text("Waiting for review.").wait_for()
    assert public_number(come_in) == OLD_NUMBER

    desk = come_in("/staff/", people.person(sqlite, Role.COORDINATOR))
    follow(desk, desk.get_by_role("link", name="Changes that wait"))
    follow(desk, desk.get_by_role("link", name="Day help s"))
    assert desk.get_by_text(OLD_NUMBER).count()
    assert desk.get_by_text(NEW_NUMBER).count()
    # Who is on record was written to, and has a day to say no.
    follow(desk, desk.get_by_role("button", name="Agree"))
    desk.get_by_text("still has time to object").wait_for()
    assert public_number(come_in) == OLD_NUMBER
    desk.get_by_label("I called the number that is public now").check()
    follow(desk, desk.get_by_role("button", name="Agree"))
    assert public_number(come_in) == NEW_NUMBER

    follow(desk, desk.get_by_role("link", name="History"))
    follow(desk, desk.locator("h2 a", has_text="agreed"))
    desk.get_by_label("Why").fill("It rings somewhere else.")
    follow(desk, desk.get_by_role("button", name="Undo"))
    assert public_number(come_in) == OLD_NUMBER


def test_two_who_edit_at_once_see_both_versions_and_lose_nothing(
    sqlite: Engine, come_in: Open
) -> None:
    first, second = (
        come_in("/portal/services/s", people.person(sqlite, organization="o-s"))
        for _ in range(2)
    )
    first.get_by_label("Monday, opens at").first.fill("10")
    follow(first, first.get_by_role("button", name="Send"))
    first.get_by_text("It is public now.").wait_for()

    second.get_by_label("Monday, opens at").first.fill("7:30")
    follow(second, second.get_by_role("button", name="Send"))
    shown = second.inner_text("main")
    assert "10:00" in shown, "what the other one did"
    assert "7:30" in shown
    assert second.get_by_label("Monday, opens at").first.input_value() == "7:30"
    assert "10:00 AM" in public_words(come_in)

    follow(second, second.get_by_role("button", name="Send"))
    second.get_by_text("It is public now.").wait_for()
    assert "7:30 AM" in public_words(come_in)


def test_a_stolen_session_changes_no_number(sqlite: Engine, come_in: Open) -> None:
    provider = people.person(sqlite, organization="o-s")
    page = come_in("/portal/services/s", provider, age=11 * 60)
    ask_for_number(page)
    field = page.get_by_label("Number", exact=True).first
    assert field.input_value() == NEW_NUMBER, "what was typed is kept"
    assert letters(sqlite, LetterKind.NOTICE) == []

    # Whoever has the password and the code as well gets as far as the queue.
    page = come_in("/portal/services/s", provider)
    ask_for_number(page)
    page.get_by_text("Waiting for review.").wait_for()
    assert public_number(come_in) == OLD_NUMBER
    [letter] = letters(sqlite, LetterKind.NOTICE)
    assert letter.to_address == MAIL
    assert NEW_NUMBER not in letter.text

    path = re.search(r"/portal/object/\S+", letter.text)
    assert path is not None
    contact = come_in(path[0])
    follow(contact, contact.get_by_role("button"))
    desk = come_in("/staff/queue", people.person(sqlite, Role.COORDINATOR))
    assert desk.get_by_role("link", name="Day help s").count() == 0
    assert public_number(come_in) == OLD_NUMBER
