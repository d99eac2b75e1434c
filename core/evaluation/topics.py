"""Whether an answer would rather be the answer to another question.

What an answer is about is compared with what each question is about, apart from what all questions have
in common. How close the two are in themselves depends on how someone talks; that another question is far
closer does not. A story of one's own may be
about anything, so it is only compared with questions that ask for no story.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np

from core.domain.question import Question
from core.evaluation.story import is_story
from core.evaluation.terms import Floats, Meaning, WordVectors

_ANSWERS_IT = 0.2
"""How much closer (cosine) another question may be before an answer counts less: of answers that were
written for the question, 95% lie below."""
_ANSWERS_ANOTHER = 0.38
"""Where an answer counts least: the reference answers of all neighbouring questions lie above."""
_ABOUT_IT = (0.25, 0.45)
"""How close (cosine) an answer is to the other question when it is hardly about it, and when it surely is:
texts about something else reach 0.33, answers written for a question have 0.3 in the mean."""
_STORY_ABOUT_IT = (0.3, 0.5)
"""The same for a story of one's own, which may well be set in the field of a question."""
_LEAST = 0.1


class Topics:
    """What all questions of the content are about."""

    def __init__(
        self, questions: Iterable[Question], vectors: WordVectors, rarity: Mapping[str, float]
    ) -> None:
        """Read the questions, about a millisecond each; `rarity` is how telling each stem is (0–1)."""
        self._vectors = vectors
        self._rarity = rarity
        known = tuple(questions)
        whole = np.array([self._whole(_about(q)) for q in known] or [self._whole("")])
        self._common = whole.mean(axis=0) if len(known) > 1 else 0.0 * whole[0]
        self._directions = _directed(whole - self._common)[: len(known)]
        self._plain = self._directions[np.array([not is_story(q) for q in known], dtype=bool)]
        self._asked = lru_cache(maxsize=500)(self._direction)

    def belonging(self, question: Question, answer: str) -> float:
        """1 where an answer is about the question, down to 0.1 where it is about another one."""
        others = self._plain if is_story(question) else self._directions
        if not len(others):
            return 1.0
        told = self._direction(answer)
        closest = float((others @ told).max(initial=-1.0))
        excess = closest - float(self._asked(_about(question)) @ told)
        about_it = _STORY_ABOUT_IT if is_story(question) else _ABOUT_IT
        strays = _share(excess, _ANSWERS_IT, _ANSWERS_ANOTHER) * _share(closest, *about_it)
        return 1 - (1 - _LEAST) * strays

    def _direction(self, text: str) -> Floats:
        return _directed(self._whole(text) - self._common)

    def _whole(self, text: str) -> Floats:
        """The words of a text at the weight of how telling they are, at length 1."""
        meaning = Meaning(text, self._vectors)
        weights = np.array([self._rarity.get(stem, 1.0) for stem in meaning.stems])
        return _directed(meaning.weighted(weights))


def _share(value: float, low: float, high: float) -> float:
    """0 up to the first bound, 1 from the second."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _directed(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float64)


def _about(question: Question) -> str:
    return " ".join([question.reference_answer, *(k.text for k in question.key_points)])
