"""What a candidate prepares for: a job description, and the day of the interview."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

MOST_PREPARATIONS = 20


@dataclass(frozen=True, slots=True)
class Preparation:
    """One interview to come. `title` is the candidate's own; the description is kept as it was pasted."""

    id: UUID
    title: str
    job_description: str
    interview_on: date
    made_at: datetime
