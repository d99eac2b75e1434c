"""The measures on cases that were worked out by hand."""

from math import sqrt

import pytest

from bench.metrics import Pair, area_under_curve, closeness, mean_pearson, pearson


def pairs(*rows: tuple[float, float], question: str = "one") -> list[Pair]:
    """Pairs of score and grade of one question."""
    return [Pair(question, score, grade) for score, grade in rows]


def test_scores_on_a_line_with_the_grades_have_r_1() -> None:
    assert pearson(pairs((1, 2), (2, 3), (3, 4))) == pytest.approx(1.0)


def test_r_of_a_case_by_hand() -> None:
    # deviations: scores -1, 0, 1 and grades -1, 1, 0: 1 / sqrt(2 * 2)
    assert pearson(pairs((1, 1), (2, 3), (3, 2))) == pytest.approx(0.5)


def test_same_score_for_different_grades_has_r_0() -> None:
    assert pearson(pairs((2, 1), (2, 4))) == 0.0


def test_grades_that_are_all_alike_have_no_r() -> None:
    assert pearson(pairs((1, 4), (2, 4))) is None


def test_r_per_question_is_the_mean_over_questions_whose_grades_differ() -> None:
    rising = pairs((1, 1), (2, 2), question="rising")
    falling = pairs((2, 1), (2, 2), question="level")
    alike = pairs((1, 3), (5, 3), question="alike")
    assert mean_pearson([*rising, *falling, *alike]) == pytest.approx(0.5)


def test_errors_are_in_grades() -> None:
    assert closeness(pairs((4, 3), (1, 4))).rmse == pytest.approx(sqrt((1 + 9) / 2))


def test_low_measures_are_of_grades_below_3_alone() -> None:
    measured = closeness(pairs((4, 2), (1, 2), (0, 3)))
    assert measured.low_bias == 0.5
    assert measured.low_rmse == pytest.approx(sqrt((4 + 1) / 2))


def test_auc_counts_pairs_in_the_right_order_and_half_of_the_ties() -> None:
    # low 1 and 4 against fair 2 and 4: right, right, wrong, tie
    assert area_under_curve(pairs((1, 1), (4, 2), (2, 3), (4, 5))) == 2.5 / 4


def test_nothing_is_measured_on_nothing() -> None:
    measured = closeness([])
    assert (measured.r, measured.rmse, measured.low_bias, measured.auc) == (None,) * 4
