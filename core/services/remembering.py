"""The use cases after a real interview: note what was asked, to be asked it here."""

from dataclasses import dataclass
from uuid import UUID

from core.domain.real_question import noted_questions
from core.learning_ports import RealQuestionStore
from core.ports import Clock


@dataclass(frozen=True, slots=True)
class Remembering:
    """Keeps the questions of the candidate's real interviews."""

    store: RealQuestionStore
    clock: Clock

    def note(self, user_id: UUID, lines: str) -> None:
        """Keep one question a line; one that is known stays as it is. InvalidInputError without any."""
        self.store.add_questions(user_id, noted_questions(lines, self.clock.now()))

    def forget(self, user_id: UUID, question_id: str) -> None:
        """Delete one; interviews in which it was asked keep it."""
        self.store.delete_question(user_id, question_id)
