"""Takes the README's screenshots from a real server with an invented candidate.

`python -m scripts.take_screenshots` needs what `make test` installs.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.seeding import application_in, seed_history
from core.domain.interview_setup import Focus, InterviewSetup
from core.domain.question import Seniority
from core.services.accounts import COOKIE_NAME, guest_id, new_guest_token
from scripts.ensure_chromium import find_chromium
from tests.e2e import journey
from tests.e2e.server import Server
from tests.spawner import ROOT

IMAGES = ROOT / "docs" / "images"
_ANSWERS = (
    "I'm a backend engineer at Lanternfield Payments, where I look after the refund service. Before that "
    "I spent three years in logistics, and that is where I got interested in queues. Last year I rebuilt "
    "the refund path and cut its latency from 1.8 seconds to 240 milliseconds. Now I want to work on a "
    "larger platform, because I like the unglamorous parts that many people depend on.",
    "I built it for the support team, who had to answer for every late refund. My part was the queue and "
    "the retry logic; a colleague wrote the page. The hardest choice was whether to stop on a bad record "
    "or to go on. I decided to set it aside and report it, because one broken record should not hold up "
    "nine hundred good ones. After two months late refunds were down by 80 percent. If I did it again, I "
    "would write the report page first.",
    "First I would measure, because guesses cost time. I would look at the slow query's plan, add an index "
    "on the column that the filter uses, and compare again with the same data. If writes get slower than "
    "the reads gain, I would rather cache the result for a minute.",
)


_WAIT_MS = 30_000
_FEEDBACK = (860, 3900)
"""Width and height of a window that shows all of it."""
_STORY = (
    "I took over a reporting tool that nobody understood. I cleaned it up and it got better.",
    "When I joined Lanternfield, I took over the nightly reports from a colleague who had left. They failed "
    "every third night, and finance had to have them by eight. First I read the logs of a month and talked "
    "to the two people who used the reports most. I did not rewrite it: I put a test around each report, then "
    "I moved the worst two to a queue, one at a time. My mistake was to change the format without a word, so I "
    "apologised and wrote down what each column means. After six weeks failures were down from ten a month "
    "to one, and finance stopped keeping its own copy. I would ask for the numbers earlier next time.",
)


def main() -> int:
    """Hold one short interview and take a picture of each page on the way."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=_WAIT_MS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "var")
        server.start()
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(_WAIT_MS)
            _walk(page, server.url)
            _take_feedback(browser, Path(folder) / "judged")
            _take_progress(browser, Path(folder) / "practised")
        finally:
            browser.close()
            server.kill()
    return 0


def _take_feedback(browser: Browser, data_dir: Path) -> None:
    """Two attempts at a question that asks for a story: what the judgement rests on, all unfolded."""
    app = application_in(data_dir)
    token = new_guest_token()
    user = guest_id(token)
    setup = InterviewSetup(
        role_title="Backend Engineer", seniority=Seniority.MID, focus=Focus.BEHAVIORAL, seed=8
    )
    interview = app.interviewing.start_interview(user, setup)
    app.interviewing.skip_question(user, interview.id, 1)
    with _visit(browser, data_dir, token) as (page, url):
        page.goto(f"{url}/interview?interview={interview.id}")
        journey.submit_and_see_feedback(page, _STORY[0])
        page.get_by_role("button", name="Try this again").click()
        journey.submit_and_see_feedback(page, _STORY[1])
        page.set_viewport_size({"width": _FEEDBACK[0], "height": _FEEDBACK[1]})
        for label in ("Key points:", "As a story:", "Attempts 1 and 2"):
            page.locator("summary").filter(has_text=label).click()
        _take(page, "feedback", _FEEDBACK[1], _FEEDBACK[0])


def _take_progress(browser: Browser, data_dir: Path) -> None:
    """The Progress page of an invented candidate with half a year of practice."""
    visitor = seed_history(application_in(data_dir), 60, datetime.now(UTC))
    with _visit(browser, data_dir, visitor.token) as (page, url):
        page.goto(f"{url}/progress")
        page.locator(".js-plotly-plot").nth(2).wait_for()
        _take(page, "progress", 1800)


@contextmanager
def _visit(browser: Browser, data_dir: Path, token: str) -> Iterator[tuple[Page, str]]:
    """A page of a guest's browser, and the address of a server on what is stored for them."""
    server = Server(data_dir)
    server.start()
    try:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": COOKIE_NAME, "value": token, "url": server.url}])
        page = context.new_page()
        page.set_default_timeout(_WAIT_MS)
        yield page, server.url
    finally:
        server.kill()


def _walk(page: Page, url: str) -> None:
    journey.open_practice(page, url)
    page.get_by_role("button", name="Maya, backend").click()
    page.get_by_text("What we read").wait_for()
    _take(page, "practice", 1100)
    journey.choose_length(page, 3)
    journey.start_interview(page)
    journey.answer_box(page).fill(_ANSWERS[0])
    page.get_by_text("Draft saved").wait_for()
    _take(page, "room", 720)
    for number, answer in enumerate(_ANSWERS, 1):
        journey.expect_question(page, number)
        journey.submit_and_see_feedback(page, answer)
        page.get_by_role("button", name="Next question").click()
    page.get_by_text("Last words ·").first.wait_for()
    page.get_by_role("button", name="Skip").click()
    page.locator(".js-plotly-plot").nth(1).wait_for()
    _take(page, "report", 1300)


def _take(page: Page, name: str, height: int, width: int = 1280) -> None:
    """A picture once everything has stopped moving."""
    page.set_viewport_size({"width": width, "height": height})
    page.mouse.move(5, 5)
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
