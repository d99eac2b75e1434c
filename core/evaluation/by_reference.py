"""What is found of a reference answer's points where no key points were written down.

A point is looked for in each sentence of the answer by the likeness of words, so that other words for the
same thing count in part.
"""

from collections.abc import Sequence
from math import sqrt

from core.domain.question import KeyPoint, Question
from core.evaluation.coverage import Match
from core.evaluation.denial import denies
from core.evaluation.grade_rules import repeats
from core.evaluation.reference import key_points_of
from core.evaluation.terms import Floats, Meaning, WordVectors, best_likeness, likeness, terms
from core.evaluation.text import Sentence, sentences

_NOTHING_AT = 0.3
_EVERYTHING_AT = 0.9
"""Likenesses of a sentence to a point that count as nothing and as all of it: unrelated technical words
reach the one, and a good paraphrase hardly ever reaches 1."""


def is_by_reference(question: Question) -> bool:
    """Whether there is a reference answer, and nothing else to judge by."""
    return not question.key_points and bool(terms(question.reference_answer))


def told_sentences(question: Question, answer: str) -> tuple[Sentence, ...]:
    """The sentences that say something which the question did not say."""
    return tuple(
        sentence
        for sentence in sentences(answer)
        if terms(sentence.text)
        and not repeats(sentence.text, question.text, question.reference_answer)
    )


def match_reference(
    question: Question, told: Sequence[Sentence], vectors: WordVectors
) -> tuple[Match, ...]:
    """One match for each point of the reference answer, over the sentences told."""
    undenied = [s for s in told if not denies(question.reference_answer, s.text)]
    wanted = Meaning(question.reference_answer, vectors)
    answer = Meaning(" ".join(s.text for s in undenied), vectors)
    alike = likeness(wanted, answer)
    newness = 1.001 - best_likeness(wanted, Meaning(question.text, vectors))
    spoken = [(sentence, answer.places(sentence.text)) for sentence in undenied]
    return tuple(
        _match(point, alike[rows], newness[rows], spoken)
        for point in key_points_of(question.reference_answer)
        for rows in [wanted.places(point.text)]
    )


def _match(
    key_point: KeyPoint,
    alike: Floats,
    newness: Floats,
    spoken: Sequence[tuple[Sentence, Sequence[int]]],
) -> Match:
    """The sentence that makes a point best; `alike` has a row for each word of the point."""
    found = [(_strength(alike[:, columns], newness), sentence) for sentence, columns in spoken]
    strength, sentence = max(found, key=lambda pair: pair[0], default=(0.0, None))
    return Match(key_point, strength, sentence)


def _strength(alike: Floats, newness: Floats) -> float:
    """0–1: how far one sentence makes a point."""
    if not len(alike):
        return 0.0
    squares = float(alike.max(axis=1, initial=0.0) ** 2 @ newness / newness.sum())
    reached = (sqrt(squares) - _NOTHING_AT) / (_EVERYTHING_AT - _NOTHING_AT)
    return min(1.0, max(0.0, reached))
