"""Programs that send a token of the identity provider's: who they are here."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.bootstrap import Application, application, forget_application
from core.domain.errors import VoucherAwayError
from tests.adapters.test_supabase_tokens import ec_key, jwk, key_set, signed
from tests.api.calls import start
from tests.api.conftest import Client
from tests.stub_keys import served_keys

KEYS = "/auth/v1/.well-known/jwks.json"


@pytest.fixture
def project() -> Iterator[str]:
    with served_keys({KEYS: (200, key_set(jwk(ec_key(), "ec")))}) as url:
        yield url


@pytest.fixture
def app(project: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("SUPABASE_URL", project)
    monkeypatch.setenv("SUPABASE_ANON_KEY", "sb_publishable_of_a_test")
    forget_application()
    yield application()
    forget_application()


def token(project: str, **changes: Any) -> str:
    return signed(iss=f"{project}/auth/v1", **changes)


def test_first_token_makes_the_account_and_the_next_one_finds_it(
    client: Client, project: str
) -> None:
    first = client(Authorization=f"Bearer {token(project)}").get("/me").json()
    second = client(Authorization=f"Bearer {token(project, email='new@example.com')}")
    assert second.get("/me").json()["id"] == first["id"]
    assert first["scopes"] == ["read", "write"]


def test_many_first_tokens_at_once_make_one_account(client: Client, project: str) -> None:
    caller = client(Authorization=f"Bearer {token(project)}")
    with ThreadPoolExecutor(6) as threads:
        replies = list(threads.map(lambda _: caller.get("/me"), range(6)))
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.json()["id"] for reply in replies}) == 1


def test_subjects_do_not_see_each_other(client: Client, project: str) -> None:
    one = client(Authorization=f"Bearer {token(project)}")
    other = client(Authorization=f"Bearer {token(project, sub='somebody else')}")
    session_id = start(one)["session_id"]
    assert other.get(f"/interview/{session_id}").status_code == 404


def test_token_is_of_the_account_that_its_owner_signs_in_to_on_the_pages(
    client: Client, project: str, app: Application
) -> None:
    told = client(Authorization=f"Bearer {token(project)}").get("/me").json()
    owner = app.signing_in.account_of(f"{project}/auth/v1", "0b9a1d52-3a51-4d3e-9c8e-5f3a7d1c2b4e")
    assert str(owner) == told["id"]


def test_token_from_before_its_owner_signed_out_everywhere_opens_nothing(
    client: Client, project: str, app: Application
) -> None:
    now = int(app.clock.now().timestamp())
    caller = client(Authorization=f"Bearer {token(project, iat=now - 5)}")
    assert caller.get("/me").status_code == 200
    owner = app.signing_in.account_of(f"{project}/auth/v1", "0b9a1d52-3a51-4d3e-9c8e-5f3a7d1c2b4e")
    assert owner is not None
    app.signing_in.sign_out_everywhere(owner)
    assert caller.get("/me").status_code == 401
    later = token(project, iat=int((app.clock.now() + timedelta(seconds=5)).timestamp()))
    assert client(Authorization=f"Bearer {later}").get("/me").status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"iss": "https://evil.supabase.co/auth/v1"}, id="issuer"),
        pytest.param({"aud": "anon"}, id="audience"),
        pytest.param({"exp": 1}, id="expired"),
        pytest.param({"role": "service_role"}, id="role"),
    ],
)
def test_token_that_is_not_good_is_refused_even_beside_a_cookie(
    client: Client, project: str, changes: dict[str, Any]
) -> None:
    text = signed(**({"iss": f"{project}/auth/v1"} | changes))
    refused = client(Authorization=f"Bearer {text}", Cookie=f"guest={'a' * 43}").get("/me")
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Bearer realm="api"')
    assert text not in refused.text


def test_provider_that_is_away_is_told_as_such(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUPABASE_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "other"))
    forget_application()
    away = client(Authorization=f"Bearer {token('http://127.0.0.1:1')}").get("/me")
    assert (away.status_code, away.json()["detail"]) == (503, str(VoucherAwayError()))
    assert away.headers["retry-after"]
