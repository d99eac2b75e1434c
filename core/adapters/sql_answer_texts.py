"""AnswerTexts on SQL tables."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Engine, select

from core.adapters.database import reading
from core.adapters.sql_moments import aware
from core.adapters.sql_tables import responses
from core.domain.preparation import GivenAnswer
from core.domain.told_answer import AnswerPlace


class SqlAnswerTexts:
    """Reads answers of many interviews in one query."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine

    def texts(self, user_id: UUID, places: Collection[AnswerPlace]) -> dict[AnswerPlace, str]:
        """What the candidate answered there."""
        if not places:
            return {}
        query = select(
            responses.c.interview_id, responses.c.position, responses.c.attempt, responses.c.answer
        ).where(
            responses.c.user_id == user_id,
            responses.c.interview_id.in_({interview_id for interview_id, _, _ in places}),
        )
        with reading(self._engine, user_id) as connection:
            found = {
                (r.interview_id, r.position, r.attempt): r.answer for r in connection.execute(query)
            }
        return {place: found[place] for place in places if place in found}

    def judged(self, user_id: UUID, most: int) -> tuple[GivenAnswer, ...]:
        """The newest answers that have a score."""
        query = (
            select(
                responses.c.interview_id,
                responses.c.position,
                responses.c.question,
                responses.c.answer,
                responses.c.score,
                responses.c.submitted_at,
            )
            .where(responses.c.user_id == user_id, responses.c.score.is_not(None))
            .order_by(responses.c.submitted_at.desc(), responses.c.id.desc())
            .limit(most)
        )
        with reading(self._engine, user_id) as connection:
            return tuple(
                GivenAnswer(
                    r.interview_id, r.position, r.question, r.answer, r.score, aware(r.submitted_at)
                )
                for r in connection.execute(query)
            )
