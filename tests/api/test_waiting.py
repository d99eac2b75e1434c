"""Looking at a job from the event loop."""

import asyncio
from collections.abc import Iterator

import pytest

from api import waiting


class SteppedJob:
    """A job that shows the next thing each time someone looks, and is over with the last."""

    def __init__(self, *steps: object) -> None:
        self._steps: Iterator[object] = iter(steps)
        self._left = len(steps)
        self._version = 0
        self.shown: object = None

    def wait(self, timeout_seconds: float) -> bool:
        assert timeout_seconds == 0
        return self._left == 0

    def wait_for_change(self, seen: int, timeout_seconds: float) -> int:
        assert timeout_seconds == 0
        step = next(self._steps, None)
        self._left = max(0, self._left - 1)
        if step is not None:
            self.shown = step
            self._version = seen + 1
        return self._version

    def cancel(self) -> None:
        """Nothing works on it."""


async def _seen(job: SteppedJob, seconds: float = 5.0) -> list[object]:
    return [partial async for partial in waiting.shown(job, seconds)]


def test_everything_that_is_shown_is_told_once_in_order() -> None:
    assert asyncio.run(_seen(SteppedJob("a", None, "b"))) == ["a", "b"]


def test_long_silence_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "SILENCE_SECONDS", -1.0)
    assert asyncio.run(_seen(SteppedJob("a", None, "b"))) == ["a", None, "b", None]


def test_looking_ends_with_its_time() -> None:
    assert asyncio.run(_seen(SteppedJob(*[None] * 1000), 0.05)) == []


def test_job_that_does_not_end_is_left_when_the_time_is_over() -> None:
    assert asyncio.run(waiting.ended(SteppedJob("a"), 0.05)) is False
    assert asyncio.run(waiting.ended(SteppedJob(), 0.05)) is True
