"""The content words of a text with their meanings as vectors, and how alike two words are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.evaluation.text import SLIPS_FROM_LETTERS, near, stem, words

Floats = NDArray[np.float64]
SLIP_LIKENESS = 0.95
"""How alike a word and itself with a typing slip are."""
_INSIDE_WORDS = re.compile(r"[-.']")
_EMPTY_WORDS = frozenset(
    """a an the of to in on at by for with from as is are was were be been being am do does did has have
    had it its this that these those there and or but if then so than which who whom whose what when
    where how why i you he she we they me him her us them my your his our their will would can could
    should may might must shall into also just very s t e""".split()
)
"""Far fewer than the evaluator's other list has: “first”, “more”, “same”, “only” or the n of O(n) decide
over a short technical answer."""
_NEGATIONS = frozenset("not no never none nor cannot without neither nothing hardly".split())


class WordVectors(Protocol):
    """What words mean, as vectors: words used alike lie in like directions."""

    def __call__(self, words: Sequence[str], /) -> Floats:
        """One row for each lower-case word, shape (words, dimensions), not normalised."""
        ...


@dataclass(frozen=True, slots=True)
class Term:
    """A word that carries content, and its stem."""

    word: str
    stem: str


def terms(text: str) -> tuple[Term, ...]:
    """The content words in order, hyphenated words split; repeated words are repeated."""
    parts = (
        part
        for word in words(text)
        for part in ((word,) if word.isalnum() else _INSIDE_WORDS.split(word))
    )
    return tuple(Term(part, stem(part)) for part in parts if part and part not in _EMPTY_WORDS)


def negations(text: str) -> int:
    """How many words deny something."""
    return sum(word in _NEGATIONS or word.endswith("n't") for word in words(text))


class Meaning:
    """The distinct content words of one text, in order of appearance."""

    def __init__(self, text: str, vectors: WordVectors) -> None:
        """Read a text; `vectors` is asked once."""
        self.terms = terms(text)
        self.stems = tuple(dict.fromkeys(term.stem for term in self.terms))
        first = {term.stem: term.word for term in reversed(self.terms)}
        self._vectors = vectors([first[stem] for stem in self.stems])

    def __len__(self) -> int:
        """How many distinct words there are."""
        return len(self.stems)

    def places(self, part: str) -> list[int]:
        """Where the distinct words of a part of this text stand in `stems`."""
        places = self._places
        return sorted({places[term.stem] for term in terms(part) if term.stem in places})

    @cached_property
    def _places(self) -> dict[str, int]:
        return {stem_: place for place, stem_ in enumerate(self.stems)}

    @cached_property
    def directions(self) -> Floats:
        """The vectors at length 1; shape (distinct words, dimensions)."""
        lengths = np.linalg.norm(self._vectors, axis=1, keepdims=True)
        return np.asarray(self._vectors / np.maximum(lengths, 1e-9), dtype=np.float64)

    @cached_property
    def slippery(self) -> dict[str, list[str]]:
        """The stems long enough to be recognised with a typing slip, by their first letter."""
        found: dict[str, list[str]] = {}
        for stem_ in self.stems:
            if len(stem_) >= SLIPS_FROM_LETTERS:
                found.setdefault(stem_[0], []).append(stem_)
        return found

    @cached_property
    def whole(self) -> Floats:
        """The sum of all vectors: what the text is about, shape (dimensions,)."""
        return np.asarray(self._vectors.sum(axis=0), dtype=np.float64)

    def weighted(self, weights: Floats) -> Floats:
        """The sum of all vectors, each at a weight of its own; shapes (len(self),) and (dimensions,)."""
        return np.asarray(weights @ self._vectors, dtype=np.float64)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The stems that follow each other."""
        told = [term.stem for term in self.terms]
        return frozenset(pairwise(told))


def likeness(one: Meaning, other: Meaning) -> Floats:
    """How alike each word of the one is to each of the other, 0–1; the same stem is 1.

    Shape (len(one), len(other)).
    """
    # Not by matrix product: its threads wait for each other for tens of milliseconds on a busy machine.
    alike = np.clip(np.einsum("ik,jk->ij", one.directions, other.directions), 0.0, 1.0)
    places = {stem: column for column, stem in enumerate(other.stems)}
    for row, own in enumerate(one.stems):
        if own in places:
            alike[row, places[own]] = 1.0
        elif len(own) >= SLIPS_FROM_LETTERS:
            slips = [places[stem] for stem in other.slippery.get(own[0], ()) if near(stem, own)]
            alike[row, slips] = np.maximum(alike[row, slips], SLIP_LIKENESS)
    return np.asarray(alike, dtype=np.float64)


def best_likeness(one: Meaning, other: Meaning) -> Floats:
    """For each word of the one how alike the most alike word of the other is; shape (len(one),)."""
    return np.asarray(likeness(one, other).max(axis=1, initial=0.0), dtype=np.float64)


def closeness(one: Floats, other: Floats) -> float:
    """The cosine of two vectors; 0 where one of them is nothing."""
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths > 1e-9 else 0.0
