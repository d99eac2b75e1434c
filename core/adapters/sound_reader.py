"""Recordings are decoded in a child process, which may fail, hang or swell without harm."""

import json
import threading
from typing import Any

from core.adapters.held_child import (
    ChildError,
    ChildFailure,
    ChildLimits,
    failure_of,
    run_child,
)
from core.domain.errors import BadRecording, UnusableRecordingError
from core.domain.speech import Recording, Sound, Span

_CHILD = "core.adapters.sound_child"
_CAUSES = {
    ChildFailure.TOO_SLOW: BadRecording.TOO_SLOW,
    ChildFailure.TOO_HEAVY: BadRecording.TOO_HEAVY,
    ChildFailure.BROKEN: BadRecording.DAMAGED,
}

_turn = threading.Lock()


class ChildProcessSoundReader:
    """Decodes recordings one at a time, each in a child process that is held to limits."""

    def __init__(
        self,
        memory_mb: int = 512,
        cpu_seconds: int = 15,
        wall_seconds: float = 30,
        queue_seconds: float = 30,
    ) -> None:
        """Set what a child may use, and how long a recording waits for the ones before it."""
        self._limits = ChildLimits(memory_mb, cpu_seconds, wall_seconds)
        self._queue_seconds = queue_seconds

    def read(self, recording: Recording) -> Sound:
        """See `core.speech_ports.SoundReader`."""
        if not _turn.acquire(timeout=self._queue_seconds):
            raise UnusableRecordingError(BadRecording.BUSY)
        try:
            returncode, output = run_child(_CHILD, recording.content, self._limits)
        except ChildError as error:
            raise UnusableRecordingError(_CAUSES[error.failure]) from None
        finally:
            _turn.release()
        return _sound(returncode, output)


def _sound(returncode: int, output: bytes) -> Sound:
    """What a child that has ended says of its recording."""
    if returncode:
        raise UnusableRecordingError(_CAUSES[failure_of(returncode)])
    line, _, rest = output.partition(b"\n")
    try:
        head: dict[str, Any] = json.loads(line)
    except ValueError:
        raise UnusableRecordingError(BadRecording.DAMAGED) from None
    if "cause" in head:
        raise UnusableRecordingError(BadRecording(head["cause"]))
    size = head["samples"]
    speech = tuple(Span(start, end) for start, end in head["speech"])
    return Sound(rest[:size], rest[size:], speech, head["is_cut"])
