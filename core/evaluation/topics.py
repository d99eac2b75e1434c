"""Whether an answer would rather be the answer to another question.

What an answer is about is compared with what each question is about. How close the two are in themselves
depends on how someone talks; that another question is far closer does not. A story of one's own may be
about anything, so it is only compared with questions that ask for no story.
"""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from core.domain.question import Question
from core.evaluation.story import is_story
from core.evaluation.terms import Floats, Meaning, WordVectors

_ANSWERS_IT = 0.2
_ANSWERS_ANOTHER = 0.45
"""How much closer (cosine) another question may be before an answer counts less, and where it counts
least. Of the question's own wordings, 99% lie below the first; of other questions' answers, 90% lie
above 0.4. Of good answers that people gave to long questions on networks, 97% lie below the first."""
_LEAST = 0.1


class Topics:
    """What all questions of the content are about."""

    def __init__(self, questions: Iterable[Question], vectors: WordVectors) -> None:
        """Read the questions, about a millisecond each."""
        self._vectors = vectors
        known = tuple(questions)
        self._directions = np.array([self._direction(_about(q)) for q in known])
        self._plain = self._directions[[not is_story(q) for q in known]]
        self._asked = lru_cache(maxsize=500)(self._direction)

    def belonging(self, question: Question, answer: str) -> float:
        """1 where an answer is about the question, down to 0.1 where it is about another one."""
        others = self._plain if is_story(question) else self._directions
        if not len(others):
            return 1.0
        told = self._direction(answer)
        closest = float((others @ told).max(initial=-1.0))
        excess = closest - float(self._asked(_about(question)) @ told)
        strays = (excess - _ANSWERS_IT) / (_ANSWERS_ANOTHER - _ANSWERS_IT)
        return 1 - (1 - _LEAST) * float(np.clip(strays, 0.0, 1.0))

    def _direction(self, text: str) -> Floats:
        whole = Meaning(text, self._vectors).whole
        return np.asarray(whole / max(float(np.linalg.norm(whole)), 1e-9), dtype=np.float64)


def _about(question: Question) -> str:
    return " ".join([question.reference_answer, *(k.text for k in question.key_points)])
