"""The delivery of an answer that was made of several recordings."""

from hypothesis import given
from hypothesis import strategies as st

from core.domain.answer_delivery import answer_measures
from core.domain.delivery import Delivery, Measure
from core.domain.speech import Span

rates = st.floats(1.0, 400.0)


def a_delivery(rate: float | None = None, speech_seconds: float = 20.0) -> Delivery:
    return Delivery(30.0, speech_seconds, 50, words_per_minute=rate, fillers_per_minute=rate)


def test_one_recording_is_measured_as_it_is() -> None:
    only = a_delivery(130.0)
    told = {measure: only.value(measure) for measure in answer_measures([only])}
    assert answer_measures([only]) == told


def test_measure_that_no_recording_tells_is_left_out() -> None:
    assert Measure.PACE not in answer_measures([a_delivery(), a_delivery()])


def test_pace_weighs_by_the_time_of_speech() -> None:
    measures = answer_measures([a_delivery(100.0, 10.0), a_delivery(160.0, 30.0)])
    assert measures[Measure.PACE] == 145.0


def test_recording_without_a_pace_does_not_count_towards_it() -> None:
    assert answer_measures([a_delivery(100.0), a_delivery()])[Measure.PACE] == 100.0


def test_pauses_are_counted_over_all_and_the_longest_is_kept() -> None:
    one = Delivery(30.0, 20.0, 50, pauses=(Span(1.0, 2.0), Span(3.0, 6.0)))
    other = Delivery(30.0, 20.0, 50, pauses=(Span(1.0, 1.5),))
    measures = answer_measures([one, other])
    assert (measures[Measure.PAUSES], measures[Measure.LONGEST_PAUSE]) == (3, 3.0)


@given(st.lists(st.tuples(rates, st.floats(1.0, 300.0)), min_size=1, max_size=4))
def test_pace_lies_between_those_of_the_recordings(found: list[tuple[float, float]]) -> None:
    pace = answer_measures([a_delivery(rate, seconds) for rate, seconds in found])[Measure.PACE]
    paces = [rate for rate, _ in found]
    assert min(paces) - 1e-6 <= pace <= max(paces) + 1e-6


def test_answer_without_recordings_has_no_measures() -> None:
    assert answer_measures([]) == {}
