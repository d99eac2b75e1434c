"""What bounds one call to a provider: its time, its silence, its size, and whoever asked for it."""

import time
from collections.abc import Callable

from core.domain.errors import ModelError, ModelFault

MAX_REPLY_BYTES = 16 * 1024 * 1024  # a long streamed reply with its envelopes is about 2 MiB
LONGEST_WAIT_SECONDS = 0.1  # how late a deadline or a cancellation may be noticed


class CallLimits:
    """The limits of one call, asked before every read from the network and after it.

    `timeout_seconds` bounds the whole call, `silence_seconds` the time in which nothing at all arrives.
    """

    def __init__(
        self,
        provider: str,
        timeout_seconds: float,
        silence_seconds: float,
        is_cancelled: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start counting."""
        self.provider = provider
        self._clock = clock
        self._silence_seconds = silence_seconds
        self._is_cancelled = is_cancelled
        self._ends_at = clock() + timeout_seconds
        self._speaks_until = clock() + silence_seconds
        self._bytes = 0

    def check(self) -> None:
        """Nothing while the call may go on; ModelError when it may not."""
        if self._is_cancelled():
            raise self.error(ModelFault.CANCELLED)
        if self._clock() >= min(self._ends_at, self._speaks_until):
            raise self.error(ModelFault.TIMED_OUT)

    def count(self, received_bytes: int) -> None:
        """Note that something arrived; ModelError when it is more than any reply can be."""
        self._speaks_until = self._clock() + self._silence_seconds
        self._bytes += received_bytes
        if self._bytes > MAX_REPLY_BYTES:
            raise self.error(ModelFault.MALFORMED)

    def remaining_seconds(self, at_most: float = float("inf")) -> float:
        """How long an operation may take that cannot be asked in between; never 0, which means forever."""
        return max(0.001, min(self._ends_at - self._clock(), self._silence_seconds, at_most))

    def next_wait_seconds(self) -> float:
        """How long to wait before the limits are checked again."""
        return self.remaining_seconds(LONGEST_WAIT_SECONDS)

    def error(self, fault: ModelFault) -> ModelError:
        """The fault, in the name of this call's provider."""
        return ModelError(fault, self.provider)
