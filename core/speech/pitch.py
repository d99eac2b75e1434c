"""The pitch of a voice, by autocorrelation.

The autocorrelation of each frame is set against that of its window, after Boersma 1993 ("Accurate
short-term analysis of the fundamental frequency"). Percentiles are told instead of a deviation: a few
frames are always heard an octave off.
"""

import numpy as np
from numpy.typing import NDArray

from core.domain.delivery import Pitch
from core.domain.speech import SAMPLES_PER_SECOND
from core.speech.loudness import Samples

_Rows = NDArray[np.floating]

LOWEST_HZ, HIGHEST_HZ = 65.0, 450.0
_STEP = 160 * 2  # 20 ms
_FRAME = 1024  # 64 ms: four periods of the lowest pitch
_TRANSFORM = 2048
_MIN_CLARITY = 0.6  # of 1 for a perfectly periodic frame
_MIN_LEVEL = 0.03  # of the loudest frame
_MIN_FRAMES = 50  # one second of voice
_SHORT_LAG_BONUS = 0.01  # a period and its double fit alike: take the shorter


def pitch_of(speech: Samples) -> Pitch | None:
    """Median and range of the pitch; None for less than a second of voice."""
    found = _pitches(speech)
    if len(found) < _MIN_FRAMES:
        return None
    low, median, high = (float(value) for value in np.percentile(found, (5, 50, 95)))
    return Pitch(median, low, high, float(12 * np.log2(high / low)))


def _pitches(speech: Samples) -> _Rows:
    """The pitch in Hz of every voiced frame."""
    if len(speech) < _FRAME:
        return np.empty(0)
    frames: _Rows = np.lib.stride_tricks.sliding_window_view(speech, _FRAME)[::_STEP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    levels = np.sqrt((frames**2).mean(axis=1))
    frames = frames[levels > _MIN_LEVEL * levels.max()]
    window = np.hanning(_FRAME).astype(np.float32)
    similarity = _autocorrelation(frames * window) / _autocorrelation(window[None])
    shortest = int(SAMPLES_PER_SECOND / HIGHEST_HZ)
    longest = int(SAMPLES_PER_SECOND / LOWEST_HZ)
    lags = np.arange(shortest, longest)
    scores = similarity[:, shortest:longest] - _SHORT_LAG_BONUS * np.log2(lags / shortest)
    best = scores.argmax(axis=1) + shortest
    rows = np.arange(len(best))
    is_voiced = similarity[rows, best] > _MIN_CLARITY
    is_peak = (best > shortest) & (best < longest - 1)
    keep = is_voiced & is_peak
    return SAMPLES_PER_SECOND / _refined(similarity[keep], best[keep])


def _autocorrelation(frames: _Rows) -> _Rows:
    """Each row's, 1 at lag 0."""
    power = np.abs(np.fft.rfft(frames, _TRANSFORM)) ** 2
    correlation = np.fft.irfft(power)[:, : _FRAME // 2]
    normed: _Rows = correlation / np.maximum(correlation[:, :1], 1e-12)
    return normed


def _refined(similarity: _Rows, lags: NDArray[np.intp]) -> _Rows:
    """The lag of each row's peak between samples, by the parabola through three points."""
    rows = np.arange(len(lags))
    before, at, after = (similarity[rows, lags + offset] for offset in (-1, 0, 1))
    curve = before - 2 * at + after
    shift = np.where(np.abs(curve) > 1e-12, 0.5 * (before - after) / curve, 0.0)
    refined: _Rows = lags + np.clip(shift, -1, 1)
    return refined
