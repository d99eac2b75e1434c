"""Leases on work, as columns of the answer's row or, for the work of a whole interview, as rows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from core.adapters.sql_moments import aware
from core.adapters.sql_places import at, place
from core.adapters.sql_tables import interviews, leases, responses
from core.domain.attempt import EvaluationStatus
from core.ports import Claim, Lease, WorkKey, WorkKind

IsDead = Callable[[str], bool]
_ATTEMPT = at(responses, "user_id", "interview_id", "position", "attempt", "status")
_WORK = at(leases, "user_id", "interview_id", "kind")
_HELD_ATTEMPT: Select[Any] = (
    select(responses.c.claimed_by, responses.c.claimed_until, interviews.c.version)
    .join(interviews, interviews.c.id == responses.c.interview_id)
    .where(_ATTEMPT)
    .with_for_update(of=responses)
)
_HELD_WORK: Select[Any] = (
    select(leases.c.claimed_by, leases.c.claimed_until).where(_WORK).with_for_update()
)
_CHANGE_ATTEMPT = update(responses).where(_ATTEMPT)
_CHANGE_WORK = update(leases).where(_WORK)
_ADD = insert(leases)
_END = delete(leases).where(_WORK)
_LOCK = select(interviews.c.version).where(at(interviews, "id", "user_id")).with_for_update()


def claimed(
    connection: Connection,
    user_id: UUID,
    key: WorkKey,
    lease: Lease,
    is_dead: IsDead,
    version: int | None,
    *,
    may_repeat: bool,
) -> Claim:
    """Take the lease where it is free, inside a writing transaction; what became of it.

    See `core.ports.InterviewStore.claim`. A lease whose owner is known to be dead has lapsed, however
    long it would last. Writers run one after the other (SQLite) or lock a row (others), so that reading
    the row first and writing it then is one step. A lease that is not there yet cannot be locked, its
    interview can.
    """
    own = _key(user_id, key)
    is_evaluation = key.kind is WorkKind.EVALUATION
    if is_evaluation:
        row = connection.execute(_HELD_ATTEMPT, place(**own)).one_or_none()
        if row is None:
            return Claim.HELD  # judged already, or not there
        stored = row.version
    else:
        stored = connection.scalar(_LOCK, place(id=key.interview_id, user_id=user_id))
        row = connection.execute(_HELD_WORK, place(**own)).one_or_none()
    if version not in (None, stored):
        return Claim.CHANGED
    claim = _decided(row, lease, is_dead, may_repeat=may_repeat)
    if claim is Claim.TAKEN:
        values = {"claimed_by": lease.owner, "claimed_until": lease.until}
        if row is None:
            connection.execute(_ADD, own | values)
        else:
            change = _CHANGE_ATTEMPT if is_evaluation else _CHANGE_WORK
            connection.execute(change, place(**own) | values)
    return claim


def released(connection: Connection, user_id: UUID, key: WorkKey) -> None:
    """Give the lease back; nothing happens where there is none."""
    own = place(**_key(user_id, key))
    if key.kind is WorkKind.EVALUATION:
        free: dict[str, Any] = {"claimed_by": None, "claimed_until": None}
        connection.execute(_CHANGE_ATTEMPT, own | free)
    else:
        connection.execute(_END, own)


def _decided(row: Row[Any] | None, lease: Lease, is_dead: IsDead, *, may_repeat: bool) -> Claim:
    """What the lease that is kept, if any, means for one who asks now."""
    if row is None or row.claimed_until is None:
        return Claim.TAKEN
    is_running = lease.now < aware(row.claimed_until) <= lease.until
    if is_running and not is_dead(row.claimed_by):
        return Claim.HELD
    return Claim.TAKEN if may_repeat else Claim.LAPSED


def _key(user_id: UUID, key: WorkKey) -> dict[str, Any]:
    """The columns that tell where the lease on this work is kept, with their values."""
    of_interview = {"user_id": user_id, "interview_id": key.interview_id}
    if key.kind is not WorkKind.EVALUATION:
        return of_interview | {"kind": key.name}
    waiting = EvaluationStatus.PENDING.value
    return of_interview | {"position": key.position, "attempt": key.attempt, "status": waiting}
