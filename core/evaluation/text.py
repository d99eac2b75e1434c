"""Words, stems and sentences of an answer, each with where it stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log
from threading import Lock

import snowballstemmer

from core.evaluation.words import EVERYDAY_WORDS, FOREIGN_FUNCTION_WORDS, FUNCTION_WORDS

_TOKEN = re.compile(r"[^\W_]+(?:[’'+#.\-][^\W_]+|[+#]+)*", re.UNICODE)
_INSIDE_WORDS = re.compile(r"[-.']")
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"”’)]))\s+|\n+|(?<=;)\s")
_STEMMER = snowballstemmer.stemmer("english")
_stemming = Lock()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters [start, end) of an answer; `stems` are those of its content words."""

    text: str
    start: int
    end: int
    stems: tuple[str, ...]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The English (Snowball) stem of a lower-case word."""
    with _stemming:  # the stemmer works on a word of its own; two answers may be judged at once
        return str(_STEMMER.stemWord(word))


def words(text: str) -> list[str]:
    """Lower-case words in order; “C++”, “node.js” and “don't” stay whole."""
    if text.isascii():  # lower case has the same words there; other letters may become two
        return _TOKEN.findall(text.lower())
    return [found.lower().replace("’", "'") for found in _TOKEN.findall(text)]


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry content, in order, hyphenated words split."""
    parts = (
        part
        for word in words(text)
        for part in ((word,) if word.isalnum() else _INSIDE_WORDS.split(word))
    )
    return tuple(stem(part) for part in parts if part and not is_function_word(part))


@lru_cache(maxsize=20_000)
def own_stems(text: str) -> tuple[str, ...]:
    """`content_stems`, remembered: for our own content only, no candidate's text comes here."""
    return content_stems(text)


def is_function_word(word: str) -> bool:
    """Whether a lower-case word carries grammar only; single letters but digits count as such."""
    return word in FUNCTION_WORDS or (len(word) == 1 and not word.isdigit())


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences in order, also split at line breaks and semicolons; offsets into `text`."""
    bounds = [0]
    for match in _SENTENCE_END.finditer(text):
        bounds += [match.start(), match.end()]
    bounds.append(len(text))
    found = (
        _sentence(text, start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)
    )
    return tuple(sentence for sentence in found if sentence.text)


def _sentence(text: str, start: int, end: int) -> Sentence:
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    stripped = raw.strip()
    return Sentence(stripped, start, start + len(stripped), content_stems(stripped))


def function_word_share(text: str) -> float:
    """The share of words that are function words: about 0.4–0.5 in English prose, near 0 in lists."""
    found = words(text)
    return sum(word.split("'")[0] in FUNCTION_WORDS or len(word) == 1 for word in found) / max(
        len(found), 1
    )


def is_foreign(text: str) -> bool:
    """Whether the text is more likely German, French or Spanish than English."""
    found = words(text)
    if len(found) < 5:
        return False
    foreign = sum(word in FOREIGN_FUNCTION_WORDS for word in found) / len(found)
    english = sum(word in FUNCTION_WORDS for word in found) / len(found)
    return foreign > 0.15 and foreign > english


EVERYDAY_WEIGHT = 0.35
"""What a word of everyday talk counts, however rare it is in technical texts."""


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """How telling each stem is, 0–1: inverse document frequency over `texts`, scaled to its maximum.

    Words of everyday talk count at most `EVERYDAY_WEIGHT`: a small technical corpus calls them rare.
    """
    frequency: dict[str, int] = {}
    count = 0
    for text in texts:
        count += 1
        for found in set(content_stems(text)):
            frequency[found] = frequency.get(found, 0) + 1
    top = log(1 + count) if count else 1.0
    telling = {found: log((1 + count) / n) / top for found, n in frequency.items()}
    everyday = {stem(word) for word in EVERYDAY_WORDS}
    return telling | {found: min(EVERYDAY_WEIGHT, telling.get(found, 1.0)) for found in everyday}


SLIPS_FROM_LETTERS = 6


def near(one: str, other: str) -> bool:
    """Whether two stems are the same or one typing slip apart (from 6 letters, the first one right).

    A first letter more can turn a word into its opposite: synchronous, asynchronous.
    """
    if one == other:
        return True
    if (
        min(len(one), len(other)) < SLIPS_FROM_LETTERS
        or abs(len(one) - len(other)) > 1
        or one[0] != other[0]
    ):
        return False
    return _differ_by_one(one, other)


def _differ_by_one(one: str, other: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours leads from one to the other."""
    shorter, longer = sorted((one, other), key=len)
    at = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = longer[at : at + 2] == shorter[at : at + 2][::-1]
    return shorter[at + 1 :] == longer[at + 1 :] or (
        swapped and shorter[at + 2 :] == longer[at + 2 :]
    )
