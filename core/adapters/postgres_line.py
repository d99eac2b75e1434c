"""The line to a Postgres: how it is reached, for whom a transaction acts, and when it is away.

The driver is imported with the first engine: an app on SQLite starts without it.
"""

import json
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from core.adapters.json_columns import JSON_FORM

CONNECT_SECONDS = 5
SILENCE_MS = 10_000
"""So long may the other side leave what was sent unacknowledged."""
POOL_SIZE = 5
_DRIVER = "postgresql+psycopg"
_AWAY_STATES = ("08", "57P01", "57P02", "57P03", "53300")
"""SQLSTATE codes: broken connection, shut down, crashed, starting up, too many connections."""
_ACT_AS = text(
    "SELECT set_config('role', 'authenticated', true),"
    " set_config('request.jwt.claims', :claims, true),"
    " set_config('request.jwt.claim.sub', :subject, true)"
)


def postgres_engine(url: str) -> Engine:
    """An engine that has not connected yet.

    Nothing is prepared on the server, because a pooler in between may hand each transaction to another
    connection. Without a word on it in the URL, a line to another machine is encrypted.
    """
    parsed = make_url(url).set(drivername=_DRIVER)
    options: dict[str, object] = {
        "prepare_threshold": None,
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": SILENCE_MS,
    }
    host = parsed.host or str(parsed.query.get("host", ""))
    is_here = host in ("", "localhost", "127.0.0.1", "::1") or host.startswith("/")
    if not is_here and "sslmode" not in parsed.query:
        options["sslmode"] = "require"
    return create_engine(
        parsed,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_timeout=CONNECT_SECONDS,
        connect_args=options,
        **JSON_FORM,
    )


def act_as(connection: Connection, user_id: UUID) -> None:
    """Give the running transaction, and only it, the rights of a candidate."""
    subject = str(user_id)
    claims = json.dumps({"sub": subject, "role": "authenticated"})
    connection.execute(_ACT_AS, {"claims": claims, "subject": subject})


def is_away(error: SQLAlchemyError) -> bool:
    """Whether the server could not be reached, or went away in the middle."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError) or not hasattr(error.orig, "sqlstate"):
        return False
    state = str(getattr(error.orig, "sqlstate", None) or "")
    is_lost = error.connection_invalidated or (not state and isinstance(error, OperationalError))
    return is_lost or state.startswith(_AWAY_STATES)


def without_values(error: SQLAlchemyError) -> BaseException:
    """The driver's error with its first line alone: below it Postgres puts rows that were refused."""
    cause = getattr(error, "orig", None)
    if cause is None or not hasattr(cause, "diag"):
        return error
    shortened: BaseException = type(cause)(cause.diag.message_primary or "The server is away.")
    return shortened
