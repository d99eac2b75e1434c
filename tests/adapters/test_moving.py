"""A guest's rows become an account's: each of them, once, readable, on both databases."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Connection, Engine, ForeignKeyConstraint, Table, insert, select

from core.adapters.database import reading, writing
from core.adapters.sql_accounts import SqlAccountStore
from core.adapters.sql_keys import SqlKeyStore, resealing
from core.adapters.sql_real_questions import SqlRealQuestionStore
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tables import identities, interviews, metadata, responses, sessions, users
from core.adapters.sql_tokens import SqlTokenStore
from core.domain.errors import KeyUnreadableError, SignInOverError
from core.domain.provider_key import Secret
from core.domain.real_question import RealQuestion
from tests.account_doubles import a_claim, a_proof, a_ticket, unsealed
from tests.api_doubles import a_token
from tests.builders import ALICE, BOB, NOW, a_judged_interview, a_resume
from tests.doubles import FrozenClock
from tests.key_doubles import KEY, a_ring, a_stored_key, a_vault
from tests.known_providers import OPENAI

MOVING = [
    table
    for table in metadata.sorted_tables
    if "user_id" in table.columns and table not in (identities, sessions)
]
COUNTED = responses.c.id
TEXTS = ("plain", "with \ud800 half a pair", "with \x00 zero", '"quoted"')


def a_row(table: Table, owner: UUID, parents: dict[str, UUID], salt: str) -> dict[str, Any]:
    """A row with something in every column that has to have something."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column is COUNTED or (column.nullable and salt.endswith("0")):
            continue
        row[column.name] = _value(column.type.python_type, salt, isinstance(column.type, JSON))
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            for key in constraint.elements:
                if key.column.name == "id" and key.column.table is not users:
                    row[key.parent.name] = parents[key.column.table.name]
    if "id" in row and table.c.id.type.python_type is UUID:
        parents[table.name] = row["id"]
    return row | {"user_id": owner}


def _value(kind: type, salt: str, is_json: bool) -> Any:
    if is_json:
        return {"salt": salt, "texts": ["ä", "\x00"]}
    known = {int: 7, float: 0.1, bool: True, bytes: salt.encode(), UUID: uuid4(), date: NOW.date()}
    return known.get(kind, NOW if kind.__name__ == "datetime" else salt[-4:])


def fill(engine: Engine, owner: UUID, salts: list[str]) -> None:
    with writing(engine, owner) as connection:
        connection.execute(insert(users).values(id=owner, created_at=NOW))
        for salt in salts:
            parents: dict[str, UUID] = {}
            for table in MOVING:
                connection.execute(insert(table).values(a_row(table, owner, parents, salt)))


def rows_of(engine: Engine, owner: UUID) -> dict[str, Counter[str]]:
    with reading(engine, owner) as connection:
        return {table.name: _rows(connection, table, owner) for table in MOVING}


def _rows(connection: Connection, table: Table, owner: UUID) -> Counter[str]:
    columns = [c for c in table.columns if c is not COUNTED and c.name != "user_id"]
    found = connection.execute(select(*columns).where(table.c.user_id == owner))
    return Counter(repr(tuple(row)) for row in found)


def empty(request: pytest.FixtureRequest, engine: Engine) -> None:
    """No rows, also between two examples."""
    if engine.dialect.name == "postgresql":
        request.getfixturevalue("shared_postgres").empty()
    else:
        with writing(engine) as connection:
            connection.execute(users.delete())


def move(engine: Engine, reseal: Any = unsealed) -> tuple[UUID, ...]:
    """Alice, a guest, signs in to Bob's account."""
    accounts = SqlAccountStore(engine, reseal)
    accounts.add_identity(BOB, a_proof(), NOW)
    accounts.add_ticket(BOB, a_ticket(), "print")
    return accounts.claim(BOB, a_claim(giver=ALICE))


@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    guests=st.lists(st.integers(0, 99), max_size=3, unique=True),
    accounts=st.lists(st.integers(100, 199), max_size=2, unique=True),
)
def test_every_row_moves_once(
    request: pytest.FixtureRequest, sql_engine: Engine, guests: list[int], accounts: list[int]
) -> None:
    empty(request, sql_engine)
    fill(sql_engine, ALICE, [f"g{number:03}" for number in guests])
    fill(sql_engine, BOB, [f"a{number:03}" for number in accounts])
    given_rows, own_rows = rows_of(sql_engine, ALICE), rows_of(sql_engine, BOB)
    moved = move(sql_engine)
    after = rows_of(sql_engine, BOB)
    given_rows["api_tokens"].clear()
    assert after == {name: given_rows[name] + own_rows[name] for name in after}
    assert not any(rows_of(sql_engine, ALICE).values())
    assert len(moved) == len(guests)


def test_stored_things_are_the_same_things_afterwards(sql_engine: Engine) -> None:
    store = SqlStore(sql_engine, FrozenClock())
    interview = a_judged_interview()
    store.add_interview(ALICE, interview)
    resume = a_resume()
    store.save_resume(ALICE, resume)
    before = store.interviews(ALICE), store.answers(ALICE)
    assert move(sql_engine) == (interview.id,)
    assert store.interview(BOB, interview.id) == interview
    assert store.latest_resume(BOB) == resume
    assert (store.interviews(BOB), store.answers(BOB)) == before
    assert store.interviews(ALICE) == ()


def test_what_was_null_stays_null(sql_engine: Engine) -> None:
    fill(sql_engine, ALICE, ["g000"])
    move(sql_engine)
    with reading(sql_engine, BOB) as connection:
        assert connection.scalar(select(interviews.c.id).where(interviews.c.draft.is_(None)))


def test_key_is_sealed_anew_for_the_account(sql_engine: Engine) -> None:
    vault, keys = a_vault(), SqlKeyStore(sql_engine, FrozenClock())
    sealed = vault.seal(ALICE, OPENAI, "", Secret(KEY))
    keys.save_key(ALICE, a_stored_key(sealed=sealed))
    move(sql_engine, resealing(vault))
    (stored,) = keys.keys(BOB)
    assert vault.open(BOB, OPENAI, "", stored.sealed) == Secret(KEY)
    with pytest.raises(KeyUnreadableError):
        vault.open(ALICE, OPENAI, "", stored.sealed)
    assert keys.keys(ALICE) == ()


def test_accounts_own_key_for_a_provider_stays(sql_engine: Engine) -> None:
    keys = SqlKeyStore(sql_engine, FrozenClock())
    keys.save_key(ALICE, a_stored_key(sealed="v1.k1.of.alice"))
    keys.save_key(BOB, a_stored_key(sealed="v1.k1.of.bob"))
    move(sql_engine)
    assert [key.sealed for key in keys.keys(BOB)] == ["v1.k1.of.bob"]


@pytest.mark.parametrize("vault", [None, a_vault(a_ring(k9=b"9" * 32))], ids=["none", "another"])
def test_key_that_does_not_open_comes_along_as_it_is(sql_engine: Engine, vault: Any) -> None:
    keys = SqlKeyStore(sql_engine, FrozenClock())
    keys.save_key(ALICE, a_stored_key())
    move(sql_engine, resealing(vault))
    assert keys.keys(BOB) == (a_stored_key(),)


def test_question_that_both_noted_is_there_once(sql_engine: Engine) -> None:
    noted = SqlRealQuestionStore(sql_engine, FrozenClock())
    for owner in (ALICE, BOB):
        noted.add_questions(owner, [RealQuestion("What would you delete first?", NOW)])
    move(sql_engine)
    assert len(noted.questions(BOB)) == 1


def test_sign_in_that_fails_moves_nothing(sql_engine: Engine) -> None:
    store = SqlStore(sql_engine, FrozenClock())
    store.add_interview(ALICE, a_judged_interview())
    accounts = SqlAccountStore(sql_engine, unsealed)
    accounts.add_ticket(BOB, a_ticket(), "print")
    with pytest.raises(SignInOverError):
        accounts.claim(BOB, a_claim(a_ticket(bound_to="another"), giver=ALICE))
    assert len(store.interviews(ALICE)) == 1
    assert store.interviews(BOB) == ()


def test_failure_in_the_middle_of_a_move_moves_nothing(sql_engine: Engine) -> None:
    store, keys = SqlStore(sql_engine, FrozenClock()), SqlKeyStore(sql_engine, FrozenClock())
    store.add_interview(ALICE, a_judged_interview())
    keys.save_key(ALICE, a_stored_key())

    def breaks(_taker: UUID, _row: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        move(sql_engine, breaks)
    assert len(store.interviews(ALICE)) == len(keys.keys(ALICE)) == 1
    assert SqlAccountStore(sql_engine, unsealed).session_of("print") is not None


def test_who_became_an_account_meanwhile_keeps_everything(sql_engine: Engine) -> None:
    store, accounts = SqlStore(sql_engine, FrozenClock()), SqlAccountStore(sql_engine, unsealed)
    store.add_interview(ALICE, a_judged_interview())
    accounts.add_identity(ALICE, a_proof(subject="of Alice"), NOW)
    assert move(sql_engine) == ()
    assert len(store.interviews(ALICE)) == 1
    assert accounts.session_of("print of a cookie") is not None


def test_token_that_a_guest_made_opens_no_account(sql_engine: Engine) -> None:
    tokens = SqlTokenStore(sql_engine)
    tokens.add_token(ALICE, a_token(), "of a token")
    move(sql_engine)
    assert tokens.owner_of("of a token") is None
    assert tokens.tokens(BOB) == ()
