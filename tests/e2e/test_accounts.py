"""One account in two browsers on the hosted database, and another account that sees nothing of it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journey
from tests.e2e.server import Server
from tests.hosted_database import HostedDatabase
from tests.sign_in_doubles import CODE, PASSWORD, PUBLIC_KEY, FakeSupabaseAuth, fake_supabase_auth

pytestmark = pytest.mark.e2e

ROBIN, KIM = "robin@example.com", "kim@example.com"

Visitor = Callable[..., Page]


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeSupabaseAuth]:
    with fake_supabase_auth(passwords={ROBIN: PASSWORD, KIM: PASSWORD}) as running:
        yield running


@pytest.fixture(scope="module")
def shared_app(
    shared_postgres: HostedDatabase,
    fake: FakeSupabaseAuth,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    app = Server(
        tmp_path_factory.mktemp("accounts") / "var",
        DATABASE_URL=shared_postgres.url,
        SUPABASE_URL=fake.url,
        SUPABASE_ANON_KEY=PUBLIC_KEY,
    )
    app.start()
    yield app
    app.kill()


@pytest.fixture
def app(shared_app: Server, postgres: HostedDatabase, fake: FakeSupabaseAuth) -> Server:
    """The app, on no rows, with a sign-in service that works."""
    assert postgres.url
    fake.fault, fake.delay_seconds = None, 0.0
    return shared_app


def open_account(page: Page, app: Server) -> None:
    page.goto(f"{app.url}/account")
    expect(page.get_by_role("heading", name="Account")).to_be_visible()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """From any page of the app."""
    journey.go_to(page, "Account")
    page.get_by_role("radio", name="Password").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    journey.expect_settled(page)  # Enter finds the form's button only once it is drawn
    page.get_by_label("Password", exact=True).press("Enter")


def expect_signed_in(page: Page, email: str) -> None:
    expect(page.get_by_text("You are signed in as")).to_contain_text(email)


def expect_interviews(page: Page, number: int) -> None:
    journey.go_to(page, "History")
    if not number:
        expect(page.get_by_text("Your interviews will be listed here")).to_be_visible()
    expect(page.get_by_role("button", name="Delete")).to_have_count(number)


def with_an_interview(new_visitor: Visitor, app: Server) -> Page:
    page = journey.begin(new_visitor, app.url, length=3)
    journey.submit_and_see_feedback(page)
    return page


def test_account_is_the_same_in_two_browsers_until_it_is_signed_out_everywhere(
    app: Server, new_visitor: Visitor, postgres: HostedDatabase
) -> None:
    first, second, other = (with_an_interview(new_visitor, app) for _ in range(3))
    address = first.url
    for page, email in ((first, ROBIN), (second, ROBIN), (other, KIM)):
        sign_in(page, email)
        expect_signed_in(page, email)
    for page, number in ((first, 2), (second, 2), (other, 1)):
        expect_interviews(page, number)
    for page in (second, other):
        page.goto(address)
    expect(second.get_by_role("button", name="Next question")).to_be_visible()
    expect(other.get_by_text("does not exist, or it is not yours")).to_be_visible()
    journey.go_to(first, "Account")
    first.get_by_role("button", name="Sign out everywhere").click()
    expect(first.get_by_text("You are a guest")).to_be_visible()
    for page, number in ((first, 0), (second, 0), (other, 1)):
        page.reload()
        expect_interviews(page, number)
    answers = postgres.query("select count(*) from responses")
    assert answers == [(3,)]
    owners = postgres.query("select count(*) from interviews group by user_id order by 1")
    assert owners == [(1,), (2,)]


def test_cookie_of_a_session_is_out_of_reach_for_scripts(app: Server, new_visitor: Visitor) -> None:
    page = new_visitor()
    open_account(page, app)
    sign_in(page, ROBIN)
    expect_signed_in(page, ROBIN)
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "session"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert cookie["value"] not in page.evaluate("document.cookie")
    page.reload()
    expect_signed_in(page, ROBIN)


def test_sign_in_by_code_survives_mistakes_and_a_service_that_is_away(
    app: Server, new_visitor: Visitor, fake: FakeSupabaseAuth
) -> None:
    page = new_visitor(width=390, height=844)
    open_account(page, app)
    fake.fault = 503, b""
    page.get_by_label("E-mail address").fill(ROBIN)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_text("The sign-in service cannot be reached just now")).to_be_visible()
    fake.fault = None
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This code is not accepted")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(CODE)
    page.get_by_role("button", name="Sign in").click()
    expect_signed_in(page, ROBIN)


def test_line_that_is_lost_on_the_way_to_the_cookie_loses_nothing(
    app: Server, new_visitor: Visitor
) -> None:
    page = with_an_interview(new_visitor, app)
    page.route("**/session", lambda route: route.abort())
    sign_in(page, ROBIN)
    expect(page.get_by_text("This did not get through")).to_be_visible()
    page.reload()
    expect_interviews(page, 1)
    page.unroute("**/session")
    sign_in(page, ROBIN)
    expect_signed_in(page, ROBIN)
    expect_interviews(page, 1)
