"""A link by which a candidate shows a report to others, for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

SHARED_FOR = timedelta(days=30)
MOST_SHARES = 10
"""Links to one report at a time."""


@dataclass(frozen=True, slots=True)
class Share:
    """What may be shown of a link; what stands in it is kept nowhere.

    `has_answers` says that the questions and answers are shown as well as the scores.
    """

    id: UUID
    interview_id: UUID
    has_answers: bool
    created_at: datetime
    expires_at: datetime

    def is_expired(self, now: datetime) -> bool:
        """Whether it opens nothing any more."""
        return now >= self.expires_at
