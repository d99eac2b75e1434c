"""The Account page: as a guest, in by code and by password, out again."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application, application, forget_application
from core.domain.limits import Limited, Rule
from core.services.accounts import guest_id, new_guest_token
from tests.account_doubles import a_proof
from tests.builders import a_judged_interview
from tests.sign_in_doubles import CODE, PASSWORD, PUBLIC_KEY, FakeSupabaseAuth, fake_supabase_auth
from tests.ui.conftest import ROUTER

EMAIL = "robin@example.com"
TOKEN = new_guest_token()


@pytest.fixture
def fake() -> Iterator[FakeSupabaseAuth]:
    with fake_supabase_auth(passwords={EMAIL: PASSWORD}) as running:
        yield running


@pytest.fixture
def hosting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake: FakeSupabaseAuth
) -> Iterator[Application]:
    """The application of a host with Supabase Auth."""
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("SUPABASE_URL", fake.url)
    monkeypatch.setenv("SUPABASE_ANON_KEY", PUBLIC_KEY)
    forget_application()
    yield application()
    forget_application()


@pytest.fixture
def account(hosting: Application) -> AppTest:
    """The Account page of a guest whose browser sends no cookie: then a visit is its tab."""
    assert hosting.signing_in.service
    visit = AppTest.from_file(str(ROUTER), default_timeout=30).run()
    visit.session_state["session_guest_token"] = TOKEN
    return visit.switch_page("../pages/account.py").run()


def said(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.warning, page.info, page.success, page.error)
    return "\n".join(str(e.value) for kind in kinds for e in kind).replace("\\", "")


def click(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def limited(app: Application, what: Limited) -> None:
    """One of it, and no more."""
    cast("dict[Limited, Rule]", app.guard.limiting.rules)[what] = Rule(1, 3600.0)


def with_password(page: AppTest, password: str, button: str = "Sign in") -> AppTest:
    page.segmented_control(key="account_way").set_value("Password").run()
    page.text_input(key="account_email").set_value(EMAIL)
    page.text_input(key="account_password").set_value(password)
    return click(page, button)


def test_what_happens_to_the_guests_things_is_said_before(
    account: AppTest, hosting: Application
) -> None:
    hosting.exporting.store.add_interview(guest_id(TOKEN), a_judged_interview())
    account.run()
    assert not account.exception
    assert "Your interview here, your resume and your keys come along" in said(account)


def test_guest_signs_in_with_a_code(account: AppTest, hosting: Application) -> None:
    account.text_input(key="account_email").set_value(EMAIL)
    click(account, "Send me a code")
    assert f"A code is on its way to {EMAIL}" in said(account)
    account.text_input(key="account_code").set_value(f" {CODE[:3]} {CODE[3:]}")
    click(account, "Sign in")
    assert not account.exception
    assert f"You are signed in as `{EMAIL}`" in said(account)
    assert hosting.signing_in.is_account(guest_id(TOKEN))


def test_guest_signs_in_with_a_password_and_has_what_was_done_before(
    account: AppTest, hosting: Application
) -> None:
    interview = a_judged_interview()
    hosting.exporting.store.add_interview(guest_id(TOKEN), interview)
    with_password(account, PASSWORD)
    assert "You are signed in" in said(account)
    account.switch_page("../pages/history.py").run()
    assert not account.exception
    assert any(b.label.startswith("Delete :") for b in account.button)


def test_wrong_password_says_so_and_keeps_the_address(account: AppTest) -> None:
    with_password(account, "wrong")
    assert "do not belong together" in said(account)
    assert account.text_input(key="account_email").value == EMAIL


@pytest.mark.parametrize("password", ["", "short"])
def test_password_that_cannot_be_is_not_sent(
    account: AppTest, fake: FakeSupabaseAuth, password: str
) -> None:
    with_password(account, password, "Make a new account")
    assert "password" in said(account).lower()
    assert fake.calls == []


@pytest.mark.parametrize("address", ["", "robin", "robin@", "@example.com", "a b@example.com"])
def test_what_is_no_address_is_not_sent(
    account: AppTest, fake: FakeSupabaseAuth, address: str
) -> None:
    account.text_input(key="account_email").set_value(address)
    click(account, "Send me a code")
    assert "Enter your e-mail address" in said(account)
    assert fake.calls == []


def test_wrong_code_can_be_entered_again(account: AppTest) -> None:
    account.text_input(key="account_email").set_value(EMAIL)
    click(account, "Send me a code")
    account.text_input(key="account_code").set_value("000000")
    click(account, "Sign in")
    assert "This code is not accepted" in said(account)
    account.text_input(key="account_code").set_value(CODE)
    click(account, "Sign in")
    assert "You are signed in" in said(account)


def test_new_account_that_must_be_confirmed_asks_for_the_code(
    account: AppTest, fake: FakeSupabaseAuth
) -> None:
    fake.must_confirm = True
    with_password(account, "a password of some length", "Make a new account")
    assert "A code is on its way" in said(account)
    account.text_input(key="account_code").set_value(CODE)
    click(account, "Sign in")
    assert "You are signed in" in said(account)


def test_passwords_are_not_tried_without_end(
    account: AppTest, hosting: Application, fake: FakeSupabaseAuth
) -> None:
    limited(hosting, Limited.SIGN_IN_TRIES)
    with_password(account, "wrong")
    with_password(account, PASSWORD)
    assert "Too many attempts to sign in" in said(account)
    assert len(fake.calls) == 1


def test_codes_are_not_tried_without_end(account: AppTest, hosting: Application) -> None:
    limited(hosting, Limited.SIGN_IN_TRIES)
    account.text_input(key="account_email").set_value(EMAIL)
    click(account, "Send me a code")
    for code in ("000000", CODE):
        account.text_input(key="account_code").set_value(code)
        click(account, "Sign in")
    assert "Too many attempts to sign in" in said(account)


def test_new_account_sends_no_more_mail_than_codes_do(
    account: AppTest, hosting: Application, fake: FakeSupabaseAuth
) -> None:
    limited(hosting, Limited.SIGN_IN_CODES)
    fake.must_confirm = True
    with_password(account, "a password of some length", "Make a new account")
    click(account, "Use another address")
    with_password(account, "a password of some length", "Make a new account")
    assert "Too many sign-in codes" in said(account)
    assert len(fake.calls) == 1


def test_service_that_is_away_loses_nothing(
    account: AppTest, fake: FakeSupabaseAuth, hosting: Application
) -> None:
    hosting.exporting.store.add_interview(guest_id(TOKEN), a_judged_interview())
    fake.fault = 503, b""
    with_password(account, PASSWORD)
    assert "cannot be reached just now" in said(account)
    assert len(hosting.interviewing.interviews(guest_id(TOKEN))) == 1


@pytest.mark.parametrize("button", ["Sign out", "Sign out everywhere"])
def test_signed_out_tab_is_a_new_guest_who_sees_nothing(
    account: AppTest, hosting: Application, button: str
) -> None:
    hosting.exporting.store.add_interview(guest_id(TOKEN), a_judged_interview())
    with_password(account, PASSWORD)
    click(account, button)
    assert not account.exception
    assert "You are a guest" in said(account)
    assert "What you do here, your resume" in said(account)
    account.switch_page("../pages/history.py").run()
    assert not any(b.label.startswith("Delete :") for b in account.button)


def test_deleted_account_leaves_a_guest_behind(account: AppTest, hosting: Application) -> None:
    with_password(account, PASSWORD)
    account.switch_page("../pages/settings.py").run()
    account.button(key="privacy_delete").click().run()
    account.button(key="privacy_delete_sure").click().run()
    assert not account.exception
    assert "Everything is deleted" in said(account)
    assert not hosting.signing_in.is_account(guest_id(TOKEN))


def test_tab_that_was_signed_out_elsewhere_says_so(
    account: AppTest, hosting: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.session.RECHECK_SECONDS", 0.0)
    with_password(account, PASSWORD)
    hosting.signing_in.sign_out_everywhere(guest_id(TOKEN))
    account.run()
    assert "You signed in or out meanwhile" in said(account)


def test_guest_cookie_of_an_account_shows_nothing_of_it(hosting: Application) -> None:
    hosting.exporting.store.add_interview(guest_id(TOKEN), a_judged_interview())
    ticket = hosting.signing_in.begin(a_proof(proven_at=hosting.clock.now()), TOKEN)
    hosting.signing_in.claim(ticket, TOKEN)
    other = AppTest.from_file(str(ROUTER), default_timeout=30)
    other.session_state["session_guest_token"] = TOKEN
    other.run().switch_page("../pages/history.py").run()
    assert not other.exception
    assert not any(b.label.startswith("Delete :") for b in other.button)


def test_host_without_sign_in_has_no_account_page(visit: AppTest) -> None:
    visit.switch_page("../pages/account.py").run()
    assert not visit.exception
    assert "everything works without an account" in said(visit)


def test_guest_whose_browser_signed_in_elsewhere_makes_no_token_at_once(
    account: AppTest, hosting: Application
) -> None:
    settings = account.switch_page("../pages/settings.py").run()
    ticket = hosting.signing_in.begin(a_proof(proven_at=hosting.clock.now()), TOKEN)
    hosting.signing_in.claim(ticket, TOKEN)
    settings.text_input(key="tokens_name").set_value("a program")
    click(settings, "Make token")
    assert "You signed in or out meanwhile" in said(settings)
    assert hosting.tokens.tokens_of(guest_id(TOKEN)) == ()
