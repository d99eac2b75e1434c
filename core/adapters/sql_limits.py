"""The Limits on SQL tables, shared by every process that has the same database."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Engine, Text, bindparam, delete, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from core.adapters.database import is_postgres, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_tables import limits
from core.adapters.sql_users import dialect_of
from core.domain.limits import Rule, taken, wait_seconds

_HOLD = text("SELECT key, full_at FROM app.hold_limits(:keys, :now)").bindparams(
    bindparam("keys", type_=ARRAY(Text)), bindparam("now", type_=DateTime(timezone=True))
)
_KEEP = text("SELECT app.keep_limits(:keys, :moments)").bindparams(
    bindparam("keys", type_=ARRAY(Text)),
    bindparam("moments", type_=ARRAY(DateTime(timezone=True))),
)


class SqlLimits:
    """Keeps when each bucket will be full. See `core.custody_ports.Limits` for what it promises."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine

    def take(self, buckets: Mapping[str, Rule], now: datetime) -> float:
        """Take one of each bucket, or none at all."""
        moment = now.timestamp()
        with writing(self._engine) as connection:
            held = self._held(connection, sorted(buckets), now)
            wait = max(
                wait_seconds(rule, held.get(key, moment), moment) for key, rule in buckets.items()
            )
            if not wait:
                after = {k: taken(r, held.get(k, moment), moment) for k, r in buckets.items()}
                self._keep(connection, after)
        return wait

    def _held(self, connection: Connection, keys: list[str], now: datetime) -> dict[str, float]:
        """When these buckets will be full. Nobody else changes them until the transaction is over."""
        if is_postgres(self._engine):
            rows = connection.execute(_HOLD, {"keys": keys, "now": now}).all()
        else:
            connection.execute(delete(limits).where(limits.c.full_at < now))
            rows = connection.execute(select(limits).where(limits.c.key.in_(keys))).all()
        return {row.key: aware(row.full_at).timestamp() for row in rows}

    def _keep(self, connection: Connection, full_at: Mapping[str, float]) -> None:
        moments = {key: datetime.fromtimestamp(at, UTC) for key, at in full_at.items()}
        if is_postgres(self._engine):
            connection.execute(_KEEP, {"keys": list(moments), "moments": list(moments.values())})
            return
        insert: Any = dialect_of(connection).insert(limits)
        connection.execute(
            insert.on_conflict_do_update(
                index_elements=["key"], set_={"full_at": insert.excluded.full_at}
            ),
            [{"key": key, "full_at": at} for key, at in moments.items()],
        )
