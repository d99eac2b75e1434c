"""`kill -9` at every moment of an interview: nothing is lost or doubled, and it can be finished."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.domain.interview import Phase
from core.domain.interview_setup import Way
from tests.e2e import journey, slow_app
from tests.e2e.drills import (
    DrillServer,
    answer,
    box,
    enter,
    expect_whole,
    finish,
    leave_last_words,
    next_question,
)

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]


@pytest.mark.parametrize("way", Way)
def test_killed_before_the_answer_was_sent_the_draft_is_there(
    way: Way, drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor(), way=way)
    box(candidate.page, 1).press_sequentially("Half an answer")
    drill_server.restart()
    candidate.page.reload()
    expect(box(candidate.page, 1)).to_have_value("Half an answer")
    assert candidate.answers == []
    finish(candidate)


@pytest.mark.parametrize("moment", [slow_app.CLAIM, slow_app.JUDGEMENT, slow_app.RECORD])
def test_killed_around_the_judgement_the_answer_is_judged_once_after_it(
    moment: str, drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    drill_server.hold(moment)
    answer(candidate.page, 1)
    drill_server.wait_until_reached(moment)
    drill_server.kill()
    drill_server.release()
    assert candidate.answers == [(1, 1, "pending")]
    drill_server.start()
    candidate.page.reload()
    expect(candidate.page.get_by_role("button", name="Next question")).to_be_visible()
    finish(candidate)


@pytest.mark.parametrize("moment", [slow_app.IMPRESSION, slow_app.CHOICE])
def test_killed_before_the_next_question_of_the_realistic_way_it_comes_after_it(
    moment: str, drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor(), way=Way.REALISTIC)
    drill_server.hold(moment)
    answer(candidate.page, 1)
    drill_server.wait_until_reached(moment)
    drill_server.kill()
    drill_server.release()
    assert (candidate.answers, candidate.asked) == ([(1, 1, "pending")], [1])
    drill_server.start()
    candidate.page.reload()
    finish(candidate)


def test_killed_while_the_next_question_is_put_the_feedback_is_still_there(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    journey.submit_and_see_feedback(candidate.page)
    drill_server.hold(slow_app.CHOICE)
    next_question(candidate.page)
    drill_server.wait_until_reached(slow_app.CHOICE)
    drill_server.kill()
    drill_server.release()
    assert (candidate.interview.phase, candidate.asked) == (Phase.FEEDBACK, [1])
    drill_server.start()
    candidate.page.reload()
    finish(candidate)


def test_killed_during_the_report_what_waits_for_its_judgement_is_judged_after_it(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor(), way=Way.REALISTIC)
    drill_server.hold(slow_app.JUDGEMENT)
    for number in (1, 2):
        answer(candidate.page, number)
    leave_last_words(candidate.page)
    expect(candidate.page.get_by_text("2 being judged")).to_be_visible()
    drill_server.kill()
    drill_server.release()
    assert candidate.answers == [(1, 1, "pending"), (2, 1, "pending")]
    drill_server.start()
    candidate.page.reload()
    expect_whole(candidate)
