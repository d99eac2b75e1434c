"""Conditions of statements that are put together once and executed often."""

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam

_MARK = "at_"
"""Without it a value of the condition would be taken for one to write."""


def at(table: Table, *columns: str) -> ColumnElement[bool]:
    """The condition that these columns have the values of `place`, given when it is executed."""
    return and_(*(table.c[name] == bindparam(_MARK + name) for name in columns))


def place(**values: Any) -> dict[str, Any]:
    """The values for `at`, by column."""
    return {_MARK + name: value for name, value in values.items()}
