"""Starts processes of the product out of one that has imported its packages and read the content of the repository,
so that a start takes no seconds.

Each line of its input is the JSON of an order; for each it prints the id of a new process. That is as much a
process of its own as one from a shell: it is killed alone, and shares no connection, no file and no
setting with another.
"""

import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import time
import traceback
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NoReturn, Protocol, TypedDict

ROOT = Path(__file__).resolve().parents[1]
_LOOK_SECONDS = 0.01
_PACKAGES = (
    "pandas",
    "plotly.graph_objects",
    "streamlit.web.cli",
    "streamlit.web.server.starlette",
    "api.rest",
    "core.bootstrap",
    "core.adapters.ai_interviewer",
    "core.adapters.ai_resume_reader",
    "core.adapters.sql_store",
    "core.evaluation.story_bank",
    "core.parsing.profile",
    "core.speech.flags",
    "core.speech.measuring",
    "tokenizers",
)


class Order(TypedDict):
    """What `python -m module …` would be told, and its three streams as files; outputs are appended."""

    module: str
    arguments: list[str]
    environment: dict[str, str]
    input: str
    output: str
    errors: str
    code: str
    """The file in which a spawned process leaves its exit code."""


class Born(Protocol):
    """A process that was started, as `subprocess.Popen` tells of it."""

    @property
    def pid(self) -> int:
        """Its id."""
        ...

    def poll(self) -> int | None:
        """None while it runs."""
        ...

    def wait(self) -> int:
        """Return when it has ended."""
        ...


class Spawned:
    """A process that is nobody's child here; one that was killed has no exit code and tells -9."""

    def __init__(self, pid: int, code: Path) -> None:
        self.pid = pid
        self._code = code

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            told = self._code.read_text() if self._code.is_file() else ""
            return int(told or -signal.SIGKILL)
        return None

    def wait(self) -> int:
        while (code := self.poll()) is None:
            time.sleep(_LOOK_SECONDS)
        return code


def from_command_line(order: Order) -> Born:
    """A process as a person starts it, with everything still to be imported."""
    with (
        Path(order["input"]).open("rb") as given,
        Path(order["output"]).open("ab") as output,
        Path(order["errors"]).open("ab") as errors,
    ):
        return subprocess.Popen(
            [sys.executable, "-m", order["module"], *order["arguments"]],
            cwd=ROOT,
            env=order["environment"],
            stdin=given,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )


def spawn(order: Order) -> Born:
    """A process that has imported and read what it needs."""
    if sys.platform == "darwin":  # it lets a forked process do little before it becomes another
        return from_command_line(order)
    spawner = _spawner()
    assert spawner.stdin is not None
    assert spawner.stdout is not None
    spawner.stdin.write(json.dumps(order) + "\n")
    spawner.stdin.flush()
    return Spawned(int(spawner.stdout.readline()), Path(order["code"]))


@cache
def _spawner() -> "subprocess.Popen[str]":
    """One for the process; it ends with it, since its input does."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.spawner"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def main() -> None:
    """Import and read, then fork for each order. What nobody waits for is buried by the kernel."""
    _import()
    _read()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order: Order = json.loads(line)
        born = os.fork()
        if not born:
            _live(order)
        sys.stdout.write(f"{born}\n")
        sys.stdout.flush()


def _import() -> None:
    """What every server comes to import; nothing of it reads a setting or starts a thread."""
    for name in _PACKAGES:
        import_module(name)


def _read() -> None:
    """The same content in every process, whatever its settings; judged once, so that all of it is there."""
    from core.wiring.reading import all_content, built_in, lexicon

    lexicon()
    opener = all_content().opener
    built_in().glance(opener, opener.reference_answer)


def _live(order: Order) -> NoReturn:
    """Be the process that was ordered, to its end."""
    code = 1
    try:
        _become(order)
        runpy.run_module(order["module"], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - nothing lies above that could tell it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        Path(order["code"]).write_text(str(code))
        os._exit(code)


def _become(order: Order) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    end = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    files = [(order["input"], os.O_RDONLY), (order["output"], end), (order["errors"], end)]
    for stream, (path, flags) in enumerate(files):
        opened = os.open(path, flags, 0o644)
        os.dup2(opened, stream)
        os.close(opened)
    sys.stdin = os.fdopen(0, closefd=False)  # without what the old one may have read ahead
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = [order["module"], *order["arguments"]]


if __name__ == "__main__":
    main()
