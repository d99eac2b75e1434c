"""Where one is on the page: shown from its top, with the focus at what comes next, and nothing typed is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import journey
from tests.e2e.server import Server

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]


def test_each_place_of_an_interview_is_shown_from_its_top(
    server: Server, new_visitor: Visitor
) -> None:
    page = journey.begin(new_visitor, server.url, length=3)
    page.set_viewport_size({"width": 390, "height": 500})
    _scroll_down(page)
    journey.submit_and_see_feedback(page)
    expect(page.locator(".question-text")).to_be_focused()
    assert _is_at_top(page)
    _scroll_down(page)
    page.get_by_role("button", name="Next question").click()
    journey.expect_question(page, 2)
    expect(journey.answer_box(page)).to_be_focused()
    assert _is_at_top(page)
    _scroll_down(page)
    page.get_by_role("button", name="Finish early").click()
    page.get_by_role("button", name="Finish and see the report").click()
    expect(page.get_by_role("heading", name="Your report")).to_be_focused()
    assert _is_at_top(page)


def test_role_that_is_typed_is_taken_without_enter(server: Server, new_visitor: Visitor) -> None:
    page = new_visitor()
    journey.open_practice(page, server.url)
    role = page.get_by_role("combobox", name="Role")
    role.click()
    role.press_sequentially("Florist")
    page.keyboard.press("Tab")
    expect(page.get_by_text("no technical questions for this role")).to_be_visible()
    role.click()
    role.press_sequentially("Gardener")
    page.locator(
        ".st-key-practice_start button"
    ).click()  # by its key: an open list hides all names
    journey.expect_question(page, 1)
    page.goto(f"{server.url}/history")
    expect(page.get_by_text("Gardener").first).to_be_visible()


def _scroll_down(page: Page) -> None:
    _main(page).evaluate("main => main.scrollTo(0, 400)")


def _is_at_top(page: Page) -> bool:
    return bool(_main(page).evaluate("main => main.scrollTop === 0"))


def _main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")
