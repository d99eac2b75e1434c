"""What every RealQuestionStore promises, proved on the store in memory and on SQLite."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.adapters.database import open_sqlite
from core.adapters.sql_real_questions import SqlRealQuestionStore
from core.adapters.sql_store import SqlStore
from core.domain.real_question import RealQuestion
from core.learning_ports import RealQuestionStore
from tests.builders import ALICE, BOB, NOW
from tests.doubles import FrozenClock
from tests.learning_doubles import MemoryRealQuestionStore

WHY = RealQuestion("Why us?", NOW)
LATER = RealQuestion("Where do you see yourself?", NOW + timedelta(days=1))


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> RealQuestionStore:
    if request.param == "memory":
        return MemoryRealQuestionStore()
    return SqlRealQuestionStore(request.getfixturevalue(f"{request.param}_engine"), FrozenClock())


def test_noted_questions_come_back_the_newest_first(store: RealQuestionStore) -> None:
    store.add_questions(ALICE, [WHY, LATER])
    assert store.questions(ALICE) == (LATER, WHY)


def test_question_that_is_known_stays_as_it_is(store: RealQuestionStore) -> None:
    store.add_questions(ALICE, [WHY])
    store.add_questions(ALICE, [RealQuestion("WHY US?", NOW + timedelta(days=2)), LATER])
    assert store.questions(ALICE) == (LATER, WHY)


def test_deleted_question_is_gone_and_deleting_it_again_is_harmless(
    store: RealQuestionStore,
) -> None:
    store.add_questions(ALICE, [WHY, LATER])
    for _ in range(2):
        store.delete_question(ALICE, WHY.id)
    assert store.questions(ALICE) == (LATER,)


def test_questions_are_seen_and_deleted_by_their_candidate_only(store: RealQuestionStore) -> None:
    store.add_questions(ALICE, [WHY])
    store.delete_question(BOB, WHY.id)
    assert store.questions(BOB) == ()
    assert store.questions(ALICE) == (WHY,)


def test_questions_go_with_their_candidate(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "interviews.db")
    questions = SqlRealQuestionStore(engine, FrozenClock())
    questions.add_questions(ALICE, [WHY])
    SqlStore(engine, FrozenClock()).delete_candidate(ALICE)
    assert questions.questions(ALICE) == ()
    engine.dispose()
