"""What the use cases of learning need from outside, by role."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from core.domain.practice import PracticeAgenda, PracticeItem
from core.domain.preparation import GivenAnswer, Preparation
from core.domain.real_question import RealQuestion
from core.domain.told_answer import AnswerPlace

ChangeItems = Callable[[tuple[PracticeItem, ...]], tuple[PracticeItem, ...]]


class AnswerTexts(Protocol):
    """Reads answers of many interviews. Failures of the database are StoreError."""

    def texts(self, user_id: UUID, places: Collection[AnswerPlace]) -> dict[AnswerPlace, str]:
        """What the candidate answered there; a place where there is nothing of theirs is left out."""
        ...

    def judged(self, user_id: UUID, most: int) -> tuple[GivenAnswer, ...]:
        """The candidate's newest answers that have a score, the newest first."""
        ...


class RealQuestionStore(Protocol):
    """Keeps what candidates were asked in real interviews, each their own. Failures are StoreError."""

    def add_questions(self, user_id: UUID, questions: Iterable[RealQuestion]) -> None:
        """Store those that are not there yet, by their ids."""
        ...

    def questions(self, user_id: UUID) -> tuple[RealQuestion, ...]:
        """All of the candidate's, the newest first."""
        ...

    def delete_question(self, user_id: UUID, question_id: str) -> None:
        """Delete one; harmless when there is none."""
        ...


class PracticeStore(Protocol):
    """Keeps practice items, each its candidate's own and seen by nobody else.

    An item goes with the interview of its first review. Failures of the database are StoreError.
    """

    def change_items(
        self, user_id: UUID, question_ids: frozenset[str], change: ChangeItems
    ) -> None:
        """Load the items of these questions, change and store them in one transaction.

        What `change` leaves out is deleted. A change that returns equal items writes nothing.
        """
        ...

    def items(self, user_id: UUID, question_ids: frozenset[str]) -> tuple[PracticeItem, ...]:
        """The items of these questions, by question and key point."""
        ...

    def agenda(self, user_id: UUID, today: date, most: int) -> PracticeAgenda:
        """What is due on `today`, with at most so many items."""
        ...

    def ahead(
        self, user_id: UUID, today: date, most: int
    ) -> tuple[PracticeAgenda, tuple[RealQuestion, ...]]:
        """The agenda, and the candidate's real questions, the newest first."""
        ...


class PreparationStore(Protocol):
    """Keeps what candidates prepare for, each their own. Failures of the database are StoreError."""

    def save_preparation(self, user_id: UUID, preparation: Preparation) -> None:
        """Store one, or replace the candidate's one with the same id."""
        ...

    def preparations(self, user_id: UUID) -> tuple[Preparation, ...]:
        """All of the candidate's, by the day of the interview."""
        ...

    def delete_preparation(self, user_id: UUID, preparation_id: UUID) -> None:
        """Delete one; harmless when there is none."""
        ...
