"""Rules on top of a fitted grade, for what no graded answer shows.

They are for the question repeated, a list of keywords, a sentence of the reference denied, words that have
nothing to do with the matter, and text beside the point around (or in place of) an answer.
"""

from collections.abc import Callable, Sequence

from core.evaluation.denial import denied_share
from core.evaluation.measures import is_list_like
from core.evaluation.terms import Floats, Meaning, WordVectors, best_likeness, terms
from core.evaluation.text import Sentence, sentences, words

KEYWORDS_AT_MOST = 50.0
"""A list of the right keywords shows half of the knowledge at most: nothing is said about them."""
_KEYWORDS_SHARE = 0.95
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
_LEAST_TO_THE_POINT = 0.06
"""The share of a long answer that has to be to the point; less is there by chance."""
_NOTHING_TO_THE_POINT_KEEPS = 0.2

_RELATED = (0.05, 0.12)
"""Mean likenesses of an answer's words to those of question and reference: nonsense and talk about
something else lie about the second and below, of good answers 99% lie above it."""
_UNRELATED_KEEPS = 0.4


Grade = Callable[[str, str, str], float]
"""Points for question, reference answer and answer."""


def ruled(grade: Grade, vectors: WordVectors, question: str, reference: str, answer: str) -> float:
    """The points that `grade` gives, after the rules that hold whatever was learned."""
    own = [s for s in sentences(answer) if not repeats(s.text, question, reference)]
    if not any(terms(sentence.text) for sentence in own):
        return 0.0
    told, keeps = _to_the_point(own, reference, vectors)
    keeps *= _relation(Meaning(told, vectors), Meaning(f"{question} {reference}", vectors))
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
    is_bare = len(terms(answer)) >= _KEYWORDS_SHARE * len(words(answer))
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
    meant = Meaning(whole, vectors)
    alike = best_likeness(meant, Meaning(reference, vectors))
    kept = [s.text for s in told if _mean(alike[meant.places(s.text)]) >= _BESIDE_BELOW]
    in_all, to_the_point = len(words(whole)), len(words(" ".join(kept)))
    if to_the_point < _LEAST_TO_THE_POINT * in_all:
        return whole, _NOTHING_TO_THE_POINT_KEEPS
    beside = max(0, in_all - to_the_point - _FREE_WORDS_BESIDE)
    return " ".join(kept), 1 / (1 + beside / _HALVING_WORDS_BESIDE)


def _relation(told: Meaning, given: Meaning) -> float:
    """1 for an answer that has to do with question or reference, less for one that has not."""
    low, high = _RELATED
    share = (_mean(best_likeness(told, given)) - low) / (high - low)
    return _UNRELATED_KEEPS + (1 - _UNRELATED_KEEPS) * min(1.0, max(0.0, share))


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 0.0
