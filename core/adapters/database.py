"""Transactions on the database, one way for every kind of it; and SQLite in a private folder."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import RLock
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from core.adapters.json_columns import JSON_FORM
from core.adapters.postgres_line import act_as, is_away, without_values
from core.adapters.schema_upgrades import upgrade
from core.adapters.sql_tables import SCHEMA_VERSION, SQLITE_TRIGGERS, metadata
from core.domain.errors import StoreAwayError, StoreError

BUSY_TIMEOUT_MS = 5000
_UNREAD = "The data could not be read just now. What was stored is safe; try again in a moment."
_UNWRITTEN = (
    "This could not be stored just now. What was stored before is safe; try again in a moment."
)
_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""What is read in several steps belongs together, as it does on SQLite anyway."""
TURN_SECONDS = 30.0
_turns: WeakKeyDictionary[Engine, Any] = WeakKeyDictionary()
_under_way: ContextVar[tuple[tuple[Engine, UUID | None], Connection] | None] = ContextVar(
    "under_way", default=None
)
"""The transaction that this thread writes in, and where and for whom it does."""
_log = logging.getLogger(__name__)
_LEVEL = "synchronous"
"""Under this name a connection keeps the level it was set to."""
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
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True, **JSON_FORM)
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    _turns[engine] = RLock()
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
    options = connection.get_execution_options()
    if not options.get("is_writer"):
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    level = "FULL" if options["outlasts_power"] else "NORMAL"
    if connection.info.get(_LEVEL) != level:
        connection.exec_driver_sql(f"PRAGMA synchronous = {level}")
        connection.info[_LEVEL] = level
    connection.exec_driver_sql("BEGIN IMMEDIATE")


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
            for trigger in SQLITE_TRIGGERS:
                connection.exec_driver_sql(trigger)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


@contextmanager
def reading(engine: Engine, user_id: UUID | None = None) -> Iterator[Connection]:
    """A transaction that only reads, of one moment. Database failures leave it as StoreError.

    `user_id` is for whom it acts. On Postgres it sees the rows of that candidate alone, and without one
    no table at all.
    """
    options = _SNAPSHOT if is_postgres(engine) else {}
    with _transaction(engine, user_id, _UNREAD, options) as connection:
        yield connection


@contextmanager
def writing(
    engine: Engine, user_id: UUID | None = None, *, outlasts_power: bool = True
) -> Iterator[Connection]:
    """A transaction that writes, one at a time on SQLite; rolled back when anything is raised.

    `user_id` as for `reading`. Where `outlasts_power` is false, a power cut within moments may undo it on
    SQLite (a killed process does not), which saves the wait for the disk: for what is harmless to do again.
    Inside a transaction that writes for the same candidate it is a part of that one.
    """
    place = (engine, user_id)
    under_way = _under_way.get()
    if under_way and under_way[0] == place:
        yield under_way[1]
        return
    options = {"is_writer": True, "outlasts_power": outlasts_power}
    with _turn(engine), _transaction(engine, user_id, _UNWRITTEN, options) as connection:
        token = _under_way.set((place, connection))
        try:
            yield connection
        finally:
            _under_way.reset(token)


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """This process's writers wait for each other here: SQLite's own waiting is asleep when the lock is free."""
    turn = _turns.get(engine)
    if turn is None:
        yield
        return
    if not turn.acquire(timeout=TURN_SECONDS):
        raise StoreError(_UNWRITTEN)
    try:
        yield
    finally:
        turn.release()


def is_postgres(engine: Engine) -> bool:
    """Whether it is the hosted database rather than a file."""
    return engine.dialect.name == "postgresql"


def forget_traces(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, where deleted text would stay for a while."""
    if engine.dialect.name == "sqlite":
        with translated(_UNWRITTEN), engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def translated(sentence: str) -> Iterator[None]:
    """Failures of the database leave as StoreError with this sentence, or as StoreAwayError."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = without_values(error)
        _log.warning("The database failed: %s", type(cause).__name__)
        if is_away(error):
            raise StoreAwayError from cause
        raise StoreError(sentence) from cause


@contextmanager
def _transaction(
    engine: Engine, user_id: UUID | None, sentence: str, options: dict[str, Any]
) -> Iterator[Connection]:
    with translated(sentence), engine.connect() as plain:
        connection = plain.execution_options(**options)
        with connection.begin():
            if user_id is not None and is_postgres(engine):
                act_as(connection, user_id)
            yield connection
