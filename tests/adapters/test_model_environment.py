"""The host's environment stays out of a candidate's call."""

import json
import os
import subprocess
import sys

import pytest

from core.config import ROOT
from tests.adapters.language_models import KEY, MAKERS, Make, reply_of
from tests.known_providers import DECLARED
from tests.stub_provider.server import StubProvider, closed_url

HOSTS = "the-host-s-own-secret"


@pytest.fixture
def hostile_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that the SDKs and their HTTP client are known to read."""
    elsewhere = closed_url()
    for name in (
        "OPENAI_API_KEY OPENAI_ADMIN_KEY OPENAI_ORG_ID OPENAI_PROJECT_ID OPENAI_WEBHOOK_SECRET "
        "ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN ANTHROPIC_PROFILE ANTHROPIC_ORGANIZATION_ID "
        "ANTHROPIC_WORKSPACE_ID ANTHROPIC_WEBHOOK_SIGNING_KEY GEMINI_API_KEY GOOGLE_API_KEY "
        "GOOGLE_CLOUD_PROJECT GOOGLE_CLOUD_LOCATION GOOGLE_GENAI_API_VERSION"
    ).split():
        monkeypatch.setenv(name, HOSTS)
    for name in (
        "OPENAI_BASE_URL ANTHROPIC_BASE_URL GOOGLE_GEMINI_BASE_URL GOOGLE_VERTEX_BASE_URL "
        "HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy"
    ).split():
        monkeypatch.setenv(name, elsewhere)
    for name in ("GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_ENTERPRISE"):
        monkeypatch.setenv(name, "true")
    for name in ("OPENAI_CUSTOM_HEADERS", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.setenv(name, f"X-Host: {HOSTS}\nAuthorization: Bearer {HOSTS}")
    monkeypatch.setenv("NETRC", os.devnull)


@pytest.mark.usefixtures("hostile_environment")
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_only_the_candidate_s_key_and_address_are_used(make: Make, stub: StubProvider) -> None:
    model = make(stub.url)
    reply_of(model)
    model.models()
    assert len(stub.requests) == 2
    for asked in stub.requests:
        sent = json.dumps([asked.headers, asked.path, asked.body])
        assert KEY in sent
        assert HOSTS not in sent
        assert not any("organization" in name or "project" in name for name in asked.headers)


@pytest.mark.parametrize(
    "modules",
    [
        ("core.bootstrap",),
        tuple(declared.make.__module__ for declared in DECLARED),
    ],
    ids=["application", "adapters"],
)
def test_start_imports_no_sdk(modules: tuple[str, ...]) -> None:
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert not loaded & {"openai", "anthropic", "google.genai", "httpx2", "httpcore2"}
