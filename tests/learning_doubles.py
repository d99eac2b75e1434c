"""Stand-ins for the ports of learning, and values to begin with."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import RLock
from typing import Any
from uuid import UUID

from core.domain.evaluation import Coverage
from core.domain.practice import ItemKey, PracticeAgenda, PracticeItem, Review
from core.domain.preparation import Preparation
from core.domain.real_question import RealQuestion
from core.learning_ports import ChangeItems, RealQuestionStore
from tests.builders import INTERVIEW_ID, KEY_POINTS, NOW, a_question


def next_day(reviews: Sequence[Review]) -> date:
    """A schedule by which everything is due the day after its last review."""
    return reviews[-1].at.date() + timedelta(days=1)


def a_review(
    coverage: Coverage = Coverage.MISSING,
    at: datetime = NOW,
    interview_id: UUID = INTERVIEW_ID,
    position: int = 1,
) -> Review:
    return Review(interview_id, position, at, coverage)


def an_item(question_id: str = "slow-query", **changes: Any) -> PracticeItem:
    """An item that was missed once and is due the day after."""
    values: dict[str, Any] = {
        "question": a_question(question_id),
        "key_point_id": "verify",
        "text": KEY_POINTS[2].text,
        "reviews": (a_review(),),
        "due_on": NOW.date() + timedelta(days=1),
    }
    return PracticeItem(**(values | changes))


class MemoryPracticeStore:
    """A PracticeStore in a dictionary."""

    def __init__(self, noted: RealQuestionStore | None = None) -> None:
        self._lock = RLock()
        self._noted = noted or MemoryRealQuestionStore()
        self._items: dict[UUID, dict[ItemKey, PracticeItem]] = {}

    def change_items(
        self, user_id: UUID, question_ids: frozenset[str], change: ChangeItems
    ) -> None:
        with self._lock:
            before = self.items(user_id, question_ids)
            after = change(before)
            own = self._items.setdefault(user_id, {})
            for item in before:
                del own[item.key]
            own.update({item.key: item for item in after})

    def items(self, user_id: UUID, question_ids: frozenset[str]) -> tuple[PracticeItem, ...]:
        with self._lock:
            own = self._items.get(user_id, {})
            return tuple(own[key] for key in sorted(own) if key[0] in question_ids)

    def agenda(self, user_id: UUID, today: date, most: int) -> PracticeAgenda:
        with self._lock:
            own = tuple(self._items.get(user_id, {}).values())
        open_items = sorted((i for i in own if not i.is_mastered), key=lambda i: (i.due_on, *i.key))
        due = [item for item in open_items if item.due_on <= today]
        waiting = [item for item in open_items if item.due_on > today]
        return PracticeAgenda(
            items=tuple(due[:most]),
            due=len(due),
            waiting=len(waiting),
            mastered=len(own) - len(open_items),
            next_on=min((item.due_on for item in waiting), default=None),
        )

    def ahead(
        self, user_id: UUID, today: date, most: int
    ) -> tuple[PracticeAgenda, tuple[RealQuestion, ...]]:
        return self.agenda(user_id, today, most), self._noted.questions(user_id)


class MemoryRealQuestionStore:
    """A RealQuestionStore in a dictionary."""

    def __init__(self) -> None:
        self._questions: dict[UUID, dict[str, RealQuestion]] = {}

    def add_questions(self, user_id: UUID, questions: Iterable[RealQuestion]) -> None:
        own = self._questions.setdefault(user_id, {})
        for question in questions:
            own.setdefault(question.id, question)

    def questions(self, user_id: UUID) -> tuple[RealQuestion, ...]:
        own = self._questions.get(user_id, {}).values()
        return tuple(sorted(own, key=lambda q: (-q.noted_at.timestamp(), q.text)))

    def delete_question(self, user_id: UUID, question_id: str) -> None:
        self._questions.get(user_id, {}).pop(question_id, None)


JOB = """Backend Engineer at Quillhaven Foods

You will run our ordering service, written in Python and PostgreSQL.
- Experience with Kubernetes is a must.
- You review code and mentor colleagues."""


def a_preparation(**changes: Any) -> Preparation:
    """An interview in a week."""
    made = Preparation(
        UUID("55555555-0000-4000-8000-000000000007"),
        "Quillhaven",
        JOB,
        NOW.date() + timedelta(days=7),
        NOW,
    )
    return replace(made, **changes)


class MemoryPreparationStore:
    """A PreparationStore in a dictionary."""

    def __init__(self) -> None:
        self._rows: dict[UUID, dict[UUID, Preparation]] = {}

    def save_preparation(self, user_id: UUID, preparation: Preparation) -> None:
        self._rows.setdefault(user_id, {})[preparation.id] = preparation

    def preparations(self, user_id: UUID) -> tuple[Preparation, ...]:
        own = self._rows.get(user_id, {}).values()
        return tuple(sorted(own, key=lambda p: (p.interview_on, p.id)))

    def delete_preparation(self, user_id: UUID, preparation_id: UUID) -> None:
        self._rows.get(user_id, {}).pop(preparation_id, None)
