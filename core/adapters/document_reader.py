"""Uploaded documents are read in a child process, which may fail, hang or swell without harm."""

import json
import threading

from core.adapters.document_refusals import refusal
from core.adapters.held_child import (
    ChildError,
    ChildFailure,
    ChildLimits,
    failure_of,
    run_child,
)
from core.domain.document import MAX_BYTES, DocumentKind, DocumentText
from core.domain.errors import Unreadable, UnreadableDocumentError

_CHILD = "core.adapters.parser_child"
_CAUSES = {
    ChildFailure.TOO_SLOW: Unreadable.TOO_SLOW,
    ChildFailure.TOO_HEAVY: Unreadable.TOO_HEAVY,
    ChildFailure.BROKEN: Unreadable.DAMAGED,
}

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
        self._limits = ChildLimits(memory_mb, cpu_seconds, wall_seconds)
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
        try:
            returncode, output = run_child(_CHILD, content, self._limits)
        except ChildError as error:
            raise refusal(_CAUSES[error.failure]) from None
        return _document(returncode, output)


def _document(returncode: int, output: bytes) -> DocumentText:
    """What a child that has ended says of its document."""
    if returncode:
        raise refusal(_CAUSES[failure_of(returncode)])
    try:
        answer = json.loads(output)
    except ValueError:
        raise refusal(Unreadable.DAMAGED) from None
    if "cause" in answer:
        raise UnreadableDocumentError(Unreadable(answer["cause"]), answer["sentence"])
    return DocumentText(
        answer["text"], DocumentKind(answer["kind"]), answer["pages"], answer["is_truncated"]
    )
