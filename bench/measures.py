"""How close scores are to human grades."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from bench.fitting import LOW_POINTS, POINTS_PER_GRADE
from core.evaluation.terms import Floats


@dataclass(frozen=True, slots=True)
class Closeness:
    """Errors are in grades (0–5). `low` is about answers graded below 3."""

    r: float
    r_per_question: float
    rmse: float
    low_rmse: float
    low_bias: float
    auc: float


def closeness(scores: Floats, points: Floats, groups: NDArray[np.str_]) -> Closeness:
    """Scores and points are 0–100; a question whose grades are all alike has no r of its own."""
    errors = (scores - points) / POINTS_PER_GRADE
    low = points < LOW_POINTS
    return Closeness(
        _r(scores, points),
        _r_per_question(scores, points, groups),
        _root_mean_square(errors),
        _root_mean_square(errors[low]),
        float(errors[low].mean()),
        float(roc_auc_score(low, -scores)),
    )


def _r(scores: Floats, points: Floats) -> float:
    return float(np.corrcoef(scores, points)[0, 1])


def _r_per_question(scores: Floats, points: Floats, groups: NDArray[np.str_]) -> float:
    """The mean of r over the questions; a question with one score for all has r = 0."""
    found = []
    for group in np.unique(groups):
        own = groups == group
        if points[own].std() > 0:
            found.append(_r(scores[own], points[own]) if scores[own].std() > 0 else 0.0)
    return float(np.mean(found))


def _root_mean_square(errors: Floats) -> float:
    return float(np.sqrt((errors**2).mean()))
