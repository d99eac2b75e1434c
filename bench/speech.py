"""What a minute of speech costs: decoding it in its child process, and measuring its delivery.

`python -m bench.speech`. Needs espeak-ng. The time of the child includes its start.
"""

import os
import time
from collections.abc import Callable

import numpy as np

from core.adapters.sound_reader import ChildProcessSoundReader
from core.domain.speech import SAMPLES_PER_SECOND, HeardWord, Sound, Span, Transcript, recording_of
from core.speech.flags import flags_of
from core.speech.measuring import measured
from tests.speech.sounds import SENTENCE, encoded, joined, silence, spoken

ROUNDS = 5
MEASURE_GOAL_SECONDS = 0.3


def main() -> None:
    """Measure both and print them beside their goals."""
    sentences = [part for _ in range(5) for part in (spoken(), silence(1.0))]
    samples = joined(*sentences)[: 60 * SAMPLES_PER_SECOND]
    content = encoded(samples, "webm", "libopus")
    reader = ChildProcessSoundReader()
    sound = reader.read(recording_of(content))
    transcript = _transcript(sound)
    child_wall, child_cpu = _costs(lambda: reader.read(recording_of(content)))
    _, measuring_cpu = _costs(lambda: _measure(sound, transcript))
    print(f"recording: {sound.seconds:.0f} s, {len(content) / 1000:.0f} kB of WebM")
    print(
        f"decoding and finding speech, in the child: {child_wall:.2f} s, {child_cpu:.2f} s of CPU"
    )
    print(f"delivery: {measuring_cpu:.3f} s of CPU (goal ≤ {MEASURE_GOAL_SECONDS} s)")
    print(f"sent to a transcriber: {len(sound.flac) / 1000:.0f} kB of FLAC")


def _measure(sound: Sound, transcript: Transcript) -> None:
    measured(sound, transcript)
    flags_of(sound, transcript, "en")


def _transcript(sound: Sound) -> Transcript:
    """The text with words spread evenly, as a transcriber with times would tell it."""
    text = " ".join([SENTENCE] * 5)
    words = text.split()
    step = sound.seconds / len(words)
    timed = (HeardWord(word, Span(n * step, (n + 1) * step)) for n, word in enumerate(words))
    return Transcript(text, "bench", tuple(timed), fillers_reliable=True)


def _costs(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds of one round, children included: the medians of several."""
    rounds = []
    for _ in range(ROUNDS):
        wall, before = time.perf_counter(), os.times()
        work()
        after = os.times()
        used = sum(after[:4]) - sum(before[:4])
        rounds.append((time.perf_counter() - wall, used))
    wall_median, cpu_median = np.median(rounds, axis=0)
    return float(wall_median), float(cpu_median)


if __name__ == "__main__":
    main()
