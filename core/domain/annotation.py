"""A transcript in pieces: words as they stand, marked words, and pauses where they were made."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.domain.delivery import Delivery, MarkKind
from core.domain.speech import Span, Transcript

TOLERANCE_SECONDS = 0.3
"""A transcriber's times and the measured silence differ by so much."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the transcript's text with its mark, or a pause, whose text is empty."""

    text: str
    mark: MarkKind | None = None
    pause_seconds: float = 0.0


def annotated(transcript: Transcript, delivery: Delivery) -> tuple[Piece, ...]:
    """The whole text in order. Pauses are placed only where the transcriber tells times."""
    pauses = dict(_placed(transcript, delivery.pauses))
    edges = {edge for mark in delivery.marks for edge in (mark.start, mark.end)}
    cuts = sorted({0, len(transcript.text)} | set(pauses) | edges)
    pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        if start in pauses:
            pieces.append(Piece("", pause_seconds=pauses[start]))
        mark = next((m.kind for m in delivery.marks if m.start <= start < m.end), None)
        pieces.append(Piece(transcript.text[start:end], mark))
    return tuple(pieces)


def _placed(transcript: Transcript, pauses: tuple[Span, ...]) -> Iterator[tuple[int, float]]:
    """Each pause with the place in the text of the first word behind it."""
    starts = list(_word_starts(transcript))
    for pause in pauses:
        behind = pause.end_seconds - TOLERANCE_SECONDS
        place = next((at for at, seconds in starts if seconds >= behind), None)
        if place is not None:
            yield place, pause.seconds


def _word_starts(transcript: Transcript) -> Iterator[tuple[int, float]]:
    """Where each word stands in the text and when it begins; words not found there are left out."""
    at = 0
    for word in transcript.words:
        found = transcript.text.find(word.text, at)
        if found >= 0:
            yield found, word.span.start_seconds
            at = found + len(word.text)
