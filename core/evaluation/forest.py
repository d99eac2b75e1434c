"""A forest of regression trees as plain arrays: fitted elsewhere, applied here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.evaluation.terms import Floats


@dataclass(frozen=True, slots=True)
class Forest:
    """All nodes of all trees in one row each; children are row numbers, a leaf is its own child.

    `roots` has one row number a tree. At a node, feature ≤ threshold goes to `left`, else to `right`.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int8]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    depth: int

    def predict(self, features: Floats) -> float:
        """The mean of what the trees say about one row of features."""
        at = self.roots
        told = features.astype(np.float32)
        for _ in range(self.depth):
            goes_left = told[self.feature[at]] <= self.threshold[at]
            at = np.where(goes_left, self.left[at], self.right[at])
        return float(self.value[at].mean(dtype=np.float64))
