from collections.abc import Callable, Iterator
from threading import Event, Lock
from uuid import UUID, uuid4

import pytest

from core.adapters.job_pool import MAX_RUNNING_PER_CANDIDATE, JobPool, PooledJob
from core.domain.errors import TooManyRequestsError
from core.ports import Watch, WorkKey
from tests.builders import ALICE, BOB, INTERVIEW_ID

_PATIENCE_SECONDS = 20.0
"""How long a test waits for what must happen; it never waits for what must not."""


def _key(position: int) -> WorkKey:
    return WorkKey(INTERVIEW_ID, position, 1)


class Gate:
    """Work that says when it begins and ends when it is let go."""

    def __init__(self) -> None:
        self.has_begun = Event()
        self._may_end = Event()
        self.runs = 0
        self._lock = Lock()

    def work(self, _watch: Watch) -> None:
        with self._lock:
            self.runs += 1
        self.has_begun.set()
        assert self._may_end.wait(_PATIENCE_SECONDS)

    def let_go(self) -> None:
        self._may_end.set()

    def wait_until_begun(self) -> None:
        assert self.has_begun.wait(_PATIENCE_SECONDS)


@pytest.fixture
def gates() -> Iterator[Callable[[], Gate]]:
    """Makes gates that are all open after the test, so that no thread is left behind."""
    made: list[Gate] = []

    def make() -> Gate:
        made.append(Gate())
        return made[-1]

    yield make
    for gate in made:
        gate.let_go()


def _setting(event: Event) -> Callable[[Watch], None]:
    return lambda _watch: event.set()


def _finished(job: PooledJob) -> bool:
    return job.wait(_PATIENCE_SECONDS)


def test_work_is_done() -> None:
    done = Event()
    assert _finished(JobPool().run(ALICE, _key(1), _setting(done)))
    assert done.is_set()


def test_run_does_not_wait_for_the_work(gates: Callable[[], Gate]) -> None:
    gate = gates()
    job = JobPool().run(ALICE, _key(1), gate.work)
    assert not job.wait(0)


def test_same_key_attaches_to_the_work_under_way(gates: Callable[[], Gate]) -> None:
    pool, gate = JobPool(), gates()
    first = pool.run(ALICE, _key(1), gate.work)
    gate.wait_until_begun()
    second = pool.run(ALICE, _key(1), gate.work)
    gate.let_go()
    assert second is first
    assert _finished(first)
    assert gate.runs == 1


def test_same_key_attaches_to_work_that_still_waits(gates: Callable[[], Gate]) -> None:
    pool, running, waiting = JobPool(max_running=1), gates(), gates()
    pool.run(ALICE, _key(1), running.work)
    first = pool.run(ALICE, _key(2), waiting.work)
    assert pool.run(ALICE, _key(2), waiting.work) is first


def test_same_key_of_another_candidate_is_other_work(gates: Callable[[], Gate]) -> None:
    pool, of_alice, of_bob = JobPool(), gates(), gates()
    pool.run(ALICE, _key(1), of_alice.work)
    pool.run(BOB, _key(1), of_bob.work)
    of_alice.wait_until_begun()
    of_bob.wait_until_begun()


def test_key_whose_work_is_over_starts_anew() -> None:
    pool, runs = JobPool(), []
    for _ in range(2):
        assert _finished(pool.run(ALICE, _key(1), lambda _: runs.append(1)))
    assert len(runs) == 2


def test_one_candidate_has_two_jobs_running_and_the_third_waits(
    gates: Callable[[], Gate],
) -> None:
    pool = JobPool(max_running=4)
    made = [gates() for _ in range(MAX_RUNNING_PER_CANDIDATE + 1)]
    for position, gate in enumerate(made, 1):
        pool.run(ALICE, _key(position), gate.work)
    made[0].wait_until_begun()
    made[1].wait_until_begun()
    assert not made[2].has_begun.is_set()
    made[0].let_go()
    made[2].wait_until_begun()


def test_other_candidate_overtakes_who_has_two_running(gates: Callable[[], Gate]) -> None:
    pool = JobPool(max_running=3)
    of_alice, of_bob = [gates() for _ in range(3)], gates()
    for position, gate in enumerate(of_alice, 1):
        pool.run(ALICE, _key(position), gate.work)
    pool.run(BOB, _key(1), of_bob.work)
    of_bob.wait_until_begun()
    assert not of_alice[2].has_begun.is_set()


def test_no_more_run_than_the_pool_allows(gates: Callable[[], Gate]) -> None:
    pool, first, second = JobPool(max_running=1), gates(), gates()
    pool.run(ALICE, _key(1), first.work)
    pool.run(BOB, _key(1), second.work)
    first.wait_until_begun()
    assert not second.has_begun.is_set()
    first.let_go()
    second.wait_until_begun()


def test_full_queue_refuses_and_says_when_to_come_back(gates: Callable[[], Gate]) -> None:
    pool, gate = JobPool(max_running=1, max_queued=1), gates()
    pool.run(ALICE, _key(1), gate.work)
    pool.run(ALICE, _key(2), gate.work)
    with pytest.raises(TooManyRequestsError) as refused:
        pool.run(BOB, _key(1), gate.work)
    assert refused.value.retry_after_seconds > 0


def test_full_queue_still_lets_attach(gates: Callable[[], Gate]) -> None:
    pool, gate = JobPool(max_running=1, max_queued=1), gates()
    first = pool.run(ALICE, _key(1), gate.work)
    pool.run(ALICE, _key(2), gate.work)
    assert pool.run(ALICE, _key(1), gate.work) is first


def test_queue_takes_jobs_again_once_it_is_shorter(gates: Callable[[], Gate]) -> None:
    pool, first, second, third = JobPool(max_running=1, max_queued=1), gates(), gates(), gates()
    pool.run(ALICE, _key(1), first.work)
    pool.run(ALICE, _key(2), second.work)
    first.let_go()
    second.wait_until_begun()
    pool.run(ALICE, _key(3), third.work)
    second.let_go()
    third.wait_until_begun()


def test_failing_job_is_over_and_does_not_end_the_pool() -> None:
    pool, done = JobPool(max_running=1), Event()
    failing = pool.run(ALICE, _key(1), _fail)
    assert _finished(failing)
    assert _finished(pool.run(ALICE, _key(2), _setting(done)))
    assert done.is_set()


def test_failure_is_logged_without_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    assert _finished(JobPool().run(ALICE, _key(1), _fail))
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_many_jobs_of_many_candidates_are_all_done() -> None:
    pool, done, lock = JobPool(max_running=3), [], Lock()

    def work(who: UUID, position: int) -> Callable[[Watch], None]:
        def note(_watch: Watch) -> None:
            with lock:
                done.append((who, position))

        return note

    candidates = [uuid4() for _ in range(5)]
    jobs = [pool.run(who, _key(n), work(who, n)) for n in range(1, 7) for who in candidates]
    assert all(_finished(job) for job in jobs)
    assert len(set(done)) == len(done) == 30


def _fail(_watch: Watch) -> None:
    raise ValueError("a secret of the candidate")
