import pytest

from core.adapters.call_limits import LONGEST_WAIT_SECONDS, MAX_REPLY_BYTES, CallLimits
from core.domain.errors import ModelError, ModelFault


class Now:
    """A clock that stands where it is put."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def limits(now: Now) -> CallLimits:
    return CallLimits("OpenAI", 60, 20, lambda: now.seconds == 105, clock=now)


def fault_at(limits: CallLimits, now: Now, seconds: float) -> ModelFault | None:
    now.seconds = 100 + seconds
    try:
        limits.check()
    except ModelError as error:
        return error.fault
    return None


def test_within_its_limits_a_call_goes_on(limits: CallLimits, now: Now) -> None:
    assert fault_at(limits, now, 19.9) is None


def test_silence_ends_a_call(limits: CallLimits, now: Now) -> None:
    assert fault_at(limits, now, 20) is ModelFault.TIMED_OUT


def test_every_byte_ends_the_silence(limits: CallLimits, now: Now) -> None:
    now.seconds = 119
    limits.count(1)
    assert fault_at(limits, now, 38.9) is None
    assert fault_at(limits, now, 39) is ModelFault.TIMED_OUT


def test_bytes_do_not_move_the_deadline(limits: CallLimits, now: Now) -> None:
    now.seconds = 159
    limits.count(1)
    assert fault_at(limits, now, 60) is ModelFault.TIMED_OUT


def test_cancellation_ends_a_call(limits: CallLimits, now: Now) -> None:
    assert fault_at(limits, now, 5) is ModelFault.CANCELLED


def test_reply_may_be_as_large_as_the_limit_and_no_larger(limits: CallLimits) -> None:
    limits.count(MAX_REPLY_BYTES)
    with pytest.raises(ModelError) as caught:
        limits.count(1)
    assert caught.value.fault is ModelFault.MALFORMED


def test_limits_are_asked_often(limits: CallLimits) -> None:
    assert limits.next_wait_seconds() == LONGEST_WAIT_SECONDS


def test_wait_is_never_zero_which_would_mean_forever(limits: CallLimits, now: Now) -> None:
    now.seconds = 1000
    assert limits.remaining_seconds() > 0
