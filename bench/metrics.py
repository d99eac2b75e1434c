"""How close scores are to grades. Both run from 0 to 5, and so do the errors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from operator import attrgetter
from statistics import StatisticsError, correlation, mean

HIGHEST_GRADE = 5.0
LOW_BELOW = 3.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A score and the grade of the same answer; `question` tells which answers belong together."""

    question: str
    score: float
    grade: float


@dataclass(frozen=True, slots=True)
class Closeness:
    """None where the pairs do not tell: too few of them, or all grades alike.

    `low` is about answers graded below 3. `auc` is how often one of them is scored below one that is not.
    """

    r: float | None
    r_per_question: float | None
    rmse: float | None
    low_rmse: float | None
    low_bias: float | None
    auc: float | None


def closeness(pairs: Sequence[Pair]) -> Closeness:
    """All measures of these pairs."""
    low = [pair for pair in pairs if pair.grade < LOW_BELOW]
    return Closeness(
        r=pearson(pairs),
        r_per_question=mean_pearson(pairs),
        rmse=root_mean_square(_errors(pairs)),
        low_rmse=root_mean_square(_errors(low)),
        low_bias=_mean(_errors(low)),
        auc=area_under_curve(pairs),
    )


def pearson(pairs: Sequence[Pair]) -> float | None:
    """Pearson's r; 0 where all scores are alike and the grades are not."""
    if len({pair.grade for pair in pairs}) < 2:
        return None
    try:
        return correlation([p.score for p in pairs], [p.grade for p in pairs])
    except StatisticsError:
        return 0.0


def mean_pearson(pairs: Iterable[Pair]) -> float | None:
    """The mean of r over the questions whose grades differ."""
    question = attrgetter("question")
    found = [pearson(list(own)) for _, own in groupby(sorted(pairs, key=question), question)]
    return _mean([r for r in found if r is not None])


def root_mean_square(errors: Sequence[float]) -> float | None:
    """The root of the mean of their squares."""
    squares = _mean([error**2 for error in errors])
    return None if squares is None else sqrt(squares)


def area_under_curve(pairs: Sequence[Pair]) -> float | None:
    """The share of low and not low answers that the scores put in the right order; a tie counts half."""
    low = [pair.score for pair in pairs if pair.grade < LOW_BELOW]
    fair = [pair.score for pair in pairs if pair.grade >= LOW_BELOW]
    return _mean([(a < b) + (a == b) / 2 for a in low for b in fair])


def _errors(pairs: Iterable[Pair]) -> list[float]:
    return [pair.score - pair.grade for pair in pairs]


def _mean(numbers: Sequence[float]) -> float | None:
    return mean(numbers) if numbers else None
