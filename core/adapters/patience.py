"""Asking again where that can help. The one place that retries."""

import random
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from core.domain.errors import ModelError, ModelFault

MAX_TRIES = 3
FIRST_PAUSE_SECONDS = 0.5
_PAUSE_STEP_SECONDS = 0.1  # how late a cancellation may be noticed
# Faults that may be gone a moment later. Anything else would cost the candidate's money for nothing.
_PASSING = frozenset(
    {
        ModelFault.RATE_LIMITED,
        ModelFault.OVERLOADED,
        ModelFault.UNREACHABLE,
        ModelFault.TIMED_OUT,
        ModelFault.INTERRUPTED,
    }
)

_T = TypeVar("_T")


class Patience:
    """At most three tries, all of them within one deadline."""

    def __init__(
        self,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        spread: Callable[[], float] = random.random,
    ) -> None:
        """Take the clock; `spread` gives 0 to 1, so that many clients do not return at once."""
        self._sleep = sleep
        self._clock = clock
        self._spread = spread

    def pieces(
        self,
        begin: Callable[[float], Iterator[_T]],
        timeout_seconds: float,
        is_cancelled: Callable[[], bool],
    ) -> Iterator[_T]:
        """What `begin` gives, begun again after passing faults; it is told the seconds that are left.

        The time bounds all tries and the pauses between them. Nothing is begun again once a piece was
        handed on: whoever watches has seen it.
        """
        ends_at = self._clock() + timeout_seconds
        tries = 0
        while True:
            tries += 1
            has_begun = False
            try:
                for piece in begin(ends_at - self._clock()):
                    has_begun = True
                    yield piece
            except ModelError as error:
                pause = self._pause_seconds(error, tries)
                is_late = self._clock() + pause >= ends_at
                if has_begun or tries == MAX_TRIES or error.fault not in _PASSING or is_late:
                    raise
                self._wait(pause, is_cancelled, error.provider)
            else:
                return

    def _pause_seconds(self, error: ModelError, tries: int) -> float:
        """What the provider asked for, else 0.5 s, then 1 s, each up to half as much again."""
        if error.retry_after_seconds is not None:
            return error.retry_after_seconds
        return float(FIRST_PAUSE_SECONDS * 2 ** (tries - 1) * (1 + self._spread() / 2))

    def _wait(self, seconds: float, is_cancelled: Callable[[], bool], provider: str) -> None:
        until = self._clock() + seconds
        while not is_cancelled():
            left = until - self._clock()
            if left <= 0:
                return
            self._sleep(min(left, _PAUSE_STEP_SECONDS))
        raise ModelError(ModelFault.CANCELLED, provider)
