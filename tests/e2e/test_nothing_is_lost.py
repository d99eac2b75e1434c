"""Double clicks, second tabs, refreshes and kills, in each phase that a person can be in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey
from tests.e2e.drills import DrillServer, interview_id
from tests.e2e.seating import enter_room

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]


def test_typed_draft_is_there_after_a_refresh_without_leaving_the_box(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = begin(drill_server, new_visitor)
    journey.answer_box(page).press_sequentially("I have not left this box yet")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()
    expect(journey.answer_box(page)).to_have_value("I have not left this box yet")


def test_draft_that_never_reached_the_server_is_kept_by_the_browser(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = begin(drill_server, new_visitor)
    journey.answer_box(page).press_sequentially("typed just before the end")
    drill_server.restart()
    page.reload()
    expect(journey.answer_box(page)).to_have_value("typed just before the end")
    page.get_by_role("button", name="Submit answer").click()
    expect(page.get_by_role("button", name="Next question")).to_be_visible()
    expect(page.locator(".answer-text").first).to_contain_text("typed just before the end")


def test_double_click_on_submit_stores_one_answer(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = begin(drill_server, new_visitor)
    journey.answer_box(page).fill(journey.ANSWER)
    page.get_by_role("button", name="Submit answer").dblclick()
    expect(page.get_by_role("button", name="Next question")).to_be_visible()
    assert _answers(drill_server, page) == [(1, 1, "done")]


def test_double_click_on_skip_skips_one_question(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = begin(drill_server, new_visitor)
    page.get_by_role("button", name="Skip").dblclick()
    journey.expect_question(page, 2)
    journey.go_to(page, "History")
    page.get_by_role("button", name="Continue").click()
    journey.expect_question(page, 2)


def test_skip_in_a_tab_that_was_left_behind_shows_where_the_interview_stands(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = begin(drill_server, new_visitor)
    tab = page.context.new_page()
    tab.goto(page.url)
    journey.expect_question(tab, 1)
    journey.submit_and_see_feedback(page)
    tab.get_by_role("button", name="Skip").click()
    expect(tab.get_by_text("This interview has moved on")).to_be_visible()
    expect(tab.get_by_role("button", name="Next question")).to_be_visible()


def test_second_tab_submitting_the_same_answer_stores_it_once(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = begin(drill_server, new_visitor)
    tab = page.context.new_page()
    tab.goto(page.url)
    journey.expect_question(tab, 1)
    journey.submit_and_see_feedback(page)
    journey.submit_and_see_feedback(tab)
    assert _answers(drill_server, page) == [(1, 1, "done")]


def test_second_tab_with_another_answer_is_told_that_the_first_is_kept(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = begin(drill_server, new_visitor)
    tab = page.context.new_page()
    tab.goto(page.url)
    journey.expect_question(tab, 1)
    journey.submit_and_see_feedback(page)
    journey.submit(tab, "Another answer, from the second tab of the same person.")
    expect(tab.get_by_text("already has another answer")).to_be_visible()


def test_refresh_during_feedback_shows_the_same_feedback(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = begin(drill_server, new_visitor)
    journey.submit_and_see_feedback(page)
    score = page.locator(".big-score").inner_text()
    page.reload()
    expect(page.locator(".big-score")).to_have_text(score)


@pytest.mark.parametrize("stage", ["feedback", "next question", "report"])
def test_killed_server_comes_back_to_the_same_place(
    stage: str, drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = begin(drill_server, new_visitor)
    look = {"feedback": _feedback, "next question": _next_question, "report": _report}[stage](page)
    drill_server.restart()
    page.reload()
    look()


def begin(server: DrillServer, new_visitor: Visitor) -> Page:
    """A new visitor in front of the first of two questions."""
    page = new_visitor()
    enter_room(server, page)
    journey.expect_question(page, 1)
    return page


def _feedback(page: Page) -> Callable[[], None]:
    journey.submit_and_see_feedback(page)
    return lambda: expect(page.get_by_role("button", name="Next question")).to_be_visible()


def _next_question(page: Page) -> Callable[[], None]:
    journey.submit_and_see_feedback(page)
    page.get_by_role("button", name="Next question").click()
    journey.expect_question(page, 2)
    return lambda: journey.expect_question(page, 2)


def _report(page: Page) -> Callable[[], None]:
    journey.finish(page, 2)
    return lambda: expect(page.get_by_text("2 judged")).to_be_visible()


def _answers(server: DrillServer, page: Page) -> list[tuple[int, int, str]]:
    """Position, attempt and status of every stored answer of the interview that the page shows."""
    return server.answers(interview_id(page))
