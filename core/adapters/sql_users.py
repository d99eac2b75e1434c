"""The candidate's own row, which everything of theirs hangs on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from core.adapters.sql_tables import users


def dialect_of(connection: Connection) -> Any:
    """What knows how this database inserts or updates in one statement."""
    return postgresql if connection.dialect.name == "postgresql" else sqlite


def ensure_user(connection: Connection, user_id: UUID, now: datetime) -> None:
    """Make the candidate's row, with the first thing that is stored."""
    insert = dialect_of(connection).insert
    connection.execute(insert(users).values(id=user_id, created_at=now).on_conflict_do_nothing())


def hold_user(connection: Connection, user_id: UUID) -> None:
    """Let others who hold the same candidate wait until this transaction is over.

    For what follows from whether they have an account. Rows of theirs can be added meanwhile.
    """
    held = select(users.c.id).where(users.c.id == user_id)
    connection.execute(held.with_for_update(key_share=True))
