"""An interview in a browser, with a witness that did not read our code behind the page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey
from tests.e2e.server import Server
from tests.known_providers import OPENAI, a_key
from tests.spawner import spawn
from tests.witness.conftest import Witness

pytestmark = pytest.mark.witness

LENGTH = 3
ANSWER = "I would measure first where the time goes. Then I add an index and measure once more."


@pytest.fixture
def server(witness: Witness, tmp_path: Path) -> Iterator[Server]:
    """The app, whose providers are all the witness."""
    urls = {f"{provider.upper()}_API_URL": url for provider, url in witness.api_urls.items()}
    running = Server(tmp_path / "var", launch=spawn, **urls)
    running.start()
    yield running
    running.kill()


def test_candidate_enters_a_key_answers_and_reads_the_report(
    server: Server, new_visitor: Callable[[], Page]
) -> None:
    page = new_visitor()
    _enter_key(page, server)
    journey.open_practice(page, server.url)
    journey.choose_length(page, LENGTH)
    journey.start_interview(page)
    for number in range(1, LENGTH + 1):
        journey.expect_question(page, number)
        journey.submit(page, ANSWER)
        expect(page.locator(".answer-text mark").first).to_contain_text("I would measure first")
        expect(page.get_by_text("You measure before you guess. Say how").first).to_be_visible()
        page.get_by_role("button", name="Next question").click()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_text(f"{LENGTH} judged.")).to_contain_text("Judged by openai/")
    expect(page.get_by_text("Tell one outcome a day.")).to_be_visible()


def _enter_key(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/settings")
    page.get_by_label("Key for OpenAI").fill(a_key(OPENAI))
    page.get_by_role("button", name="Check and use this key").click()
    expect(page.get_by_text(f"•••{a_key(OPENAI)[-4:]}")).to_be_visible()
