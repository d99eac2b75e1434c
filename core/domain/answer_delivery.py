"""How one answer was said, over all the recordings that it was made of."""

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean

from core.domain.delivery import Delivery, Measure
from core.domain.heard import Take

Measures = dict[Measure, float]
"""Each measure that can be told, as a number in its unit."""


def deliveries_of(takes: Iterable[Take]) -> tuple[Delivery, ...]:
    """How the recordings were said, those left out that nothing was heard in."""
    return tuple(take.heard.delivery for take in takes if take.heard.delivery)


def answer_measures(deliveries: Sequence[Delivery]) -> Measures:
    """The measures of an answer; of a single recording they are that recording's own."""
    if len(deliveries) == 1:
        [only] = deliveries
        found = {measure: only.value(measure) for measure in Measure}
    else:
        found = {measure: _together(measure, deliveries) for measure in Measure}
    return {measure: value for measure, value in found.items() if value is not None}


def _together(measure: Measure, deliveries: Sequence[Delivery]) -> float | None:
    told = [(value, d) for d in deliveries if (value := d.value(measure)) is not None]
    return _JOINED[measure](told) if told else None


_Told = list[tuple[float, Delivery]]


def _first(told: _Told) -> float:
    return told[0][0]


def _sum(told: _Told) -> float:
    return sum(value for value, _ in told)


def _most(told: _Told) -> float:
    return max(value for value, _ in told)


def _mean(told: _Told) -> float:
    return fmean(value for value, _ in told)


def _over_speech(told: _Told) -> float:
    """A rate of words, weighted by the time in which someone speaks."""
    return fmean((value for value, _ in told), [d.speech_seconds for _, d in told])


def _over_talking(told: _Told) -> float:
    """A rate of fillers, weighted by the time from first to last word."""
    seconds = [d.speech_seconds + sum(pause.seconds for pause in d.pauses) for _, d in told]
    return fmean((value for value, _ in told), seconds)


_JOINED: dict[Measure, Callable[[_Told], float]] = {
    Measure.PACE: _over_speech,
    Measure.FIRST_WORD: _first,
    Measure.PAUSES: _sum,
    Measure.LONGEST_PAUSE: _most,
    Measure.FILLERS: _over_talking,
    Measure.HEDGES: _sum,
    Measure.REPETITIONS: _sum,
    Measure.PITCH_RANGE: _mean,
    Measure.LOUDNESS_VARIATION: _mean,
    Measure.CLIPPING: _most,
}
