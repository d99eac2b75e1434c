"""Fits the built-in grader to graded answers and writes data/grader: `python -m scripts.fit_grader`.

Needs BENCH_DATA. The same data and packages give the same file.
"""

import sys
from collections.abc import Sequence

import numpy as np

from bench.data import bench_data
from bench.fitting import SHIPPED, Measured, fit, measured
from bench.graded_answers import GradedAnswer, graded_answers
from bench.graders import by_key_points, shipped_unseen
from core.adapters.grader_file import FILE, write_fitted
from core.adapters.word_vectors import WordTable
from core.evaluation.grader import Bands, Fitted
from core.evaluation.terms import Floats
from core.wiring.reading import DATA

FOLDER = DATA / "grader"
_BAND_BOUNDS = (0.05, 0.15, 0.3, 0.45, 0.6, 0.8)
"""Shares of all scores below each band; the lowest scores are the rarest."""
_SHARE_WITHIN = 2 / 3


def main() -> int:
    """Fit and write; 1 where the graded answers are absent."""
    folder = bench_data("graded_answers")
    if folder is None:
        return 1
    answers = graded_answers(folder, "Mohler")
    vectors = WordTable.bundled()
    data = measured(answers, vectors)
    write_fitted(FOLDER, _fitted(answers, data, vectors))
    print(f"{FOLDER / FILE}: {(FOLDER / FILE).stat().st_size / 1e6:.2f} MB")
    return 0


def _fitted(answers: list[GradedAnswer], data: Measured, vectors: WordTable) -> Fitted:
    forest = fit(data, np.arange(len(answers)), SHIPPED)
    return Fitted(
        forest,
        bands(shipped_unseen(answers, data, vectors), data.points),
        # One width for scores by key points: how the errors of clauses taken for key points spread over
        # the scores says little about key points that someone has written.
        bands(by_key_points(answers, vectors), data.points, ()),
    )


def bands(scores: Floats, points: Floats, bounds: Sequence[float] = _BAND_BOUNDS) -> Bands:
    """Bands of scores, each with what two thirds of its errors lie within."""
    edges = np.unique(np.quantile(scores, bounds).round(1))
    of = np.searchsorted(edges, scores, side="right")
    errors = np.abs(scores - points)
    widths = [float(np.quantile(errors[of == n], _SHARE_WITHIN)) for n in range(len(edges) + 1)]
    return Bands(tuple(edges.tolist()), tuple(round(width, 1) for width in widths))


if __name__ == "__main__":
    sys.exit(main())
