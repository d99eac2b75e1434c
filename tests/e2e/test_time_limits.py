"""A limit of 20 seconds a question: the countdown is spoken, the answer is taken after time and grace."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from core.domain.interview_setup import TimeLimits
from tests.e2e.drills import Candidate, DrillServer, answer, box, enter, finish

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]

LIMIT_SECONDS = 20


def test_remaining_time_is_shown_and_spoken(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = with_seconds_left(18, drill_server, new_visitor)
    expect(candidate.page.get_by_text("left", exact=False).first).to_be_visible()
    expect(spoken(candidate.page)).to_have_text("10 seconds left.")


def test_answer_is_taken_at_the_next_pause_after_time_and_grace(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = with_seconds_left(5, drill_server, new_visitor)
    box(candidate.page, 1).press_sequentially("I was in the middle of")
    expect(spoken(candidate.page)).to_contain_text("Time is over. Finish your sentence")
    assert candidate.answers == []
    box(candidate.page, 1).press_sequentially(" a sentence.")
    expect(candidate.page.get_by_role("button", name="Next question")).to_be_visible()
    assert candidate.answers == [(1, 1, "done")]
    taken = candidate.interview.turn_at(1).attempts[0].answer
    assert taken == "I was in the middle of a sentence."


def test_nothing_is_taken_from_who_has_written_nothing(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = with_seconds_left(3, drill_server, new_visitor)
    expect(spoken(candidate.page)).to_have_text(
        "Time is over. Send an answer, or skip the question."
    )
    assert (candidate.answers, candidate.asked) == ([], [1])
    answer(candidate.page, 1)
    expect(candidate.page.get_by_role("button", name="Next question")).to_be_visible()


def test_who_comes_back_after_the_time_is_told_and_sends_the_answer_alone(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = with_seconds_left(-40, drill_server, new_visitor)
    page = candidate.page
    box(page, 1).press_sequentially("Back from a call")
    expect(spoken(page)).to_have_text(
        "The time for this question is over. Send what you have, or skip it."
    )
    expect(page.get_by_text(re.compile("0:(4[7-9]|5.) over"))).to_be_visible()
    assert candidate.answers == []
    finish(candidate)


def with_seconds_left(seconds: float, server: DrillServer, new_visitor: Visitor) -> Candidate:
    """In front of a question whose time is over in so many seconds."""
    limits = TimeLimits(question_seconds=LIMIT_SECONDS)
    return enter(server, new_visitor(), seconds_ago=LIMIT_SECONDS - seconds, limits=limits)


def spoken(page: Page) -> Locator:
    """The line that a screen reader reads out at once."""
    return page.locator('[role=status][aria-live="assertive"]')
