"""The pitch of sounds whose pitch is known, and of speech."""

import numpy as np
import pytest

from core.speech.loudness import samples_of
from core.speech.pitch import pitch_of
from tests.speech.sounds import Samples, joined, needs_espeak, noise, sound, spoken, voice_like

SECONDS = 4
PLACES = np.linspace(0, 1, SECONDS * 16_000)


def range_of(samples: Samples) -> float:
    pitch = pitch_of(samples_of(sound(samples)))
    assert pitch is not None
    return pitch.range_semitones


def gliding(low_hz: float, semitones: float) -> Samples:
    """A voice that rises evenly over so many semitones."""
    return voice_like(low_hz * 2 ** (semitones * PLACES / 12))


@pytest.mark.parametrize("hertz", [80.0, 120.0, 200.0, 320.0])
def test_steady_voice_has_its_pitch_to_a_hundredth(hertz: float) -> None:
    pitch = pitch_of(samples_of(sound(voice_like(np.full(len(PLACES), hertz)))))
    assert pitch is not None
    assert pitch.median_hz == pytest.approx(hertz, rel=0.01)
    assert pitch.range_semitones < 0.2


@pytest.mark.parametrize("semitones", [2, 6, 12])
@pytest.mark.parametrize("low_hz", [90.0, 170.0])
def test_range_is_within_half_a_semitone(low_hz: float, semitones: int) -> None:
    middle_ninety_percent = semitones * 0.9
    assert range_of(gliding(low_hz, semitones)) == pytest.approx(middle_ninety_percent, abs=0.5)


@needs_espeak
def test_monotone_speech_has_hardly_a_range() -> None:
    assert range_of(spoken(is_monotone=True)) < 1.0


@needs_espeak
def test_lively_speech_has_more_range_than_monotone_speech() -> None:
    assert range_of(spoken()) > range_of(spoken(is_monotone=True)) + 2.0


@needs_espeak
def test_loudness_does_not_change_the_range() -> None:
    said = spoken()
    assert range_of(said * 0.1) == pytest.approx(range_of(said), abs=0.2)


@needs_espeak
def test_noise_below_the_voice_hardly_changes_the_range() -> None:
    said = spoken()
    noisy = said + noise(len(said) / 16_000 + 1, 0.005)[: len(said)]
    assert range_of(noisy) == pytest.approx(range_of(said), abs=1.0)


@pytest.mark.parametrize("samples", [noise(4), np.zeros(64_000), np.zeros(100)])
def test_what_has_no_pitch_is_given_none(samples: Samples) -> None:
    assert pitch_of(samples_of(sound(samples))) is None


def test_less_than_a_second_of_voice_has_no_range() -> None:
    short = voice_like(np.full(12_000, 150.0))
    assert pitch_of(samples_of(sound(joined(short, noise(2, 0.2))))) is None
