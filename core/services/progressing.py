"""The use case of looking at all interviews together."""

from dataclasses import dataclass
from uuid import UUID

from core.domain.progress import NO_FILTERS, Filters, HeldInterview, held_interviews
from core.ports import InterviewStore


@dataclass(frozen=True, slots=True)
class Progressing:
    """Reads what a candidate's interviews have in common. Two queries, whatever their number."""

    store: InterviewStore

    def held_interviews(
        self, user_id: UUID, filters: Filters = NO_FILTERS
    ) -> tuple[HeldInterview, ...]:
        """The finished interviews with an answer that the filters take, the oldest first."""
        return held_interviews(self.store.interviews(user_id), self.store.answers(user_id), filters)
