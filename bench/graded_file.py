"""Answers with grades that people gave them, out of a file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bench.metrics import HIGHEST_GRADE
from core.adapters.golden_files import read_golden_answers
from core.domain.attempt import checked_answer
from core.domain.content import Content
from core.domain.errors import InvalidInputError
from core.domain.evaluation import CriterionJudgement
from core.domain.golden import GoldenAnswer
from core.domain.question import Kind, Question
from core.domain.scoring import overall_score
from core.evaluation.reference import key_points_of

GOLDEN = Path("golden", "answers.yaml")
_HIGHEST_SCORE = 100.0
_Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Graded:
    """One answer; `grade` is 0–5 whatever the file's scale is, `id` is the only one of its file."""

    id: str
    question: Question
    answer: str
    grade: float


class _Row(BaseModel):
    """A line: with `grade`, or with `score` on `scale` as public collections have it."""

    model_config = ConfigDict(
        extra="ignore", allow_inf_nan=False, coerce_numbers_to_str=True, hide_input_in_errors=True
    )

    id: str = ""
    question_id: str = ""
    question: _Text
    reference: _Text
    answer: _Text
    grade: Annotated[float, Field(ge=0, le=HIGHEST_GRADE)] | None = None
    score: float | None = None
    scale: tuple[float, float] = (0.0, HIGHEST_GRADE)

    def grade_of_5(self) -> float:
        """The grade, 0–5; ValueError where there is none, or where it leaves its scale."""
        if self.grade is not None:
            return self.grade
        lowest, highest = self.scale
        if self.score is None or not lowest <= self.score <= highest or lowest == highest:
            message = "give a “grade” from 0 to 5, or a “score” on its “scale”"
            raise ValueError(message)
        return (self.score - lowest) / (highest - lowest) * HIGHEST_GRADE


def read_graded(path: Path, content: Content) -> tuple[Graded, ...]:
    """The answers in the order of the file; InvalidInputError, naming the line, where one is unusable.

    A line without an id gets its number. `golden/answers.yaml` is understood too.
    """
    if path.parts[-2:] == GOLDEN.parts:
        return _golden(read_golden_answers(path.parent.parent), content)
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise InvalidInputError("data", f"{path} cannot be read.") from None
    found = tuple(_graded(n, line) for n, line in enumerate(lines, 1) if line.strip())
    refuse_repeated([answer.id for answer in found])
    return found


def spread(answers: Sequence[Graded], most: int) -> tuple[Graded, ...]:
    """At most so many of them, evenly over the whole; all where `most` is 0."""
    count = min(most, len(answers)) if most > 0 else len(answers)
    return tuple(answers[n * len(answers) // count] for n in range(count))


def refuse_repeated(ids: Sequence[str]) -> None:
    """InvalidInputError where an id comes twice: a reply would not know where it belongs."""
    repeated = [key for key, count in Counter(ids).items() if count > 1]
    if repeated:
        raise InvalidInputError("id", f"The id “{repeated[0]}” comes more than once.")


def _graded(number: int, line: str) -> Graded:
    try:
        row = _Row.model_validate_json(line)
        grade, answer = row.grade_of_5(), checked_answer(row.answer)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "row"
        raise InvalidInputError("data", f"Line {number}: {place}: {first['msg']}.") from None
    except ValueError as error:
        raise InvalidInputError("data", f"Line {number}: {error}.") from None
    question = Question(
        id=row.question_id or row.question,
        text=row.question,
        kind=Kind.TECHNICAL,
        competency="",
        difficulty=3,
        key_points=key_points_of(row.reference),
        reference_answer=row.reference,
    )
    return Graded(row.id or str(number), question, answer, grade)


def _golden(answers: Sequence[GoldenAnswer], content: Content) -> tuple[Graded, ...]:
    """The grade is the overall score that the author's levels amount to, brought to 0–5."""
    questions = {question.id: question for question in content.questions}
    found = []
    for golden in answers:
        question = questions[golden.question_id]
        levels = [CriterionJudgement(c, level, golden.why) for c, level in golden.levels.items()]
        score = overall_score(levels, content.rubrics[question.kind].weights) or 0.0
        grade = score / _HIGHEST_SCORE * HIGHEST_GRADE
        found.append(
            Graded(f"{question.id}/{golden.quality}", question, golden.answer.strip(), grade)
        )
    return tuple(found)
