"""Fits the grader's forest to graded answers; every figure told comes from these folds and settings."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.model_selection import GroupKFold

from bench.graded_answers import HIGHEST_GRADE, LOW_BELOW, GradedAnswer
from core.evaluation.features import FEATURES, Reference
from core.evaluation.forest import Forest
from core.evaluation.terms import Floats, WordVectors

FOLDS = 10
POINTS_PER_GRADE = 100 / HIGHEST_GRADE
LOW_POINTS = LOW_BELOW * POINTS_PER_GRADE
_TREES = 100
_TRIED_TREES = 40
_TRIED_LEAVES = (5, 8, 12)
_INNER_FOLDS = 3
_FEATURES_PER_SPLIT = 0.4
_SPREADSHEET_ERROR = "#NAME?"

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Weighting:
    """What a fit is after besides being close to the grades.

    Answers graded below 3 count `low` times. Each answer counts once more, `swapped` times, as an answer
    to another question, where it is worth nothing.
    """

    low: float = 1.0
    swapped: float = 0.0


CLOSEST = Weighting()
SHIPPED = Weighting(low=1.4, swapped=0.005)


@dataclass(frozen=True, slots=True)
class Measured:
    """Graded answers as features; row n of everything belongs to answer n.

    `is_sound` is False where the file holds a spreadsheet's error in place of what was graded: nothing
    is learned from these, yet they are judged. `swapped` are the features of an answer from the question `swapped_groups` to this question.
    """

    features: Floats
    points: Floats
    groups: NDArray[np.str_]
    is_sound: NDArray[np.bool_]
    swapped: Floats
    swapped_groups: NDArray[np.str_]

    def only(self, columns: Sequence[str]) -> "Measured":
        """The same answers with some of the features."""
        at = [FEATURES.index(name) for name in columns]
        return replace(self, features=self.features[:, at], swapped=self.swapped[:, at])


def measured(answers: Sequence[GradedAnswer], vectors: WordVectors) -> Measured:
    """Measure all answers; what is swapped with what is drawn with a fixed seed."""

    @cache
    def read(question: str, reference: str) -> Reference:
        return Reference(question, reference, vectors)

    draw = random.Random(1)
    others = [_of_another_question(draw, answers, a.group) for a in answers]
    readings = [read(a.question, a.reference) for a in answers]
    return Measured(
        np.array([r.features(a.answer) for r, a in zip(readings, answers, strict=True)]),
        np.array([a.grade * POINTS_PER_GRADE for a in answers]),
        np.array([a.group for a in answers]),
        np.array([a.answer != _SPREADSHEET_ERROR for a in answers]),
        np.array([r.features(a.answer) for r, a in zip(readings, others, strict=True)]),
        np.array([a.group for a in others]),
    )


def _of_another_question(
    draw: random.Random, answers: Sequence[GradedAnswer], group: str
) -> GradedAnswer:
    while (drawn := draw.choice(answers)).group == group:
        pass
    return drawn


def by_question(groups: NDArray[np.str_], count: int = FOLDS) -> list[tuple[Rows, Rows]]:
    """Rows to fit on and rows to judge; no question is in both."""
    return list(GroupKFold(count).split(groups, groups=groups))


def unseen(data: Measured, weighting: Weighting) -> Iterator[tuple[Rows, Forest]]:
    """For each fold the rows to judge, and a forest that has not seen their questions."""
    for seen, judged in by_question(data.groups):
        yield judged, fit(data, seen, weighting)


def predictions(forest: Forest, features: Floats) -> Floats:
    """Points for each row of features."""
    return np.array([forest.predict(row) for row in features])


def fit(data: Measured, rows: Rows, weighting: Weighting) -> Forest:
    """A forest fitted to these rows; how fine its leaves are is chosen within them."""
    errors = {leaf: _inner_error(data, rows, weighting, leaf) for leaf in _TRIED_LEAVES}
    return _as_forest(_trees(data, rows, weighting, _TREES, min(errors, key=errors.__getitem__)))


def _inner_error(data: Measured, rows: Rows, weighting: Weighting, leaf: int) -> float:
    squares = [
        (
            _trees(data, rows[seen], weighting, _TRIED_TREES, leaf).predict(
                data.features[rows[judged]]
            )
            - data.points[rows[judged]]
        )
        ** 2
        for seen, judged in by_question(data.groups[rows], _INNER_FOLDS)
    ]
    return float(np.concatenate(squares).mean())


def _trees(
    data: Measured, rows: Rows, weighting: Weighting, count: int, leaf: int
) -> ExtraTreesRegressor:
    rows = rows[data.is_sound[rows]]
    features, points = data.features[rows], data.points[rows]
    weights = np.where(points < LOW_POINTS, weighting.low, 1.0)
    if weighting.swapped:
        fair = rows[np.isin(data.swapped_groups[rows], data.groups[rows])]
        features = np.vstack([features, data.swapped[fair]])
        points = np.append(points, np.zeros(len(fair)))
        weights = np.append(weights, np.full(len(fair), weighting.swapped))
    trees = ExtraTreesRegressor(
        count, min_samples_leaf=leaf, max_features=_FEATURES_PER_SPLIT, random_state=0
    )
    return trees.fit(features, points, sample_weight=weights)


def _as_forest(trees: ExtraTreesRegressor) -> Forest:
    """The nodes of all trees one after another; a leaf (child -1) becomes its own child."""
    grown = [tree.tree_ for tree in trees.estimators_]
    roots = np.cumsum([0, *(tree.node_count for tree in grown[:-1])])
    rows = np.concatenate(
        [start + np.arange(t.node_count) for t, start in zip(grown, roots, strict=True)]
    )
    starts = np.repeat(roots, [tree.node_count for tree in grown])
    left = np.concatenate([tree.children_left for tree in grown])
    right = np.concatenate([tree.children_right for tree in grown])
    is_leaf = left < 0
    return Forest(
        roots=roots.astype(np.int32),
        feature=np.where(is_leaf, 0, np.concatenate([t.feature for t in grown])).astype(np.int8),
        threshold=np.concatenate([tree.threshold for tree in grown]).astype(np.float32),
        left=np.where(is_leaf, rows, starts + left).astype(np.int32),
        right=np.where(is_leaf, rows, starts + right).astype(np.int32),
        value=np.concatenate([tree.value.ravel() for tree in grown]).astype(np.float32),
        depth=max(tree.max_depth for tree in grown),
    )
