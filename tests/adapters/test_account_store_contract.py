"""What every AccountStore promises, proved on the store in memory, on SQLite and on Postgres."""

from uuid import UUID

import pytest
from sqlalchemy import Engine

from core.account_ports import AccountStore
from core.adapters.sql_accounts import SqlAccountStore
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tokens import SqlTokenStore
from core.domain.account import Session
from core.domain.errors import SignInOverError
from tests.account_doubles import (
    DAY,
    ISSUER,
    MINUTE,
    SESSION_ID,
    MemoryAccountStore,
    a_claim,
    a_proof,
    a_ticket,
    unsealed,
)
from tests.api_doubles import a_token
from tests.builders import ALICE, BOB, NOW
from tests.doubles import FrozenClock


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def accounts(request: pytest.FixtureRequest) -> AccountStore:
    if request.param == "memory":
        return MemoryAccountStore()
    return SqlAccountStore(request.getfixturevalue(f"{request.param}_engine"), unsealed)


def sign_in(accounts: AccountStore, user_id: UUID, number: int = 1, subject: str = "") -> Session:
    proof = a_proof(subject=subject or f"subject of {user_id}")
    ticket = a_ticket(id=UUID(int=number), proof=proof)
    accounts.add_ticket(user_id, ticket, f"ticket {number}")
    accounts.claim(user_id, a_claim(ticket, fingerprint=f"cookie {number}"))
    found = accounts.session_of(f"cookie {number}")
    assert found is not None
    return found[1]


def test_ticket_is_found_by_its_fingerprint_with_its_owner(accounts: AccountStore) -> None:
    accounts.add_ticket(ALICE, a_ticket(), "print")
    assert accounts.session_of("print") == (ALICE, a_ticket())
    assert accounts.session_of("another") is None


def test_claimed_ticket_is_a_session_with_another_fingerprint(accounts: AccountStore) -> None:
    accounts.add_ticket(ALICE, a_ticket(), "print")
    accounts.claim(ALICE, a_claim())
    session = Session(SESSION_ID, a_proof(), NOW, NOW + DAY)
    assert accounts.session_of("print of a cookie") == (ALICE, session)
    assert accounts.session_of("print") is None


def test_new_identity_is_the_users(accounts: AccountStore) -> None:
    assert accounts.add_identity(ALICE, a_proof(), NOW) == ALICE
    found = accounts.identity_of(ISSUER, "subject-1")
    assert found is not None
    assert (found[0], found[1].email, found[1].created_at) == (ALICE, a_proof().email, NOW)


def test_identity_that_is_somebodys_stays_theirs(accounts: AccountStore) -> None:
    accounts.add_identity(ALICE, a_proof(), NOW)
    assert accounts.add_identity(BOB, a_proof(), NOW) == ALICE
    assert accounts.identities(BOB) == ()


def test_claim_makes_the_identity_the_users(accounts: AccountStore) -> None:
    assert accounts.identity_of(ISSUER, "subject-1") is None
    accounts.add_ticket(ALICE, a_ticket(), "print")
    assert accounts.identity_of(ISSUER, "subject-1") is None
    accounts.claim(ALICE, a_claim())
    found = accounts.identity_of(ISSUER, "subject-1")
    assert found == (ALICE, accounts.identities(ALICE)[0])
    assert accounts.identities(BOB) == ()


def test_identity_is_of_its_issuer_alone(accounts: AccountStore) -> None:
    sign_in(accounts, ALICE, subject="subject-1")
    assert accounts.identity_of("https://other.example.com", "subject-1") is None


def test_ticket_is_claimed_once(accounts: AccountStore) -> None:
    accounts.add_ticket(ALICE, a_ticket(), "print")
    accounts.claim(ALICE, a_claim())
    with pytest.raises(SignInOverError):
        accounts.claim(ALICE, a_claim(fingerprint="second cookie"))
    assert accounts.session_of("second cookie") is None


def test_identity_of_another_is_not_taken_and_nothing_changes(accounts: AccountStore) -> None:
    sign_in(accounts, ALICE, subject="subject-1")
    accounts.add_ticket(BOB, a_ticket(), "print")
    with pytest.raises(SignInOverError):
        accounts.claim(BOB, a_claim())
    found = accounts.identity_of(ISSUER, "subject-1")
    assert found is not None
    assert found[0] == ALICE
    assert accounts.session_of("print") == (BOB, a_ticket())
    assert accounts.identities(BOB) == ()


def test_identity_keeps_its_newest_email(accounts: AccountStore) -> None:
    sign_in(accounts, ALICE, subject="subject-1")
    moved = a_ticket(proof=a_proof(email="new@example.com"))
    accounts.add_ticket(ALICE, moved, "print")
    accounts.claim(ALICE, a_claim(moved))
    (identity,) = accounts.identities(ALICE)
    assert identity.email == "new@example.com"


def test_touched_session_was_seen_then(accounts: AccountStore) -> None:
    session = sign_in(accounts, ALICE)
    accounts.touch(ALICE, session.id, NOW + MINUTE)
    found = accounts.session_of("cookie 1")
    assert found is not None
    assert found[1].seen_at == NOW + MINUTE


def test_session_is_ended_by_its_owner_alone(accounts: AccountStore) -> None:
    session = sign_in(accounts, ALICE)
    accounts.end_session(BOB, session.id)
    assert accounts.session_of("cookie 1") is not None
    accounts.end_session(ALICE, session.id)
    assert accounts.session_of("cookie 1") is None


def test_all_sessions_of_one_candidate_end_together(accounts: AccountStore) -> None:
    for number, owner in ((1, ALICE), (2, ALICE), (3, BOB)):
        sign_in(accounts, owner, number)
    accounts.end_sessions(ALICE, NOW + MINUTE)
    found = [accounts.session_of(f"cookie {number}") is not None for number in (1, 2, 3)]
    assert found == [False, False, True]
    (of_alice,), (of_bob,) = accounts.identities(ALICE), accounts.identities(BOB)
    assert (of_alice.signed_out_at, of_bob.signed_out_at) == (NOW + MINUTE, None)


def test_sessions_that_are_over_are_forgotten_with_the_next_ticket(accounts: AccountStore) -> None:
    sign_in(accounts, ALICE)
    accounts.add_ticket(ALICE, a_ticket(seen_at=NOW + 2 * DAY, ends_at=NOW + 3 * DAY), "print")
    assert accounts.session_of("cookie 1") is None


def test_ways_in_go_with_the_candidate(sql_engine: Engine) -> None:
    accounts = SqlAccountStore(sql_engine, unsealed)
    sign_in(accounts, ALICE, subject="subject-1")
    SqlStore(sql_engine, FrozenClock()).delete_candidate(ALICE)
    assert accounts.session_of("cookie 1") is None
    assert accounts.identity_of(ISSUER, "subject-1") is None


def test_ticket_from_before_there_was_an_account_is_no_way_in_to_it(
    accounts: AccountStore,
) -> None:
    others = a_ticket(id=UUID(int=9), proof=a_proof(subject="of somebody else"))
    accounts.add_ticket(ALICE, others, "ticket of somebody else")
    sign_in(accounts, ALICE)
    with pytest.raises(SignInOverError):
        accounts.claim(ALICE, a_claim(others))
    assert len(accounts.identities(ALICE)) == 1
    assert accounts.session_of("print of a cookie") is None


def test_token_that_a_guest_made_ends_with_the_first_sign_in(sql_engine: Engine) -> None:
    tokens, accounts = SqlTokenStore(sql_engine), SqlAccountStore(sql_engine, unsealed)
    tokens.add_token(ALICE, a_token(), "of a token")
    sign_in(accounts, ALICE, 1)
    assert tokens.owner_of("of a token") is None


def test_token_of_an_account_stays_when_it_signs_in_again(sql_engine: Engine) -> None:
    tokens, accounts = SqlTokenStore(sql_engine), SqlAccountStore(sql_engine, unsealed)
    sign_in(accounts, ALICE, 1)
    tokens.add_token(ALICE, a_token(), "of a token")
    sign_in(accounts, ALICE, 2)
    assert tokens.owner_of("of a token") == (ALICE, a_token())
