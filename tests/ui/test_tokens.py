"""The Access tokens section of Settings."""

from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application
from core.domain.access import Scope
from core.services.accounts import guest_id, new_guest_token

TOKEN = new_guest_token()
USER: UUID = guest_id(TOKEN)


@pytest.fixture
def settings_page(visit: AppTest) -> AppTest:
    visit.session_state["session_guest_token"] = TOKEN
    return visit.switch_page("../pages/settings.py").run()


def make(page: AppTest, name: str) -> AppTest:
    page.text_input(key="tokens_name").set_value(name)
    return next(b for b in page.button if b.label == "Make token").click().run()


def test_token_is_shown_once_and_works(settings_page: AppTest, app: Application) -> None:
    make(settings_page, "my script")
    assert not settings_page.exception
    (shown,) = [str(code.value) for code in settings_page.code]
    access = app.tokens.access(shown)
    assert access is not None
    assert (access.user_id, access.scopes) == (USER, tuple(Scope))
    settings_page.run()
    assert not [code for code in settings_page.code if code.value == shown]


def test_token_without_a_name_is_refused_with_a_sentence(
    settings_page: AppTest, app: Application
) -> None:
    make(settings_page, " ")
    assert any("Give the token a name" in str(w.value) for w in settings_page.warning)
    assert app.tokens.tokens_of(USER) == ()


def test_revoked_token_is_gone(settings_page: AppTest, app: Application) -> None:
    make(settings_page, "my script")
    (token,) = app.tokens.tokens_of(USER)
    settings_page.button(key=f"tokens_revoke_{token.id}").click().run()
    assert not settings_page.exception
    assert app.tokens.tokens_of(USER) == ()


def test_read_only_token_says_so(settings_page: AppTest, app: Application) -> None:
    settings_page.radio(key="tokens_scopes").set_value("Read only")
    make(settings_page, "reader")
    (token,) = app.tokens.tokens_of(USER)
    assert token.scopes == (Scope.READ,)
    assert any("read only, until" in str(c.value) for c in settings_page.caption)
