"""The line to the server stalls, breaks, or ends at a server that stands still; then it is back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from core.domain.interview_setup import Way
from tests.e2e import slow_app
from tests.e2e.drills import (
    Candidate,
    DrillServer,
    answer,
    box,
    enter,
    finish,
    leave_last_words,
    until,
)
from tests.e2e.journey import ANSWER
from tests.e2e.line import Line

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]


@pytest.fixture
def line(drill_server: DrillServer) -> Iterator[Line]:
    line = Line(drill_server.port)
    yield line
    line.close()


def test_typed_while_the_line_stalls_is_saved_when_it_is_back(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    page = candidate.page
    box(page, 1).press_sequentially("Before")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.context.set_offline(True)
    box(page, 1).press_sequentially(" and during.")
    expect(page.get_by_text("Draft saved")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert saved_draft(candidate) == "Before and during."


def test_judgement_that_came_while_the_line_stalled_is_shown_when_it_is_back(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    drill_server.hold(slow_app.JUDGEMENT)
    answer(candidate.page, 1)
    drill_server.wait_until_reached(slow_app.JUDGEMENT)
    candidate.page.context.set_offline(True)
    drill_server.release()
    until(lambda: candidate.answers == [(1, 1, "done")])
    candidate.page.context.set_offline(False)
    finish(candidate)


def test_typed_before_the_line_broke_is_there_and_sent_once_when_it_is_back(
    drill_server: DrillServer, new_visitor: Visitor, line: Line
) -> None:
    candidate = enter(drill_server, new_visitor(), url=line.url)
    page = candidate.page
    box(page, 1).press_sequentially("Typed right before the break.")
    expect(page.get_by_text("5 words")).to_be_visible()
    line.cut()
    expect(box(page, 1)).to_be_disabled()
    line.mend()
    expect(box(page, 1)).to_be_enabled()
    expect(page.get_by_text("Draft saved")).to_be_visible()
    expect(box(page, 1)).to_have_value("Typed right before the break.")
    page.get_by_role("button", name="Submit answer").click()
    expect(page.get_by_role("button", name="Next question")).to_be_visible()
    assert candidate.answers == [(1, 1, "done")]


def test_judgement_that_came_while_the_line_was_broken_is_shown_when_it_is_back(
    drill_server: DrillServer, new_visitor: Visitor, line: Line
) -> None:
    candidate = enter(drill_server, new_visitor(), url=line.url)
    drill_server.hold(slow_app.JUDGEMENT)
    answer(candidate.page, 1)
    drill_server.wait_until_reached(slow_app.JUDGEMENT)
    line.cut()
    drill_server.release()
    until(lambda: candidate.answers == [(1, 1, "done")])
    line.mend()
    finish(candidate)


def test_server_killed_and_started_again_is_gone_on_with_in_the_open_page(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    page = candidate.page
    box(page, 1).press_sequentially("Typed right before the end.")
    drill_server.kill()
    expect(box(page, 1)).to_be_disabled()
    drill_server.start()
    expect(page.get_by_text("Draft saved")).to_be_visible()
    expect(box(page, 1)).to_have_value("Typed right before the end.")
    box(page, 1).press_sequentially(" And after it.")
    page.get_by_role("button", name="Submit answer").click()
    expect(page.get_by_role("button", name="Next question")).to_be_visible()
    assert candidate.interview.turn_at(1).attempts[0].answer == (
        "Typed right before the end. And after it."
    )
    finish(candidate)


@pytest.mark.parametrize("way", Way)
def test_server_killed_during_the_judgement_and_started_again_shows_it_in_the_open_page(
    way: Way, drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor(), way=way, length=1)
    drill_server.hold(slow_app.JUDGEMENT)
    answer(candidate.page, 1)
    if way is Way.REALISTIC:
        leave_last_words(candidate.page, position=2)
    drill_server.wait_until_reached(slow_app.JUDGEMENT)
    drill_server.kill()
    drill_server.release()
    drill_server.start()
    expect(
        candidate.page.get_by_text("of 100, range")
        .or_(candidate.page.get_by_text("1 judged"))
        .first
    ).to_be_visible()
    assert candidate.answers == [(1, 1, "done")]


def test_submit_to_a_server_that_stands_still_is_one_answer_when_it_goes_on(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    page = candidate.page
    expect(box(candidate.page, 1)).to_be_visible()
    drill_server.pause()
    answer(page, 1)
    page.get_by_role("button", name="Submit answer").click()
    assert candidate.answers == []
    drill_server.resume()
    expect(page.get_by_role("button", name="Next question")).to_be_visible()
    assert candidate.answers == [(1, 1, "done")]
    assert candidate.interview.turn_at(1).attempts[0].answer == ANSWER


def test_typed_to_a_server_that_stands_still_is_saved_when_it_goes_on(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    expect(box(candidate.page, 1)).to_be_visible()
    drill_server.pause()
    box(candidate.page, 1).press_sequentially("Nobody listens")
    drill_server.resume()
    expect(candidate.page.get_by_text("Draft saved")).to_be_visible()
    assert saved_draft(candidate) == "Nobody listens"


def saved_draft(candidate: Candidate) -> str:
    """What the server has of the answer to the first question."""
    return candidate.server.app.interviewing.draft(candidate.user, candidate.interview_id, 1)
