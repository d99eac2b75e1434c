"""An interview in one line, for lists and trends."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.domain.evaluation import ScoreRange
from core.domain.interview import OVER, Focus, Interview, Phase, Way
from core.domain.question import Seniority
from core.domain.scoring import interview_range


@dataclass(frozen=True, slots=True)
class InterviewSummary:
    """What a list needs to know. `answered` counts scored questions with an answer."""

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

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be asked."""
        return self.phase in OVER


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
    )
