"""Delivery, from a sound and its transcript."""

from itertools import pairwise

from core.domain.delivery import Delivery, Mark, MarkKind, PacePoint
from core.domain.speech import Sound, Span, Transcript
from core.speech.loudness import clipped_percent, mean_level, samples_of, variation, within
from core.speech.pitch import pitch_of
from core.speech.wording import marks_in, words_in

MIN_WORDS = 10
"""With fewer words a rate says nothing."""
PACE_WINDOW_SECONDS = 15.0
PACE_STEP_SECONDS = 5.0


def measured(sound: Sound, transcript: Transcript) -> Delivery:
    """Every measure that can be said of a sound with speech in it."""
    samples = samples_of(sound)
    speech = within(samples, sound.speech)
    words = len(words_in(transcript.text))
    marks = marks_in(transcript.text, with_fillers=transcript.fillers_reliable)
    return Delivery(
        seconds=sound.seconds,
        speech_seconds=sound.speech_seconds,
        word_count=words,
        words_per_minute=_rate(words, sound.speech_seconds) if words >= MIN_WORDS else None,
        first_word_seconds=sound.speech[0].start_seconds if sound.speech else None,
        pauses=pauses_in(sound.speech),
        fillers_per_minute=_fillers_per_minute(sound, transcript, words, marks),
        marks=marks,
        pace=pace_of(transcript),
        pitch=pitch_of(speech),
        loudness_db=mean_level(speech),
        loudness_variation_db=variation(speech),
        clipped_percent=clipped_percent(samples),
    )


def pauses_in(speech: tuple[Span, ...]) -> tuple[Span, ...]:
    """The silences between stretches of speech."""
    return tuple(
        Span(before.end_seconds, after.start_seconds) for before, after in pairwise(speech)
    )


def pace_of(transcript: Transcript) -> tuple[PacePoint, ...]:
    """Words a minute in windows of 15 s, every 5 s; empty for less than that, or without times."""
    if not transcript.words:
        return ()
    middles = [(word.span.start_seconds + word.span.end_seconds) / 2 for word in transcript.words]
    points = []
    start, end = transcript.words[0].span.start_seconds, transcript.words[-1].span.end_seconds
    while start + PACE_WINDOW_SECONDS <= end:
        inside = sum(start <= middle < start + PACE_WINDOW_SECONDS for middle in middles)
        points.append(
            PacePoint(start + PACE_WINDOW_SECONDS / 2, _rate(inside, PACE_WINDOW_SECONDS))
        )
        start += PACE_STEP_SECONDS
    return tuple(points)


def _fillers_per_minute(
    sound: Sound, transcript: Transcript, words: int, marks: tuple[Mark, ...]
) -> float | None:
    if not transcript.fillers_reliable or words < MIN_WORDS:
        return None
    fillers = sum(mark.kind is MarkKind.FILLER for mark in marks)
    talking = sound.speech[-1].end_seconds - sound.speech[0].start_seconds
    return _rate(fillers, talking)


def _rate(count: int, seconds: float) -> float:
    """How many in a minute."""
    return count / seconds * 60
