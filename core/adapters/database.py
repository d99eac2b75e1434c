"""Opens the database: SQLite in a private folder by default, or what the URL names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from core.adapters.schema_upgrades import upgrade
from core.adapters.sql_tables import SCHEMA_VERSION, metadata
from core.domain.errors import StoreError

BUSY_TIMEOUT_MS = 5000
_UNREAD = "The data could not be read just now. What was stored is safe; try again in a moment."
_UNWRITTEN = (
    "This could not be stored just now. What was stored before is safe; try again in a moment."
)
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)


def open_sqlite(path: Path) -> Engine:
    """An engine on a SQLite file with the tables made; StoreError where that cannot be.

    The file is 0600, its folder 0700 when it is made here; a folder that exists keeps its mode.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        path.chmod(0o600)
    except OSError as error:
        message = (
            f"The folder for the data, {path.parent}, cannot be written. "
            "Make it writable, or set DATA_DIR to one that is."
        )
        raise StoreError(message) from error
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True, json_deserializer=from_json)
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    _make_tables(engine)
    return engine


def _prepare_connection(connection: Any, _record: object) -> None:
    """Settings of each SQLite connection; transactions are begun by us (see `_begin`)."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """Writers take the write lock first, so that a read inside a change cannot go stale."""
    mode = "IMMEDIATE" if connection.get_execution_options().get("is_writer") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


def _make_tables(engine: Engine) -> None:
    with writing(engine) as connection:
        found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if found > SCHEMA_VERSION:
            message = (
                "The data was written by a newer version of this app. "
                "Update the app, or set DATA_DIR to another folder."
            )
            raise StoreError(message)
        if found:
            upgrade(connection, found)
        else:
            metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads. Database failures leave it as StoreError."""
    with _translated(_UNREAD), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes, one at a time on SQLite; rolled back when anything is raised."""
    with _translated(_UNWRITTEN), engine.connect() as plain:
        connection = plain.execution_options(is_writer=True)
        with connection.begin():
            yield connection


def forget_traces(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, where deleted text would stay for a while."""
    if engine.dialect.name == "sqlite":
        with _translated(_UNWRITTEN), engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _translated(sentence: str) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(sentence) from error
