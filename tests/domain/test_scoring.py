from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.domain.evaluation import ScoreRange
from core.domain.question import Kind
from core.domain.rubric import Criterion
from core.domain.scoring import (
    INCORRECT_CAP,
    clamped_level,
    criterion_means,
    interview_range,
    overall_score,
    points,
    score_range,
)
from core.domain.turn import Turn
from tests.builders import (
    NOW,
    a_judged_interview,
    a_question,
    a_started_interview,
    a_void_evaluation,
    an_answered_interview,
    an_evaluation,
    judgements,
    real_content,
)

_WEIGHTS = real_content().rubrics[Kind.TECHNICAL].weights
_C = Criterion
_a_level = st.floats(min_value=1, max_value=5)
_levels = st.dictionaries(st.sampled_from(Criterion), _a_level | st.none(), min_size=1)
_scores = st.floats(min_value=0, max_value=100)
_ranges = st.builds(score_range, _scores, st.floats(min_value=0, max_value=100))


def _turns(*ranges: ScoreRange | None) -> tuple[Turn, ...]:
    """One answered question for each range."""
    turn = a_judged_interview().turn_at(1)
    attempt = turn.attempts[0]
    return tuple(
        replace(turn, attempts=(replace(attempt, evaluation=an_evaluation(overall=overall)),))
        for overall in ranges
    )


# --- one level ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "expected"), [(1, 0), (2, 25), (3, 50), (3.5, 62.5), (5, 100)])
def test_level_is_worth_its_points(level: float, expected: float) -> None:
    assert points(level) == expected


@given(st.floats(allow_nan=False))
def test_any_level_is_clamped_to_one_to_five(level: float) -> None:
    assert 1 <= clamped_level(level) <= 5


# --- one answer ---------------------------------------------------------------------------------


def test_overall_is_the_weighted_mean_of_points() -> None:
    weights = {_C.CORRECTNESS: 0.75, _C.CLARITY: 0.25}
    found = overall_score(judgements({_C.CORRECTNESS: 3.0, _C.CLARITY: 5.0}), weights)
    assert found == pytest.approx(0.75 * 50 + 0.25 * 100)


@given(_levels)
def test_overall_lies_between_0_and_100(levels: dict[Criterion, float | None]) -> None:
    found = overall_score(judgements(levels), _WEIGHTS)
    assert found is None or 0 <= found <= 100


@pytest.mark.parametrize("kind", Kind)
def test_best_levels_of_any_criteria_are_worth_100(kind: Kind) -> None:
    weights = real_content().rubrics[kind].weights
    subsets = [chosen for n in range(1, 6) for chosen in combinations(Criterion, n)]
    found = [overall_score(judgements(dict.fromkeys(s, 5.0)), weights) for s in subsets]
    assert found == pytest.approx([100] * len(subsets))
    assert max(score for score in found if score is not None) <= 100


@given(_levels, st.sampled_from(Criterion), st.floats(min_value=0, max_value=4))
def test_higher_level_never_lowers_the_overall(
    levels: dict[Criterion, float | None], raised: Criterion, by: float
) -> None:
    before_level = levels.get(raised)
    assume(before_level is not None)
    assert before_level is not None
    better = levels | {raised: min(5.0, before_level + by)}
    before = overall_score(judgements(levels), _WEIGHTS)
    after = overall_score(judgements(better), _WEIGHTS)
    assert before is not None
    assert after is not None
    assert after >= before - 1e-9


@pytest.mark.parametrize("correctness", [1.0, 1.2, 1.49])
def test_incorrect_answer_gets_at_most_20_however_well_it_is_told(correctness: float) -> None:
    levels = dict.fromkeys(Criterion, 5.0) | {_C.CORRECTNESS: correctness}
    assert overall_score(judgements(levels), _WEIGHTS) == INCORRECT_CAP == 20


def test_correctness_that_rounds_to_two_is_not_capped() -> None:
    levels = dict.fromkeys(Criterion, 5.0) | {_C.CORRECTNESS: 1.5}
    found = overall_score(judgements(levels), _WEIGHTS)
    assert found is not None
    assert found > INCORRECT_CAP


def test_low_score_of_an_incorrect_answer_is_not_raised_to_the_cap() -> None:
    assert overall_score(judgements(dict.fromkeys(Criterion, 1.0)), _WEIGHTS) == 0


@given(_levels, st.sampled_from(Criterion))
def test_criterion_that_was_not_assessed_is_left_out(
    levels: dict[Criterion, float | None], unassessed: Criterion
) -> None:
    without = {criterion: level for criterion, level in levels.items() if criterion != unassessed}
    named = judgements(without | {unassessed: None})
    assert overall_score(named, _WEIGHTS) == overall_score(judgements(without), _WEIGHTS)


def test_nothing_assessed_has_no_score() -> None:
    assert overall_score(judgements(dict.fromkeys(Criterion)), _WEIGHTS) is None


@given(_scores, st.floats(min_value=0, max_value=200))
def test_range_holds_its_score_within_0_and_100(score: float, half_width: float) -> None:
    found = score_range(score, half_width)
    assert 0 <= found.low <= found.score <= found.high <= 100


# --- an interview -------------------------------------------------------------------------------


def test_interview_score_is_the_mean_of_its_answers() -> None:
    found = interview_range(_turns(score_range(40, 10), score_range(80, 10)))
    assert found is not None
    assert found.score == 60


@given(st.lists(_ranges, min_size=1, max_size=15))
def test_interview_score_lies_within_its_range_and_0_to_100(ranges: list[ScoreRange]) -> None:
    found = interview_range(_turns(*ranges))
    assert found is not None
    assert 0 <= found.low <= found.score <= found.high <= 100


@given(st.lists(_ranges, min_size=1, max_size=15))
def test_interview_score_lies_between_its_worst_and_best_answer(ranges: list[ScoreRange]) -> None:
    found = interview_range(_turns(*ranges))
    scores = [one.score for one in ranges]
    assert found is not None
    assert min(scores) - 1e-9 <= found.score <= max(scores) + 1e-9


@given(st.lists(_ranges, min_size=1, max_size=6), st.integers(min_value=1, max_value=5))
def test_unscored_answers_never_change_the_interview_score(
    ranges: list[ScoreRange], unscored: int
) -> None:
    assert interview_range(_turns(*ranges, *[None] * unscored)) == interview_range(_turns(*ranges))


def test_skipped_pending_failed_and_void_answers_are_not_counted_as_zero() -> None:
    unscored = (
        a_started_interview().skip(1),
        an_answered_interview(),
        an_answered_interview().record_failure(1, 1, "It broke."),
        a_judged_interview(a_void_evaluation()),
        a_started_interview(),
    )
    turns = (*_turns(score_range(80, 10)), *(interview.turn_at(1) for interview in unscored))
    assert interview_range(turns) == interview_range(_turns(score_range(80, 10)))


def test_interview_without_any_score_has_none() -> None:
    assert interview_range((a_started_interview().turn_at(1),)) is None


def test_more_answers_make_the_range_narrower() -> None:
    one = interview_range(_turns(score_range(50, 20)))
    four = interview_range(_turns(*[score_range(50, 20)] * 4))
    assert one is not None
    assert four is not None
    assert (one.high - one.low, four.high - four.low) == (40, 20)


def test_criterion_mean_leaves_out_answers_where_it_was_not_assessed() -> None:
    turn = a_judged_interview(an_evaluation(criteria=judgements({_C.DEPTH: 4.0}))).turn_at(1)
    unassessed = a_judged_interview(
        an_evaluation(criteria=judgements({_C.DEPTH: None, _C.CLARITY: 2.0}))
    ).turn_at(1)
    assert criterion_means((turn, unassessed)) == {_C.DEPTH: 4.0, _C.CLARITY: 2.0}


def test_criterion_means_of_unanswered_questions_are_empty() -> None:
    assert criterion_means((Turn(1, a_question(), "Because.", NOW),)) == {}
