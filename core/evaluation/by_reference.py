"""What is found of a reference answer's points where no key points were written down.

A point is looked for in each sentence of the answer by the likeness of words, so that other words for the
same thing count in part. How good the whole is seen to be has a say in how far each point is made.
"""

from collections.abc import Sequence

import numpy as np

from core.domain.question import KeyPoint, Question
from core.evaluation.coverage import Match
from core.evaluation.denial import denies
from core.evaluation.grade_rules import repeats
from core.evaluation.grader import Grader
from core.evaluation.reference import key_points_of
from core.evaluation.terms import Floats, Meaning, best_likeness, terms
from core.evaluation.text import Sentence, sentences

_NOTHING_AT = 0.3
_EVERYTHING_AT = 0.9
"""Likenesses of a sentence to a point that count as nothing and as all of it: unrelated technical words
reach the one, and a good paraphrase hardly ever reaches 1."""
_GRADE_SHARE = 0.5


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
    question: Question, told: Sequence[Sentence], points: float, grader: Grader
) -> tuple[Match, ...]:
    """One match for each point of the reference answer; `points` (0–100) is the grade of the whole."""
    asked = Meaning(question.text, grader.vectors)
    spoken = [(sentence, Meaning(sentence.text, grader.vectors)) for sentence in told]
    return tuple(
        _match(key_point, asked, spoken, points / 100, grader)
        for key_point in key_points_of(question.reference_answer)
    )


def _match(
    key_point: KeyPoint,
    asked: Meaning,
    spoken: Sequence[tuple[Sentence, Meaning]],
    grade: float,
    grader: Grader,
) -> Match:
    wanted = Meaning(key_point.text, grader.vectors)
    newness = 1.001 - best_likeness(wanted, asked)
    found = [
        (
            0.0 if denies(key_point.text, sentence.text) else _strength(wanted, newness, own),
            sentence,
        )
        for sentence, own in spoken
    ]
    strength, sentence = max(found, key=lambda pair: pair[0], default=(0.0, None))
    return Match(key_point, (1 - _GRADE_SHARE) * strength + _GRADE_SHARE * grade, sentence)


def _strength(wanted: Meaning, newness: Floats, told: Meaning) -> float:
    """0–1: how far one sentence makes a point."""
    if not len(wanted):
        return 0.0
    squares = float(best_likeness(wanted, told) ** 2 @ newness / newness.sum())
    return float(
        np.clip((np.sqrt(squares) - _NOTHING_AT) / (_EVERYTHING_AT - _NOTHING_AT), 0.0, 1.0)
    )
