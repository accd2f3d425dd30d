"""The way of a provider: from the mail to the listing, by phone, without JavaScript."""

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine

from directory.cli.setup import make_tables
from directory.hsds import Fact
from directory.mail import deliver
from directory.settings import load_settings
from directory.web.site import site_of
from tests.builders import rows
from tests.builders.letters import confirm, days, path_in, provider, write_letters
from tests.builders.site import after_noon, site_after_noon
from tests.fixtures.browser import PATIENCE
from tests.fixtures.live import served
from tests.mail.outbox import mailer
from tests.mail.server import Inbox, receiving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

NARROWEST = 320


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return a site with an empty directory; each test adds a provider of its own."""
    folder = tmp_path_factory.mktemp("remind")
    settings = load_settings({"AFTERCARE_DATA_DIR": str(folder)})
    make_tables(settings).dispose()
    return site_after_noon(settings)


@pytest.fixture(scope="module")
def place(app: Flask) -> Generator[str]:
    """Serve the site and return its address."""
    with served(app) as address:
        yield address


@pytest.fixture
def engine(app: Flask) -> Engine:
    return site_of(app).database


@pytest.fixture
def phone(browser: "Browser") -> Generator["Page"]:
    """Open a phone without JavaScript."""
    context = browser.new_context(
        java_script_enabled=False,
        has_touch=True,
        viewport={"width": 360, "height": 640},
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def mail_to(engine: Engine, name: str) -> str:
    """Write to whoever is due, send it, and return the path in the mail to `name`."""
    now = after_noon()
    write_letters(engine, now)
    with receiving(Inbox()) as inbox:
        deliver(engine, mailer(inbox.url), now)
    (arrived,) = (
        letter for letter in inbox.taken if letter.recipients[0].startswith(f"{name}@")
    )
    return path_in(arrived.text)


def is_thanked(page: "Page") -> None:
    """Wait until the answer has come."""
    page.get_by_role("heading", level=1, name="Thank you").wait_for()
    page.wait_for_load_state()


def fits(page: "Page") -> bool:
    """Tell whether nothing has to be moved sideways to be read."""
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    box = page.locator("main").bounding_box()
    wide = page.locator("main *").evaluate_all(
        "all => Math.max(...all.map(e => e.getBoundingClientRect().right))"
    )
    return box is not None and wide <= NARROWEST


def test_from_the_mail_to_the_listing(
    phone: "Page", engine: Engine, place: str
) -> None:
    provider(engine, "mail", email="mail@harbor.example")
    path = mail_to(engine, "mail")
    phone.goto(f"{place}/services/mail")
    assert "Not verified." in phone.inner_text("main")
    phone.goto(f"{place}{path}")
    # The button is seen without a move, and is all that there is to do.
    button = phone.get_by_role("button", name="Everything is correct").first
    box = button.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 640
    assert box["height"] >= 44
    button.tap()
    is_thanked(phone)
    with phone.expect_navigation():
        phone.get_by_role("link", name="See what the public sees").tap()
    assert phone.inner_text("h1") == "Harbor House"
    assert "Confirmed on " in phone.inner_text("main")
    phone.goto(f"{place}{path}")
    assert "cannot be used any more" in phone.inner_text("h1")


def test_closing_takes_a_choice(phone: "Page", engine: Engine, place: str) -> None:
    offer = provider(engine, "shut", email="shut@harbor.example")
    owner = rows.organization(id=offer.organization_id)
    rows.save(engine, rows.service(owner, id="open", name="Counsel"))
    phone.goto(f"{place}{mail_to(engine, 'shut')}")
    phone.get_by_text("We closed", exact=True).tap()
    send = phone.get_by_role("button", name="Tell us that it has closed")
    send.tap()
    phone.get_by_role("alert").wait_for()
    assert "Please choose which service has closed." in phone.inner_text("[role=alert]")
    phone.get_by_role("checkbox", name="Shelter").check()
    send.tap()
    is_thanked(phone)
    assert "One of us looks at it before it is public." in phone.inner_text("main")
    phone.goto(f"{place}/services/shut")
    assert phone.inner_text("h1") == "Shelter"


class Taps:
    """A finger that counts its taps."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, what: "Locator") -> None:
        """Tap on something."""
        what.tap()
        self.count += 1


def room_mail(engine: Engine, name: str) -> str:
    """Return the path in the mail that asks a shelter for its room."""
    offer = provider(engine, name, email=f"{name}@harbor.example")
    now = after_noon()
    confirm(engine, offer, now.date(), Fact.RECORD, Fact.HOURS)
    old = rows.capacity(offer, as_of=now - days(5), expires=now - days(2))
    rows.save(engine, old)
    return mail_to(engine, name)


def test_room_is_told_in_three_taps(phone: "Page", engine: Engine, place: str) -> None:
    path, finger = room_mail(engine, "taps"), Taps()
    phone.goto(f"{place}/services/taps")
    assert "Ask whether there is room" in phone.inner_text("main")
    phone.set_content(f'<a href="{place}{path}">{path}</a>')
    finger.on(phone.get_by_role("link"))
    finger.on(phone.get_by_text("3", exact=True))
    finger.on(phone.get_by_role("button", name="Save"))
    is_thanked(phone)
    assert finger.count == 3
    assert "3 beds free, told today at" in phone.inner_text("main")
    phone.goto(f"{place}/services/taps")
    assert "3 beds free, told today at" in phone.inner_text("main")


def test_full_is_told_in_one_tap(phone: "Page", engine: Engine, place: str) -> None:
    path, finger = room_mail(engine, "full"), Taps()
    phone.goto(f"{place}{path}")
    finger.on(phone.get_by_role("button", name="Full"))
    is_thanked(phone)
    assert finger.count == 1
    assert "Full, told today at" in phone.inner_text("main")
    # The link is good for the next time as well.
    phone.get_by_role("link", name="Change it").tap()
    phone.get_by_role("button", name="Full").wait_for()


def test_the_enter_key_saves_the_number_and_not_full(
    page: "Page", engine: Engine, place: str
) -> None:
    page.goto(f"{place}{room_mail(engine, 'enter')}")
    page.get_by_label("4", exact=True).check()
    page.keyboard.press("Enter")
    is_thanked(page)
    assert "4 beds free" in page.inner_text("main")


def test_numbers_are_large_enough_for_a_thumb(
    phone: "Page", engine: Engine, place: str
) -> None:
    phone.goto(f"{place}{room_mail(engine, 'thumb')}")
    for target in (*phone.locator(".count").all(), *phone.locator(".button").all()):
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


@pytest.mark.parametrize("lang", ["", "/es"])
def test_the_pages_fit_and_axe_finds_nothing(
    page: "Page", engine: Engine, place: str, lang: str
) -> None:
    name = f"axe{lang[1:]}"
    room, whole = room_mail(engine, name), f"{name}-whole"
    provider(engine, whole, email=f"{whole}@harbor.example")
    paths = [room, mail_to(engine, whole), "/portal/confirm/unknown"]
    for path in paths:
        page.goto(f"{place}{lang}{path}")
        for details in page.locator("main details").all():
            if details.is_visible():
                details.locator("summary").click()
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
        assert fits(page), path
