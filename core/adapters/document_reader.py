"""Uploaded documents are read in a child process, which may fail, hang or swell without harm."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from core.adapters.document_refusals import refusal
from core.domain.document import MAX_BYTES, DocumentKind, DocumentText
from core.domain.errors import Unreadable, UnreadableDocumentError

_ROOT = str(Path(__file__).parents[2])
_START = (
    "import sys; sys.path.append(sys.argv[1]); from core.adapters.parser_child import main; main()"
)
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}

# macOS accepts a limit of the address space, and then does not hold it.
_HOLDS_MEMORY_LIMIT = sys.platform != "darwin"
_POLL_SECONDS = 0.2

_turn = threading.Lock()


class ChildProcessDocumentReader:
    """Reads documents one at a time, each in a child process that is held to limits."""

    def __init__(
        self,
        memory_mb: int = 512,
        cpu_seconds: int = 10,
        wall_seconds: float = 15,
        queue_seconds: float = 15,
    ) -> None:
        """Set what a child may use, and how long a document waits for the ones before it."""
        self._memory_mb = memory_mb
        self._cpu_seconds = cpu_seconds
        self._wall_seconds = wall_seconds
        self._queue_seconds = queue_seconds

    def read(self, content: bytes) -> DocumentText:
        """The text of a document of any supported kind.

        Raises:
            UnreadableDocumentError: where there is none; says why and what to do.
        """
        if not content:
            raise refusal(Unreadable.EMPTY_FILE)
        if len(content) > MAX_BYTES:
            raise refusal(Unreadable.TOO_LARGE)
        if not _turn.acquire(timeout=self._queue_seconds):
            raise refusal(Unreadable.BUSY)
        try:
            return self._read_in_child(content)
        finally:
            _turn.release()

    def _read_in_child(self, content: bytes) -> DocumentText:
        with self._start() as child:
            is_too_heavy = threading.Event()
            if not _HOLDS_MEMORY_LIMIT:
                limits = (child, self._memory_mb, is_too_heavy)
                threading.Thread(target=end_when_heavy, args=limits, daemon=True).start()
            try:
                output, _ = child.communicate(content, timeout=self._wall_seconds)
            except subprocess.TimeoutExpired:
                raise refusal(Unreadable.TOO_SLOW) from None
            finally:
                end_group(child)
        if is_too_heavy.is_set():
            raise refusal(Unreadable.TOO_HEAVY)
        return _document(child.returncode, output)

    def _start(self) -> subprocess.Popen[bytes]:
        limits = (str(self._memory_mb), str(self._cpu_seconds))
        return subprocess.Popen(  # noqa: S603 - our own interpreter and code
            (sys.executable, "-I", "-c", _START, _ROOT, *limits),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.sep,
            env=_ENVIRONMENT,
            start_new_session=True,
        )


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


def _document(returncode: int, output: bytes) -> DocumentText:
    """What a child that has ended says of its document."""
    if returncode:
        raise refusal(_cause_of(returncode))
    try:
        answer = json.loads(output)
    except ValueError:
        raise refusal(Unreadable.DAMAGED) from None
    if "cause" in answer:
        raise UnreadableDocumentError(Unreadable(answer["cause"]), answer["sentence"])
    return DocumentText(
        answer["text"], DocumentKind(answer["kind"]), answer["pages"], answer["is_truncated"]
    )


def _cause_of(returncode: int) -> Unreadable:
    """Why a child ended without an answer, negative codes being signals."""
    if returncode == -signal.SIGXCPU:
        return Unreadable.TOO_SLOW
    if returncode == -signal.SIGKILL or returncode > 0:  # the system's memory, or Python's, ran out
        return Unreadable.TOO_HEAVY
    return Unreadable.DAMAGED
