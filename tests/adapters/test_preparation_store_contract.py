"""What every PreparationStore promises, proved on the store in memory, on SQLite and on Postgres."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from core.adapters.sql_preparations import SqlPreparationStore
from core.adapters.sql_store import SqlStore
from core.learning_ports import PreparationStore
from tests.builders import ALICE, BOB
from tests.doubles import FrozenClock
from tests.learning_doubles import MemoryPreparationStore, a_preparation

FIRST = a_preparation()
LATER = a_preparation(id=UUID(int=1), interview_on=FIRST.interview_on + timedelta(days=3))


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> PreparationStore:
    if request.param == "memory":
        return MemoryPreparationStore()
    return SqlPreparationStore(request.getfixturevalue(f"{request.param}_engine"), FrozenClock())


def test_preparations_come_back_by_the_day_of_the_interview(store: PreparationStore) -> None:
    store.save_preparation(ALICE, LATER)
    store.save_preparation(ALICE, FIRST)
    assert store.preparations(ALICE) == (FIRST, LATER)


def test_saved_again_it_replaces_what_was_there(store: PreparationStore) -> None:
    store.save_preparation(ALICE, FIRST)
    changed = replace(FIRST, title="Second round", interview_on=LATER.interview_on)
    store.save_preparation(ALICE, changed)
    assert store.preparations(ALICE) == (changed,)


def test_preparation_is_deleted_once_and_harmlessly_again(store: PreparationStore) -> None:
    store.save_preparation(ALICE, FIRST)
    for _ in range(2):
        store.delete_preparation(ALICE, FIRST.id)
    assert store.preparations(ALICE) == ()


def test_preparations_are_their_candidates_own(store: PreparationStore) -> None:
    store.save_preparation(ALICE, FIRST)
    store.save_preparation(BOB, replace(FIRST, title="Bob's"))
    store.delete_preparation(BOB, FIRST.id)
    assert store.preparations(ALICE) == (FIRST,)


def test_preparations_go_with_their_candidate(sql_engine: Engine) -> None:
    store = SqlPreparationStore(sql_engine, FrozenClock())
    store.save_preparation(ALICE, FIRST)
    SqlStore(sql_engine, FrozenClock()).delete_candidate(ALICE)
    assert store.preparations(ALICE) == ()
