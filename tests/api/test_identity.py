"""Who gets in, and what for."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.forwarded import ForwardedMiddleware
from api.rest import make_rest
from core.adapters.system_clock import SystemClock
from core.bootstrap import Application, application, forget_application
from core.domain.access import Scope
from core.domain.client_address import parse_proxies
from core.services.accounts import guest_id, new_guest_token
from tests.account_doubles import a_proof
from tests.api.calls import start
from tests.api.conftest import Client
from tests.builders import ALICE


@pytest.fixture
def guest(client: Client) -> TestClient:
    """A browser on one of our own pages."""
    return client(
        Cookie=f"guest={new_guest_token()}",
        X_Requested_With="docs",
        Origin="http://testserver",
        Sec_Fetch_Site="same-origin",
    )


def test_token_leads_to_its_candidate(alice: TestClient) -> None:
    told = alice.get("/me").json()
    assert (told["id"], told["scopes"]) == (str(ALICE), ["read", "write"])


def test_token_that_may_only_read_looks_and_changes_nothing(
    app: Application, client: Client
) -> None:
    _, token = app.tokens.make_token(ALICE, "reader", (Scope.READ,), 30)
    reader = client(Authorization=f"Bearer {token}")
    assert reader.get("/interview").status_code == 200
    refused = reader.post("/interview/start", json={"role": "Backend Engineer"})
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (
        403,
        "ReadOnlyToken",
    )
    assert reader.delete("/me").status_code == 403


def test_token_opens_nothing_after_its_last_day(app: Application, client: Client) -> None:
    token, text = app.tokens.make_token(ALICE, "short", tuple(Scope), 1)
    later = token.created_at + timedelta(days=1)
    with patch.object(SystemClock, "now", lambda _clock: later):
        assert client(Authorization=f"Bearer {text}").get("/me").status_code == 401


def test_token_opens_nothing_once_it_is_revoked(app: Application, client: Client) -> None:
    token, text = app.tokens.make_token(ALICE, "gone", tuple(Scope), 30)
    caller = client(Authorization=f"Bearer {text}")
    assert caller.get("/me").status_code == 200
    app.tokens.revoke_token(ALICE, token.id)
    assert caller.get("/me").status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic amip_x", "Bearer \xff", f"Bearer amip_{'a' * 43}"]
)
def test_header_that_is_no_token_is_refused_and_asks_for_one(client: Client, header: str) -> None:
    response = client().get("/me", headers=[(b"Authorization", header.encode("latin-1"))])
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_browser_is_the_guest_of_its_pages(client: Client) -> None:
    token = new_guest_token()
    told = client(Cookie=f"guest={token}").get("/me").json()
    assert told["id"] == str(guest_id(token))


def test_browser_may_change_from_our_own_pages(guest: TestClient) -> None:
    assert start(guest)["phase"] == "listening"


@pytest.mark.parametrize(
    "changed",
    [
        {"X-Requested-With": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_page_changes_nothing(guest: TestClient, changed: dict[str, str]) -> None:
    response = guest.post("/interview/start", json={"role": "Backend Engineer"}, headers=changed)
    assert response.status_code == 403
    assert guest.get("/interview").json()["total"] == 0


def test_program_with_a_token_needs_no_page(alice: TestClient) -> None:
    response = alice.post(
        "/interview/start",
        json={"role": "Backend Engineer"},
        headers={"Origin": "https://program.example"},
    )
    assert response.status_code == 201


def test_other_origins_are_never_allowed_to_read(alice: TestClient) -> None:
    preflight = alice.options(
        "/interview/start",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    assert "access-control-allow-origin" not in preflight.headers
    assert preflight.status_code == 405


def test_nothing_of_the_caller_may_be_cached(alice: TestClient) -> None:
    assert alice.get("/me").headers["cache-control"] == "no-store"


def test_key_of_a_provider_is_taken_with_a_token_only(guest: TestClient) -> None:
    response = guest.get("/providers/openai/models", headers={"X-Provider-Key": "sk-0123456789ab"})
    assert response.json()["type"].endswith("TokenNeeded")


@pytest.mark.parametrize("peer", ["203.0.113.5", "127.0.0.1"], ids=["by itself", "by a proxy"])
def test_key_of_a_provider_is_taken_over_https_only(
    rest: FastAPI, alice: TestClient, peer: str
) -> None:
    behind = ForwardedMiddleware(rest, parse_proxies("127.0.0.1"))
    caller = TestClient(behind, headers=dict(alice.headers), client=(peer, 50000))
    headers = {"X-Provider-Key": "sk-0123456789ab", "X-Forwarded-Proto": "http"}
    response = caller.get("/providers/openai/models", headers=headers)
    assert response.json()["type"].endswith("HttpsNeeded")


def test_key_that_is_obviously_none_is_refused_without_telling_it(alice: TestClient) -> None:
    headers = {"X-Provider-Key": "sk-ant-0123456789abcdef"}
    response = alice.get("/providers/openai/models", headers=headers)
    assert response.status_code == 422
    assert "0123456789abcdef" not in response.text


def test_built_in_interviewer_takes_no_key(alice: TestClient) -> None:
    headers = {"X-Provider-Key": "sk-0123456789abcdef"}
    response = alice.post("/interview/start", json={"role": "Tester"}, headers=headers)
    assert response.status_code == 422
    assert alice.get("/interview").json()["total"] == 0


def test_model_without_a_key_is_told_as_such(alice: TestClient) -> None:
    response = alice.post("/interview/start", json={"role": "Tester", "provider": "openai"})
    assert (response.status_code, response.json()["provider"]) == (409, "OpenAI")


def test_host_without_guests_refuses_cookie_and_token_of_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("GUESTS", "none")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    forget_application()
    closed = application()
    _, token = closed.tokens.make_token(ALICE, "made before", tuple(Scope), 30)
    for headers in (
        {"Authorization": f"Bearer {token}"},
        {"Cookie": f"guest={new_guest_token()}"},
    ):
        response = TestClient(make_rest(closed.settings), headers=headers).get("/me")
        assert (response.status_code, response.json()["type"].rpartition(":")[2]) == (
            401,
            "SignInNeeded",
        )
    closed.close()
    forget_application()


# --- who is signed in -----------------------------------------------------------------------------


def signed_in_cookie(app: Application, guest_token: str) -> str:
    proof = a_proof(proven_at=app.clock.now())
    return app.signing_in.claim(app.signing_in.begin(proof, guest_token), guest_token)


def test_session_leads_to_its_account(app: Application, client: Client) -> None:
    token = new_guest_token()
    session = signed_in_cookie(app, token)
    told = client(Cookie=f"guest={new_guest_token()}; session={session}").get("/me").json()
    assert told["id"] == str(guest_id(token))


def test_guest_cookie_of_an_account_opens_nothing(app: Application, client: Client) -> None:
    token = new_guest_token()
    guest = client(Cookie=f"guest={token}")
    assert guest.get("/me").status_code == 200
    signed_in_cookie(app, token)
    assert guest.get("/me").status_code == 401


def test_session_that_is_over_makes_no_guest_of_its_owner(app: Application, client: Client) -> None:
    session = signed_in_cookie(app, new_guest_token())
    app.signing_in.sign_out(session)
    caller = client(Cookie=f"guest={new_guest_token()}; session={session}")
    assert caller.get("/me").status_code == 401
