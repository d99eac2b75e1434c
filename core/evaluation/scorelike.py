"""Scores in prose: a number that a model writes there was never computed."""

import re

from core.evaluation.text import sentences

_MARK = (
    r"\d+(?:[.,]\d+)?\s?(?:/|out of|von|sur)\s?(?:5|10|20|100)\b"
    r"|\b(?:scores?|scored|levels?|grades?|graded|rating|rated|marks?)\b(?:\s(?:of|is|was|at|a|an))?\s?[:=]?\s?"
    r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|[a-f][+-])(?![\w])"
)
_SHARE = r"\b\d+(?:[.,]\d+)?\s?(?:%|percent\b|points?\b|stars?\b)"
_MARKS = re.compile(_MARK, re.IGNORECASE)
_SCORES = re.compile(f"{_MARK}|{_SHARE}", re.IGNORECASE)


def names_score(text: str, said: str = "") -> bool:
    """Whether the text gives a score or a share that does not stand in what was said."""
    return _names(_SCORES, text, said)


def without_scores(text: str, said: str) -> str:
    """The text without its sentences that name a score; what the candidate said themselves stays."""
    return _without(_SCORES, text, said)


def without_marks(text: str, said: str) -> str:
    """The same where a share is no score: of one answer it is advice, such as to say by how many percent."""
    return _without(_MARKS, text, said)


def _names(pattern: re.Pattern[str], text: str, said: str) -> bool:
    folded = " ".join(said.lower().split())
    return any(
        " ".join(found.group().lower().split()) not in folded for found in pattern.finditer(text)
    )


def _without(pattern: re.Pattern[str], text: str, said: str) -> str:
    if not _names(pattern, text, said):
        return text
    return " ".join(s.text for s in sentences(text) if not _names(pattern, s.text, said))
