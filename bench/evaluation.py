"""How far the built-in interviewer is from human graders, on public graded answers.

All figures are of questions that nothing was fitted to. Writes its tables into docs/evaluation.md.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from bench.attacks import robustness
from bench.data import bench_data
from bench.fitting import CLOSEST, SHIPPED, Measured, measured
from bench.graded_answers import GradedAnswer, graded_answers
from bench.graders import (
    by_forest,
    by_key_points,
    by_lexical_mix,
    by_one_feature,
    by_reference_words,
    by_tfidf,
    graded,
    shipped_unseen,
)
from bench.measures import closeness
from core.adapters.grader_file import read_fitted
from core.adapters.word_vectors import WordTable
from core.config import ROOT
from core.evaluation.features import FEATURES
from core.evaluation.grader import Bands, Grader
from core.evaluation.terms import Floats
from core.wiring.reading import DATA

DOCUMENT = ROOT / "docs" / "evaluation.md"
_HEAD = (
    "| way to grade | r | r per question | RMSE | RMSE below 3 | bias below 3 | AUC below 3 |\n"
    "|---|---|---|---|---|---|---|"
)
_PARTS = {
    "other words for the same (likeness of words)": (
        "told",
        "told_squared",
        "told_newest",
    ),
    "the newest words apart": ("told_newest",),
    "closeness as wholes": ("closeness", "closeness_beyond", "closeness_to_question"),
    "neighbouring words": ("same_pairs",),
    "denying words": ("denies_otherwise", "denies"),
}


def main() -> None:
    """Measure, print, and write the tables into the document."""
    folder = bench_data("graded_answers")
    if folder is None:
        return
    vectors = WordTable.bundled()
    fitted = read_fitted(DATA / "grader")
    ships = Grader(vectors, fitted)
    tables = {
        "closeness-mohler": _closeness_table(graded_answers(folder, "Mohler"), vectors),
        "closeness-saf": _closeness_table(graded_answers(folder, "SAF"), vectors, ships),
    }
    answers = graded_answers(folder, "Mohler")
    data = measured(answers, vectors)
    tables["parts"] = _parts_table(data)
    tables["robustness"] = _robustness_table(answers, data, vectors)
    tables["ranges"] = _ranges_table(fitted.by_reference)
    tables["cost"] = _cost_line(answers, ships)
    for name, table in tables.items():
        print(f"\n{name}\n\n{table}")
    write_tables(DOCUMENT, tables)


def write_tables(document: Path, tables: dict[str, str]) -> None:
    """Replace what stands between a table's markers; ValueError where a table has none."""
    text = document.read_text("utf-8")
    for name, table in tables.items():
        opening, closing = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, old = text.split(opening)
        text = f"{before}{opening}{table}\n{closing}{old.split(closing)[1]}"
    document.write_text(text, "utf-8")


def _closeness_table(
    answers: Sequence[GradedAnswer], vectors: WordTable, elsewhere: Grader | None = None
) -> str:
    """One row a way; `elsewhere` is a grader that was fitted to another collection."""
    data = measured(answers, vectors)
    ways: dict[str, Callable[[], Floats]] = {
        "TF-IDF cosine": lambda: by_tfidf(answers, data),
        "share of the reference's words": lambda: by_reference_words(answers, data),
        "linear mix of eight lexical features": lambda: by_lexical_mix(answers, data),
        "one feature: likeness to the new words": lambda: by_one_feature(data, "told_squared"),
        "key points out of the reference, nothing fitted": lambda: by_key_points(answers, vectors),
        "grader, fitted to be closest": lambda: by_forest(data, CLOSEST),
        "grader, low answers weighted up": lambda: by_forest(data, SHIPPED),
        "the same with its rules": lambda: shipped_unseen(answers, data, vectors),
    }
    if elsewhere:
        ways["**what ships, fitted to the other collection**"] = lambda: graded(answers, elsewhere)
    return "\n".join([_HEAD, *(_row(name, way(), data) for name, way in ways.items())])


def _row(name: str, scores: Floats, data: Measured) -> str:
    c = closeness(scores, data.points, data.groups)
    return (
        f"| {name} | {c.r:.3f} | {c.r_per_question:.3f} | {c.rmse:.3f} | {c.low_rmse:.2f} | "
        f"{c.low_bias:+.2f} | {c.auc:.3f} |"
    )


def _parts_table(data: Measured) -> str:
    rows = [_row("all nine features", by_forest(data, CLOSEST), data)]
    for name, left_out in _PARTS.items():
        kept = [feature for feature in FEATURES if feature not in left_out]
        rows.append(_row(f"without {name}", by_forest(data.only(kept), CLOSEST), data))
    return "\n".join([_HEAD.replace("way to grade", "features"), *rows])


def _robustness_table(answers: Sequence[GradedAnswer], data: Measured, vectors: WordTable) -> str:
    rows = [
        f"| {name} | {plain:.2f} | {ruled:.2f} | {fair:.0%} |"
        for name, (plain, ruled, fair) in robustness(answers, data, vectors).items()
    ]
    head = "| what is handed in | forest alone | with the rules | of these 3 or more |\n|---|---|---|---|"
    return "\n".join([head, *rows])


def _ranges_table(bands: Bands) -> str:
    starts = (0.0, *bands.edges)
    ends = (*bands.edges, 100.0)
    rows = [
        f"| {start:g} to {end:g} | ± {width:g} |"
        for start, end, width in zip(starts, ends, bands.half_widths, strict=True)
    ]
    return "\n".join(["| score | two thirds of the human grades lie within |\n|---|---|", *rows])


def _cost_line(answers: Sequence[GradedAnswer], grader: Grader) -> str:
    began = process_time()
    for a in answers:
        grader.grade(a.question, a.reference, a.answer)
    return f"One grade takes {1000 * (process_time() - began) / len(answers):.1f} ms of CPU time."


if __name__ == "__main__":
    main()
