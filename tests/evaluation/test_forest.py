import numpy as np
import pytest

from tests.builders import a_forest


@pytest.mark.parametrize(("told", "points"), [(0.2, 10.0), (0.5, 10.0), (0.6, 90.0)])
def test_tree_goes_left_up_to_its_threshold(told: float, points: float) -> None:
    assert a_forest(low=10, high=90, at=0.5).predict(np.array([told])) == points


def test_trees_are_averaged() -> None:
    assert a_forest(low=10, high=90, at=0.5, stump=30).predict(np.array([1.0])) == 60
