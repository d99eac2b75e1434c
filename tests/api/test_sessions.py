"""The route that sets and takes away the session's cookie."""

from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from api import sessions
from core.bootstrap import Application
from core.config import AppMode
from core.services.accounts import guest_id, new_guest_token
from tests.account_doubles import a_proof

GUEST = new_guest_token()
OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def browser(app: Application) -> Iterator[TestClient]:  # noqa: ARG001 - the application that the route finds
    route = Route("/session", sessions.session, methods=["POST", "DELETE"])
    with TestClient(Starlette(routes=[route]), headers=OWN, cookies={"guest": GUEST}) as client:
        yield client


@pytest.fixture
def ticket(app: Application) -> Callable[[], str]:
    return lambda: app.signing_in.begin(a_proof(proven_at=app.clock.now()), GUEST)


def cookies(response: Response) -> SimpleCookie:
    return SimpleCookie("\r\n".join(response.headers.get_list("set-cookie")))


def test_ticket_is_exchanged_for_a_session(
    browser: TestClient, ticket: Callable[[], str], app: Application
) -> None:
    response = browser.post("/session", json={"ticket": ticket()})
    assert (response.status_code, response.content) == (204, b"")
    known = app.signing_in.signed_in(cookies(response)["session"].value)
    assert known is not None
    assert known.user_id == guest_id(GUEST)


def test_cookie_is_out_of_reach_for_scripts_and_other_sites(
    browser: TestClient, ticket: Callable[[], str]
) -> None:
    morsel = cookies(browser.post("/session", json={"ticket": ticket()}))["session"]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
    assert int(morsel["max-age"]) == 14 * 24 * 3600


def test_hosted_cookie_is_tied_to_https_and_this_host(
    browser: TestClient, app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted = app.settings.model_copy(update={"app_mode": AppMode.HOSTED})
    monkeypatch.setattr(sessions, "application", lambda: _with(app, hosted))
    browser.cookies.set("__Host-guest", GUEST)
    ticket = app.signing_in.begin(a_proof(proven_at=app.clock.now()), GUEST)
    morsel = cookies(browser.post("/session", json={"ticket": ticket}))["__Host-session"]
    assert (morsel["secure"], morsel["domain"], morsel["path"]) == (True, "", "/")


def _with(app: Application, settings: object) -> object:
    class Hosted:
        signing_in = app.signing_in
        guard = app.guard

    hosted = Hosted()
    hosted.settings = settings  # type: ignore[attr-defined]
    return hosted


def test_browser_becomes_a_new_guest(browser: TestClient, ticket: Callable[[], str]) -> None:
    response = browser.post("/session", json={"ticket": ticket()})
    assert cookies(response)["guest"].value != GUEST


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.com"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_other_sites_begin_and_end_nothing(
    browser: TestClient,
    ticket: Callable[[], str],
    app: Application,
    method: str,
    headers: dict[str, str],
) -> None:
    session = app.signing_in.claim(ticket(), GUEST)
    browser.cookies.set("session", session)
    response = browser.request(method, "/session", json={"ticket": ticket()}, headers=headers)
    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    assert app.signing_in.signed_in(session)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"ticket": 7}', b"x" * 5000])
def test_what_is_no_ticket_begins_nothing(browser: TestClient, body: bytes) -> None:
    response = browser.post("/session", content=body)
    assert response.status_code == 409
    assert "set-cookie" not in response.headers


def test_ticket_of_another_browser_begins_nothing(
    browser: TestClient, ticket: Callable[[], str]
) -> None:
    given = ticket()
    browser.cookies.set("guest", new_guest_token())
    assert browser.post("/session", json={"ticket": given}).status_code == 409


def test_signing_in_again_ends_the_session_from_before(
    browser: TestClient, app: Application
) -> None:
    def sign_in() -> str:
        guest = browser.cookies["guest"]
        ticket = app.signing_in.begin(a_proof(proven_at=app.clock.now()), guest)
        browser.post("/session", json={"ticket": ticket})
        return browser.cookies["session"]

    browser.cookies.clear()
    browser.cookies.set("guest", GUEST, domain="testserver.local", path="/")
    first, second = sign_in(), sign_in()
    assert first != second
    assert app.signing_in.signed_in(first) is None
    assert app.signing_in.signed_in(second)


def test_deleting_ends_the_session_and_makes_a_new_guest(
    browser: TestClient, ticket: Callable[[], str], app: Application
) -> None:
    session = app.signing_in.claim(ticket(), GUEST)
    browser.cookies.set("session", session)
    response = browser.delete("/session")
    assert response.status_code == 204
    assert cookies(response)["session"]["max-age"] == "0"
    assert cookies(response)["guest"].value != GUEST
    assert app.signing_in.signed_in(session) is None


def test_deleting_everywhere_ends_the_other_browsers_too(
    browser: TestClient, ticket: Callable[[], str], app: Application
) -> None:
    session, other = (app.signing_in.claim(ticket(), GUEST) for _ in range(2))
    browser.cookies.set("session", session)
    browser.delete("/session?everywhere=1")
    assert app.signing_in.signed_in(other) is None


def test_guest_who_is_not_signed_in_stays_the_guest_they_are(browser: TestClient) -> None:
    response = browser.delete("/session")
    assert response.status_code == 204
    assert "guest" not in cookies(response)
