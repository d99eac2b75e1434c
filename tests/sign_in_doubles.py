"""A double of Supabase Auth: its endpoints over HTTP as documented, with faults on request."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

PUBLIC_KEY = "sb_publishable_only-for-tests"
CODE = "314159"
PASSWORD = "correct horse battery"  # noqa: S105 - of people who do not exist


@dataclass
class FakeSupabaseAuth:
    """Accounts by e-mail address. `fault` is (status, body) for every call; `delay_seconds` before each."""

    passwords: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    must_confirm: bool = False
    fault: tuple[int, bytes] | None = None
    delay_seconds: float = 0.0
    calls: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def answer(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """What the service says to a call."""
        email = str(body.get("email", "")).lower()
        if path.startswith("/auth/v1/otp"):
            self.codes[email] = CODE
            return 200, {}
        if path.startswith("/auth/v1/verify"):
            if self.codes.get(email) != body.get("token"):
                return _refused(403, "otp_expired", "Token has expired or is invalid")
            del self.codes[email]
            return 200, _session(email)
        if path.startswith("/auth/v1/token?grant_type=password"):
            if self.passwords.get(email) != body.get("password"):
                return _refused(400, "invalid_credentials", "Invalid login credentials")
            return 200, _session(email)
        if path.startswith("/auth/v1/signup"):
            return self._sign_up(email, str(body["password"]))
        if path.startswith("/auth/v1/logout"):
            return 204, {}
        return _refused(404, "", "not found")

    def _sign_up(self, email: str, password: str) -> tuple[int, dict[str, Any]]:
        if len(password) < 10:
            return _refused(422, "weak_password", "Password should be at least 10 characters.")
        self.passwords.setdefault(email, password)
        if self.must_confirm:
            self.codes[email] = CODE
            return 200, {"id": f"id of {email}", "email": email}
        return 200, _session(email)


def _session(email: str) -> dict[str, Any]:
    return {
        "access_token": f"access token of {email}",
        "token_type": "bearer",
        "expires_in": 3600,
        "refresh_token": "not to be kept",
        "user": {"id": f"id of {email}", "aud": "authenticated", "email": email},
    }


def _refused(status: int, code: str, message: str) -> tuple[int, dict[str, Any]]:
    return status, {"code": status, "error_code": code, "msg": message}


@contextmanager
def fake_supabase_auth(**state: Any) -> Iterator[FakeSupabaseAuth]:
    """The double on a port of this machine."""
    fake = FakeSupabaseAuth(**state)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
            fake.calls.append((self.path, body, {k.lower(): v for k, v in self.headers.items()}))
            time.sleep(fake.delay_seconds)
            if self.headers.get("apikey") != PUBLIC_KEY:
                self._reply(401, b'{"message":"Invalid API key"}')
            elif fake.fault:
                self._reply(*fake.fault)
            else:
                status, reply = fake.answer(self.path, body)
                self._reply(status, json.dumps(reply).encode() if status != 204 else b"")

        def _reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    assert urlsplit(fake.url).port
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
