"""A disk that takes nothing more: clear words, nothing lost, nothing broken, and on it goes with space."""

import resource
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey, slow_app
from tests.e2e.drills import Candidate, DrillServer, answer, box, enter, finish
from tests.e2e.server import Server

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not hasattr(resource, "prlimit"), reason="Only Linux limits the files of a running process."
    ),
]

Visitor = Callable[[], Page]

NOT_STORED = "could not be stored"


def test_folder_that_cannot_be_written_is_named_on_the_page(
    own_server: Callable[..., Server], new_visitor: Visitor, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    server = own_server(DATA_DIR=str(in_the_way / "var"))
    page = new_visitor()
    page.goto(server.url)
    expect(page.get_by_text("cannot be written")).to_be_visible()
    expect(page.get_by_text("set DATA_DIR to one that is")).to_be_visible()


def test_answer_that_cannot_be_stored_stays_in_the_box_and_goes_through_later(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    page = candidate.page
    expect(page.get_by_text("0 words")).to_be_visible()
    drill_server.fill_disk()
    answer(page, 1)
    expect(page.get_by_text(NOT_STORED).first).to_be_visible()
    expect(box(page, 1)).to_have_value(journey.ANSWER)
    assert candidate.answers == []
    drill_server.empty_disk()
    page.get_by_role("button", name="Submit answer").click()
    expect(page.get_by_role("button", name="Next question")).to_be_visible()
    expect(page.get_by_text(NOT_STORED)).to_be_hidden()
    finish(candidate)
    assert is_sound(candidate)


def test_draft_that_cannot_be_stored_is_said_to_be_unsaved_and_saved_later(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    page = candidate.page
    expect(page.get_by_text("0 words")).to_be_visible()
    drill_server.fill_disk()
    box(page, 1).press_sequentially("Half an answer")
    expect(page.get_by_text(NOT_STORED).first).to_be_visible()
    expect(page.get_by_text("Draft saved")).to_be_hidden()
    drill_server.empty_disk()
    box(page, 1).press_sequentially(" and more")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    expect(page.get_by_text(NOT_STORED)).to_be_hidden()


def test_judgement_that_cannot_be_stored_is_made_when_there_is_space(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    candidate = enter(drill_server, new_visitor())
    drill_server.hold(slow_app.RECORD)
    answer(candidate.page, 1)
    drill_server.wait_until_reached(slow_app.RECORD)
    drill_server.fill_disk()
    drill_server.go_on()
    expect(candidate.page.get_by_text("Your answer is saved.")).to_be_visible()
    drill_server.empty_disk()
    finish(candidate)
    assert is_sound(candidate)


def test_interview_that_cannot_be_stored_is_not_started_and_said_so(
    drill_server: DrillServer, new_visitor: Visitor
) -> None:
    page = new_visitor()
    journey.open_practice(page, drill_server.url)
    drill_server.fill_disk()
    page.get_by_role("button", name="Start interview").click()
    expect(page.get_by_text(NOT_STORED)).to_be_visible()
    drill_server.empty_disk()
    journey.start_interview(page)


def is_sound(candidate: Candidate) -> bool:
    """Whether SQLite finds nothing wrong in the whole file."""
    return candidate.server.query("pragma integrity_check") == [("ok",)]
