"""The line to a Postgres: how it is reached, for whom a transaction acts, and when it is away."""

import json
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

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
    state = error.orig.sqlstate
    is_operational = type(error.orig).__name__ == "OperationalError"
    lost = error.connection_invalidated or (state is None and is_operational)
    return lost or str(state).startswith(_AWAY_STATES)
