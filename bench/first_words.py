"""What a person waits for after Submit, on the page itself: `python -m bench first_words`.

A stub that takes 600 ms to its first token and gives 60 tokens a second judges answers in Chromium, with
each provider. Counted from the click: until the first words of the answer are lit, and from the moment
when the feedback's first token is due at the stub until the page shows it.
"""

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from core.domain.language_model import Provider
from scripts.ensure_chromium import find_chromium
from tests.e2e import journey
from tests.e2e.conftest import WAIT_MS
from tests.e2e.own_key import add_key
from tests.e2e.server import Server
from tests.known_providers import KNOWN, PROVIDERS
from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Pace, StubRequest
from tests.stub_provider.server import StubProvider, tokens_of

TURNS = 8
PACE = Pace(0.6, 60.0)
_AT_ONCE = Pace(0.0, 0.0)
_WATCH = """() => {
  const seen = window.seen = {};
  addEventListener("click", () => { seen.click ??= Date.now() }, { capture: true, once: true });
  const look = () => {
    if (document.querySelector(".answer-text mark")) seen.lit ??= Date.now();
    if (document.querySelector("[aria-live=polite] .answer-text")) seen.told ??= Date.now();
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}"""


class _Judge:
    """Replies as an interviewer would, and knows when the feedback's first token is due."""

    def __init__(self) -> None:
        self.feedback_due = 0.0

    def reply(self, request: StubRequest) -> str:
        asked = time.time()
        text = interviewer_reply(request)
        if '"feedback"' in text:
            self.feedback_due = asked + PACE.first_token_seconds + _seconds_until_feedback(text)
        return text


def main() -> None:
    """Judge answers with each provider and print how long it took to see something of it."""
    print(
        "| provider | first words lit, s: median | longest (goal ≤ 1.1) "
        "| feedback after its first token, ms: median | longest (goal ≤ 100) |\n|---|---|---|---|---|"
    )
    expect.set_options(timeout=WAIT_MS)  # a provider's SDK is loaded first
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for provider in PROVIDERS:
            lit, told = _measured(browser, provider)
            print(
                f"| {KNOWN.label(provider)} | {median(lit):.2f} | {max(lit):.2f} "
                f"| {median(told) * 1000:.0f} | {max(told) * 1000:.0f} |"
            )
        browser.close()


def _measured(browser: Browser, provider: Provider) -> tuple[list[float], list[float]]:
    """Of each answer but the first: seconds until words are lit, and until feedback is shown once due."""
    judge = _Judge()
    with StubProvider(judge.reply, _AT_ONCE) as stub, _served(stub) as server:
        page = browser.new_page()
        add_key(page, server, provider, stub)
        page.goto(server.url)
        journey.choose_length(page, TURNS + 1)
        page.get_by_role("button", name="Start interview").click()
        stub.pace = PACE
        turns = [_turn(page, judge, number) for number in range(1, TURNS + 2)][1:]
        page.close()
    return [lit for lit, _ in turns], [told for _, told in turns]


def _turn(page: Page, judge: _Judge, number: int) -> tuple[float, float]:
    journey.expect_question(page, number)
    journey.expect_settled(page)
    page.evaluate(_WATCH)
    # Of another length each time: replies are looked into at steps, which the feedback begins between.
    journey.submit(page, "So, " * number + journey.ANSWER)
    page.get_by_role("button", name="Next question").click()
    seen = page.evaluate("() => window.seen")
    return (seen["lit"] - seen["click"]) / 1000, seen["told"] / 1000 - judge.feedback_due


def _seconds_until_feedback(text: str) -> float:
    """Until the token in which the feedback's own text begins."""
    begins = re.search(r'"feedback": ?"', text)
    before = text[: begins.end()] if begins else text
    return (len(tokens_of(before)) - 1) / PACE.tokens_per_second


@contextmanager
def _served(stub: StubProvider) -> Iterator[Server]:
    """A server that calls the stub in place of every provider."""
    addresses: Any = {f"{p.upper()}_API_URL": url for p, url in stub.api_urls.items()}
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "var", **addresses)
        try:
            server.start()
            yield server
        finally:
            server.kill()


if __name__ == "__main__":
    main()
