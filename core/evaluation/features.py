"""What of an answer can be measured against a reference answer, without understanding either.

What counts is what the reference says beyond the question: a word is the newer, the less it is alike to
any word of the question. Repeating the question therefore shows nothing.
"""

import numpy as np

from core.evaluation.terms import (
    Floats,
    Meaning,
    WordVectors,
    best_likeness,
    closeness,
    negations,
)

FEATURES = (
    "told",  # how much of what is new in the reference has an alike word in the answer, mean
    "told_squared",  # the same, root of the mean square: a few words told beat many hinted at
    "told_newest",  # the same for the reference's three newest words
    "closeness",  # the cosine of answer and reference as wholes
    "closeness_beyond",  # the same without what both share with the question
    "closeness_to_question",  # the cosine of answer and question
    "same_pairs",  # the share of the reference's neighbouring words that are neighbours in the answer
    "denies_otherwise",  # one of answer and reference has a denying word, the other has none
    "denies",  # the answer has a denying word
)
_NEWEST = 3
_LEAST_NEWNESS = 1e-6
"""A word of the question weighs next to nothing, yet something, or else nothing would have weight."""


class Reference:
    """A question and its reference answer, read once for all answers."""

    def __init__(self, question: str, reference: str, vectors: WordVectors) -> None:
        """Read the two; `vectors` is asked again for each answer."""
        self._vectors = vectors
        self._asked = Meaning(question, vectors)
        self._wanted = Meaning(reference, vectors)
        self._newness = _newness(self._wanted, self._asked)
        self._newest = np.argsort(-self._newness, kind="stable")[:_NEWEST]
        self._denies = negations(reference) > 0

    def features(self, answer: str) -> Floats:
        """One number for each of `FEATURES`, in their order."""
        told = Meaning(answer, self._vectors)
        found = best_likeness(self._wanted, told)
        denies = negations(answer) > 0
        return np.array(
            [
                _mean(found, self._newness),
                np.sqrt(_mean(found**2, self._newness)),
                float(found[self._newest].mean()) if len(found) else 0.0,
                closeness(self._wanted.whole, told.whole),
                self._closeness_beyond(told),
                closeness(self._asked.whole, told.whole),
                len(self._wanted.pairs & told.pairs) / max(1, len(self._wanted.pairs)),
                float(denies != self._denies),
                float(denies),
            ]
        )

    def _closeness_beyond(self, told: Meaning) -> float:
        asked = self._asked.whole
        return closeness(_beyond(self._wanted.whole, asked), _beyond(told.whole, asked))


def _newness(words: Meaning, asked: Meaning) -> Floats:
    return 1 - best_likeness(words, asked) + _LEAST_NEWNESS


def _mean(values: Floats, weights: Floats) -> float:
    return float(values @ weights / weights.sum()) if len(values) else 0.0


def _beyond(whole: Floats, asked: Floats) -> Floats:
    """What is left of a vector without its part in the direction of the question."""
    size = float(asked @ asked)
    return whole - (whole @ asked) / size * asked if size > 1e-9 else whole
