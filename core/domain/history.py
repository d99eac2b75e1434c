"""An interview in one line, and its answers in one line each, for lists and trends."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.domain.answer_delivery import Measures, answer_measures, deliveries_of
from core.domain.attempt import Attempt
from core.domain.delivery_score import delivery_effect
from core.domain.evaluation import ScoreRange
from core.domain.interview import OVER, Interview, Phase
from core.domain.interview_setup import Focus, Way
from core.domain.question import Kind, Seniority
from core.domain.rubric import Criterion
from core.domain.scoring import interview_range
from core.domain.timing import answer_seconds
from core.domain.turn import Turn


@dataclass(frozen=True, slots=True)
class InterviewSummary:
    """What a list needs to know. `answered` counts scored questions with an answer.

    `name` and `tags` are the candidate's own, empty where none were given. `counts_delivery` says that
    delivery is a part of the score of some answer.
    """

    id: UUID
    role_title: str
    seniority: Seniority
    focus: Focus
    phase: Phase
    length: int
    answered: int
    created_at: datetime
    finished_at: datetime | None
    overall: ScoreRange | None
    way: Way = Way.COACH
    name: str = ""
    tags: tuple[str, ...] = ()
    is_drill: bool = False
    company_name: str = ""
    counts_delivery: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be asked."""
        return self.phase in OVER

    @property
    def title(self) -> str:
        """What the candidate calls it, else the role."""
        return self.name or (f"Drill: {self.role_title}" if self.is_drill else self.role_title)


@dataclass(frozen=True, slots=True)
class AnswerSummary:
    """One attempt at a scored question: what is computed over many interviews, and no prose.

    `position` and `number` (of the attempt) count from 1. `levels` (1–5) holds the assessed criteria.
    `overall` (0–100), `levels` and `evaluator` (as in `Evaluation.scored_by`) are empty without a judgement. `seconds` runs from the
    question to its first answer, None for a further attempt. `spoken` are the measures of its delivery,
    empty for a typed answer.
    """

    position: int
    number: int
    question_id: str
    question: str
    kind: Kind
    competency: str
    difficulty: int
    submitted_at: datetime
    overall: ScoreRange | None = None
    levels: dict[Criterion, float] = field(default_factory=dict)
    evaluator: str = ""
    self_rating: int | None = None
    seconds: float | None = None
    spoken: Measures = field(default_factory=dict)


def answers_of(interview: Interview) -> tuple[AnswerSummary, ...]:
    """Every attempt at a scored question in short, in the order of questions and attempts."""
    return tuple(
        _answer(turn, attempt) for turn in interview.scored_turns for attempt in turn.attempts
    )


def _answer(turn: Turn, attempt: Attempt) -> AnswerSummary:
    question, evaluation = turn.question, attempt.evaluation
    judged = evaluation.criteria if evaluation else ()
    return AnswerSummary(
        position=turn.position,
        number=attempt.number,
        question_id=question.id,
        question=question.text,
        kind=question.kind,
        competency=question.competency,
        difficulty=question.difficulty,
        submitted_at=attempt.submitted_at,
        overall=evaluation.overall if evaluation else None,
        levels={j.criterion: j.level for j in judged if j.level is not None},
        evaluator=evaluation.scored_by if evaluation else "",
        self_rating=attempt.self_rating,
        seconds=answer_seconds(turn) if attempt.number == 1 else None,
        spoken=answer_measures(deliveries_of(attempt.takes)),
    )


def summary_of(interview: Interview) -> InterviewSummary:
    """The interview in short."""
    return InterviewSummary(
        id=interview.id,
        role_title=interview.setup.role_title,
        seniority=interview.setup.seniority,
        focus=interview.setup.focus,
        phase=interview.phase,
        length=interview.setup.length,
        answered=sum(bool(turn.attempts) for turn in interview.scored_turns),
        created_at=interview.created_at,
        finished_at=interview.finished_at,
        overall=interview_range(interview.scored_turns),
        way=interview.setup.way,
        name=interview.name,
        tags=interview.tags,
        is_drill=interview.setup.is_drill,
        company_name=interview.setup.company_name,
        counts_delivery=delivery_effect(interview.scored_turns) is not None,
    )
