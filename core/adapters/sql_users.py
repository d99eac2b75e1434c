"""The candidate's own row, on which everything of theirs hangs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from core.adapters.sql_tables import users


def ensure_user(connection: Connection, user_id: UUID, now: datetime) -> None:
    """Make the row with the first thing that is stored."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = dialect.insert(users).values(id=user_id, created_at=now)
    connection.execute(row.on_conflict_do_nothing())
