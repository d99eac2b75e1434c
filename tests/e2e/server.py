"""A real server of the product on a free port, started and ended by a test."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import cache
from pathlib import Path

from core.bootstrap import Application, build
from core.config import AppMode, Settings
from tests.spawner import Born, Order, from_command_line

START_SECONDS = 60


class Server:
    """One process with its own data folder. It can be killed and started again on the same data.

    `module` is what runs the script, `launch` what starts the process.
    """

    def __init__(
        self,
        data_dir: Path,
        script: str = "app.py",
        module: str = "streamlit",
        launch: Callable[[Order], Born] = from_command_line,
        **environment: str,
    ) -> None:
        self.data_dir = data_dir
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir.parent / f"{data_dir.name}.log"
        self._script = script
        self._module = module
        self._launch = launch
        self._environment = {"APP_MODE": "local", "DATA_DIR": str(data_dir), **environment}
        self._process: Born | None = None

    @property
    def pid(self) -> int:
        """The id of the running process."""
        if self._process is None:
            raise RuntimeError("The server was not started.")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def app(self) -> Application:
        """The use cases on the data of a server without a hosted database, in the process of the test."""
        return _app(self.data_dir)

    def start(self) -> None:
        place = ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        self._process = self._launch(
            Order(
                module=self._module,
                arguments=["run", self._script, *place],
                environment=os.environ | self._environment,
                input=os.devnull,
                output=str(self.log),
                errors=str(self.log),
                code=os.devnull,
            )
        )
        self._wait_until_up()

    def kill(self) -> None:
        """End it the hard way, as a crash would."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process and self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):  # noqa: S310
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"The server did not come up:\n{self.log.read_text()[-3000:]}")


@cache
def _app(data_dir: Path) -> Application:
    return build(Settings(app_mode=AppMode.LOCAL, data_dir=data_dir))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
