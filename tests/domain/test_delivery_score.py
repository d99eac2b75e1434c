"""Delivery's part of a score: from sourced thresholds, small, and marked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.delivery import Delivery, Measure
from core.domain.delivery_score import (
    DELIVERY_WEIGHT,
    delivery_effect,
    delivery_points,
    delivery_told,
    filler_points,
    moved,
    pace_points,
    with_delivery,
)
from core.domain.evaluation import Evaluation, impression_of
from core.domain.heard import Heard, Take
from core.domain.history import answers_of, summary_of
from core.domain.interview import Interview
from core.domain.progress import HeldInterview, evaluators, judged_interviews
from core.domain.report import build_report
from core.domain.rubric import Criterion
from core.domain.scoring import INCORRECT_CAP, score_range
from tests.builders import a_judged_interview, an_evaluation, judgements
from tests.speaking_doubles import RECORDING_ID

rates = st.floats(0.0, 1_000.0)
_SOURCED = (Measure.PACE, Measure.FILLERS)


def a_spoken(pace: float | None = None, fillers: float | None = None) -> tuple[Take, ...]:
    delivery = Delivery(60.0, 50.0, 120, words_per_minute=pace, fillers_per_minute=fillers)
    return (Take(RECORDING_ID, Heard(delivery=delivery)),)


def an_interview_with_delivery(
    pace: float | None = 82.5, evaluation: Evaluation | None = None
) -> Interview:
    return a_judged_interview(with_delivery(evaluation or an_evaluation(60.0), a_spoken(pace)))


@pytest.mark.parametrize(
    ("rate", "points"), [(100, 100), (165, 100), (130, 100), (50, 50), (330, 50), (0, 0)]
)
def test_pace_is_set_against_the_sourced_bounds(rate: float, points: float) -> None:
    assert pace_points(rate) == points


@pytest.mark.parametrize(("rate", "points"), [(0, 100), (5, 100), (8.5, 50), (12, 0), (40, 0)])
def test_fillers_are_set_against_the_rates_of_the_study(rate: float, points: float) -> None:
    assert filler_points(rate) == pytest.approx(points)


@given(rates, rates)
def test_farther_from_the_bounds_is_never_better(one: float, other: float) -> None:
    fewer, more = sorted((one, other))
    assert filler_points(fewer) >= filler_points(more)
    if fewer >= 165:
        assert pace_points(fewer) >= pace_points(more)
    if more <= 100:
        assert pace_points(fewer) <= pace_points(more)


@pytest.mark.parametrize("measure", [m for m in Measure if m not in _SOURCED], ids=str)
def test_measure_without_a_source_never_enters(measure: Measure) -> None:
    assert delivery_points({measure: 7.0}) is None
    assert delivery_points({Measure.PACE: 50.0, measure: 7.0}) == 50.0


def test_figures_that_are_known_count_alike() -> None:
    assert delivery_points({Measure.PACE: 130.0, Measure.FILLERS: 12.0}) == 50.0


@given(rates, rates, st.floats(0.0, 100.0))
def test_score_moves_by_a_tenth_at_most_and_stays_a_score(
    pace: float, fillers: float, score: float
) -> None:
    before = an_evaluation(score)
    after = with_delivery(before, a_spoken(pace, fillers))
    assert after.overall is not None
    assert abs(moved(after)) <= 100 * DELIVERY_WEIGHT + 1e-9
    assert 0 <= after.overall.low <= after.overall.score <= after.overall.high <= 100


def test_judgement_is_as_before_where_nothing_is_known_of_delivery() -> None:
    before = an_evaluation()
    assert with_delivery(before, ()) == before
    assert with_delivery(before, a_spoken()) == before


def test_criteria_never_hold_delivery() -> None:
    before = an_evaluation()
    assert with_delivery(before, a_spoken(20.0)).criteria == before.criteria


def test_wrong_answer_stays_wrong_however_well_it_is_said() -> None:
    levels = dict.fromkeys(Criterion, 5.0) | {Criterion.CORRECTNESS: 1.0}
    overall = score_range(INCORRECT_CAP, 10.0)
    wrong = replace(an_evaluation(), criteria=judgements(levels), overall=overall)
    after = with_delivery(wrong, a_spoken(130.0, 0.0)).overall
    assert after is not None
    assert after.score == INCORRECT_CAP


def test_next_question_goes_by_what_was_said() -> None:
    impression = impression_of(with_delivery(an_evaluation(60.0), a_spoken(20.0)))
    assert impression is not None
    assert impression.score == 60.0


def test_what_delivery_did_is_told() -> None:
    told = delivery_told(with_delivery(an_evaluation(60.0), a_spoken(330.0, 12.0)))
    assert "330 words a minute and 12.0 filler words a minute make 25 of 100" in told
    assert "moved the score by −3.5 points, from 60.0" in told
    assert delivery_told(an_evaluation()) == ""


# Never joined unmarked


def test_scores_with_delivery_are_marked_as_another_evaluators() -> None:
    evaluation = an_evaluation()
    marked = with_delivery(evaluation, a_spoken(130.0))
    assert marked.scored_by == f"{evaluation.evaluator} + delivery"
    assert marked.scored_by_version.endswith(f"{evaluation.version} + delivery")


def test_progress_keeps_them_in_a_line_of_their_own() -> None:
    plain, marked = a_judged_interview(), an_interview_with_delivery()
    held = [HeldInterview(summary_of(one), answers_of(one)) for one in (plain, marked)]
    names = evaluators(held)
    assert len(names) == 2
    assert [len(judged_interviews(held, name)) for name in names] == [1, 1]


def test_list_of_interviews_says_so() -> None:
    assert summary_of(an_interview_with_delivery()).counts_delivery
    assert not summary_of(a_judged_interview()).counts_delivery


def test_report_says_how_much_it_moved() -> None:
    report = build_report(an_interview_with_delivery(20.0))
    assert report.delivery is not None
    assert (report.delivery.counted, report.delivery.judged) == (1, 1)
    assert report.delivery.sentence.endswith("moved the overall score by −4.0 points.")
    assert [name.endswith("+ delivery") for name in report.evaluators] == [True]


def test_report_without_delivery_says_nothing_of_it() -> None:
    assert delivery_effect(a_judged_interview().scored_turns) is None
