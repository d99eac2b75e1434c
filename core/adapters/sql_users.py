"""The candidate's own row, which everything of theirs hangs on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from core.adapters.sql_tables import users


def dialect_of(connection: Connection) -> Any:
    """What knows how this database inserts or updates in one statement."""
    return postgresql if connection.dialect.name == "postgresql" else sqlite


def ensure_user(connection: Connection, user_id: UUID, now: datetime) -> None:
    """Make the candidate's row, with the first thing that is stored."""
    insert = dialect_of(connection).insert
    connection.execute(insert(users).values(id=user_id, created_at=now).on_conflict_do_nothing())
