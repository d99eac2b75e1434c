"""Jobs on threads: bounded, a fair share for each candidate, once for each key at a time."""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, Lock, Thread
from uuid import UUID

from core.domain.errors import TooManyRequestsError
from core.ports import Watch, WorkKey

MAX_RUNNING = 4
MAX_RUNNING_PER_CANDIDATE = 2
MAX_QUEUED = 200
BUSY_RETRY_SECONDS = 5.0

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class PooledJob:
    """Work that waits, runs or is over."""

    user_id: UUID
    key: WorkKey
    work: Callable[[Watch], None]
    shown: object = None
    _version: int = 0
    _is_over: bool = False
    _is_cancelled: bool = False
    _changed: Condition = field(default_factory=Condition)

    def wait(self, timeout_seconds: float) -> bool:
        """Wait until it is over or the time is; whether it is over."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_over, timeout_seconds)

    def wait_for_change(self, seen: int, timeout_seconds: float) -> int:
        """Wait until something new is shown, it is over, or the time is; the version shown now."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._version > seen, timeout_seconds)
            return self._version

    def cancel(self) -> None:
        """Ask the work to stop; it looks whenever it can."""
        self._is_cancelled = True

    def show(self, partial: object) -> None:
        """What the work has so far."""
        with self._changed:
            self.shown = partial
            self._version += 1
            self._changed.notify_all()

    def is_cancelled(self) -> bool:
        """Whether nobody wants the rest."""
        return self._is_cancelled

    def finish(self) -> None:
        """Let everyone who waits go on."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()


class JobPool:
    """Runs at most `MAX_RUNNING` jobs, and at most two of one candidate; others wait in turn."""

    def __init__(self, max_running: int = MAX_RUNNING, max_queued: int = MAX_QUEUED) -> None:
        """Take how many may run and how many may wait."""
        self._max_running = max_running
        self._max_queued = max_queued
        self._lock = Lock()
        self._waiting: deque[PooledJob] = deque()
        self._running: list[PooledJob] = []

    def run(self, user_id: UUID, key: WorkKey, work: Callable[[Watch], None]) -> PooledJob:
        """Start work for a key, or attach to the candidate's work under way for it."""
        with self._lock:
            known = self._find(user_id, key)
            if known is not None:
                return known
            if len(self._waiting) >= self._max_queued:
                raise TooManyRequestsError("evaluations", BUSY_RETRY_SECONDS)
            job = PooledJob(user_id, key, work)
            self._waiting.append(job)
            self._start_next()
            return job

    def under_way(self, user_id: UUID, key: WorkKey) -> PooledJob | None:
        """The candidate's work that waits or runs for a key, None where there is none."""
        with self._lock:
            return self._find(user_id, key)

    def _find(self, user_id: UUID, key: WorkKey) -> PooledJob | None:
        jobs = (*self._running, *self._waiting)
        return next((job for job in jobs if (job.user_id, job.key) == (user_id, key)), None)

    def _start_next(self) -> None:
        """Start what may run now. The lock is held."""
        for job in tuple(self._waiting):
            if len(self._running) >= self._max_running:
                return
            of_candidate = sum(running.user_id == job.user_id for running in self._running)
            if of_candidate < MAX_RUNNING_PER_CANDIDATE:
                self._waiting.remove(job)
                self._running.append(job)
                Thread(target=self._work, args=(job,), daemon=True, name="job").start()

    def _work(self, job: PooledJob) -> None:
        try:
            job.work(job)
        except Exception as error:  # noqa: BLE001 - the boundary of a job: it must not end the pool
            _log.error("A job failed: %s", type(error).__name__)
        finally:
            with self._lock:
                self._running.remove(job)
                self._start_next()
            job.finish()
