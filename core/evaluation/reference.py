"""Key points out of a reference answer, where no one has written them down."""

import re

from core.domain.question import KeyPoint
from core.evaluation.text import content_stems, sentences

_CLAUSE = re.compile(
    r",\s+(?:and\s+|but\s+|or\s+|so\s+|which\s+)?|\s+(?:and|but|whereas|while)\s+|:\s+"
)
MIN_STEMS = 3
"""A clause with fewer content words is no point of its own."""


def key_points_of(reference: str) -> tuple[KeyPoint, ...]:
    """One key point for each clause of the reference answer, weighted 1 to 3 by its content words."""
    clauses = [clause for s in sentences(reference) for clause in _clauses(s.text)]
    return tuple(
        KeyPoint(
            f"point-{n}", clause.strip(" ,.;"), min(3, max(1, len(content_stems(clause)) // 3))
        )
        for n, clause in enumerate(clauses, 1)
    )


def _clauses(sentence: str) -> list[str]:
    """The sentence cut at commas and conjunctions, as long as every piece can stand alone."""
    pieces: list[str] = []
    start = 0
    for match in _CLAUSE.finditer(sentence):
        rest = sentence[match.end() :]
        piece = sentence[start : match.start()]
        if min(len(content_stems(piece)), len(content_stems(rest))) >= MIN_STEMS:
            pieces.append(piece)
            start = match.end()
    return [*pieces, sentence[start:]]
