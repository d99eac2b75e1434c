"""Brings a hosted Postgres up to date from the SQL files of `supabase/migrations`, which are its truth.

What was applied stands in `supabase_migrations.schema_migrations`, where Supabase's own command line
keeps it as well, so that either may apply the next file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from core.adapters.database import translated
from core.adapters.postgres_line import postgres_engine
from core.domain.errors import StoreError

FOLDER = Path(__file__).resolve().parents[2] / "supabase" / "migrations"
OLDEST_POSTGRES = 15

_UNMIGRATED = "The database could not be migrated. Nothing of what was pending was applied."
_LOCK = 20261122
_TABLE = (
    "CREATE SCHEMA IF NOT EXISTS supabase_migrations",
    "CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY)",
    "ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[]",
    "ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text",
)
_APPLIED = text("SELECT version FROM supabase_migrations.schema_migrations")
_KEEP = text(
    "INSERT INTO supabase_migrations.schema_migrations (version, name, statements)"
    " VALUES (:version, :name, ARRAY[:statements])"
)
_VERSION = text("SELECT current_setting('server_version_num')::integer / 10000")


@dataclass(frozen=True, slots=True)
class Migrations:
    """The SQL files of a folder, for a database that `owner_url` may change."""

    owner_url: str
    folder: Path = FOLDER

    def apply(self) -> tuple[str, ...]:
        """Apply what was not applied yet, all of it or nothing; the names of these files.

        One after the other where two begin at once. StoreError with the database's own words where a
        file does not apply, or where the Postgres is too old.
        """
        with self._connected() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            for statement in _TABLE:
                connection.exec_driver_sql(statement)
            applied = set(connection.scalars(_APPLIED))
            pending = [file for file in self._files() if _version(file) not in applied]
            for file in pending:
                _apply(connection, file)
            return tuple(file.name for file in pending)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.sql"))

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A transaction of the owner's."""
        engine = postgres_engine(self.owner_url)
        try:
            with translated(_UNMIGRATED), engine.begin() as connection:
                found = connection.scalar(_VERSION) or 0
                if found < OLDEST_POSTGRES:
                    message = f"This is Postgres {found}; {OLDEST_POSTGRES} or newer is needed."
                    raise StoreError(message)
                yield connection
        finally:
            engine.dispose()


def _apply(connection: Connection, file: Path) -> None:
    import psycopg

    sql = file.read_text("utf-8")
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute(sql)  # the driver itself takes several statements at once
    except psycopg.Error as error:
        message = f"{file.name} does not apply: {error.diag.message_primary}. {_UNMIGRATED}"
        raise StoreError(message) from error
    name = file.stem.partition("_")[2]
    connection.execute(_KEEP, {"version": _version(file), "name": name, "statements": sql})


def _version(file: Path) -> str:
    """The digits in front of a file's name."""
    return file.name.partition("_")[0]
