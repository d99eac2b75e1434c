"""Start aimock once, and let tests make it misbehave."""

import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.conftest import browser, new_visitor, playwright

__all__ = ["browser", "new_visitor", "playwright"]  # fixtures, one of each for all modules

HERE = Path(__file__).parent
AIMOCK = HERE / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
START_SECONDS = 20


@dataclass(frozen=True)
class Witness:
    """A running aimock."""

    url: str

    @property
    def api_urls(self) -> dict[str, str]:
        """The base address for each provider's SDK; of Gemini's versions it speaks v1beta alone."""
        paths = {"openai": "/v1", "anthropic": "", "gemini": "/v1beta", "compatible": "/v1"}
        return {provider: f"{self.url}{path}" for provider, path in paths.items()}

    def misbehave(self, **rates: float) -> None:
        """Let it go wrong at these rates (0 to 1), for every request from now on."""
        self._call("POST", json.dumps(rates).encode())

    def behave(self) -> None:
        """Answer as the fixtures say."""
        self._call("DELETE", None)

    def _call(self, method: str, body: bytes | None) -> None:
        request = urllib.request.Request(  # noqa: S310 - our own address
            f"{self.url}/__aimock/chaos",
            data=body,
            method=method,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - our own address
            pass


@pytest.fixture(scope="session")
def aimock_url() -> Iterator[str]:
    node = shutil.which("node")
    if node is None or not AIMOCK.exists():
        pytest.fail("aimock is not installed here: run `make test-witness`.", pytrace=False)
    port = free_port()
    command = [node, str(AIMOCK), "-p", str(port), "-f", str(HERE / "fixtures.json"), "--strict"]
    with subprocess.Popen([*command, "--log-level", "silent"]) as process:
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture
def witness(aimock_url: str) -> Iterator[Witness]:
    running = Witness(aimock_url)
    running.behave()
    yield running
    running.behave()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = START_SECONDS) -> None:
    """Until the process listens."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("The witness did not start.", pytrace=False)
