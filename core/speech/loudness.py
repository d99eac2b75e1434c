"""How loud a sound is, and whether it was too loud for its recording."""

import numpy as np
from numpy.typing import NDArray

from core.domain.speech import SAMPLES_PER_SECOND, Sound, Span

Samples = NDArray[np.float32]
"""Samples between -1 and 1, 16,000 a second."""

FRAME_SECONDS = 0.1
_FULL_SCALE = 32768.0
_AT_FULL_SCALE = 0.999
_GAP_DB = 30.0
_SILENCE = 1e-5  # -100 dB, so that silence has a level at all


def samples_of(sound: Sound) -> Samples:
    """The sound's samples as numbers."""
    return np.frombuffer(sound.samples, "<i2").astype(np.float32) / _FULL_SCALE


def within(samples: Samples, spans: tuple[Span, ...]) -> Samples:
    """What lies in these stretches, one after the other."""
    parts = [samples[_at(span.start_seconds) : _at(span.end_seconds)] for span in spans]
    return np.concatenate(parts) if parts else samples[:0]


def outside(samples: Samples, spans: tuple[Span, ...]) -> Samples:
    """What lies in none of these stretches."""
    is_outside = np.ones(len(samples), dtype=bool)
    for span in spans:
        is_outside[_at(span.start_seconds) : _at(span.end_seconds)] = False
    return samples[is_outside]


def frame_levels(samples: Samples) -> NDArray[np.float32]:
    """The level of each whole tenth of a second, in dB below full scale."""
    size = _at(FRAME_SECONDS)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    root_mean_squares = np.sqrt(np.mean(frames**2, axis=1))
    levels: NDArray[np.float32] = 20 * np.log10(np.maximum(root_mean_squares, _SILENCE))
    return levels


def mean_level(samples: Samples) -> float | None:
    """The level of all together in dB below full scale, None where there is less than a frame."""
    if len(samples) < _at(FRAME_SECONDS):
        return None
    root_mean_square = float(np.sqrt(np.mean(samples**2)))
    return float(20 * np.log10(max(root_mean_square, _SILENCE)))


def variation(samples: Samples) -> float | None:
    """The standard deviation of the frames' levels in dB, None for less than a second.

    Frames far below the loudest are gaps between words and do not count.
    """
    if len(samples) < SAMPLES_PER_SECOND:
        return None
    levels = frame_levels(samples)
    return float(np.std(levels[levels > levels.max() - _GAP_DB]))


def clipped_percent(samples: Samples) -> float:
    """The share of samples at full scale, in percent."""
    if not len(samples):
        return 0.0
    return float(np.mean(np.abs(samples) >= _AT_FULL_SCALE) * 100)


def _at(seconds: float) -> int:
    return round(seconds * SAMPLES_PER_SECOND)
