"""The SignInService by Supabase Auth: its documented HTTP endpoints, a client for each call.

Nobody's tokens are kept: what counts is that the service vouched for someone. The session that it began
for that is ended at once.
"""

import logging
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx2
from pydantic import BaseModel, ValidationError

from core.domain.account import Proof
from core.domain.errors import SignInFault, SignInRefusedError
from core.domain.provider_key import Secret

TIMEOUT_SECONDS = 10.0
_PATH = "/auth/v1"
_WAIT = re.compile(r"after (\d{1,5}) seconds?")
_FAULTS = {
    "otp_expired": SignInFault.WRONG_CODE,
    "invalid_credentials": SignInFault.WRONG_PASSWORD,
    "email_not_confirmed": SignInFault.UNCONFIRMED,
    "weak_password": SignInFault.WEAK_PASSWORD,
    "email_address_invalid": SignInFault.BAD_ADDRESS,
    "email_address_not_authorized": SignInFault.BAD_ADDRESS,
    "validation_failed": SignInFault.BAD_ADDRESS,
    "signup_disabled": SignInFault.CLOSED,
    "otp_disabled": SignInFault.CLOSED,
    "email_provider_disabled": SignInFault.CLOSED,
    "user_banned": SignInFault.CLOSED,
}
_TOO_MANY = 429
_REFUSED = (401, 404, 405)
"""Where no code of the service's comes along: a wrong key, or an address that is no Supabase Auth."""
_log = logging.getLogger(__name__)


def issuer_of(url: str) -> str:
    """What a project at this address calls itself in its tokens; its endpoints lie below."""
    return url.rstrip("/") + _PATH


class _User(BaseModel):
    id: str
    email: str = ""


class _Opened(BaseModel):
    access_token: str
    user: _User


class SupabaseAuth:
    """Codes and passwords for e-mail addresses. See `core.account_ports.SignInService`."""

    def __init__(self, url: str, public_key: str, now: Callable[[], datetime]) -> None:
        """Take the project's address and its publishable (or anon) key."""
        self.issuer = issuer_of(url)
        self._public_key = public_key
        self._now = now

    def send_code(self, email: str) -> None:
        """Send a code to the address."""
        self._post("/otp", {"email": email, "create_user": True})

    def with_code(self, email: str, code: str) -> Proof:
        """Who has the code that was sent to this address."""
        body = {"type": "email", "email": email, "token": code}
        return self._proof(self._post("/verify", body), email)

    def with_password(self, email: str, password: Secret) -> Proof:
        """Who has the password of this address."""
        body = {"email": email, "password": password.reveal()}
        return self._proof(self._post("/token?grant_type=password", body), email)

    def sign_up(self, email: str, password: Secret) -> Proof | None:
        """A new one with a password."""
        reply = self._post("/signup", {"email": email, "password": password.reveal()})
        return self._proof(reply, email) if "access_token" in reply else None

    def _proof(self, reply: Mapping[str, Any], email: str) -> Proof:
        try:
            opened = _Opened.model_validate(reply)
        except ValidationError:
            raise SignInRefusedError(SignInFault.AWAY) from None
        self._end(opened.access_token)
        return Proof(self.issuer, opened.user.id, opened.user.email or email, self._now())

    def _end(self, access_token: str) -> None:
        """End the service's own session; where that fails it ends by itself, and nobody has its tokens."""
        try:
            self._post("/logout?scope=local", {}, {"Authorization": f"Bearer {access_token}"})
        except SignInRefusedError as error:
            _log.info("Supabase Auth did not end a session: %s", error.fault)

    def _post(
        self, path: str, body: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> Mapping[str, Any]:
        """The JSON of the reply; SignInRefusedError for everything that is no success."""
        sent = {"apikey": self._public_key, **(headers or {})}
        try:
            with _client() as client:
                response = client.post(self.issuer + path, json=body, headers=sent)
        except httpx2.HTTPError as error:
            _log.warning("Supabase Auth cannot be reached: %s", type(error).__name__)
            raise SignInRefusedError(SignInFault.AWAY) from None
        reply = _json(response)
        if not response.is_success:
            raise _refusal(response.status_code, reply)
        return reply


def _client() -> httpx2.Client:
    return httpx2.Client(trust_env=False, follow_redirects=False, timeout=TIMEOUT_SECONDS)


def _json(response: httpx2.Response) -> Mapping[str, Any]:
    try:
        reply = response.json()
    except ValueError:
        return {}
    return reply if isinstance(reply, dict) else {}


def _refusal(status: int, reply: Mapping[str, Any]) -> SignInRefusedError:
    """What a reply that is no success means; its words may name the address and are not repeated."""
    code = str(reply.get("error_code") or reply.get("code") or "")
    if status == _TOO_MANY:
        wait = _WAIT.search(str(reply.get("msg") or reply.get("message") or ""))
        return SignInRefusedError(SignInFault.TOO_MANY, int(wait[1]) if wait else 0)
    if code in _FAULTS:
        return SignInRefusedError(_FAULTS[code])
    _log.warning("Supabase Auth refused with status %s", status)
    is_ours = status in _REFUSED
    return SignInRefusedError(SignInFault.MISCONFIGURED if is_ours else SignInFault.AWAY)
