"""Fillers, hedges and repeated words in a transcript, each with its place."""

import re

from core.domain.delivery import Mark, MarkKind

# "like" and "you know" are fillers only where commas set them off; "so", "right" and "actually" are
# left alone, because they mostly mean something.
_FILLER = re.compile(
    r"\b(?:u+h*m+|u+h+|e+r+m+|er|e+h+m+|hm+|mhm|mm+)\b|(?<=, )(?:like|you know|i mean)(?=,)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:i (?:think|guess|suppose|believe)|i(?:'|’)m not (?:really )?sure|kind of|sort of|"
    r"maybe|perhaps|probably|possibly|somewhat|more or less|or something(?: like that)?|"
    r"i would say|i(?:'|’)d say|as far as i know|to be honest)\b",
    re.IGNORECASE,
)
# One to three words said twice or more in a row. "had had" and "that that" are good English.
_REPETITION = re.compile(
    r"\b(?!(?:had|that)\b)([\w'’]+(?: [\w'’]+){0,2})(?:[,.…-]* \1\b)+", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_](?:[\w'’.-]*\w)?")


def words_in(text: str) -> list[str]:
    """The words of a text; a number or a name such as "3.5" or "node.js" is one."""
    return _WORD.findall(text)


def marks_in(text: str, *, with_fillers: bool) -> tuple[Mark, ...]:
    """Every filler, hedge and repetition in order; where two overlap, the one named first here is kept."""
    found: list[Mark] = []
    if with_fillers:
        _add(found, MarkKind.FILLER, _FILLER, text)
    _add(found, MarkKind.HEDGE, _HEDGE, text)
    _add(found, MarkKind.REPETITION, _REPETITION, text)
    return tuple(sorted(found, key=lambda mark: mark.start))


def is_filler(word: str) -> bool:
    """Whether a word by itself is a sound of hesitation."""
    match = _FILLER.search(word)
    return match is not None and len(words_in(word)) == 1


def _add(found: list[Mark], kind: MarkKind, pattern: re.Pattern[str], text: str) -> None:
    for match in pattern.finditer(text):
        mark = Mark(kind, *match.span())
        if not any(mark.start < other.end and other.start < mark.end for other in found):
            found.append(mark)
