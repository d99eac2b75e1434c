"""Supabase Auth by its double: who is vouched for, and a sentence for each way it can go wrong."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest

from core.adapters import supabase_auth
from core.adapters.supabase_auth import SupabaseAuth
from core.domain.errors import SignInFault, SignInRefusedError
from core.domain.provider_key import Secret
from tests.builders import NOW
from tests.sign_in_doubles import CODE, PASSWORD, PUBLIC_KEY, FakeSupabaseAuth, fake_supabase_auth

EMAIL = "robin@example.com"

Call = Callable[[SupabaseAuth], object]
CALLS: dict[str, Call] = {
    "send code": lambda auth: auth.send_code(EMAIL),
    "code": lambda auth: auth.with_code(EMAIL, CODE),
    "password": lambda auth: auth.with_password(EMAIL, Secret(PASSWORD)),
    "sign up": lambda auth: auth.sign_up(EMAIL, Secret(PASSWORD)),
}


@pytest.fixture
def fake() -> Iterator[FakeSupabaseAuth]:
    with fake_supabase_auth(passwords={EMAIL: PASSWORD}) as running:
        yield running


@pytest.fixture
def auth(fake: FakeSupabaseAuth) -> SupabaseAuth:
    return SupabaseAuth(fake.url + "/", PUBLIC_KEY, lambda: NOW)


def refused(call: Call, auth: SupabaseAuth) -> SignInRefusedError:
    with pytest.raises(SignInRefusedError) as failed:
        call(auth)
    return failed.value


def test_code_that_was_sent_vouches_for_its_address(
    auth: SupabaseAuth, fake: FakeSupabaseAuth
) -> None:
    auth.send_code(EMAIL)
    proof = auth.with_code(EMAIL, CODE)
    assert (proof.issuer, proof.subject) == (f"{fake.url}/auth/v1", f"id of {EMAIL}")
    assert (proof.email, proof.proven_at) == (EMAIL, NOW)


def test_password_vouches_for_the_same_subject(auth: SupabaseAuth) -> None:
    auth.send_code(EMAIL)
    assert auth.with_password(EMAIL, Secret(PASSWORD)) == auth.with_code(EMAIL, CODE)


def test_new_account_vouches_at_once(auth: SupabaseAuth) -> None:
    proof = auth.sign_up("new@example.com", Secret(PASSWORD))
    assert proof == auth.with_password("new@example.com", Secret(PASSWORD))


def test_new_account_that_must_be_confirmed_vouches_by_its_code(
    auth: SupabaseAuth, fake: FakeSupabaseAuth
) -> None:
    fake.must_confirm = True
    assert auth.sign_up("new@example.com", Secret(PASSWORD)) is None
    assert auth.with_code("new@example.com", CODE).email == "new@example.com"


def test_services_own_session_is_ended_at_once(auth: SupabaseAuth, fake: FakeSupabaseAuth) -> None:
    auth.with_password(EMAIL, Secret(PASSWORD))
    path, _, headers = fake.calls[-1]
    assert path == "/auth/v1/logout?scope=local"
    assert headers["authorization"] == f"Bearer access token of {EMAIL}"


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda auth: auth.with_code(EMAIL, "000000"), SignInFault.WRONG_CODE),
        (lambda auth: auth.with_password(EMAIL, Secret("wrong")), SignInFault.WRONG_PASSWORD),
        (lambda auth: auth.sign_up(EMAIL, Secret("short")), SignInFault.WEAK_PASSWORD),
    ],
    ids=["code", "password", "weak"],
)
def test_mistake_of_the_person_is_named(auth: SupabaseAuth, call: Call, fault: SignInFault) -> None:
    assert refused(call, auth).fault is fault


def test_code_is_good_once(auth: SupabaseAuth) -> None:
    auth.send_code(EMAIL)
    auth.with_code(EMAIL, CODE)
    assert refused(CALLS["code"], auth).fault is SignInFault.WRONG_CODE


@pytest.mark.parametrize(
    ("status", "code", "fault"),
    [
        (400, "email_not_confirmed", SignInFault.UNCONFIRMED),
        (400, "email_address_invalid", SignInFault.BAD_ADDRESS),
        (422, "signup_disabled", SignInFault.CLOSED),
        (500, "unexpected_failure", SignInFault.AWAY),
        (503, "", SignInFault.AWAY),
        (401, "", SignInFault.MISCONFIGURED),
        (404, "", SignInFault.MISCONFIGURED),
        (302, "", SignInFault.AWAY),
    ],
)
@pytest.mark.parametrize("name", CALLS)
def test_every_refusal_has_its_fault(
    auth: SupabaseAuth,
    fake: FakeSupabaseAuth,
    name: str,
    status: int,
    code: str,
    fault: SignInFault,
) -> None:
    fake.fault = status, json.dumps({"code": status, "error_code": code, "msg": "no"}).encode()
    assert refused(CALLS[name], auth).fault is fault


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("For security purposes, you can only request this after 42 seconds.", "in 42 seconds"),
        ("email rate limit exceeded", "in a few minutes"),
    ],
)
def test_too_many_tries_are_told_with_when_to_come_back(
    auth: SupabaseAuth, fake: FakeSupabaseAuth, message: str, told: str
) -> None:
    fake.fault = (
        429,
        json.dumps({"code": "over_email_send_rate_limit", "message": message}).encode(),
    )
    error = refused(CALLS["send code"], auth)
    assert error.fault is SignInFault.TOO_MANY
    assert told in str(error)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"access_token": 7}', b'{"access_token": "x", "user": {}}']
)
@pytest.mark.parametrize("name", ["code", "password"])
def test_success_that_names_nobody_lets_nobody_in(
    auth: SupabaseAuth, fake: FakeSupabaseAuth, name: str, body: bytes
) -> None:
    fake.fault = 200, body
    assert refused(CALLS[name], auth).fault is SignInFault.AWAY


@pytest.mark.parametrize("name", CALLS)
def test_service_that_does_not_answer_in_time_is_away(
    auth: SupabaseAuth, fake: FakeSupabaseAuth, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supabase_auth, "TIMEOUT_SECONDS", 0.05)
    fake.delay_seconds = 0.5
    assert refused(CALLS[name], auth).fault is SignInFault.AWAY


@pytest.mark.parametrize("name", CALLS)
def test_service_that_is_not_there_is_away(name: str) -> None:
    nowhere = SupabaseAuth("http://127.0.0.1:9", PUBLIC_KEY, lambda: NOW)
    assert refused(CALLS[name], nowhere).fault is SignInFault.AWAY


def test_key_that_is_not_the_projects_is_the_hosts_mistake(fake: FakeSupabaseAuth) -> None:
    auth = SupabaseAuth(fake.url, "sb_publishable_another", lambda: NOW)
    assert refused(CALLS["send code"], auth).fault is SignInFault.MISCONFIGURED


def test_no_log_and_no_error_tells_an_address_a_code_or_a_password(
    auth: SupabaseAuth, fake: FakeSupabaseAuth, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.fault = 500, json.dumps({"msg": f"no {EMAIL} {CODE} {PASSWORD}"}).encode()
    errors = [str(refused(call, auth)) for call in CALLS.values()]
    told = "\n".join(
        [*errors, *(r.getMessage() for r in caplog.records if r.name.startswith("core"))]
    )
    assert not any(secret in told for secret in (EMAIL, CODE, PASSWORD))
