"""The realistic way in the browser: one question after another, all feedback in the report."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.domain.interview_setup import Way
from tests.e2e.drills import Candidate, DrillServer, answer, box, enter, leave_last_words
from tests.e2e.journey import ANSWER

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]
LENGTH = 3


@pytest.fixture
def candidate(drill_server: DrillServer, new_visitor: Visitor) -> Candidate:
    """In front of the first of three questions."""
    return enter(drill_server, new_visitor(), way=Way.REALISTIC, length=LENGTH)


def test_questions_follow_with_a_reaction_and_the_report_has_all_the_feedback(
    candidate: Candidate,
) -> None:
    page = candidate.page
    for position in range(1, LENGTH + 1):
        answer(page, position)
        expect(box(page, position + 1)).to_be_visible()
        expect(page.locator(".reaction")).not_to_be_empty()
        expect(page.locator(".big-score")).to_have_count(0)
        expect(page.get_by_role("button", name="Next question")).to_have_count(0)
    leave_last_words(page, LENGTH + 1)
    expect(page.get_by_text(f"{LENGTH} judged")).to_be_visible()
    for position in range(1, LENGTH + 1):
        label = page.get_by_text(re.compile(rf"^{position}\. "))
        label.and_(page.locator("summary *")).first.click()
    expect(page.get_by_text("Five criteria")).to_have_count(LENGTH)


def test_double_click_on_submit_answers_one_question(candidate: Candidate) -> None:
    page = candidate.page
    box(page, 1).fill(ANSWER)
    page.get_by_role("button", name="Submit answer").dblclick()
    expect(box(page, 2)).to_be_visible()
    expect(page.get_by_text("There is no answer yet")).to_have_count(0)
    answer(page, 2)
    expect(box(page, 3)).to_be_visible()
    assert [(position, attempt) for position, attempt, _ in candidate.answers] == [(1, 1), (2, 1)]
    assert candidate.asked == [1, 2, 3]
