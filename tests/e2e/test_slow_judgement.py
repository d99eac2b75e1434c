"""An interviewer that takes long: the page says what it does, can be left, and finds the result later."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.domain.interview_setup import Way
from tests.e2e import slow_app
from tests.e2e.drills import (
    Candidate,
    DrillServer,
    answer,
    enter,
    expect_whole,
    finish,
    leave_last_words,
    until,
)

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]


def test_page_says_what_is_being_done_and_can_be_left_and_entered_again(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = being_judged(drill_server, new_visitor)
    page = candidate.page
    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Comparing your answer with")).to_be_visible()
    drill_server.go_on()
    finish(candidate)


def test_judgement_that_came_while_the_page_was_left_is_there_on_coming_back(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = being_judged(drill_server, new_visitor)
    page = candidate.page
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    drill_server.go_on()
    until(lambda: candidate.answers == [(1, 1, "done")])
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Next question")).to_be_visible()


def test_judgement_of_an_answer_left_without_a_score_counts_when_it_comes_later(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = being_judged(drill_server, new_visitor)
    candidate.page.get_by_role("button", name="Go on without a score").click()
    answer(candidate.page, 2)
    drill_server.go_on()
    candidate.page.get_by_role("button", name="Next question").click()
    leave_last_words(candidate.page)
    expect_whole(candidate)


def test_report_of_the_realistic_way_waits_and_fills_itself(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor(), way=Way.REALISTIC)
    drill_server.hold(slow_app.JUDGEMENT)
    for position in (1, 2):
        answer(candidate.page, position)
    leave_last_words(candidate.page)
    expect(candidate.page.get_by_text("2 being judged")).to_be_visible()
    expect(candidate.page.get_by_text("they appear here")).to_be_visible()
    drill_server.go_on()
    expect_whole(candidate)
    expect(candidate.page.get_by_text("they appear here")).to_be_hidden()


@pytest.mark.parametrize("days", [-1, 1])
def test_clock_that_is_a_day_off_after_a_crash_stops_no_judgement(
    days: int, drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = being_judged(drill_server, new_visitor)
    drill_server.kill()
    drill_server.go_on()
    drill_server.set_clock(days * 86_400)
    drill_server.start()
    candidate.page.reload()
    finish(candidate)


def being_judged(server: DrillServer, new_visitor: Visitor) -> Candidate:
    """A candidate whose answer is with an interviewer that takes its time."""
    candidate = enter(server, new_visitor())
    server.hold(slow_app.JUDGEMENT)
    answer(candidate.page, 1)
    expect(candidate.page.get_by_text("Comparing your answer with")).to_be_visible()
    expect(candidate.page.get_by_text("Your answer is saved.")).to_be_visible()
    server.wait_until_reached(slow_app.JUDGEMENT)
    return candidate
