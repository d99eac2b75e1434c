"""From a browser's recording to its delivery, on speech that is known: how close the measures are."""

import pytest

from core.adapters.sound_reader import ChildProcessSoundReader
from core.domain.delivery import Delivery, Measure
from core.domain.speech import Transcript, recording_of
from core.speech.measuring import measured
from tests.speech.sounds import (
    SENTENCE,
    SENTENCE_WORDS,
    Samples,
    encoded,
    joined,
    needs_espeak,
    seconds_of,
    silence,
    spoken,
)

pytestmark = needs_espeak


def delivery_of(samples: Samples, text: str = SENTENCE) -> Delivery:
    recording = recording_of(encoded(samples, "webm", "libopus"))
    return measured(ChildProcessSoundReader().read(recording), Transcript(text, "x"))


@pytest.mark.parametrize("words_per_minute", [110, 150, 200])
def test_rate_is_within_a_twentieth(words_per_minute: int) -> None:
    said = spoken(words_per_minute=words_per_minute)
    truth = SENTENCE_WORDS / seconds_of(said) * 60
    delivery = delivery_of(joined(silence(2), said, silence(1)))
    assert delivery.words_per_minute == pytest.approx(truth, rel=0.05)


@pytest.mark.parametrize("gap_seconds", [0.8, 2.0, 4.0])
def test_pause_is_within_a_fifth_of_a_second(gap_seconds: float) -> None:
    said = spoken()
    delivery = delivery_of(joined(said, silence(gap_seconds), said), f"{SENTENCE} {SENTENCE}")
    (pause,) = delivery.pauses
    assert pause.seconds == pytest.approx(gap_seconds, abs=0.2)


@pytest.mark.parametrize("before_seconds", [0.5, 1.5, 5.0])
def test_time_to_first_word_is_within_a_fifth_of_a_second(before_seconds: float) -> None:
    delivery = delivery_of(joined(silence(before_seconds), spoken()))
    assert delivery.first_word_seconds == pytest.approx(before_seconds, abs=0.2)


def test_range_of_pitch_survives_the_recording() -> None:
    lively, monotone = delivery_of(spoken()), delivery_of(spoken(is_monotone=True))
    (high, low) = (one.value(Measure.PITCH_RANGE) for one in (lively, monotone))
    assert high is not None
    assert low is not None
    assert low < 1.0 < high
