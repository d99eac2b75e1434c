"""Leases on work, as columns of the answer's row or, for the work of a whole interview, as rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, Update, delete, insert, select, update

from core.adapters.sql_moments import aware
from core.adapters.sql_places import at, place
from core.adapters.sql_tables import interviews, leases, responses
from core.domain.attempt import EvaluationStatus
from core.ports import Claim, Lease, WorkKey, WorkKind

IsDead = Callable[[str], bool]
_ATTEMPT = at(responses, "user_id", "interview_id", "position", "attempt", "status")
_WORK = at(leases, "user_id", "interview_id", "kind")


@dataclass(frozen=True, slots=True)
class _Statements:
    """What reads a lease and locks it, and what changes it."""

    held: Select[Any]
    change: Update


def _statements(table: Table, where: Any) -> _Statements:
    held = select(table.c.claimed_by, table.c.claimed_until).where(where).with_for_update()
    return _Statements(held, update(table).where(where))


_ATTEMPTS = _statements(responses, _ATTEMPT)
_WORKS = _statements(leases, _WORK)
_ADD = insert(leases)
_END = delete(leases).where(_WORK)
_LOCK = select(interviews.c.id).where(at(interviews, "id", "user_id")).with_for_update()


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
        connection.execute(_LOCK, place(id=key.interview_id, user_id=user_id))
    statements = _ATTEMPTS if is_evaluation else _WORKS
    row = connection.execute(statements.held, place(**_key(user_id, key))).one_or_none()
    if row is None and is_evaluation:
        return Claim.HELD  # judged already, or not there
    claim = _decided(row.claimed_until, lease, may_repeat=may_repeat) if row else Claim.TAKEN
    if claim is Claim.HELD and row is not None and is_dead(row.claimed_by):
        claim = _lapsed(may_repeat=may_repeat)
    if claim is not Claim.TAKEN:
        return claim
    values = {"claimed_by": lease.owner, "claimed_until": lease.until}
    if row is None:
        connection.execute(_ADD, _key(user_id, key) | values)
    else:
        connection.execute(statements.change, place(**_key(user_id, key)) | values)
    return Claim.TAKEN


def released(connection: Connection, user_id: UUID, key: WorkKey) -> None:
    """Give the lease back; nothing happens where there is none."""
    own = place(**_key(user_id, key))
    if key.kind is WorkKind.EVALUATION:
        free: dict[str, Any] = {"claimed_by": None, "claimed_until": None}
        connection.execute(_ATTEMPTS.change, own | free)
    else:
        connection.execute(_END, own)


def _decided(until: datetime | None, lease: Lease, *, may_repeat: bool) -> Claim:
    """What a lease that lasts until then means for one who asks now."""
    if until is None:
        return Claim.TAKEN
    if lease.now < aware(until) <= lease.until:
        return Claim.HELD
    return _lapsed(may_repeat=may_repeat)


def _lapsed(*, may_repeat: bool) -> Claim:
    return Claim.TAKEN if may_repeat else Claim.LAPSED


def _key(user_id: UUID, key: WorkKey) -> dict[str, Any]:
    """The columns that tell where the lease on this work is kept, with their values."""
    of_interview = {"user_id": user_id, "interview_id": key.interview_id}
    if key.kind is not WorkKind.EVALUATION:
        return of_interview | {"kind": key.name}
    waiting = EvaluationStatus.PENDING.value
    return of_interview | {"position": key.position, "attempt": key.attempt, "status": waiting}
