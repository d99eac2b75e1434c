"""What every RecordingStore promises, on the fake and on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.adapters.database import open_sqlite
from core.adapters.sql_recordings import SqlRecordingStore
from core.adapters.sql_store import SqlStore
from core.domain.errors import NotFoundError, StoreError
from core.domain.speech import recording_of
from core.speech_ports import RecordingStore
from tests.builders import ALICE, BOB, INTERVIEW_ID, NOW, a_started_interview
from tests.doubles import FrozenClock
from tests.speaking_doubles import RECORDING_ID, WEBM, MemoryRecordings, a_take

RECORDING = recording_of(WEBM)


@pytest.fixture
def sql(tmp_path: Path) -> Iterator[tuple[SqlStore, SqlRecordingStore]]:
    engine = open_sqlite(tmp_path / "interviews.db")
    store = SqlStore(engine, FrozenClock())
    store.add_interview(ALICE, a_started_interview())
    yield store, SqlRecordingStore(engine)
    engine.dispose()


@pytest.fixture(params=["memory", "sqlite"])
def recordings(
    request: pytest.FixtureRequest, sql: tuple[SqlStore, SqlRecordingStore]
) -> RecordingStore:
    return MemoryRecordings() if request.param == "memory" else sql[1]


def test_recording_comes_back_as_it_was(recordings: RecordingStore) -> None:
    recordings.keep_recording(ALICE, INTERVIEW_ID, RECORDING_ID, RECORDING)
    assert recordings.recording(ALICE, RECORDING_ID) == RECORDING


def test_keeping_it_twice_changes_nothing(recordings: RecordingStore) -> None:
    for _ in range(2):
        recordings.keep_recording(ALICE, INTERVIEW_ID, RECORDING_ID, RECORDING)
    assert recordings.recording(ALICE, RECORDING_ID) == RECORDING


def test_nobody_hears_the_recording_of_another(recordings: RecordingStore) -> None:
    recordings.keep_recording(ALICE, INTERVIEW_ID, RECORDING_ID, RECORDING)
    with pytest.raises(NotFoundError):
        recordings.recording(BOB, RECORDING_ID)


def test_recording_goes_with_its_interview(sql: tuple[SqlStore, SqlRecordingStore]) -> None:
    store, recordings = sql
    recordings.keep_recording(ALICE, INTERVIEW_ID, RECORDING_ID, RECORDING)
    store.delete_interview(ALICE, INTERVIEW_ID)
    with pytest.raises(NotFoundError):
        recordings.recording(ALICE, RECORDING_ID)


def test_recording_cannot_hang_on_the_interview_of_another(
    sql: tuple[SqlStore, SqlRecordingStore],
) -> None:
    with pytest.raises(StoreError):
        sql[1].keep_recording(BOB, INTERVIEW_ID, RECORDING_ID, RECORDING)


def test_takes_are_stored_with_the_question_and_then_with_the_answer(
    sql: tuple[SqlStore, SqlRecordingStore],
) -> None:
    store, _ = sql
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.record_take(1, a_take(is_kept=True)))
    assert store.interview(ALICE, INTERVIEW_ID).current.takes == (a_take(is_kept=True),)
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.submit_answer(1, "Edited.", NOW))
    stored = store.interview(ALICE, INTERVIEW_ID).current
    assert stored.takes == ()
    assert stored.attempts[0].takes == (a_take(is_kept=True),)
