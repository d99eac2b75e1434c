"""Interviews with a key of one's own, against a stub of each provider; and what happens when it goes away."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.domain.language_model import Provider
from tests.e2e import journey
from tests.e2e.drills import until
from tests.e2e.own_key import add_key
from tests.e2e.server import Server
from tests.known_providers import ANTHROPIC, COMPATIBLE, GEMINI, OPENAI, PROVIDERS, a_key
from tests.spawner import spawn
from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Pace, Status
from tests.stub_provider.server import StubProvider

pytestmark = pytest.mark.e2e

Visitor = Callable[[], Page]
PACE = Pace(0.1, 2000.0)
SLOW = Pace(0.3, 40.0)


@contextmanager
def served(data_dir: Path, stub: StubProvider) -> Iterator[Server]:
    """A server that calls the stub in place of every provider."""
    server = Server(
        data_dir,
        launch=spawn,
        **{f"{provider.upper()}_API_URL": url for provider, url in stub.api_urls.items()},
    )
    server.start()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="module")
def models() -> Iterator[StubProvider]:
    with StubProvider(interviewer_reply, PACE) as stub:
        yield stub


@pytest.fixture(scope="module")
def ai_server(models: StubProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that the journeys which kill nothing share."""
    with served(tmp_path_factory.mktemp("ai") / "var", models) as server:
        yield server


@pytest.fixture(autouse=True)
def _fresh(models: StubProvider) -> None:
    models.forget()
    models.pace = PACE


@pytest.mark.parametrize("provider", PROVIDERS, ids=str)
def test_whole_interview_with_a_key_of_ones_own(
    provider: Provider, ai_server: Server, models: StubProvider, new_visitor: Visitor
) -> None:
    page = new_visitor()
    length = 5 if provider == OPENAI else 3
    add_key(page, ai_server, provider, models)
    begin(page, length)
    for number in range(1, length + 1):
        journey.expect_question(page, number)
        journey.submit(page)
        expect(page.locator(".answer-text mark").first).to_be_visible()
        page.get_by_role("button", name="Next question").click()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_text(f"{length} judged")).to_be_visible()
    assert a_key(provider) not in page.content()
    assert {request.provider for request in models.requests} == {provider}


def test_first_question_comes_while_the_others_are_made(
    ai_server: Server, models: StubProvider, new_visitor: Visitor
) -> None:
    models.pace = Pace(0.8, 100.0)
    page = new_visitor()
    add_key(page, ai_server, OPENAI, models)
    choose(page, 5)
    page.get_by_role("button", name="Start interview").click()
    expect(page.get_by_text("Preparing your interview")).to_be_visible()
    journey.expect_question(page, 1)
    assert journey.question_text(page).startswith("Tell me about")
    expect(page.get_by_text("More questions are being made for you")).to_be_visible()
    models.pace = PACE
    expect(page.get_by_text("more questions made for you")).to_be_visible()


def test_words_light_up_while_the_feedback_is_written(
    ai_server: Server, models: StubProvider, new_visitor: Visitor
) -> None:
    page = new_visitor()
    add_key(page, ai_server, ANTHROPIC, models)
    begin(page, 3)
    models.pace = SLOW
    journey.submit(page)
    expect(page.get_by_text("reads your answer")).to_be_visible()
    expect(page.locator(".answer-text mark").first).to_be_visible()
    expect(page.locator("[aria-live=polite] .answer-text")).to_contain_text("You say what")
    expect(page.get_by_role("button", name="Next question")).to_have_count(0)
    models.pace = PACE
    expect(page.get_by_role("button", name="Next question")).to_be_visible()


def test_provider_that_goes_away_is_left_for_another_one_and_that_for_the_built_in_interviewer(
    ai_server: Server, models: StubProvider, new_visitor: Visitor
) -> None:
    page = new_visitor()
    add_key(page, ai_server, GEMINI, models)
    add_key(page, ai_server, COMPATIBLE, models, is_first=False)
    begin(page, 3)
    journey.submit_and_see_feedback(page)
    page.get_by_role("button", name="Next question").click()
    lose_at(page, models, 2, "Gemini is overloaded or has a fault of its own")
    page.get_by_role("button", name="Continue with your own server").click()
    page.get_by_role("button", name="Next question").click()
    lose_at(page, models, 3, "is overloaded or has a fault of its own")
    page.get_by_role("button", name="Continue with the built-in interviewer").click()
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("button", name="Skip").click()
    judges = page.get_by_text("3 judged.")
    expect(judges).to_contain_text("Judged by gemini/gemini-3.8-flash, compatible/")
    expect(judges).to_contain_text("The built-in interviewer compares your words")


def lose_at(page: Page, models: StubProvider, number: int, told: str) -> None:
    """The answer to question `number` finds the provider gone, and is kept."""
    journey.expect_question(page, number)
    models.then(*[Status(500)] * 3)
    journey.submit(page)
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.locator(".answer-text").first).to_contain_text(journey.ANSWER[:60])


def test_killed_server_asks_before_it_pays_twice(tmp_path: Path, new_visitor: Visitor) -> None:
    with (
        StubProvider(interviewer_reply, PACE) as stub,
        served(tmp_path / "var", stub) as server,
    ):
        page = new_visitor()
        add_key(page, server, OPENAI, stub, keep=True)
        begin(page, 3)
        stub.pace = SLOW
        journey.submit(page)
        expect(page.locator(".answer-text mark").first).to_be_visible()
        server.kill()
        asked = len(stub.requests)
        server.start()
        page.reload()
        expect(page.get_by_text("This was interrupted before the interviewer had")).to_be_visible()
        expect(page.get_by_text("may be charged again by your provider")).to_be_visible()
        expect(page.locator(".answer-text").first).to_contain_text(journey.ANSWER[:60])
        assert len(stub.requests) == asked
        stub.pace = PACE
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("button", name="Next question")).to_be_visible()
        assert len(stub.requests) == asked + 1
        assert _answers(server) == [(1, 1, "done", "openai/gpt-6-luna")]


def test_killed_server_tells_at_once_that_the_plan_was_interrupted(
    tmp_path: Path, new_visitor: Visitor
) -> None:
    with (
        StubProvider(interviewer_reply, PACE) as stub,
        served(tmp_path / "var", stub) as server,
    ):
        page = new_visitor()
        add_key(page, server, OPENAI, stub, keep=True)
        choose(page, 3)
        stub.pace = Pace(60.0, 40.0)
        page.get_by_role("button", name="Start interview").click()
        expect(page.get_by_text("Preparing your interview")).to_be_visible()
        until(lambda: bool(stub.requests))
        server.kill()
        server.start()
        page.reload()
        expect(page.get_by_text("This was interrupted before the interviewer had")).to_be_visible()
        assert len(stub.requests) == 1


def test_two_tabs_watch_one_judgement(
    ai_server: Server, models: StubProvider, new_visitor: Visitor
) -> None:
    page = new_visitor()
    add_key(page, ai_server, COMPATIBLE, models)
    begin(page, 3)
    expect(page.get_by_text("more questions made for you")).to_be_visible()
    asked = len(models.requests)
    models.pace = SLOW
    journey.submit(page)
    tab = page.context.new_page()
    tab.goto(page.url)
    for one in (page, tab):
        expect(one.get_by_text("reads your answer")).to_be_visible()
        expect(one.locator(".answer-text mark").first).to_be_visible()
    models.pace = PACE
    for one in (page, tab):
        expect(one.get_by_role("button", name="Next question")).to_be_visible()
    assert len(models.requests) == asked + 1


def choose(page: Page, length: int) -> None:
    """Everything on Practice but the start: an invented candidate and the model that there is a key for."""
    journey.go_to(page, "Practice")
    page.get_by_role("button", name="Maya, backend").click()
    expect(page.get_by_text("What we read")).to_be_visible()
    journey.choose_length(page, length)


def begin(page: Page, length: int) -> None:
    choose(page, length)
    journey.start_interview(page)
    assert journey.question_text(page).startswith("Tell me about")


def _answers(server: Server) -> list[tuple[int, int, str, str]]:
    query = (
        "select position, attempt, status, json_extract(evaluation, '$.evaluator') from responses"
    )
    with sqlite3.connect(server.data_dir / "interviews.db") as database:
        return database.execute(query).fetchall()
