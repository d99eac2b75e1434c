"""A map is made of a job description; the report of an interview is shown by a link and taken back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey
from tests.e2e.server import Server
from tests.learning_doubles import JOB

pytestmark = pytest.mark.e2e


def test_map_leads_to_practice_and_a_report_is_shared_until_it_is_revoked(
    server: Server, new_visitor: Callable[..., Page]
) -> None:
    page = new_visitor(390, 844)
    page.goto(f"{server.url}/preparation")
    _make_map(page)
    page.get_by_role("button", name="Practise with this job description").click()
    journey.start_interview(page)
    journey.submit_and_see_feedback(page)
    page.get_by_role("button", name="Finish early").click()
    page.get_by_role("button", name="Finish and see the report").click()
    address = _shared_address(page)
    assert address.startswith(f"{server.url}/shared/")
    reader = new_visitor(390, 844)
    reader.goto(address)
    expect(reader.get_by_role("heading", name="Interview report")).to_be_visible()
    assert "nightly import" not in reader.content()
    assert reader.context.cookies() == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("button", name="Revoke")).to_have_count(0)
    reader.reload()
    expect(reader.get_by_role("heading", name="This link shows nothing")).to_be_visible()
    assert address.rpartition("/")[2] not in server.log.read_text()


def _make_map(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Quillhaven")
    page.get_by_label("Job description").fill(JOB)
    page.get_by_role("button", name="See what it asks for").click()
    expect(page.get_by_text("Experience with Kubernetes is a must.").first).to_be_visible()


def _shared_address(page: Page) -> str:
    expect(page.get_by_role("heading", name="Your report")).to_be_focused()
    journey.expect_settled(page)  # else the report may still be moved to its top under a click
    page.get_by_text("Share this report").click()
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_text("This link shows scores alone.")).to_be_visible()
    return page.get_by_test_id("stCode").inner_text().strip()
