"""What every RecordingStore promises, on the fake and on each database."""

import pytest
from sqlalchemy import Engine

from core.adapters.sql_recordings import SqlRecordingStore
from core.adapters.sql_store import SqlStore
from core.domain.errors import NotFoundError, StoreError
from core.domain.speech import recording_of
from core.speech_ports import RecordingStore
from tests.builders import ALICE, BOB, INTERVIEW_ID, NOW, a_started_interview
from tests.doubles import FrozenClock
from tests.speaking_doubles import RECORDING_ID, WEBM, MemoryRecordings, a_take

RECORDING = recording_of(WEBM)


Stores = tuple[SqlStore, SqlRecordingStore]


def _stores(engine: Engine) -> Stores:
    """Where Alice has an interview."""
    store = SqlStore(engine, FrozenClock())
    store.add_interview(ALICE, a_started_interview())
    return store, SqlRecordingStore(engine)


@pytest.fixture(params=["sqlite", "postgres"])
def sql(request: pytest.FixtureRequest) -> Stores:
    return _stores(request.getfixturevalue(f"{request.param}_engine"))


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def recordings(request: pytest.FixtureRequest) -> RecordingStore:
    if request.param == "memory":
        return MemoryRecordings()
    return _stores(request.getfixturevalue(f"{request.param}_engine"))[1]


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


def test_recording_goes_with_its_interview(sql: Stores) -> None:
    store, recordings = sql
    recordings.keep_recording(ALICE, INTERVIEW_ID, RECORDING_ID, RECORDING)
    store.delete_interview(ALICE, INTERVIEW_ID)
    with pytest.raises(NotFoundError):
        recordings.recording(ALICE, RECORDING_ID)


def test_recording_cannot_hang_on_the_interview_of_another(
    sql: Stores,
) -> None:
    with pytest.raises(StoreError):
        sql[1].keep_recording(BOB, INTERVIEW_ID, RECORDING_ID, RECORDING)


def test_takes_are_stored_with_the_question_and_then_with_the_answer(
    sql: Stores,
) -> None:
    store, _ = sql
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.record_take(1, a_take(is_kept=True)))
    assert store.interview(ALICE, INTERVIEW_ID).current.takes == (a_take(is_kept=True),)
    store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.submit_answer(1, "Edited.", NOW))
    stored = store.interview(ALICE, INTERVIEW_ID).current
    assert stored.takes == ()
    assert stored.attempts[0].takes == (a_take(is_kept=True),)
