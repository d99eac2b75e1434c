"""The Interviewers section of Settings."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application
from core.services.accounts import guest_id, new_guest_token
from tests.known_providers import OPENAI, a_key
from tests.stub_provider.script import Status
from tests.stub_provider.server import StubProvider

TOKEN = new_guest_token()
USER: UUID = guest_id(TOKEN)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubProvider]:
    """Stands in for OpenAI."""
    with StubProvider() as running:
        monkeypatch.setenv("OPENAI_API_URL", running.url_v1)
        yield running


def listed(app: Application, visit: AppTest, model: str) -> AppTest:
    """Settings, after a candidate who had chosen this model asked for the list."""
    app.keys.add_key(USER, OPENAI, a_key(OPENAI), keep=True)
    app.keys.choose_model(USER, OPENAI, model)
    visit.session_state["session_guest_token"] = TOKEN
    page = visit.switch_page("../pages/settings.py").run()
    return page.button(key="keys_check_openai").click().run()


def captions(page: AppTest) -> str:
    return " ".join(str(caption.value) for caption in page.caption).replace("\\", "")


def test_chosen_model_that_the_provider_lists_no_more_is_told(
    app: Application, visit: AppTest
) -> None:
    page = listed(app, visit, "gpt-5-older")
    assert "list does not name gpt-5-older. If it was retired, choose another" in captions(page)


def test_chosen_model_that_was_retired_is_told(
    app: Application, visit: AppTest, stub: StubProvider
) -> None:
    gone = {"id": "gpt-5-mini", "object": "model", "created": 1, "shutdown_date": "2025-12-11"}
    listing = Status(200, body={"object": "list", "data": [gone]})
    stub.then(listing, listing)
    page = listed(app, visit, "gpt-5-mini")
    assert "was retired on 11 December 2025. Choose another model." in captions(page)


def test_list_that_is_none_is_told_in_a_sentence(
    app: Application, visit: AppTest, stub: StubProvider
) -> None:
    app.keys.add_key(USER, OPENAI, a_key(OPENAI), keep=True)
    stub.then(Status(200, body={"data": [None]}))
    visit.session_state["session_guest_token"] = TOKEN
    page = visit.switch_page("../pages/settings.py").run()
    page = page.button(key="keys_check_openai").click().run()
    assert not page.exception
    assert "OpenAI gave a reply that cannot be used" in str(page.warning[0].value)
