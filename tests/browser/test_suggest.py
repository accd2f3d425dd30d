"""Suggestions below a search box, by keys, by pointer, and aloud."""

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

HOUR = 60 * 60


def box(page: "Page", name: str) -> "Locator":
    return page.get_by_role("combobox", name=name)


@pytest.fixture
def page(page: "Page") -> "Page":
    """Open a page whose clock a test can stop."""
    page.clock.install(time=0)
    return page


def typed(page: "Page", words: str, name: str = "What do you need?") -> "Locator":
    """Type into a box as a person does, and wait for the list."""
    field = box(page, name)
    type_at_once(page, field, words)
    page.get_by_role("option").first.wait_for()
    return field


def type_at_once(page: "Page", field: "Locator", words: str) -> None:
    """Type letter by letter without a pause, so that it is asked once, at the end.

    After a pause, which a busy machine makes by itself, it would be asked for less than
    all, and that list could come and go while a key chooses from it.
    """
    shown = page.evaluate("Date.now()") / 1000
    page.clock.pause_at(shown + HOUR)
    field.press_sequentially(words)
    page.clock.run_for(1000)
    page.clock.resume()


def expanded(field: "Locator") -> str | None:
    return field.get_attribute("aria-expanded")


def test_keys_choose_a_suggestion_and_search_for_it(page: "Page", address: str) -> None:
    page.goto(f"{address}/")
    field = typed(page, "emerg")
    assert expanded(field) == "true"
    field.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    assert chosen.get_attribute("id") == field.get_attribute("aria-activedescendant")
    field.press("Enter")
    assert field.input_value() == "Emergency shelter"
    assert page.url == f"{address}/"
    assert page.get_by_role("option").count() == 0
    field.press("Enter")
    page.wait_for_url("**/search?**")
    assert "q=Emergency+shelter" in page.url


def test_the_list_goes_round_and_escape_closes_it(page: "Page", address: str) -> None:
    page.goto(f"{address}/")
    field = typed(page, "emerg")
    field.press("ArrowUp")
    options = page.get_by_role("option")
    assert options.last.get_attribute("aria-selected") == "true"
    field.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    field.press("Escape")
    assert expanded(field) == "false"
    assert field.input_value() == "emerg"
    assert options.count() == 0


def test_the_pointer_chooses_too_and_leaving_the_box_closes(
    page: "Page", address: str
) -> None:
    page.goto(f"{address}/search")
    field = typed(page, "durham c", "Where?")
    page.get_by_role("option", name="Durham County").click()
    assert field.input_value() == "Durham County"
    typed(page, "food")
    box(page, "Where?").focus()
    assert page.get_by_role("option").count() == 0


def test_how_many_there_are_is_said_aloud(page: "Page", address: str) -> None:
    page.goto(f"{address}/es/")
    typed(page, "alberg", "¿Qué necesita?")
    count = page.get_by_role("option").count()
    said = page.locator(".suggest [role=status]").first.inner_text()
    assert str(count) in said


def test_the_open_list_has_no_fault_that_a_checker_finds(
    page: "Page", address: str
) -> None:
    page.goto(f"{address}/")
    typed(page, "emerg").press("ArrowDown")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_list_stays_inside_a_narrow_window(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{address}/")
    typed(page, "legal")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_the_box_works_as_it_is(
    browser: "Browser", address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    field = page.get_by_label("What do you need?")
    field.fill("food")
    field.press("Enter")
    page.wait_for_url("**/search?**")
    assert page.locator(".listing").count() > 0
    context.close()


def test_a_server_that_does_not_answer_harms_nothing(
    page: "Page", address: str
) -> None:
    page.route("**/suggest?*", lambda route: route.abort())
    page.goto(f"{address}/")
    field = box(page, "What do you need?")
    with page.expect_event("requestfailed", lambda asked: "/suggest?" in asked.url):
        type_at_once(page, field, "food")
    field.press("Enter")
    page.wait_for_url("**/search?**")
    assert page.locator(".listing").count() > 0
