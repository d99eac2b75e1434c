"""The PreparationStore on SQL tables."""

from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Engine, delete, insert, select, update

from core.adapters.database import forget_traces, reading, writing
from core.adapters.sql_tables import preparations
from core.adapters.sql_users import ensure_user
from core.domain.preparation import Preparation
from core.ports import Clock

_PREPARATION = TypeAdapter(Preparation)


class SqlPreparationStore:
    """Keeps preparations. See `core.learning_ports.PreparationStore` for what it promises."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine
        self._clock = clock

    def save_preparation(self, user_id: UUID, preparation: Preparation) -> None:
        """Store one, or replace it."""
        own = preparations.c.user_id == user_id, preparations.c.id == preparation.id
        values = {
            "preparation": _PREPARATION.dump_python(preparation, mode="json"),
            "interview_on": preparation.interview_on,
        }
        with writing(self._engine, user_id) as connection:
            ensure_user(connection, user_id, self._clock.now())
            changed = connection.execute(update(preparations).where(*own).values(**values))
            if not changed.rowcount:
                connection.execute(
                    insert(preparations).values(id=preparation.id, user_id=user_id, **values)
                )

    def preparations(self, user_id: UUID) -> tuple[Preparation, ...]:
        """All of them, by the day of the interview."""
        query = (
            select(preparations.c.preparation)
            .where(preparations.c.user_id == user_id)
            .order_by(preparations.c.interview_on, preparations.c.id)
        )
        with reading(self._engine, user_id) as connection:
            return tuple(_PREPARATION.validate_python(row) for row in connection.scalars(query))

    def delete_preparation(self, user_id: UUID, preparation_id: UUID) -> None:
        """Delete one."""
        own = preparations.c.user_id == user_id, preparations.c.id == preparation_id
        with writing(self._engine, user_id) as connection:
            connection.execute(delete(preparations).where(*own))
        forget_traces(self._engine)
