"""Child processes that open what strangers uploaded: held to limits, they may fail, hang or swell unharmed."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_ROOT = str(Path(__file__).parents[2])
ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
}

# macOS accepts a limit of the address space, and then does not hold it.
_HOLDS_MEMORY_LIMIT = sys.platform != "darwin"
_POLL_SECONDS = 0.2


class ChildFailure(StrEnum):
    """Why a child gave no answer."""

    TOO_SLOW = "too slow"
    TOO_HEAVY = "too heavy"
    BROKEN = "broken"


class ChildError(Exception):
    """A child was ended for reaching a limit; for whoever started it, never for people."""

    def __init__(self, failure: ChildFailure) -> None:
        """Keep which limit."""
        super().__init__(failure)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one child may use."""

    memory_mb: int = 512
    cpu_seconds: int = 10
    wall_seconds: float = 15


def run_child(module: str, content: bytes, limits: ChildLimits) -> tuple[int, bytes]:
    """Run `main` of a module of ours with `content` on its stdin: its return code and its stdout.

    It gets memory in MB and processor time in seconds as its arguments, to set as its own limits, and
    nothing of our environment. Raises ChildError where it had to be ended.
    """
    with _start(module, limits) as child:
        is_too_heavy = threading.Event()
        if not _HOLDS_MEMORY_LIMIT:
            watched = (child, limits.memory_mb, is_too_heavy)
            threading.Thread(target=end_when_heavy, args=watched, daemon=True).start()
        try:
            output, _ = child.communicate(content, timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            raise ChildError(ChildFailure.TOO_SLOW) from None
        finally:
            end_group(child)
    if is_too_heavy.is_set():
        raise ChildError(ChildFailure.TOO_HEAVY)
    return child.returncode, output


def failure_of(returncode: int) -> ChildFailure:
    """Why a child ended without an answer, negative codes being signals."""
    if returncode == -signal.SIGXCPU:
        return ChildFailure.TOO_SLOW
    if returncode == -signal.SIGKILL or returncode > 0:  # the system's memory, or Python's, ran out
        return ChildFailure.TOO_HEAVY
    return ChildFailure.BROKEN


def end_group(child: subprocess.Popen[bytes]) -> None:
    """End a child that still runs, and whatever it may have started."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def end_when_heavy(
    child: subprocess.Popen[bytes], memory_mb: int, is_too_heavy: threading.Event
) -> None:
    """Watch a child's resident memory until it ends; end it, and say so, if it takes more."""
    while child.poll() is None:
        command = ("/bin/ps", "-o", "rss=", "-p", str(child.pid))
        listed = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - fixed
        if int(listed.stdout.strip() or 0) > memory_mb * 1024:
            is_too_heavy.set()
            end_group(child)
        time.sleep(_POLL_SECONDS)


def _start(module: str, limits: ChildLimits) -> subprocess.Popen[bytes]:
    code = f"import sys; sys.path.append(sys.argv[1]); from {module} import main; main()"
    asked = (str(limits.memory_mb), str(limits.cpu_seconds))
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        (sys.executable, "-I", "-c", code, _ROOT, *asked),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=os.sep,
        env=ENVIRONMENT,
        start_new_session=True,
    )
