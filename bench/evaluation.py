"""How far the built-in evaluator is from human graders, on public graded answers.

Reads `graded_answers/mohler_dev.jsonl` and `mohler_valid.jsonl` from BENCH_DATA (questions, reference
answers and grades 0–5 of short answers; Mohler et al. 2011). The evaluator gets question, reference and
answer only; nothing is fitted.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import correlation, mean
from time import process_time
from typing import Any

from bench.data import bench_data
from core.adapters.content_files import read_content
from core.adapters.practice_interviewer import PracticeInterviewer
from core.bootstrap import DATA
from core.domain.question import Kind, Question
from core.evaluation.reference import key_points_of

POINTS_PER_GRADE = 20.0
LOW_BELOW = 3.0


def main() -> None:
    """Print one table row for each measure."""
    folder = bench_data("graded_answers")
    if folder is None:
        return
    rows = [row for name in ("dev", "valid") for row in _rows(folder / f"mohler_{name}.jsonl")]
    interviewer = PracticeInterviewer(read_content(DATA))
    began = process_time()
    judged = [_score(interviewer, row) for row in rows]
    milliseconds = 1000 * (process_time() - began) / len(rows)
    pairs = [(s, row["score"]) for s, row in zip(judged, rows, strict=True) if s is not None]
    for name, value in _measures(pairs).items():
        print(f"| {name} | {value:.2f} |")
    print(f"| judged | {len(pairs)} of {len(rows)} |")
    print(f"| CPU milliseconds an answer | {milliseconds:.2f} |")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def _score(interviewer: PracticeInterviewer, row: dict[str, Any]) -> float | None:
    question = Question(
        id=str(row["question_id"]),
        text=row["question"],
        kind=Kind.TECHNICAL,
        competency="",
        difficulty=3,
        key_points=key_points_of(row["reference"]),
        reference_answer=row["reference"],
    )
    overall = interviewer.glance(question, row["answer"]).overall
    return overall.score if overall else None


def _measures(pairs: list[tuple[float, float]]) -> dict[str, float]:
    """Pearson's r, and how far the scores lie from the grades, both on a scale of 0–100."""
    scores = [score for score, _ in pairs]
    grades = [grade * POINTS_PER_GRADE for _, grade in pairs]
    off = sorted(abs(s - g) for s, g in zip(scores, grades, strict=True))
    low = [s for s, (_, grade) in zip(scores, pairs, strict=True) if grade < LOW_BELOW]
    fair = [s for s, (_, grade) in zip(scores, pairs, strict=True) if grade >= LOW_BELOW]
    return {
        "Pearson r": correlation(scores, grades),
        "half of the grades lie within (points)": off[len(off) // 2],
        "two thirds of the grades lie within (points)": off[len(off) * 2 // 3],
        "mean score where the grade is below 3": mean(low),
        "mean score where the grade is 3 or more": mean(fair),
        "AUC for “below 3”": mean((a < b) + (a == b) / 2 for a in low for b in fair),
    }


if __name__ == "__main__":
    main()
