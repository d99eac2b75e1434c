import pytest

from core.evaluation.grader import Bands


@pytest.mark.parametrize(
    ("score", "width"), [(0, 30.0), (49.9, 30.0), (50, 20.0), (89.9, 20.0), (90, 5.0), (100, 5.0)]
)
def test_half_width_is_that_of_the_score_s_band(score: float, width: float) -> None:
    assert Bands((50, 90), (30.0, 20.0, 5.0)).half_width(score) == width


def test_single_band_holds_every_score() -> None:
    assert Bands((), (31.0,)).half_width(55) == 31
