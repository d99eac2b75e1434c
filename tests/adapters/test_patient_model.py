import json
from collections.abc import Callable, Iterator

import pytest

from core.adapters.patience import MAX_TRIES
from core.adapters.patient_model import PatientModel
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import (
    ModelInfo,
    ModelRequest,
    ReplyEnd,
    StopReason,
    Usage,
)
from tests.adapters.language_models import a_request, never
from tests.known_providers import OPENAI

END = ReplyEnd(StopReason.COMPLETE, Usage(7, 0, 3))
PASSING = {
    ModelFault.RATE_LIMITED,
    ModelFault.OVERLOADED,
    ModelFault.UNREACHABLE,
    ModelFault.TIMED_OUT,
    ModelFault.INTERRUPTED,
}

Piece = str | ReplyEnd | ModelError


class Seconds:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class ScriptedModel:
    """Gives one scripted stream a try, the last one ever after; each try takes `seconds`."""

    provider = OPENAI
    label = "OpenAI"
    model = "scripted"

    def __init__(self, clock: Seconds, *streams: list[Piece], seconds: float = 0.0) -> None:
        self._clock = clock
        self._streams = list(streams)
        self._seconds = seconds
        self.timeouts: list[float] = []

    def stream(
        self, _request: ModelRequest, timeout_seconds: float, _is_cancelled: Callable[[], bool]
    ) -> Iterator[str | ReplyEnd]:
        self.timeouts.append(timeout_seconds)
        self._clock.now += self._seconds
        for piece in self._streams.pop(0) if len(self._streams) > 1 else self._streams[0]:
            if isinstance(piece, ModelError):
                raise piece
            yield piece

    def models(self) -> tuple[ModelInfo, ...]:
        return (ModelInfo("scripted", "Scripted"),)


def error(fault: ModelFault, retry_after_seconds: float | None = None) -> ModelError:
    return ModelError(fault, "OpenAI", retry_after_seconds)


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


def patient(model: ScriptedModel, clock: Seconds) -> PatientModel:
    return PatientModel(model, sleep=clock.sleep, clock=clock, spread=lambda: 0.0)


def pieces_of(
    model: PatientModel, timeout_seconds: float = 60, is_cancelled: Callable[[], bool] = never
) -> list[str | ReplyEnd]:
    return list(model.stream(a_request(), timeout_seconds, is_cancelled))


def test_usage_that_a_provider_does_not_tell_is_estimated(clock: Seconds) -> None:
    model = ScriptedModel(clock, ["four", "five", ReplyEnd(StopReason.COMPLETE)])
    *_, end = pieces_of(patient(model, clock))
    sent = a_request()
    characters = len(sent.instructions + sent.stable + sent.volatile + json.dumps(sent.schema))
    assert isinstance(end, ReplyEnd)
    assert end.usage == Usage(characters // 4, 0, 2, is_estimated=True)


@pytest.mark.parametrize("fault", sorted(PASSING))
def test_passing_fault_is_tried_again(clock: Seconds, fault: ModelFault) -> None:
    model = ScriptedModel(clock, [error(fault)], ["good", END])
    assert pieces_of(patient(model, clock)) == ["good", END]


@pytest.mark.parametrize("fault", sorted(set(ModelFault) - PASSING))
def test_lasting_fault_is_told_at_once(clock: Seconds, fault: ModelFault) -> None:
    model = ScriptedModel(clock, [error(fault)], ["good", END])
    with pytest.raises(ModelError) as caught:
        pieces_of(patient(model, clock))
    assert caught.value.fault is fault
    assert len(model.timeouts) == 1


def test_it_gives_up_after_the_last_try(clock: Seconds) -> None:
    model = ScriptedModel(clock, [error(ModelFault.OVERLOADED)])
    with pytest.raises(ModelError):
        pieces_of(patient(model, clock))
    assert len(model.timeouts) == MAX_TRIES


@pytest.mark.parametrize("fault", sorted(PASSING))
def test_nothing_is_tried_again_once_text_was_shown(clock: Seconds, fault: ModelFault) -> None:
    model = ScriptedModel(clock, ["half", error(fault)], ["good", END])
    stream = patient(model, clock).stream(a_request(), 60, never)
    assert next(stream) == "half"
    with pytest.raises(ModelError):
        next(stream)
    assert len(model.timeouts) == 1


def test_it_waits_as_long_as_the_provider_asks(clock: Seconds) -> None:
    model = ScriptedModel(clock, [error(ModelFault.RATE_LIMITED, 7)], ["good", END])
    pieces_of(patient(model, clock))
    assert clock.now == pytest.approx(7)


def test_wait_beyond_the_deadline_is_told_and_not_waited(clock: Seconds) -> None:
    model = ScriptedModel(clock, [error(ModelFault.RATE_LIMITED, 90)], ["good", END])
    with pytest.raises(ModelError) as caught:
        pieces_of(patient(model, clock), timeout_seconds=60)
    assert caught.value.retry_after_seconds == 90
    assert clock.now == 0


def test_pauses_grow(clock: Seconds) -> None:
    model = ScriptedModel(clock, [error(ModelFault.OVERLOADED)])
    with pytest.raises(ModelError):
        pieces_of(patient(model, clock))
    assert clock.now == pytest.approx(0.5 + 1.0)


def test_every_try_gets_only_the_time_that_is_left(clock: Seconds) -> None:
    model = ScriptedModel(clock, [error(ModelFault.OVERLOADED)], ["good", END], seconds=20)
    pieces_of(patient(model, clock), timeout_seconds=60)
    assert model.timeouts == [60, pytest.approx(39.5)]


def test_no_try_begins_after_the_deadline(clock: Seconds) -> None:
    model = ScriptedModel(clock, [error(ModelFault.TIMED_OUT)], seconds=60)
    with pytest.raises(ModelError) as caught:
        pieces_of(patient(model, clock), timeout_seconds=60)
    assert caught.value.fault is ModelFault.TIMED_OUT
    assert len(model.timeouts) == 1


def test_cancellation_ends_the_waiting(clock: Seconds) -> None:
    model = ScriptedModel(clock, [error(ModelFault.RATE_LIMITED, 30)])
    with pytest.raises(ModelError) as caught:
        pieces_of(patient(model, clock), is_cancelled=lambda: clock.now > 1)
    assert caught.value.fault is ModelFault.CANCELLED
    assert clock.now < 1.5


def test_it_speaks_for_the_model_within(clock: Seconds) -> None:
    model = patient(ScriptedModel(clock, [END]), clock)
    assert (model.provider, model.model) == (OPENAI, "scripted")
    assert model.models() == (ModelInfo("scripted", "Scripted"),)
