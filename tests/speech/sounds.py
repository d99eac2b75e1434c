"""Recordings for tests: spoken by espeak-ng, or computed; in the containers that browsers make."""

import io
import shutil
import subprocess
import wave
from functools import cache

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from core.domain.speech import SAMPLES_PER_SECOND, Sound, Span
from scripts.ensure_espeak import HOW, NAME

Samples = NDArray[np.float64]
"""Between -1 and 1, 16,000 a second."""

SENTENCE = (
    "I used a hash map to store the visited nodes because a list would make every look up linear "
    "and then I measured the service under load and it handled twelve hundred requests a second"
)
SENTENCE_WORDS = 35
BITS_PER_SECOND = 24_000
LOUD = 0.01  # of full scale: what counts as sound when silence around a clip is cut off

needs_espeak = pytest.mark.skipif(shutil.which(NAME) is None, reason=HOW)


@cache
def spoken(text: str = SENTENCE, words_per_minute: int = 150, is_monotone: bool = False) -> Samples:
    """The text as espeak-ng says it, without the silence around it."""
    pitch_range = "0%" if is_monotone else "100%"
    speech = f'<speak><prosody range="{pitch_range}">{text}</prosody></speak>'
    command = [NAME, "-m", "-s", str(words_per_minute), "--stdout", speech]
    made = subprocess.run(command, capture_output=True, check=True, timeout=30).stdout
    with av.open(io.BytesIO(made), "r", format="wav") as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLES_PER_SECOND)
        frames = [*container.decode(audio=0), None]
        parts = [piece.to_ndarray()[0] for frame in frames for piece in resampler.resample(frame)]
    return _trimmed(np.concatenate(parts) / 32768)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLES_PER_SECOND))


def noise(seconds: float, level: float = 0.1) -> Samples:
    return np.random.default_rng(7).normal(0, level, round(seconds * SAMPLES_PER_SECOND))


def voice_like(pitches_hz: Samples) -> Samples:
    """A buzz with ten harmonics whose pitch is given for every sample."""
    phase = 2 * np.pi * np.cumsum(pitches_hz) / SAMPLES_PER_SECOND
    buzz = sum(np.sin(n * phase) / n for n in range(1, 11))
    return 0.2 * np.asarray(buzz)


def joined(*parts: Samples) -> Samples:
    return np.concatenate(parts)


def seconds_of(samples: Samples) -> float:
    return len(samples) / SAMPLES_PER_SECOND


def pcm(samples: Samples) -> bytes:
    return (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def sound(samples: Samples, *speech: tuple[float, float]) -> Sound:
    """The samples decoded, with speech in these stretches, or all the time."""
    spans = speech or ((0.0, seconds_of(samples)),)
    return Sound(pcm(samples), b"", tuple(Span(start, end) for start, end in spans))


def wav(samples: Samples, rate: int = SAMPLES_PER_SECOND, channels: int = 1) -> bytes:
    """A WAV file whose samples are said to be at that rate, the channels all alike."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        frames = np.frombuffer(pcm(samples), "<i2")
        writer.writeframes(np.repeat(frames, channels).tobytes())
    return file.getvalue()


def encoded(samples: Samples, container: str, codec: str) -> bytes:
    """A file such as ("webm", "libopus") or ("mp4", "aac")."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = output.add_stream(codec, rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        stream.bit_rate = BITS_PER_SECOND
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=48_000)
        frame = av.AudioFrame.from_ndarray(
            samples.astype(np.float32)[None], format="fltp", layout="mono"
        )
        frame.sample_rate = SAMPLES_PER_SECOND
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    return file.getvalue()


def _trimmed(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > LOUD)
    return samples[loud[0] : loud[-1] + 1]
