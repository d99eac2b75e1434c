import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import cast
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, QueuePool, event, insert

from core.adapters.database import open_sqlite, reading, writing
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tables import SCHEMA_VERSION, asked_questions, users
from core.domain.errors import StoreError
from tests.builders import ALICE, INTERVIEW_ID, NOW, a_resume, an_answered_interview
from tests.doubles import FrozenClock

WRITERS = 20
_Open = Callable[[Path], Engine]


@pytest.fixture
def opened() -> Iterator[_Open]:
    """Opens databases that are closed after the test."""
    engines: list[Engine] = []

    def make(path: Path) -> Engine:
        engines.append(open_sqlite(path))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "interviews.db"


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def _pragma(engine: Engine, name: str) -> object:
    with reading(engine) as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


# --- privacy ------------------------------------------------------------------------------------


def test_new_folder_is_for_its_owner_only(opened: _Open, path: Path) -> None:
    opened(path)
    assert _mode(path.parent) == 0o700


def test_folder_that_was_there_keeps_its_mode(opened: _Open, path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(0o755)
    opened(path)
    assert _mode(path.parent) == 0o755


def test_every_file_of_the_database_is_for_its_owner_only(opened: _Open, path: Path) -> None:
    store = SqlStore(opened(path), FrozenClock())
    store.add_interview(ALICE, an_answered_interview())
    modes = {file.name: _mode(file) for file in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert "interviews.db" in modes


def test_deleted_answers_are_overwritten(opened: _Open, path: Path) -> None:
    assert _pragma(opened(path), "secure_delete") == 1


def test_failure_tells_nothing_of_what_was_to_be_stored(opened: _Open, path: Path) -> None:
    store = SqlStore(opened(path), FrozenClock())
    store.save_resume(ALICE, a_resume())
    with pytest.raises(StoreError) as failed:
        store.save_resume(uuid4(), a_resume())
    assert "Ilva" not in f"{failed.value} {failed.value.__cause__}"


# --- safety -------------------------------------------------------------------------------------


def test_foreign_keys_are_checked(opened: _Open, path: Path) -> None:
    with pytest.raises(StoreError), writing(opened(path)) as connection:
        connection.execute(
            insert(asked_questions).values(
                interview_id=INTERVIEW_ID, user_id=ALICE, position=1, question_id="opener"
            )
        )


def test_readers_do_not_wait_for_writers(opened: _Open, path: Path) -> None:
    engine = opened(path)
    with writing(engine) as writer:
        writer.execute(insert(users).values(id=ALICE, created_at=NOW))
        with reading(engine) as reader:
            assert reader.exec_driver_sql("SELECT count(*) FROM users").scalar_one() == 0


def test_commits_outlive_a_power_cut(opened: _Open, path: Path) -> None:
    engine = opened(path)
    assert (_pragma(engine, "journal_mode"), _pragma(engine, "synchronous")) == ("wal", 2)


def test_raised_error_rolls_the_transaction_back(opened: _Open, path: Path) -> None:
    engine = opened(path)

    def write_and_break() -> None:
        with writing(engine) as connection:
            connection.execute(insert(users).values(id=ALICE, created_at=NOW))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_break()
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM users").scalar_one() == 0


def test_stored_interview_is_there_after_a_restart(opened: _Open, path: Path) -> None:
    first = opened(path)
    SqlStore(first, FrozenClock()).add_interview(ALICE, an_answered_interview())
    first.dispose()
    again = SqlStore(opened(path), FrozenClock())
    assert again.interview(ALICE, INTERVIEW_ID) == an_answered_interview()


# --- refusals -----------------------------------------------------------------------------------


def test_new_database_carries_the_version_of_its_tables(opened: _Open, path: Path) -> None:
    assert _pragma(opened(path), "user_version") == SCHEMA_VERSION


def test_database_of_a_newer_app_is_refused_and_left_alone(opened: _Open, path: Path) -> None:
    opened(path).dispose()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        opened(path)
    assert _user_version(path) == SCHEMA_VERSION + 1


def test_folder_that_cannot_be_made_is_refused_with_its_name(opened: _Open, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="DATA_DIR") as refused:
        opened(tmp_path / "file" / "interviews.db")
    assert str(tmp_path / "file") in str(refused.value)


def test_file_that_is_no_database_is_refused(opened: _Open, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"This is a shopping list and not a database. " * 100)
    with pytest.raises(StoreError):
        opened(path)


def test_file_that_is_no_database_is_left_alone(opened: _Open, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"This is a shopping list and not a database. " * 100)
    with pytest.raises(StoreError):
        opened(path)
    assert path.read_bytes().startswith(b"This is a shopping list")


def test_database_that_is_locked_for_too_long_is_a_store_error(
    opened: _Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.adapters.database._PRAGMAS", ("PRAGMA busy_timeout = 1",))
    store = SqlStore(opened(path), FrozenClock())
    locking = sqlite3.connect(path, isolation_level=None)
    locking.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError):
        store.add_interview(ALICE, an_answered_interview())
    locking.close()
    store.add_interview(ALICE, an_answered_interview())
    assert len(store.interviews(ALICE)) == 1


def test_full_database_refuses_what_is_new_keeps_what_is_there_and_goes_on_with_space(
    opened: _Open, path: Path
) -> None:
    engine = opened(path)
    store = SqlStore(engine, FrozenClock())
    store.add_interview(ALICE, an_answered_interview())
    event.listen(engine, "begin", _fill)
    with pytest.raises(StoreError, match="could not be stored") as refused:
        store.add_interview(ALICE, replace(an_answered_interview(), id=uuid4()))
    assert "full" in str(refused.value.__cause__)
    event.remove(engine, "begin", _fill)
    event.listen(engine, "begin", _make_space)
    store.add_interview(ALICE, replace(an_answered_interview(), id=uuid4()))
    assert len(store.interviews(ALICE)) == 2
    assert _pragma(engine, "integrity_check") == "ok"


def _fill(connection: Connection) -> None:
    """No page more than there are."""
    connection.exec_driver_sql("PRAGMA max_page_count = 1")


def _make_space(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000")


def _user_version(path: Path) -> int:
    connection = sqlite3.connect(path)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return int(found)


def test_writers_of_one_process_take_a_connection_in_turn(sqlite_engine: Engine) -> None:
    in_use: list[int] = []
    pool = cast("QueuePool", sqlite_engine.pool)
    event.listen(sqlite_engine, "checkout", lambda *_: in_use.append(pool.checkedout()))
    everyone = Barrier(WRITERS)

    def write(_: int) -> None:
        everyone.wait()
        with writing(sqlite_engine) as connection:
            connection.exec_driver_sql("UPDATE users SET created_at = created_at")

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(write, range(WRITERS)))
    assert in_use == [1] * WRITERS


def test_only_what_may_be_done_again_does_not_wait_for_the_disk(sqlite_engine: Engine) -> None:
    for outlasts_power, level in ((True, 2), (False, 1), (True, 2)):
        with writing(sqlite_engine, outlasts_power=outlasts_power) as connection:
            found = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
        assert found == level
