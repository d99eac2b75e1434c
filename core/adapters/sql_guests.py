"""When candidates were last there, and the end of guests who come no more, on SQL tables."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, and_, delete, func, or_, select, update

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
        query = select(users.c.id).where(_is_unused(since)).order_by(users.c.id)
        with reading(self._engine) as connection:
            return tuple(connection.scalars(query))

    def delete(self, guest: UUID, since: date) -> bool:
        """Delete one; everything of theirs goes with their row."""
        with writing(self._engine) as connection:
            gone = connection.execute(delete(users).where(users.c.id == guest, _is_unused(since)))
        forget_traces(self._engine)
        return bool(gone.rowcount)


def _is_unused(since: date) -> Any:
    last_day = func.coalesce(users.c.last_used_on, func.date(users.c.created_at))
    return and_(last_day < since, users.c.id.not_in(select(identities.c.user_id)))
