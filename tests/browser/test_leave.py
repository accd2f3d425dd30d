"""Leaving at once, with and without JavaScript."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ELSEWHERE = "https://www.weather.gov/"


def test_a_click_leaves_and_the_way_back_does_not_return(
    page: "Page", address: str
) -> None:
    # Another page answers in the place of the redirect, which leads off this machine.
    page.route("**/leave", lambda route: route.fulfill(body="Rain"))
    page.goto(f"{address}/about")
    page.goto(f"{address}/search?q=shelter")
    page.click("#leave")
    page.wait_for_url("**/leave")
    page.go_back()
    assert page.url == f"{address}/about"


def test_three_shifts_leave(page: "Page", address: str) -> None:
    page.goto(f"{address}/search?q=shelter")
    with page.expect_request(ELSEWHERE):
        for _ in range(3):
            page.keyboard.press("Shift")


def test_shift_with_a_letter_does_not_leave(page: "Page", address: str) -> None:
    page.goto(f"{address}/search")
    page.focus("#q")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    assert page.url == f"{address}/search"
    assert page.input_value("#q") == "AAAA"


def test_two_shifts_do_not_leave_and_are_announced(page: "Page", address: str) -> None:
    page.goto(f"{address}/search")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert "once more" in page.inner_text("#leave-status")
    assert page.url == f"{address}/search"


def test_the_page_is_blank_before_the_next_one_answers(
    page: "Page", address: str
) -> None:
    page.goto(f"{address}/search?q=shelter")
    page.evaluate("window.stop()")
    seen = page.evaluate(
        """() => {
            document.getElementById("leave").click();
            const shown = getComputedStyle(document.querySelector("main")).display;
            return [shown, document.title];
        }"""
    )
    assert seen == ["none", "Weather"]


def test_leaving_works_without_javascript(browser: "Browser", address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/counties")
    with page.expect_request(ELSEWHERE):
        page.click("#leave", no_wait_after=True)
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_way_out_is_seen_on_every_screen(
    page: "Page", address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(f"{address}/counties")
    page.mouse.wheel(0, 1000 if width < 720 else 0)
    box = page.locator("#leave").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 600
    assert box["height"] >= 24
