"""Stretches of speech, from likelihoods."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.domain.speech import SHORTEST_PAUSE_SECONDS, Span
from core.speech.activity import WINDOW_SECONDS, speech_in

A_SECOND = round(1 / WINDOW_SECONDS)
SPEECH, SILENCE = 0.9, 0.02


def test_silence_has_none() -> None:
    assert speech_in([SILENCE] * A_SECOND) == ()


def test_stretch_is_from_its_first_window_to_its_last() -> None:
    likelihoods = [SILENCE] * 10 + [SPEECH] * 20 + [SILENCE] * 20
    assert speech_in(likelihoods) == (Span(0.32, 0.96),)


def test_stretch_may_reach_the_end() -> None:
    assert speech_in([SPEECH] * 50) == (Span(0.0, 1.6),)


def test_gap_shorter_than_a_pause_is_speech() -> None:
    assert len(speech_in([SPEECH] * 20 + [SILENCE] * 9 + [SPEECH] * 20)) == 1


def test_pause_parts_two_stretches() -> None:
    assert len(speech_in([SPEECH] * 20 + [SILENCE] * 10 + [SPEECH] * 20)) == 2


def test_click_is_no_speech() -> None:
    assert speech_in([SILENCE] * 20 + [SPEECH] * 4 + [SILENCE] * 20) == ()


def test_doubt_goes_on_and_does_not_begin() -> None:
    doubt = 0.4
    assert speech_in([doubt] * 30) == ()
    assert speech_in([SPEECH] + [doubt] * 29) == (Span(0.0, 0.96),)


@given(st.lists(st.floats(0, 1), max_size=300))
def test_stretches_are_in_order_and_apart_by_a_pause(likelihoods: list[float]) -> None:
    spans = speech_in(likelihoods)
    assert all(0 <= s.start_seconds < s.end_seconds for s in spans)
    assert all(
        after.start_seconds - before.end_seconds >= SHORTEST_PAUSE_SECONDS
        for before, after in pairwise(spans)
    )
    assert all(span.end_seconds <= len(likelihoods) * WINDOW_SECONDS + 0.001 for span in spans)
