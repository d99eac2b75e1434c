"""Leases on work, as columns of the answer's row or, for the work of a whole interview, as rows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, insert, select, update

from core.adapters.sql_moments import aware
from core.adapters.sql_tables import interviews, leases, responses
from core.domain.attempt import EvaluationStatus
from core.ports import Claim, Lease, WorkKey, WorkKind

IsDead = Callable[[str], bool]


def claimed(
    connection: Connection,
    user_id: UUID,
    key: WorkKey,
    lease: Lease,
    is_dead: IsDead,
    *,
    may_repeat: bool,
) -> Claim:
    """Take the lease where it is free, inside a writing transaction; what became of it.

    A lease whose owner is known to be dead has lapsed, however long it would last.
    Writers run one after the other (SQLite) or lock a row (others), so that reading the row first and
    writing it then is one step. A lease that is not there yet cannot be locked, its interview can.
    """
    is_evaluation = key.kind is WorkKind.EVALUATION
    if not is_evaluation:
        connection.execute(_interview(user_id, key).with_for_update())
    table = responses if is_evaluation else leases
    place = _attempt(user_id, key) if is_evaluation else _work(user_id, key)
    row = connection.execute(
        select(table.c.claimed_by, table.c.claimed_until).where(place).with_for_update()
    ).one_or_none()
    if row is None and is_evaluation:
        return Claim.HELD  # judged already, or not there
    claim = _decided(row.claimed_until, lease, may_repeat=may_repeat) if row else Claim.TAKEN
    if claim is Claim.HELD and row is not None and is_dead(row.claimed_by):
        claim = _lapsed(may_repeat=may_repeat)
    if claim is not Claim.TAKEN:
        return claim
    values = {"claimed_by": lease.owner, "claimed_until": lease.until}
    if row is None:
        where = {"user_id": user_id, "interview_id": key.interview_id, "kind": key.name}
        connection.execute(insert(leases).values(**where, **values))
    else:
        connection.execute(update(table).where(place).values(**values))
    return Claim.TAKEN


def released(connection: Connection, user_id: UUID, key: WorkKey) -> None:
    """Give the lease back; nothing happens where there is none."""
    if key.kind is WorkKind.EVALUATION:
        free: dict[str, Any] = {"claimed_by": None, "claimed_until": None}
        connection.execute(update(responses).where(_attempt(user_id, key)).values(**free))
    else:
        connection.execute(delete(leases).where(_work(user_id, key)))


def _decided(until: datetime | None, lease: Lease, *, may_repeat: bool) -> Claim:
    """What a lease that lasts until then means for one who asks now."""
    if until is None:
        return Claim.TAKEN
    if lease.now < aware(until) <= lease.until:
        return Claim.HELD
    return _lapsed(may_repeat=may_repeat)


def _lapsed(*, may_repeat: bool) -> Claim:
    return Claim.TAKEN if may_repeat else Claim.LAPSED


def _interview(user_id: UUID, key: WorkKey) -> Select[tuple[UUID]]:
    own = and_(interviews.c.id == key.interview_id, interviews.c.user_id == user_id)
    return select(interviews.c.id).where(own)


def _attempt(user_id: UUID, key: WorkKey) -> ColumnElement[bool]:
    return and_(
        responses.c.user_id == user_id,
        responses.c.interview_id == key.interview_id,
        responses.c.position == key.position,
        responses.c.attempt == key.attempt,
        responses.c.status == EvaluationStatus.PENDING.value,
    )


def _work(user_id: UUID, key: WorkKey) -> ColumnElement[bool]:
    return and_(
        leases.c.user_id == user_id,
        leases.c.interview_id == key.interview_id,
        leases.c.kind == key.name,
    )
