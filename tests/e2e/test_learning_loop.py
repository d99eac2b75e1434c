"""A weak answer comes back as due, is drilled on three days, and leaves as mastered."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey
from tests.e2e.drills import DrillServer

pytestmark = pytest.mark.e2e

_DAY_SECONDS = 24 * 3600.0


def test_weak_answer_is_due_drilled_and_mastered(
    drill_server: DrillServer, new_visitor: Callable[[], Page]
) -> None:
    page = journey.begin(new_visitor, drill_server.url, 3)
    journey.submit_and_see_feedback(page, "I am not sure. It depends, I suppose.")
    page.get_by_role("button", name="Finish early").click()
    page.get_by_role("button", name="Finish and see the report").click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
    good = drill_server.app.content.opener.reference_answer
    for day, told in ((1, "made on 1 of 3 days"), (3, "made on 2 of 3 days"), (9, "Mastered:")):
        drill_server.set_clock(day * _DAY_SECONDS)
        _drill(page, good)
        expect(page.get_by_text(told).first).to_be_visible()
    drill_server.set_clock(60 * _DAY_SECONDS)
    journey.go_to(page, "Practice")
    expect(page.get_by_role("button", name="Five-minute drill")).to_have_count(0)


def _drill(page: Page, text: str) -> None:
    """Through the drill of the one question that is due."""
    journey.go_to(page, "Practice")
    expect(page.get_by_text("2 things are due")).to_be_visible()
    page.get_by_role("button", name="Five-minute drill").click()
    expect(page.get_by_text("Question 1 of 1")).to_be_visible()
    journey.submit_and_see_feedback(page, text)
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_role("heading", name="What this drill showed")).to_be_visible()
