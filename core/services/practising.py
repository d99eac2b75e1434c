"""The use cases of practising again: take in what answers showed, what is due, a drill of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from core.domain.content import Content
from core.domain.drill import DRILL_REASON, drill_questions, drill_setup
from core.domain.errors import InvalidInputError
from core.domain.interview import Interview
from core.domain.interview_setup import InterviewSetup
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.practice import (
    PracticeAgenda,
    PracticeItem,
    Schedule,
    items_after,
    practised_questions,
    shown_by,
)
from core.domain.real_question import RealQuestion
from core.domain.repeating import fixed_plan
from core.learning_ports import PracticeStore
from core.ports import Clock, InterviewStore

MOST_DUE = 30
"""So many due items are looked at; their questions fill a drill many times over."""


@dataclass(frozen=True, slots=True)
class Practising:
    """Turns what answers missed into items, and items into drills. Each use case is safe to repeat."""

    store: InterviewStore
    practice: PracticeStore
    schedule: Schedule
    clock: Clock
    content: Content

    def take_in(self, user_id: UUID, interview: Interview) -> None:
        """Make and review the items that the interview's judged answers concern."""
        self.practice.change_items(
            user_id,
            practised_questions(interview),
            lambda items: items_after(items, interview, self.schedule),
        )

    def take_in_all(self, user_id: UUID, interviews: Iterable[Interview]) -> None:
        """Take in several interviews in the order in which they were held."""
        for interview in sorted(interviews, key=lambda i: i.created_at):
            self.take_in(user_id, interview)

    def agenda(self, user_id: UUID) -> PracticeAgenda:
        """What is due today."""
        return self.practice.agenda(user_id, self.clock.now().date(), MOST_DUE)

    def ahead(self, user_id: UUID) -> tuple[PracticeAgenda, tuple[RealQuestion, ...]]:
        """What could be asked next: what is due today, and the real questions that were noted."""
        return self.practice.ahead(user_id, self.clock.now().date(), MOST_DUE)

    def shown_in(self, user_id: UUID, interview: Interview) -> tuple[PracticeItem, ...]:
        """The items, as they stand now, that answers of the interview were a review of."""
        found = self.practice.items(user_id, practised_questions(interview))
        return tuple(item for item in found if shown_by(item, interview.id))

    def start_drill(
        self, user_id: UUID, setup: InterviewSetup, chosen: InterviewerChoice
    ) -> Interview:
        """A drill of what is due, or the one that is not finished; `setup` says for which role.

        InvalidInputError where nothing is due.
        """
        unfinished = next(
            (s for s in self.store.interviews(user_id) if s.is_drill and not s.is_over), None
        )
        if unfinished:
            return self.store.interview(user_id, unfinished.id)
        questions = drill_questions(self.agenda(user_id).items)
        if not questions:
            raise InvalidInputError("drill", "Nothing is due any more. What you practised is kept.")
        now = self.clock.now()
        role = self.content.role_named(setup.role_title)
        has_resume = self.store.latest_resume(user_id) is not None
        interview = Interview(
            uuid4(),
            drill_setup(setup, role, len(questions), has_resume=has_resume),
            fixed_plan(questions, self.content.closing),
            now,
            interviewer=chosen,
        ).start(DRILL_REASON, now)
        self.store.add_interview(user_id, interview)
        return interview
