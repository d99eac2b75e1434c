"""Scores in prose: a number that a model writes there was never computed."""

import re

from core.evaluation.text import sentences

_SCORE = re.compile(
    r"\d+(?:[.,]\d+)?\s?(?:/|out of|von|sur)\s?(?:5|10|20|100)\b"
    r"|\b\d+(?:[.,]\d+)?\s?(?:%|percent\b|points?\b|stars?\b)"
    r"|\b(?:scores?|scored|levels?|grades?|graded|rating|rated|marks?)\b(?:\s(?:of|is|was|at|a|an))?\s?[:=]?\s?"
    r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|[a-f][+-])(?![\w])",
    re.IGNORECASE,
)


def names_score(text: str, said: str = "") -> bool:
    """Whether the text gives a score or a share that does not stand in what was said."""
    folded = " ".join(said.lower().split())
    return any(
        " ".join(found.group().lower().split()) not in folded for found in _SCORE.finditer(text)
    )


def without_scores(text: str, said: str) -> str:
    """The text without its sentences that name a score; what the candidate said themselves stays."""
    kept = (s.text for s in sentences(text) if not names_score(s.text, said))
    return " ".join(kept)
