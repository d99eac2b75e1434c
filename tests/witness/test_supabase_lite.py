"""Supabase Auth as Supabase's own small server speaks it: `@supabase/lite`, an alpha version.

It does not know the kind `email` of a code, which the documentation of the real service asks for; its older
names for the same thing are put in on the way.
"""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from core.adapters import supabase_auth
from core.adapters.supabase_auth import SupabaseAuth
from core.domain.errors import SignInFault, SignInRefusedError
from core.domain.provider_key import Secret
from tests.builders import NOW
from tests.witness.conftest import HERE, free_port, wait_for

pytestmark = pytest.mark.witness

LITE = HERE / "node_modules" / "@supabase" / "lite" / "dist" / "cli" / "index.js"
START_SECONDS = 60
PASSWORD = Secret("correct horse battery")
_CODE = re.compile(r"code(?: is)?: (\d{6})")


@dataclass(frozen=True)
class Lite:
    """A running server, which writes e-mails to a file."""

    url: str
    key: str
    mails: Path

    def auth(self, key: str = "") -> SupabaseAuth:
        return SupabaseAuth(self.url, key or self.key, lambda: NOW)

    def code_for(self, email: str) -> str:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            _, found, mail = self.mails.read_text("utf-8").rpartition(f"To: {email}")
            code = _CODE.search(mail) if found else None
            if code:
                return code[1]
            time.sleep(0.05)
        pytest.fail("No code was sent.")


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lite]:
    node = shutil.which("node")
    if node is None or not LITE.exists():
        pytest.fail("@supabase/lite is not installed here: run `make test-witness`.", pytrace=False)
    folder, port = tmp_path_factory.mktemp("lite"), free_port()
    environment = os.environ | {"DO_NOT_TRACK": "1"}
    run = [node, str(LITE), "--no-telemetry"]
    subprocess.run(
        [*run, "init", "--pglite"], cwd=folder, env=environment, check=True, capture_output=True
    )
    config = folder / "supabase" / "config.toml"
    told = config.read_text("utf-8").replace("54321", str(port))
    config.write_text(
        told.replace("enable_confirmations = false", "enable_confirmations = true"), "utf-8"
    )
    key = re.search(r"SUPABASE_PUBLISHABLE_KEY=(\S+)", (folder / ".env").read_text("utf-8"))
    assert key
    mails = folder / "mails.txt"
    with (
        mails.open("wb") as out,
        subprocess.Popen([*run, "start"], cwd=folder, env=environment, stdout=out) as process,
    ):
        try:
            wait_for(port, process, START_SECONDS)
            yield Lite(f"http://127.0.0.1:{port}", key[1], mails)
        finally:
            process.terminate()


class OlderNames(httpx2.HTTPTransport):
    """Calls a code's kind by the name that fits what was asked before."""

    kind = "magiclink"

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.read() or b"{}")
        if body.get("type") == "email":
            request = httpx2.Request(
                "POST",
                request.url,
                json=body | {"type": self.kind},
                headers={"apikey": request.headers["apikey"]},
            )
        return super().handle_request(request)


@pytest.fixture(autouse=True)
def older_names(monkeypatch: pytest.MonkeyPatch) -> type[OlderNames]:
    client = lambda: httpx2.Client(transport=OlderNames(), timeout=30)  # noqa: E731 - a stand-in
    monkeypatch.setattr(supabase_auth, "_client", client)
    monkeypatch.setattr(OlderNames, "kind", "magiclink")
    return OlderNames


def test_code_vouches_for_the_address_that_it_was_sent_to(lite: Lite) -> None:
    auth = lite.auth()
    auth.send_code("kim@example.com")
    proof = auth.with_code("kim@example.com", lite.code_for("kim@example.com"))
    assert (proof.issuer, proof.email) == (f"{lite.url}/auth/v1", "kim@example.com")
    with pytest.raises(SignInRefusedError) as refused:
        auth.with_code("kim@example.com", lite.code_for("kim@example.com"))
    assert refused.value.fault is SignInFault.WRONG_CODE


def test_new_account_is_confirmed_by_its_code_and_opens_with_its_password(
    lite: Lite, monkeypatch: pytest.MonkeyPatch
) -> None:
    auth, email = lite.auth(), "robin@example.com"
    assert auth.sign_up(email, PASSWORD) is None
    with pytest.raises(SignInRefusedError) as refused:
        auth.with_password(email, PASSWORD)
    assert refused.value.fault is SignInFault.UNCONFIRMED
    monkeypatch.setattr(OlderNames, "kind", "signup")
    confirmed = auth.with_code(email, lite.code_for(email))
    assert auth.with_password(email, PASSWORD) == confirmed


def test_wrong_password_is_named(lite: Lite) -> None:
    with pytest.raises(SignInRefusedError) as refused:
        lite.auth().with_password("nobody@example.com", PASSWORD)
    assert refused.value.fault is SignInFault.WRONG_PASSWORD


def test_key_of_another_project_is_the_hosts_mistake(lite: Lite) -> None:
    with pytest.raises(SignInRefusedError) as refused:
        lite.auth("sb_publishable_another").send_code("kim@example.com")
    assert refused.value.fault is SignInFault.MISCONFIGURED
