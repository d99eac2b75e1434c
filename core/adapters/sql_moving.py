"""Moves everything of one candidate to another, inside a transaction that the caller began.

Which tables there are is read from their definitions, so that a table added later moves as well. On
Postgres the rows are read and deleted as the giver and written as the taker: no role sees both.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    ForeignKeyConstraint,
    MetaData,
    Table,
    Text,
    cast,
    delete,
    select,
)
from sqlalchemy.types import NullType

from core.adapters.postgres_line import act_as
from core.adapters.sql_tables import api_tokens, identities, metadata, sessions, users
from core.adapters.sql_users import dialect_of, hold_user

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Reseal = Callable[[UUID, Row], Row]
"""The row of a key, sealed anew for the candidate of that id."""

_STAY = (users, identities, sessions)
_LOCKED = ("interviews", "responses", "api_keys")
"""What others may change while it moves: they wait, and find nothing any more."""


def move_everything(
    connection: Connection, giver: UUID, taker: UUID, reseal: Reseal
) -> tuple[UUID, ...]:
    """Give all rows of the giver to the taker, who must exist; the ids of the interviews among them.

    Nothing moves where the giver has become an account meanwhile. The giver's access tokens end: whoever
    had the browser before may have made them, and what they open is the taker's from now on. A row that the taker has already (a key for the same provider, the same question noted) is let go. The
    giver's own row stays: what is stored for it at this very moment hangs on it and is not lost.
    """
    _become(connection, giver)
    if _is_account(connection, giver):
        _become(connection, taker)
        return ()
    connection.execute(delete(api_tokens).where(api_tokens.c.user_id == giver))
    rows = {owned.name: _rows(connection, owned, giver) for owned in _owned()}
    for owned in reversed(_owned()):
        if any(constraint.referred_table is users for constraint in _foreign_keys(owned)):
            connection.execute(delete(owned).where(owned.c.user_id == giver))
    _become(connection, taker)
    rows["api_keys"] = [reseal(taker, row) for row in rows["api_keys"]]
    for owned in _owned():
        _give(connection, owned, rows[owned.name], taker)
    return tuple(row["id"] for row in rows["interviews"])


def _is_account(connection: Connection, giver: UUID) -> bool:
    hold_user(connection, giver)
    ways_in = select(identities.c.user_id).where(identities.c.user_id == giver)
    return connection.scalar(ways_in.limit(1)) is not None


def _owned() -> list[Table]:
    """The tables of candidates' rows, parents before children."""
    return [t for t in metadata.sorted_tables if "user_id" in t.columns and t not in _STAY]


def _foreign_keys(owned: Table) -> list[ForeignKeyConstraint]:
    return [c for c in owned.constraints if isinstance(c, ForeignKeyConstraint)]


def _become(connection: Connection, user_id: UUID) -> None:
    if connection.dialect.name == "postgresql":
        act_as(connection, user_id)


def _rows(connection: Connection, owned: Table, giver: UUID) -> list[Row]:
    """The giver's rows; JSON as the text that is stored, and numbers that the database counts left out."""
    columns = [cast(c, Text).label(c.name) if _is_json(c) else c for c in _moved_columns(owned)]
    query = select(*columns).where(owned.c.user_id == giver)
    if owned.name in _LOCKED:
        query = query.with_for_update()
    return [dict(row) for row in connection.execute(query).mappings()]


def _give(connection: Connection, owned: Table, rows: Sequence[Row], taker: UUID) -> None:
    if rows:
        insert = dialect_of(connection).insert(_as_written(owned)).on_conflict_do_nothing()
        connection.execute(insert, [{**row, "user_id": taker} for row in rows])


def _moved_columns(owned: Table) -> list[Column[Any]]:
    counted = owned.autoincrement_column
    return [c for c in owned.columns if c is not counted]


def _is_json(found: Column[Any]) -> bool:
    return isinstance(found.type, JSON)


def _as_written(owned: Table) -> Table:
    """The table with JSON columns that take text as it is."""
    columns = (Column(c.name, NullType() if _is_json(c) else c.type) for c in _moved_columns(owned))
    return Table(owned.name, MetaData(), *columns)
