"""What every KeyStore promises, proved on the store in memory, on SQLite and on Postgres."""

import traceback
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from core.adapters.database import reading
from core.adapters.sql_keys import SqlKeyChecks, SqlKeyStore
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tables import api_keys
from core.domain.errors import StoreError
from core.key_ports import KeyStore
from tests.builders import ALICE, BOB, NOW
from tests.doubles import FrozenClock
from tests.key_doubles import SERVER, MemoryKeyStore, a_stored_key
from tests.known_providers import COMPATIBLE, GEMINI, OPENAI, PROVIDERS


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> KeyStore:
    if request.param == "memory":
        return MemoryKeyStore()
    return SqlKeyStore(request.getfixturevalue(f"{request.param}_engine"), FrozenClock())


def test_new_candidate_has_no_keys(store: KeyStore) -> None:
    assert store.keys(ALICE) == ()


def test_stored_key_comes_back_equal(store: KeyStore) -> None:
    key = replace(a_stored_key(COMPATIBLE), base_url=SERVER, last4="", model="ä/large")
    store.save_key(ALICE, key)
    assert store.keys(ALICE) == (key,)


def test_moment_comes_back_in_utc(store: KeyStore) -> None:
    store.save_key(ALICE, a_stored_key())
    assert store.keys(ALICE)[0].saved_at.utcoffset() == timedelta(0)


def test_keys_are_listed_by_provider(store: KeyStore) -> None:
    for provider in PROVIDERS:
        store.save_key(ALICE, a_stored_key(provider))
    assert [key.provider for key in store.keys(ALICE)] == sorted(PROVIDERS)


def test_new_key_takes_the_place_of_the_former_one(store: KeyStore) -> None:
    newer = replace(a_stored_key(sealed="v1.k2.c.d"), saved_at=NOW + timedelta(days=1))
    store.save_key(ALICE, a_stored_key())
    store.save_key(ALICE, newer)
    assert store.keys(ALICE) == (newer,)


def test_chosen_model_is_stored_and_the_rest_stays(store: KeyStore) -> None:
    store.save_key(ALICE, a_stored_key())
    store.save_model(ALICE, OPENAI, "large")
    assert store.keys(ALICE) == (replace(a_stored_key(), model="large"),)


def test_model_of_a_key_that_is_not_there_is_ignored(store: KeyStore) -> None:
    store.save_model(ALICE, OPENAI, "large")
    assert store.keys(ALICE) == ()


def test_deleted_key_is_gone_and_the_others_stay(store: KeyStore) -> None:
    store.save_key(ALICE, a_stored_key())
    store.save_key(ALICE, a_stored_key(GEMINI))
    store.delete_key(ALICE, OPENAI)
    assert store.keys(ALICE) == (a_stored_key(GEMINI),)


def test_deleting_twice_is_harmless(store: KeyStore) -> None:
    store.delete_key(ALICE, OPENAI)
    store.delete_key(ALICE, OPENAI)
    assert store.keys(ALICE) == ()


# --- isolation ----------------------------------------------------------------------------------


def test_candidate_sees_no_key_of_another(store: KeyStore) -> None:
    store.save_key(ALICE, a_stored_key())
    assert store.keys(BOB) == ()


def test_same_provider_is_stored_for_each_candidate(store: KeyStore) -> None:
    of_bob = a_stored_key(sealed="v1.k1.c.d")
    store.save_key(ALICE, a_stored_key())
    store.save_key(BOB, of_bob)
    assert (store.keys(ALICE), store.keys(BOB)) == ((a_stored_key(),), (of_bob,))


def test_candidate_deletes_no_key_of_another(store: KeyStore) -> None:
    store.save_key(ALICE, a_stored_key())
    store.delete_key(BOB, OPENAI)
    assert store.keys(ALICE) == (a_stored_key(),)


def test_candidate_chooses_no_model_for_another(store: KeyStore) -> None:
    store.save_key(ALICE, a_stored_key())
    store.save_model(BOB, OPENAI, "large")
    assert store.keys(ALICE) == (a_stored_key(),)


# --- on both databases --------------------------------------------------------------------------


def test_row_names_its_master_key(sql_engine: Engine) -> None:
    SqlKeyStore(sql_engine, FrozenClock()).save_key(ALICE, a_stored_key(sealed="v1.k7.a.b"))
    with reading(sql_engine, ALICE) as connection:
        assert connection.scalars(select(api_keys.c.key_id)).all() == ["k7"]


def test_no_more_than_four_characters_of_a_key_are_stored(sql_engine: Engine) -> None:
    with pytest.raises(StoreError):
        SqlKeyStore(sql_engine, FrozenClock()).save_key(
            ALICE, replace(a_stored_key(), last4="5Lmnq")
        )


def test_refusal_of_the_database_tells_nothing_of_the_row(sql_engine: Engine) -> None:
    row = replace(a_stored_key(sealed="v1.k1.not-to-be-told.b"), last4="5Lmnq", model="a-model")
    with pytest.raises(StoreError) as refused:
        SqlKeyStore(sql_engine, FrozenClock()).save_key(ALICE, row)
    told = "".join(traceback.format_exception(refused.value))
    assert not [part for part in (row.sealed, row.last4, row.model, str(ALICE)) if part in told]


def test_key_goes_with_its_candidate(sql_engine: Engine) -> None:
    keys = SqlKeyStore(sql_engine, FrozenClock())
    for user_id in (ALICE, BOB):
        keys.save_key(user_id, a_stored_key())
    SqlStore(sql_engine, FrozenClock()).delete_candidate(ALICE)
    assert (keys.keys(ALICE), keys.keys(BOB)) == ((), (a_stored_key(),))


def test_first_check_of_a_master_key_is_kept_for_good(sql_engine: Engine) -> None:
    checks = SqlKeyChecks(sql_engine)
    assert [checks.keep_first("k1", value) for value in ("first", "second")] == ["first", "first"]
    assert checks.keep_first("k2", "other") == "other"


# --- on SQLite alone ----------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_key_that_is_gone_leaves_no_trace_in_the_files(
    how: str, sqlite_engine: Engine, sqlite_path: Path
) -> None:
    store = SqlKeyStore(sqlite_engine, FrozenClock())
    sealed = "v1.k1.trace-of-the-first-key.b"
    store.save_key(ALICE, a_stored_key(sealed=sealed))
    if how == "deleted":
        store.delete_key(ALICE, OPENAI)
    else:
        store.save_key(ALICE, a_stored_key())
    assert all(sealed.encode() not in file.read_bytes() for file in sqlite_path.parent.iterdir())
