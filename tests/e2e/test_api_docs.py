"""The API's description in a browser, and a request tried from there as a guest."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.server import Server

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]


@pytest.fixture
def complaints() -> list[str]:
    """What the browser says is wrong."""
    return []


@pytest.fixture
def hosts() -> set[str]:
    """Every host that the page asks."""
    return set()


@pytest.fixture
def docs(server: Server, new_visitor: Visitor, complaints: list[str], hosts: set[str]) -> Page:
    page = new_visitor()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.url}/api/docs")
    expect(
        page.locator("#operations-interview-submit_answer_interview_answer_post")
    ).to_be_visible()
    return page


def test_description_is_drawn_from_our_own_host_alone(
    docs: Page, server: Server, complaints: list[str], hosts: set[str]
) -> None:
    expect(docs.get_by_role("heading", name="AI Mock Interview Platform")).to_be_visible()
    assert hosts - {""} == {urlsplit(server.url).netloc}
    assert complaints == []


def test_guest_can_try_a_request_that_changes_something(docs: Page) -> None:
    operation = docs.locator("#operations-interview-start_interview_interview_start_post")
    operation.locator("button.opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").last).to_contain_text(
        "201"
    )
