"""Two tabs that act at the same moment: one wins, the other is told, both end at the same place."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from core.domain.interview import Phase
from tests.e2e import journey, slow_app
from tests.e2e.drills import Candidate, DrillServer, answer, box, enter, until

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]

AHEAD_MS = 400
"""So far ahead lies the moment at which both click."""
MOVED_ON = "This interview has moved on"
CONFLICT = "already has another answer"
NOT_SENT = "What you wrote here was not sent"


@pytest.fixture
def tabs(drill_server: DrillServer, new_visitor: Visitor) -> tuple[Candidate, Page, Page]:
    """A candidate with two tabs in front of the first question, each with an answer in its box."""
    candidate = enter(drill_server, new_visitor())
    tab = candidate.second_tab()
    write(candidate.page, "The answer of the first tab.")
    write(tab, "The answer of the second tab.")
    return candidate, candidate.page, tab


@pytest.mark.parametrize("is_slow", [False, True])
def test_different_answers_at_once_one_is_kept_and_the_other_is_shown_as_not_sent(
    tabs: tuple[Candidate, Page, Page], *, is_slow: bool
) -> None:
    candidate, first, second = tabs
    if is_slow:
        candidate.server.hold(slow_app.JUDGEMENT)
    click_at_once(submit_button(first), submit_button(second))
    until(lambda: len(candidate.answers) == 1)
    kept = candidate.interview.turn_at(1).attempts[0].answer
    loser, lost = (second, "second") if "first" in kept else (first, "first")
    expect(loser.get_by_text(CONFLICT)).to_be_visible()
    candidate.server.release()
    for tab in (first, second):
        expect(tab.get_by_role("button", name="Next question")).to_be_visible()
    expect(loser.get_by_text(CONFLICT)).to_be_visible()
    expect(loser.get_by_text(f"The answer of the {lost} tab.")).to_be_visible()
    assert candidate.answers == [(1, 1, "done")]


def test_answer_and_skip_at_once(tabs: tuple[Candidate, Page, Page]) -> None:
    candidate, first, second = tabs
    click_at_once(submit_button(first), skip_button(second))
    until(lambda: candidate.interview.phase is Phase.FEEDBACK or len(candidate.asked) == 2)
    if candidate.answers:
        expect(second.get_by_text(MOVED_ON)).to_be_visible()
    else:
        expect(first.get_by_text("was skipped")).to_be_visible()
        expect(first.get_by_text("The answer of the first tab.")).to_be_visible()
    expect_same_place(candidate, first, second)


def test_answer_to_a_question_skipped_in_another_tab_is_shown_and_the_next_one_is_there(
    tabs: tuple[Candidate, Page, Page],
) -> None:
    candidate, first, second = tabs
    skip_button(second).click()
    expect(box(second, 2)).to_be_visible()
    submit_button(first).click()
    expect(first.get_by_text("was skipped")).to_be_visible()
    expect(first.get_by_text("The answer of the first tab.")).to_be_visible()
    expect_same_place(candidate, first, second)


def test_skip_and_skip_at_once_leaves_one_question(tabs: tuple[Candidate, Page, Page]) -> None:
    candidate, first, second = tabs
    click_at_once(skip_button(first), skip_button(second))
    expect_same_place(candidate, first, second, position=2)
    assert candidate.asked == [1, 2]


def test_next_and_next_at_once_asks_one_question(tabs: tuple[Candidate, Page, Page]) -> None:
    candidate, first, second = in_feedback(tabs)
    click_at_once(button(first, "Next question"), button(second, "Next question"))
    expect_same_place(candidate, first, second, position=2)
    assert candidate.asked == [1, 2]


def test_next_and_try_again_at_once(tabs: tuple[Candidate, Page, Page]) -> None:
    candidate, first, second = in_feedback(tabs)
    click_at_once(button(first, "Next question"), button(second, "Try this again"))
    until(lambda: candidate.interview.phase is Phase.LISTENING)
    loser = second if len(candidate.asked) == 2 else first
    expect(loser.get_by_text(MOVED_ON)).to_be_visible()
    expect_same_place(candidate, first, second)


def report_of(tab: Page) -> Locator:
    return tab.get_by_role("heading", name="Your report")


def test_finish_and_answer_at_once(tabs: tuple[Candidate, Page, Page]) -> None:
    candidate, first, second = tabs
    button(second, "Finish early").click()
    sure = button(second, "Finish and see the report")
    expect(sure).to_be_visible()
    click_at_once(submit_button(first), sure)
    expect(report_of(second)).to_be_visible()
    judged = button(first, "Next question")
    expect(report_of(first).or_(judged).first).to_be_visible()
    if judged.is_visible():  # before the end came, which this tab learns with its next step
        judged.click()
    expect(report_of(first)).to_be_visible()
    if not candidate.answers:
        expect(first.get_by_text(MOVED_ON)).to_be_visible()
        expect(first.get_by_text("The answer of the first tab.")).to_be_visible()
    assert candidate.interview.phase is Phase.COMPLETE


def test_deleted_in_one_tab_while_the_other_answers(tabs: tuple[Candidate, Page, Page]) -> None:
    candidate, first, second = tabs
    journey.go_to(second, "History")
    second.get_by_role("button", name="Delete").click()
    sure = button(second, "Delete it")
    expect(sure).to_be_visible()
    click_at_once(submit_button(first), sure)
    expect(second.get_by_text("Your interviews will be listed here")).to_be_visible()
    first.reload()
    expect(first.get_by_text("does not exist, or it is not yours")).to_be_visible()
    assert (candidate.answers, candidate.asked) == ([], [])
    until(lambda: "mock-interview-draft" not in first.evaluate("JSON.stringify(localStorage)"))


def test_draft_of_a_tab_left_behind_leaves_the_draft_of_the_other_alone(
    tabs: tuple[Candidate, Page, Page],
) -> None:
    _, first, second = tabs
    skip_button(second).click()
    box(second, 2).press_sequentially("Further on")
    expect(second.get_by_text("Draft saved")).to_be_visible()
    box(first, 1).press_sequentially(" And more.")
    expect(first.get_by_text("Draft saved")).to_be_visible()
    second.reload()
    expect(box(second, 2)).to_have_value("Further on")


# --- steps --------------------------------------------------------------------------------------


def write(page: Page, text: str) -> None:
    """Fill the box and leave it, as a hand on its way to a button does."""
    box(page, 1).fill(text)
    box(page, 1).blur()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def submit_button(page: Page) -> Locator:
    return button(page, "Submit answer")


def skip_button(page: Page) -> Locator:
    return page.locator(".st-key-room_skip_1 button")


def click_at_once(*targets: Locator) -> None:
    """Click in all tabs at the same millisecond, by the clock that they share."""
    moment = time.time() * 1000 + AHEAD_MS
    for target in targets:
        target.evaluate(
            "(button, moment) => { setTimeout(() => button.click(), moment - Date.now()); }", moment
        )


def in_feedback(tabs: tuple[Candidate, Page, Page]) -> tuple[Candidate, Page, Page]:
    """Both tabs in front of the same feedback."""
    _, first, second = tabs
    answer(first, 1)
    expect(button(first, "Next question")).to_be_visible()
    second.reload()
    expect(button(second, "Next question")).to_be_visible()
    return tabs


def expect_same_place(candidate: Candidate, *tabs: Page, position: int | None = None) -> None:
    """All tabs show what the interview has come to."""
    if position:
        until(lambda: len(candidate.interview.turns) == position)
    interview = candidate.interview
    for tab in tabs:
        if interview.phase is Phase.FEEDBACK:
            expect(button(tab, "Next question")).to_be_visible()
        else:
            turn = interview.current
            expect(box(tab, turn.position, len(turn.attempts) + 1)).to_be_visible()
