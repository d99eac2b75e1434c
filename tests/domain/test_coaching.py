import pytest

from core.domain.attempt import Attempt
from core.domain.coaching import (
    Advice,
    SelfRating,
    advice_for,
    criterion_changes,
    rating_gap,
    self_rating,
    shown_range,
)
from core.domain.evaluation import ScoreRange
from core.domain.interview import Interview
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.report import build_report, rating_in_words
from core.domain.rubric import Criterion
from core.domain.scoring import level_of
from tests.builders import (
    NOW,
    a_judged_interview,
    a_started_interview,
    a_void_evaluation,
    an_answered_interview,
    an_evaluation,
    judgements,
)
from tests.known_providers import OPENAI

_C = Criterion
_ADVICE: Advice = {c: {level: f"{c} {level}" for level in range(1, 6)} for c in Criterion}


@pytest.mark.parametrize(
    ("level", "whole"), [(1, 1), (1.9, 1), (2.0, 2), (4.99, 4), (5, 5), (0, 1), (7, 5)]
)
def test_advice_is_that_of_the_whole_level_reached(level: float, whole: int) -> None:
    assert advice_for(_ADVICE, _C.DEPTH, level) == f"depth {whole}"


def test_changes_name_each_criterion_of_the_later_judgement() -> None:
    before = an_evaluation(criteria=judgements({_C.DEPTH: 2.0, _C.CLARITY: None}))
    after = an_evaluation(criteria=judgements({_C.DEPTH: 3.5, _C.CLARITY: 3.0}))
    changes = criterion_changes(before, after)
    assert [(c.criterion, c.difference) for c in changes] == [(_C.DEPTH, 1.5), (_C.CLARITY, None)]


@pytest.mark.parametrize(("score", "level"), [(0, 1), (40, 2.6), (100, 5)])
def test_score_stands_for_a_level(score: float, level: float) -> None:
    assert level_of(score) == pytest.approx(level)


def _rated(*ratings: int) -> Interview:
    """An interview whose opener has attempts with these ratings, each judged with 40 of 100."""
    interview = a_started_interview()
    for number, rating in enumerate(ratings, 1):
        answered = interview.submit_answer(1, f"Attempt {number}.", NOW).rate_self(
            1, number, rating
        )
        interview = answered.record_evaluation(1, number, an_evaluation(40.0)).try_again()
    return interview


def test_gap_is_the_rating_less_the_level_of_the_judgement() -> None:
    assert rating_gap(_rated(4).turn_at(1).attempts[0]) == pytest.approx(1.4)


@pytest.mark.parametrize(
    "interview",
    [
        an_answered_interview().rate_self(1, 1, 4),
        an_answered_interview().rate_self(1, 1, 4).record_evaluation(1, 1, a_void_evaluation()),
        an_answered_interview().record_evaluation(1, 1, an_evaluation()),
    ],
)
def test_no_gap_without_both_rating_and_judgement(interview: Interview) -> None:
    assert rating_gap(interview.turn_at(1).attempts[0]) is None
    assert self_rating(interview.turns) is None


def test_report_has_the_mean_gap_of_all_rated_attempts() -> None:
    found = build_report(_rated(4, 3)).self_rating
    assert found is not None
    assert found.mean_gap == pytest.approx(0.9)
    assert found.count == 2


def _looked_at_twice(reason: str) -> Attempt:
    """An attempt judged with 58 (range 48–68), then with 66 (range 56–76)."""
    ai = InterviewerChoice(OPENAI, "a-model")
    judged = a_judged_interview(an_evaluation(58.0), interviewer=ai).dispute(1, 1, reason)
    return judged.record_evaluation(1, 1, an_evaluation(66.0)).turn_at(1).attempts[0]


def test_range_of_two_looks_spans_both_scores() -> None:
    assert shown_range(_looked_at_twice("")) == ScoreRange(66, 58, 66)


def test_range_after_an_objection_is_that_of_the_newer_judgement() -> None:
    assert shown_range(_looked_at_twice("It was right.")) == ScoreRange(66, 56, 76)


def test_answer_without_a_judgement_has_no_range() -> None:
    assert shown_range(an_answered_interview().turn_at(1).attempts[0]) is None


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        (SelfRating(1.2, 3), "1.2 levels higher than the judgement on average (3 ratings)"),
        (SelfRating(-0.8, 2), "0.8 levels lower"),
        (SelfRating(0.4, 1), "much as the judgement does (one rating)"),
    ],
)
def test_gap_in_words(rating: SelfRating, words: str) -> None:
    assert words in rating_in_words(rating)
