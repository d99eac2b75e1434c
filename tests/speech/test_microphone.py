"""What is told of a microphone."""

import numpy as np
import pytest

from core.speech.microphone import microphone_check
from tests.speech.sounds import Samples, joined, needs_espeak, noise, silence, sound, spoken


def check(speech: Samples, around: Samples) -> str:
    seconds = len(speech) / 16_000
    start = len(around) / 16_000
    whole = joined(around, speech, around)
    return microphone_check(sound(whole, (start, start + seconds))).sentence


def test_silence_is_told() -> None:
    checked = microphone_check(sound(silence(3), (0, 0.01)))
    assert checked.sentence.startswith("We heard no speech.")
    assert not checked.is_fine


@needs_espeak
def test_good_microphone_is_told() -> None:
    assert check(spoken(), silence(1)) == "We heard you well."


@needs_espeak
@pytest.mark.parametrize(
    ("gain", "noise_level", "told"),
    [(0.01, 0.00001, "very quietly"), (30.0, 0.0001, "too loud"), (1.0, 0.1, "much noise")],
)
def test_what_is_wrong_is_told(gain: float, noise_level: float, told: str) -> None:
    assert told in check(np.clip(spoken() * gain, -1, 1), noise(1, noise_level))
