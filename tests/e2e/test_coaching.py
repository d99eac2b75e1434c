"""What a candidate learns from an answer: another attempt, the own rating, and the answer as a story."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey
from tests.e2e.server import Server

pytestmark = pytest.mark.e2e

STORY = (
    "Last year at Quillhaven our nightly import took five hours. I had to bring it below one hour before "
    "the summer sale. So I measured every step and rewrote the slowest query."
)
RESULT = "In the end it ran in 40 minutes, and we saved 12% of the costs."


def test_another_attempt_is_compared_the_own_rating_judged_and_the_story_taken_apart(
    server: Server, new_visitor: Callable[[], Page]
) -> None:
    page = new_visitor()
    journey.open_practice(page, server.url)
    journey.choose_length(page, 3)
    page.get_by_text("Behavioral", exact=True).click()
    page.get_by_text("Rate each answer yourself").click()
    journey.start_interview(page)
    journey.submit(page, STORY)
    rate(page, "4 solid")
    expect(page.get_by_text("You rated 4, the judgement is")).to_be_visible()
    page.get_by_role("button", name="Next question").click()
    journey.expect_question(page, 2)
    journey.submit(page, STORY)
    rate(page, "3 mixed")
    story = page.get_by_text("As a story: no result found")
    story.click()
    expect(page.get_by_text("Not found. Say what came of it")).to_be_visible()
    page.get_by_role("button", name="Try this again").click()
    journey.submit(page, f"{STORY} {RESULT}")
    page.get_by_role("button", name="Show the feedback without a rating").click()
    expect(page.get_by_role("heading", name="Since attempt 1")).to_be_visible()
    expect(page.get_by_text("As a story: every part is told")).to_be_visible()
    page.get_by_text("Attempts 1 and 2 side by side").click()
    expect(page.locator(".side-by-side ins")).to_contain_text(RESULT[:-1])
    for number in (1, 2):
        column = page.get_by_role("heading", name=f"Attempt {number} ·")
        expect(column).to_contain_text("of 100")


def rate(page: Page, name: str) -> None:
    expect(page.get_by_text("how good was your answer?")).to_be_visible()
    expect(page.locator(".big-score")).to_have_count(0)
    page.get_by_role("radio", name=name).click()
    expect(page.locator(".big-score")).to_be_visible()
