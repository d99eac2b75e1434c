"""What every AuditLog promises, on the fake and on each database."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, update

from core.adapters.database import writing
from core.adapters.postgres_schema import open_for_maintenance
from core.adapters.sql_audit import SqlAuditLog
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tables import audit_events
from core.custody_ports import AuditLog, AuditReader
from core.domain.audit import AuditEvent, AuditKind
from core.domain.errors import StoreError
from tests.builders import ALICE, BOB, NOW, a_resume
from tests.doubles import FrozenClock, MemoryAuditLog
from tests.hosted_database import HostedDatabase

Log = tuple[AuditLog, AuditReader]
FIRST = AuditEvent(AuditKind.KEY_ADDED, ALICE, NOW, "ab12")
SECOND = AuditEvent(AuditKind.EXPORTED, BOB, NOW + timedelta(minutes=1))


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def log(request: pytest.FixtureRequest) -> Log:
    """Who adds, and who reads."""
    if request.param == "memory":
        memory = MemoryAuditLog()
        return memory, memory
    engine = request.getfixturevalue(f"{request.param}_engine")
    if request.param == "sqlite":
        return SqlAuditLog(engine), SqlAuditLog(engine)
    postgres: HostedDatabase = request.getfixturevalue("postgres")
    owner = open_for_maintenance(postgres.owner_url)
    request.addfinalizer(owner.dispose)  # noqa: PT021 - one of three parameters has an end
    return SqlAuditLog(engine), SqlAuditLog(owner)


def test_events_are_read_in_their_order(log: Log) -> None:
    added, reader = log
    for event in (SECOND, FIRST):
        added.record(event)
    assert reader.events(NOW, 10) == (FIRST, SECOND)


def test_only_the_newest_are_read_and_none_from_before(log: Log) -> None:
    added, reader = log
    for event in (FIRST, SECOND):
        added.record(event)
    assert reader.events(NOW, 1) == (SECOND,)
    assert reader.events(NOW + timedelta(seconds=1), 10) == (SECOND,)


@pytest.mark.parametrize(
    "change",
    [delete(audit_events), update(audit_events).values(kind="nothing")],
    ids=["delete", "update"],
)
def test_event_in_a_file_is_neither_changed_nor_deleted(
    sqlite_engine: Engine, change: object
) -> None:
    log = SqlAuditLog(sqlite_engine)
    log.record(FIRST)
    with pytest.raises(StoreError), writing(sqlite_engine) as connection:
        connection.execute(change)  # type: ignore[call-overload]
    assert log.events(NOW, 10) == (FIRST,)


def test_events_outlive_the_account(sqlite_engine: Engine) -> None:
    store, log = SqlStore(sqlite_engine, FrozenClock()), SqlAuditLog(sqlite_engine)
    store.save_resume(ALICE, a_resume())
    log.record(FIRST)
    store.delete_candidate(ALICE)
    assert log.events(NOW, 10) == (FIRST,)
