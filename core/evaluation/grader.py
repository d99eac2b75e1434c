"""The grade that human graders would give a short technical answer, from question and reference alone.

A forest learned from human grades says how far the answer goes; rules follow where it can be fooled. It
compares words, it does not know what is true.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from core.evaluation.features import Reference
from core.evaluation.forest import Forest
from core.evaluation.grade_rules import ruled
from core.evaluation.terms import WordVectors


@dataclass(frozen=True, slots=True)
class Bands:
    """How far scores were from human grades: one half-width for each band of scores, in points.

    `edges` are the scores at which the next band begins, ascending, one fewer than `half_widths`.
    """

    edges: tuple[float, ...]
    half_widths: tuple[float, ...]

    def half_width(self, score: float) -> float:
        """What about two thirds of the human grades lie within, for answers that get this score."""
        return self.half_widths[bisect_right(self.edges, score)]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned from graded answers. The forest speaks in points, 0–100.

    `by_reference` is the error of the grader's own scores on questions that it had not seen,
    `by_key_points` that of scores by key points, for the same answers.
    """

    forest: Forest
    by_reference: Bands
    by_key_points: Bands


class Grader:
    """Grades answers against reference answers. Thread-safe; the same answer gets the same grade."""

    def __init__(self, vectors: WordVectors, fitted: Fitted) -> None:
        """Take the word vectors that the forest was fitted with, and what was fitted."""
        self.vectors = vectors
        self.fitted = fitted
        self._reference: Callable[[str, str], Reference] = lru_cache(maxsize=500)(self._read)

    def grade(self, question: str, reference: str, answer: str) -> float:
        """Points, 0–100."""
        return ruled(self._forest_grade, self.vectors, question, reference, answer)

    def _forest_grade(self, question: str, reference: str, answer: str) -> float:
        return self.fitted.forest.predict(self._reference(question, reference).features(answer))

    def _read(self, question: str, reference: str) -> Reference:
        return Reference(question, reference, self.vectors)
