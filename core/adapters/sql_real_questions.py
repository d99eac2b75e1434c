"""The RealQuestionStore on SQL tables."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, delete, insert, select

from core.adapters.database import forget_traces, reading, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_tables import real_questions
from core.adapters.sql_users import ensure_user
from core.domain.real_question import RealQuestion
from core.ports import Clock


class SqlRealQuestionStore:
    """Keeps real interviews' questions. See `core.learning_ports.RealQuestionStore`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine
        self._clock = clock

    def add_questions(self, user_id: UUID, questions: Iterable[RealQuestion]) -> None:
        """Store those that are not there yet."""
        with writing(self._engine, user_id) as connection:
            ensure_user(connection, user_id, self._clock.now())
            own = select(real_questions.c.id).where(real_questions.c.user_id == user_id)
            known = set(connection.scalars(own))
            for question in questions:
                if question.id not in known:
                    connection.execute(insert(real_questions).values(_values(user_id, question)))
                    known.add(question.id)

    def questions(self, user_id: UUID) -> tuple[RealQuestion, ...]:
        """All of them."""
        query = (
            select(real_questions)
            .where(real_questions.c.user_id == user_id)
            .order_by(real_questions.c.noted_at.desc(), real_questions.c.text)
        )
        with reading(self._engine, user_id) as connection:
            return tuple(_question(row) for row in connection.execute(query))

    def delete_question(self, user_id: UUID, question_id: str) -> None:
        """Delete one."""
        with writing(self._engine, user_id) as connection:
            connection.execute(
                delete(real_questions).where(
                    real_questions.c.user_id == user_id, real_questions.c.id == question_id
                )
            )
        forget_traces(self._engine)


def _values(user_id: UUID, question: RealQuestion) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "id": question.id,
        "text": question.text,
        "noted_at": question.noted_at,
    }


def _question(row: Row[Any]) -> RealQuestion:
    return RealQuestion(row.text, aware(row.noted_at))
