"""A file of an older version opens, keeps its rows, and ends with the tables of a new one."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.adapters.database import open_sqlite
from core.adapters.schema_upgrades import STEPS
from core.adapters.sql_keys import SqlKeyStore
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tables import SCHEMA_VERSION
from core.domain.errors import StoreError
from core.domain.history import answers_of
from core.domain.interview import Interview
from tests.builders import ALICE, NOW, a_closing, a_judged_interview, a_resume
from tests.doubles import FrozenClock
from tests.key_doubles import a_stored_key

_VERSION_1 = Path(__file__).with_name("version_1.sql")
_OLD_TABLES = ("users", "resumes", "interviews", "responses", "asked_questions")


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A database of version 1 with a row in each of its tables."""
    path = tmp_path / "interviews.db"
    connection = sqlite3.connect(path)
    connection.executescript(_VERSION_1.read_text("utf-8"))
    connection.close()
    return path


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    found = {
        table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own names
        for table in _OLD_TABLES
    }
    connection.close()
    return found


def _schema(path: Path) -> dict[str, list[object]]:
    """What each table is made of: columns, foreign keys, indexes by what they cover, and checks."""
    connection = sqlite3.connect(path)
    tables = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
    ).fetchall()
    schema: dict[str, list[object]] = {}
    for table, written in tables:
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        foreign = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
        covered = sorted(
            (unique, origin, *connection.execute(f"PRAGMA index_info({name})").fetchall())
            for _, name, unique, origin, _ in indexes
        )
        schema[table] = [columns, foreign, covered, re.findall(r"CHECK \((.+)\)", written)]
    connection.close()
    return schema


def _open_and_close(path: Path) -> None:
    open_sqlite(path).dispose()


def test_old_file_keeps_every_row(old_file: Path) -> None:
    before = _rows(old_file)
    assert all(before.values())
    _open_and_close(old_file)
    after = _rows(old_file)
    width = {table: len(rows[0]) for table, rows in before.items()}
    assert {t: [row[: width[t]] for row in rows] for t, rows in after.items()} == before


def test_old_file_gets_the_tables_of_a_new_one(old_file: Path, tmp_path: Path) -> None:
    new_file = tmp_path / "new.db"
    _open_and_close(old_file)
    _open_and_close(new_file)
    assert _schema(old_file) == _schema(new_file)


def test_old_file_is_upgraded_once(old_file: Path) -> None:
    _open_and_close(old_file)
    _open_and_close(old_file)
    connection = sqlite3.connect(old_file)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()


def test_upgraded_file_is_read_and_written(old_file: Path) -> None:
    engine = open_sqlite(old_file)
    keys = SqlKeyStore(engine, FrozenClock())
    keys.save_key(ALICE, a_stored_key())
    assert keys.keys(ALICE) == (a_stored_key(),)
    assert SqlStore(engine, FrozenClock()).latest_resume(ALICE) == a_resume()
    engine.dispose()


@pytest.fixture
def held() -> Interview:
    """An interview with two attempts at a question, over."""
    interview = a_judged_interview().rate_self(1, 1, 4).try_again().submit_answer(1, "More.", NOW)
    interview = interview.record_failure(1, 2, "It broke.").go_on_unscored()
    return interview.ask(a_closing(), "The end.", NOW).submit_answer(2, "None.", NOW)


@pytest.fixture
def upgraded(tmp_path: Path, held: Interview) -> Iterator[SqlStore]:
    """A store whose file was of version 2 with this interview in it."""
    path = tmp_path / "interviews.db"
    engine = open_sqlite(path)
    SqlStore(engine, FrozenClock()).add_interview(ALICE, held)
    engine.dispose()
    connection = sqlite3.connect(path)
    connection.executescript(
        "UPDATE interviews SET session_state = json_set(session_state, '$.plan', "
        "(SELECT json(plan) FROM plans WHERE interview_id = id)); DROP TABLE plans; "
        "DROP TABLE answer_summaries; DROP TABLE practice_items; DROP TABLE recordings; "
        "DROP TABLE limits; DROP TABLE resume_files; DROP TABLE audit_events; "
        "ALTER TABLE users DROP COLUMN last_used_on; "
        "DROP TABLE real_questions; DROP TABLE preparations; DROP TABLE shares; "
        "DROP TABLE identities; DROP TABLE sessions; "
        "DROP TABLE api_tokens; DROP TABLE api_replies; DROP INDEX interviews_in_short; "
        "DROP INDEX responses_by_user; "
        "PRAGMA user_version = 2;"
    )
    connection.close()
    engine = open_sqlite(path)
    yield SqlStore(engine, FrozenClock())
    engine.dispose()


def test_answers_of_an_older_file_are_told_in_short(upgraded: SqlStore, held: Interview) -> None:
    assert upgraded.answers(ALICE) == {held.id: answers_of(held)}


def test_interview_of_an_older_file_keeps_its_plan(upgraded: SqlStore, held: Interview) -> None:
    assert upgraded.interview(ALICE, held.id) == held
    assert upgraded.change_interview(ALICE, held.id, lambda i: i.rename("Old")).plan == held.plan
    assert upgraded.interview(ALICE, held.id).plan == held.plan


def test_list_of_interviews_is_read_from_an_index_alone(tmp_path: Path) -> None:
    _open_and_close(tmp_path / "new.db")
    connection = sqlite3.connect(tmp_path / "new.db")
    plan = connection.execute(
        "EXPLAIN QUERY PLAN SELECT CAST(summary AS TEXT) FROM interviews WHERE user_id = 'a' "
        "ORDER BY created_at DESC, id"
    ).fetchall()
    connection.close()
    assert "USING COVERING INDEX interviews_in_short" in plan[0][-1]


def test_upgrade_that_breaks_off_changes_nothing(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _schema(old_file)
    monkeypatch.setitem(STEPS, 2, (*STEPS[2], "This is no SQL"))
    with pytest.raises(StoreError):
        _open_and_close(old_file)
    assert _schema(old_file) == before


def test_every_version_after_the_first_has_its_step() -> None:
    assert sorted(STEPS) == list(range(2, SCHEMA_VERSION + 1))
