"""The recordings that are in memory, so that many at once do not fill it."""

from core.domain.errors import TooManyRequestsError
from core.domain.speech import MAX_RECORDING_BYTES
from core.ports import Job

MAX_HELD_BYTES = 4 * MAX_RECORDING_BYTES
"""In one process."""
RETRY_SECONDS = 5.0


class RecordingsHeld:
    """Counts their bytes. Used on the event loop alone."""

    def __init__(self, most: int = MAX_HELD_BYTES) -> None:
        """Take how many there may be."""
        self._most = most
        self._arriving = 0
        self._worked_on: list[tuple[int, Job]] = []

    def hold(self, size: int) -> None:
        """Count a recording in; TooManyRequestsError where it is one too many."""
        self._worked_on = [(s, job) for s, job in self._worked_on if not job.wait(0)]
        if self._arriving + sum(s for s, _ in self._worked_on) + size > self._most:
            raise TooManyRequestsError("recordings", RETRY_SECONDS)
        self._arriving += size

    def release(self, size: int, job: Job | None) -> None:
        """Count it out: at once, or when the work that still goes on with it is over."""
        self._arriving -= size
        if job is not None:
            self._worked_on.append((size, job))
