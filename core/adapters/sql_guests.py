"""When candidates were last there, and the end of guests who come no more, on SQL tables."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Engine, delete, func, or_, select, update

from core.adapters.database import forget_traces, reading, writing
from core.adapters.sql_tables import identities, users


class SqlGuests:
    """Notes when candidates were there. See `core.custody_ports.Guests` for what it promises."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine

    def touch(self, user_id: UUID, day: date) -> None:
        """Note that the candidate was there."""
        is_older = or_(users.c.last_used_on.is_(None), users.c.last_used_on < day)
        with writing(self._engine, user_id) as connection:
            connection.execute(
                update(users).where(users.c.id == user_id, is_older).values(last_used_on=day)
            )


class SqlGuestMaintenance:
    """Finds and deletes unused guests. See `core.custody_ports.GuestMaintenance`."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine for maintenance."""
        self._engine = engine

    def unused(self, since: date) -> tuple[UUID, ...]:
        """The guests who were not there since."""
        last_day = func.coalesce(users.c.last_used_on, func.date(users.c.created_at))
        query = select(users.c.id).where(
            last_day < since, users.c.id.not_in(select(identities.c.user_id))
        )
        with reading(self._engine) as connection:
            return tuple(connection.scalars(query.order_by(users.c.id)))

    def delete(self, user_ids: Iterable[UUID]) -> None:
        """Delete them; everything of theirs goes with their rows."""
        with writing(self._engine) as connection:
            for user_id in user_ids:
                connection.execute(delete(users).where(users.c.id == user_id))
        forget_traces(self._engine)
