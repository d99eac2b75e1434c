"""Opens the hosted database where its tables are those that this app knows."""

from contextlib import ExitStack

from sqlalchemy import Connection, Engine, event, func, select, text

from core.adapters.database import translated
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
_HAS_VERSION = text("SELECT to_regproc('app.schema_version')")
_READS_BY_ITSELF = text("SELECT has_table_privilege('public.users', 'SELECT')")


def open_postgres(url: str) -> Engine:
    """An engine for the app; StoreError where the schema is not this version's or the role can too much."""
    return _checked(postgres_engine(url), is_app=True)


def open_for_maintenance(url: str) -> Engine:
    """An engine for work on all candidates' rows, by an owner of the database; errors as above."""
    engine = postgres_engine(url)
    event.listen(engine, "begin", _become_maintenance)
    return _checked(engine, is_app=False)


def _become_maintenance(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL ROLE {MAINTENANCE}")


def _checked(engine: Engine, *, is_app: bool) -> Engine:
    """The engine, closed again where it is refused."""
    with ExitStack() as refusal:
        refusal.callback(engine.dispose)
        with translated(_UNOPENED), engine.begin() as connection:
            fault = _fault_of_version(_version(connection))
            if not fault and is_app and connection.scalar(_READS_BY_ITSELF):
                fault = _TOO_MIGHTY
        if fault:
            raise StoreError(fault)
        refusal.pop_all()
    return engine


def _fault_of_version(found: int) -> str:
    """What is wrong with tables of this version, empty where nothing is."""
    if found < SCHEMA_VERSION:
        return _OLDER if found else _MISSING
    return _NEWER if found > SCHEMA_VERSION else ""


def _version(connection: Connection) -> int:
    """The version of the tables, 0 where there are none."""
    if connection.scalar(_HAS_VERSION) is None:
        return 0
    return int(connection.scalar(select(func.app.schema_version())) or 0)
