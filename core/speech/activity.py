"""Where someone speaks, from how likely that is in each window of the sound."""

from collections.abc import Sequence
from math import ceil

from core.domain.speech import SHORTEST_PAUSE_SECONDS, Span

WINDOW_SECONDS = 0.032
"""Silero's window: 512 samples at 16,000 a second."""

# Silero's own defaults (get_speech_timestamps): speech begins at 0.5 and ends below 0.35; what lasts
# less than 0.25 s is no speech.
_BEGINS, _ENDS = 0.5, 0.35
_SHORTEST_WINDOWS = 8
_ENDS_AFTER_WINDOWS = ceil(SHORTEST_PAUSE_SECONDS / WINDOW_SECONDS)


def speech_in(likelihoods: Sequence[float]) -> tuple[Span, ...]:
    """The stretches of speech in order, with a pause between them; likelihoods are 0 to 1, one a window."""
    runs: list[tuple[int, int]] = []
    start, silent = None, 0
    for place, likelihood in enumerate((*likelihoods, *[0.0] * _ENDS_AFTER_WINDOWS)):
        if start is None:
            start = place if likelihood >= _BEGINS else None
            silent = 0
        elif likelihood >= _ENDS:
            silent = 0
        else:
            silent += 1
            if silent == _ENDS_AFTER_WINDOWS:
                runs.append((start, place + 1 - silent))
                start = None
    return tuple(
        Span(round(begin * WINDOW_SECONDS, 3), round(end * WINDOW_SECONDS, 3))
        for begin, end in runs
        if end - begin >= _SHORTEST_WINDOWS
    )
