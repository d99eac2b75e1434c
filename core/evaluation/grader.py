"""The grade that human graders would give a short technical answer, from question and reference alone.

A forest learned from human grades says how far the answer goes; rules follow where it can be fooled and
no graded answer shows it: the question repeated, a list of keywords, a sentence of the reference denied,
and text beside the point around (or in place of) an answer. It compares words, it does not know what is
true.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.evaluation.denial import denied_share
from core.evaluation.features import Reference
from core.evaluation.forest import Forest
from core.evaluation.measures import is_list_like
from core.evaluation.terms import Meaning, WordVectors, best_likeness, terms
from core.evaluation.text import Sentence, function_word_share, sentences, words

KEYWORDS_AT_MOST = 50.0
"""A list of the right keywords shows half of the knowledge at most: nothing is said about them."""
_KEYWORDS_FUNCTION_SHARE = 0.1
_FEWEST_KEYWORDS = 5
_FEWEST_COMMAS = 2
_LONGEST_BARE_CLAUSE = 7
"""So many words without one that carries grammar may be a terse clause; more are a list."""

_REPEATS_OWN_WORDS = 0.2
_REPEATS_ASKED_WORDS = 0.5
"""A sentence with so few words of its own and so many of the question repeats it."""
_FEWEST_ASKED_WORDS = 3
"""The words of a shorter question may well be the answer to it, in another order."""

_DENIED_KEEPS = 0.3

_LONG_WORDS = 100
"""Below it, an answer is short enough that a sentence in words of its own may be all of it."""
_BESIDE_BELOW = 0.2
"""Sentences whose words are less alike to the reference than this are beside the point."""
_FREE_WORDS_BESIDE = 100
_HALVING_WORDS_BESIDE = 300
_NOTHING_TO_THE_POINT_KEEPS = 0.2


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


Grade = Callable[[str, str, str], float]
"""Points for question, reference answer and answer."""


def ruled(grade: Grade, vectors: WordVectors, question: str, reference: str, answer: str) -> float:
    """The points that `grade` gives, after the rules that hold whatever was learned."""
    own = [s for s in sentences(answer) if not repeats(s.text, question, reference)]
    if not any(terms(sentence.text) for sentence in own):
        return 0.0
    told, keeps = _to_the_point(own, reference, vectors)
    points = keeps * grade(question, reference, told)
    if are_keywords(answer, reference):
        points = min(points, KEYWORDS_AT_MOST)
    return points * (1 - (1 - _DENIED_KEEPS) * denied_share(reference, answer))


def repeats(sentence: str, question: str, reference: str) -> bool:
    """Whether a sentence says again what was asked, without a word that only the reference has."""
    told, asked = _stems(sentence), _stems(question)
    own = told - asked
    is_asked = len(told & asked) >= max(_FEWEST_ASKED_WORDS, _REPEATS_ASKED_WORDS * len(asked))
    return is_asked and len(own) <= _REPEATS_OWN_WORDS * len(told) and not own & _stems(reference)


def are_keywords(answer: str, reference: str) -> bool:
    """Whether the answer is a list of words although the reference answer is not."""
    is_bare = function_word_share(answer) < _KEYWORDS_FUNCTION_SHARE
    is_row = answer.count(",") >= _FEWEST_COMMAS or len(words(answer)) > _LONGEST_BARE_CLAUSE
    is_list = is_bare and is_row and len(words(answer)) >= _FEWEST_KEYWORDS
    return is_list and is_list_like(answer) and not is_list_like(reference)


def _stems(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in terms(text))


def _to_the_point(
    told: Sequence[Sentence], reference: str, vectors: WordVectors
) -> tuple[str, float]:
    """The sentences of a long answer that have to do with the reference, and the share of points kept.

    A short answer is left as it is.
    """
    whole = " ".join(sentence.text for sentence in told)
    if len(words(whole)) < _LONG_WORDS:
        return whole, 1.0
    wanted = Meaning(reference, vectors)
    kept = [s.text for s in told if _alike(s.text, wanted, vectors) >= _BESIDE_BELOW]
    if not kept:
        return whole, _NOTHING_TO_THE_POINT_KEEPS
    beside = len(words(whole)) - len(words(" ".join(kept))) - _FREE_WORDS_BESIDE
    return " ".join(kept), 1 / (1 + max(0, beside) / _HALVING_WORDS_BESIDE)


def _alike(sentence: str, wanted: Meaning, vectors: WordVectors) -> float:
    told = Meaning(sentence, vectors)
    return float(best_likeness(told, wanted).mean()) if len(told) else 0.0
