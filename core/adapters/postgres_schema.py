"""Opens the hosted database where its tables are those that this app knows."""

from sqlalchemy import Connection, Engine, event, func, select, text
from sqlalchemy.exc import ProgrammingError

from core.adapters.database import reading, translated
from core.adapters.postgres_line import postgres_engine
from core.adapters.sql_tables import SCHEMA_VERSION
from core.domain.errors import StoreError

MAINTENANCE = "app_maintenance"
_UNOPENED = "The database could not be opened. Nothing was changed; see the host's log for the kind of fault."
_MIGRATE = "Whoever runs this app has to run `python -m cli database migrate`; nothing was changed."
_MISSING = f"The database has no tables of this app yet. {_MIGRATE}"
_OLDER = f"The database is from an older version of this app. {_MIGRATE}"
_NEWER = (
    "The database is from a newer version of this app. Nothing was changed; "
    "whoever runs this app has to update it."
)
_TOO_MIGHTY = (
    "DATABASE_URL logs in as a role that could read everyone's rows, so it is not used. "
    "Log in as app_login, which the migrations make."
)
_READS_BY_ITSELF = text("SELECT has_table_privilege('public.users', 'SELECT')")


def open_postgres(url: str) -> Engine:
    """An engine for the app; StoreError where the schema is not this version's or the role can too much."""
    engine = postgres_engine(url)
    _check_version(engine)
    with reading(engine) as connection:
        if connection.scalar(_READS_BY_ITSELF):
            raise StoreError(_TOO_MIGHTY)
    return engine


def open_for_maintenance(url: str) -> Engine:
    """An engine for work on all candidates' rows, by an owner of the database; errors as above."""
    engine = postgres_engine(url)
    event.listen(engine, "begin", _become_maintenance)
    _check_version(engine)
    return engine


def _become_maintenance(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL ROLE {MAINTENANCE}")


def _check_version(engine: Engine) -> None:
    found = _version(engine)
    if found != SCHEMA_VERSION:
        engine.dispose()
        raise StoreError(_OLDER if found < SCHEMA_VERSION else _NEWER)


def _version(engine: Engine) -> int:
    """The version of the tables; StoreError where there are none."""
    with translated(_UNOPENED), engine.connect() as connection:
        try:
            return int(connection.scalar(select(func.app.schema_version())) or 0)
        except ProgrammingError as error:
            raise StoreError(_MISSING) from error
