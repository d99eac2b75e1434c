"""The AuditLog on SQL tables, and its reader."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Engine, insert, select

from core.adapters.database import reading, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_tables import audit_events
from core.domain.audit import AuditEvent, AuditKind


class SqlAuditLog:
    """Keeps events and reads them. See `core.custody_ports.AuditLog` and `AuditReader`.

    On Postgres a candidate may add events of their own and read none; only maintenance reads.
    """

    def __init__(self, engine: Engine, *, is_maintenance: bool = False) -> None:
        """Take an engine whose tables exist; one for maintenance adds events in its own name."""
        self._engine = engine
        self._is_maintenance = is_maintenance

    def record(self, event: AuditEvent) -> None:
        """Add an event."""
        acting = None if self._is_maintenance else event.actor_id
        with writing(self._engine, acting) as connection:
            connection.execute(
                insert(audit_events).values(
                    id=uuid4(),
                    at=event.at,
                    kind=event.kind.value,
                    actor_id=event.actor_id,
                    address=event.address,
                )
            )

    def events(self, since: datetime, most: int) -> tuple[AuditEvent, ...]:
        """The newest events from `since` on, the oldest of them first."""
        query = (
            select(audit_events)
            .where(audit_events.c.at >= since)
            .order_by(audit_events.c.at.desc(), audit_events.c.id.desc())
            .limit(most)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(
            AuditEvent(AuditKind(row.kind), row.actor_id, aware(row.at), row.address)
            for row in reversed(rows)
        )
