"""How far key points are made in other words than ours.

Nobody foresees all the words in which a point can be made. So each word of a key point and of its wordings
looks for the word most like it in the answer; a point is made as far as the words of all ways to put it are
met. One way nearly met shows little, since people use the same words for other things; many ways met in
part show that the answer speaks of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.domain.question import KeyPoint, Question
from core.evaluation.coverage import QUESTION_WORD_WEIGHT, Match
from core.evaluation.story import to_the_point
from core.evaluation.terms import Floats, Meaning, WordVectors, likeness
from core.evaluation.text import Sentence, own_stems

_WITH_WORDINGS = (0.15, 0.48)
"""Shares of the words met beyond chance that count as nothing and as everything: answers to other questions
reach the first, the bank's own reference answers lie above the second."""
_TEXT_ALONE = (0.27, 0.6)
"""The same where a key point has no wordings, so that fewer words are looked for."""
_MET_BY_CHANCE = 0.0675
"""Times the cube root of the number of distinct words: three quarters of what answers to questions on
something else meet, from 10 to 270 words. (All of it would hold against an answer that it says more.)"""
_TO_THE_POINT_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The words of a question's key points; `shares[k]` (words) sum to 1 for each key point."""

    meaning: Meaning
    shares: Floats
    bounds: Floats
    """Shape (key points, 2)."""


class OtherWords:
    """Looks for key points by the likeness of words."""

    def __init__(self, vectors: WordVectors, rarity: Mapping[str, float]) -> None:
        """Take the meanings of words, and how telling each stem is (0–1)."""
        self._vectors = vectors
        self._rarity = rarity
        self._wanted = lru_cache(maxsize=500)(self._read)

    def improved(
        self,
        question: Question,
        matches: Sequence[Match],
        told: Sequence[Sentence],
        word_count: int,
    ) -> tuple[Match, ...]:
        """The matches, stronger where the sentences told make a point in other words.

        `word_count` is of the distinct words in all of the answer: so many had the chance to be met.

        In a long text about something else words are met by chance, so sentences without any word of
        the question or a good answer to it weigh against it.
        """
        wanted = self._wanted(question)
        answer = Meaning(" ".join(sentence.text for sentence in told), self._vectors)
        if not len(answer) or not len(wanted.meaning):
            return tuple(matches)
        alike = likeness(wanted.meaning, answer) ** 2
        chance = min(0.9, _MET_BY_CHANCE * word_count ** (1 / 3))
        met = (np.sqrt(wanted.shares @ alike.max(axis=1)) - chance) / (1 - chance)
        low, high = wanted.bounds.T
        strengths = np.clip((met - low) / (high - low), 0.0, 1.0) * _density(question, told)
        if all(strengths <= [match.strength for match in matches]):
            return tuple(matches)
        spoken = [answer.places(sentence.text) for sentence in told]
        return tuple(
            match
            if strength <= match.strength
            else Match(match.key_point, float(strength), _best(told, spoken, shares @ alike))
            for match, strength, shares in zip(matches, strengths, wanted.shares, strict=True)
        )

    def _read(self, question: Question) -> _Wanted:
        ways = [[point.text, *point.wordings] for point in question.key_points]
        meaning = Meaning(" ".join(text for texts in ways for text in texts), self._vectors)
        asked = frozenset(own_stems(question.text))
        weights = np.array([self._weight(stem, asked) for stem in meaning.stems])
        shares = np.array([_shares(meaning, texts, weights) for texts in ways])
        bounds = [_bounds(point) for point in question.key_points]
        return _Wanted(meaning, shares.reshape(len(ways), len(meaning)), np.array(bounds))

    def _weight(self, stem: str, asked: frozenset[str]) -> float:
        return self._rarity.get(stem, 1.0) * (QUESTION_WORD_WEIGHT if stem in asked else 1.0)


def _density(question: Question, told: Sequence[Sentence]) -> float:
    return min(1.0, len(to_the_point(question, told)) / max(1.0, _TO_THE_POINT_SHARE * len(told)))


def _bounds(point: KeyPoint) -> tuple[float, float]:
    return _WITH_WORDINGS if point.wordings else _TEXT_ALONE


def _shares(meaning: Meaning, texts: Sequence[str], weights: Floats) -> Floats:
    """What each word counts for a key point: every way to put it counts the same."""
    shares = np.zeros(len(meaning))
    for text in texts:
        places = meaning.places(text)
        if places:
            shares[places] += weights[places] / max(weights[places].sum(), 1e-9)
    return np.asarray(shares / max(shares.sum(), 1e-9), dtype=np.float64)


def _best(
    told: Sequence[Sentence], spoken: Sequence[Sequence[int]], alike: Floats
) -> Sentence | None:
    """The sentence whose words are most like those of the key point."""
    fit = [float(alike[columns].sum()) for columns in spoken]
    return told[fit.index(max(fit))] if fit else None
