"""Steps that several journeys take, as a person would take them."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ANSWER = (
    "First I would look at what really happens, because guesses cost time. At my last job our nightly "
    "import took three hours, so I measured each step, rewrote one slow query and added an index. In "
    "the end it ran in twenty minutes, and I learned to measure before I change anything."
)


def begin(new_visitor: Callable[[], Page], url: str, length: int | None = None) -> Page:
    """A new visitor in front of the first question."""
    page = new_visitor()
    open_practice(page, url)
    if length:
        choose_length(page, length)
    start_interview(page)
    return page


def open_practice(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_role("button", name="Start interview")).to_be_visible()


def go_to(page: Page, title: str) -> None:
    """To another page by the menu, without loading the app anew."""
    page.get_by_role("link", name=title, exact=True).click()
    expect(page).to_have_title(f"{title} · Mock Interview")
    expect_settled(page)


def upload_resume(page: Page, path: Path) -> None:
    page.locator(".st-key-resume_block input[type=file]").set_input_files(path)
    expect(page.get_by_text("What we read")).to_be_visible()


def choose_length(page: Page, length: int) -> None:
    slider = page.get_by_role("slider", name="Number of questions")
    slider.focus()
    slider.press("Home")
    for _ in range(length - 3):
        slider.press("ArrowRight")
    expect(slider).to_have_value(str(length))


def start_interview(page: Page) -> None:
    page.get_by_role("button", name="Start interview").click()
    expect_question(page, 1)


def expect_question(page: Page, number: int) -> None:
    expect(page.get_by_text(f"Question {number} of")).to_be_visible()
    # The last question's box may stand beside it for a moment.
    expect(answer_box(page)).to_have_count(1)
    expect(answer_box(page)).to_be_visible()


def expect_settled(page: Page) -> None:
    """The page's script has run to its end: nothing on it is about to be drawn anew."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def answer_box(page: Page) -> Locator:
    return page.locator(".st-key-room textarea")


def question_text(page: Page) -> str:
    return page.locator(".question-text").inner_text()


def submit(page: Page, text: str = ANSWER) -> None:
    answer_box(page).fill(text)
    page.get_by_role("button", name="Submit answer").click()


def submit_and_see_feedback(page: Page, text: str = ANSWER) -> None:
    submit(page, text)
    expect(page.get_by_role("button", name="Next question")).to_be_visible()


def finish(page: Page, length: int, first: int = 1) -> None:
    """Answer from question `first` to the last one and leave the closing one."""
    for number in range(first, length + 1):
        expect_question(page, number)
        submit_and_see_feedback(page)
        page.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("Last words ·").first).to_be_visible()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
