"""Public short answers that people have graded, from BENCH_DATA; none of their text is kept here."""

import json
from dataclasses import dataclass
from pathlib import Path

SOURCES = {
    "Mohler": ("mohler_dev.jsonl", "mohler_valid.jsonl"),
    "SAF": ("saf_train.jsonl",),
}
HIGHEST_GRADE = 5.0
LOW_BELOW = 3.0
_SAME_QUESTION = {"12.6": "9.1"}
"""Two ids of the Mohler collection that stand for one question, asked in two assignments."""


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """One answer; `grade` is 0–5 whatever the scale was, `group` tells the question."""

    group: str
    question: str
    reference: str
    answer: str
    grade: float


def graded_answers(folder: Path, source: str) -> list[GradedAnswer]:
    """All answers of one of `SOURCES`."""
    lines = [
        line for name in SOURCES[source] for line in (folder / name).read_text("utf-8").splitlines()
    ]
    return [_graded(json.loads(line)) for line in lines]


def _graded(row: dict[str, object]) -> GradedAnswer:
    group = str(row["question_id"])
    scale = row["scale"]
    assert isinstance(scale, list)
    return GradedAnswer(
        _SAME_QUESTION.get(group, group),
        str(row["question"]),
        str(row["reference"]),
        str(row["answer"]),
        float(str(row["score"])) / float(scale[1]) * HIGHEST_GRADE,
    )
