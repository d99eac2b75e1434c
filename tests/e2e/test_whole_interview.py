"""A stranger's first visit: from a resume to a report, and back after closing everything."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey
from tests.e2e.server import Server

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]


def test_real_resume_leads_to_a_report_with_a_refresh_in_the_middle(
    server: Server, new_visitor: Visitor, bench_data: Path
) -> None:
    page = new_visitor()
    journey.open_practice(page, server.url)
    journey.upload_resume(page, bench_data / "resumes" / "latexcv_two_column.pdf")
    journey.choose_length(page, 3)
    journey.start_interview(page)
    journey.submit_and_see_feedback(page)
    page.get_by_role("button", name="Next question").click()
    journey.expect_question(page, 2)
    asked = journey.question_text(page)
    page.reload()
    journey.expect_question(page, 2)
    assert journey.question_text(page) == asked
    journey.finish(page, 3, first=2)
    expect(page.get_by_text("3 judged")).to_be_visible()


def test_everything_is_found_again_after_the_tab_was_closed(
    server: Server, new_visitor: Visitor
) -> None:
    page = new_visitor()
    journey.open_practice(page, server.url)
    page.get_by_role("button", name="Maya, backend").click()
    expect(page.get_by_text("What we read")).to_be_visible()
    journey.choose_length(page, 3)
    journey.start_interview(page)
    journey.submit_and_see_feedback(page)
    again = page.context.new_page()
    page.close()
    journey.open_practice(again, server.url)
    expect(again.get_by_text("Maya Ravindale").first).to_be_visible()
    again.get_by_role("button", name="Continue").click()
    expect(again.get_by_role("button", name="Next question")).to_be_visible()


def test_two_browsers_never_see_each_others_data(server: Server, new_visitor: Visitor) -> None:
    first, second = new_visitor(), new_visitor()
    journey.open_practice(first, server.url)
    journey.start_interview(first)
    room = first.url
    journey.open_practice(second, server.url)
    expect(second.get_by_role("button", name="Continue")).to_have_count(0)
    second.goto(room)
    expect(second.get_by_text("it is not yours")).to_be_visible()
    journey.go_to(second, "History")
    expect(second.get_by_text("Your interviews will be listed here")).to_be_visible()


def test_router_alone_passes_the_journey_and_says_that_nothing_outlives_the_tab(
    own_server: Callable[..., Server], new_visitor: Visitor
) -> None:
    server = own_server("ui/router.py")
    page = new_visitor()
    journey.open_practice(page, server.url)
    expect(page.get_by_text("kept only until you close or reload this tab")).to_be_visible()
    page.get_by_role("button", name="Jonas, frontend").click()
    expect(page.get_by_text("What we read")).to_be_visible()
    journey.choose_length(page, 3)
    journey.start_interview(page)
    journey.finish(page, 3)
    other = page.context.new_page()
    other.goto(f"{server.url}/history")
    expect(other.get_by_text("Your interviews will be listed here")).to_be_visible()


def test_history_taken_from_one_visit_is_restored_in_another(
    server: Server, new_visitor: Visitor, tmp_path: Path
) -> None:
    first, second = new_visitor(), new_visitor()
    journey.open_practice(first, server.url)
    journey.choose_length(first, 3)
    journey.start_interview(first)
    journey.finish(first, 3)
    journey.go_to(first, "Settings")
    with first.expect_download() as download:
        first.get_by_role("button", name="Download my history").click()
    file = tmp_path / "history.json"
    download.value.save_as(file)
    second.goto(f"{server.url}/settings")
    second.get_by_role("button", name="Restore a history").click()
    second.locator("input[type=file]").set_input_files(file)
    second.get_by_role("button", name="Add it to what is here").click()
    expect(second.get_by_text("1 interview added")).to_be_visible()
    journey.go_to(second, "History")
    second.get_by_role("button", name="Report").click()
    expect(second.get_by_text("3 judged")).to_be_visible()


def test_interview_is_deleted_only_after_asking(server: Server, new_visitor: Visitor) -> None:
    page = journey.begin(new_visitor, server.url)
    journey.go_to(page, "History")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("This cannot be undone")).to_be_visible()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("Your interviews will be listed here")).to_be_visible()
