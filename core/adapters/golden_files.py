"""Reads the golden answers from `golden/` and checks them against their schema."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass as checked

from core.adapters.yaml_files import STRICT, read_rows
from core.domain.golden import GoldenAnswer, Quality
from core.domain.rubric import HIGHEST_LEVEL, LOWEST_LEVEL, Criterion

ANSWERS = "answers"
"""The answers whose wrong pairs were looked at."""
HELD_OUT = "held_out"
"""Answers to other questions, on which no rule was mended."""
LENGTHS = "lengths"
"""Long weak answers and short strong ones, to further questions."""

_Level = Annotated[int, Field(ge=LOWEST_LEVEL, le=HIGHEST_LEVEL)]


@checked(config=STRICT, frozen=True)
class _LevelsRow:
    correctness: _Level
    clarity: _Level
    communication: _Level
    depth: _Level
    completeness: _Level

    def by_criterion(self) -> dict[Criterion, int]:
        return {criterion: getattr(self, criterion.value) for criterion in Criterion}


@checked(config=STRICT, frozen=True)
class _AnswerRow:
    question: str
    quality: Quality
    answer: str
    levels: _LevelsRow
    why: str


def read_golden_answers(folder: Path, name: str = ANSWERS) -> tuple[GoldenAnswer, ...]:
    """The golden answers in one file, in its order; ContentError where one is wrong."""
    rows = read_rows(folder / "golden" / f"{name}.yaml", _AnswerRow)
    return tuple(
        GoldenAnswer(r.question, r.quality, r.answer, r.levels.by_criterion(), r.why) for r in rows
    )
