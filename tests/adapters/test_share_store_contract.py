"""What every ShareStore promises, proved on the store in memory, on SQLite and on Postgres."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from core.adapters.sql_shares import SqlShareStore
from core.adapters.sql_store import SqlStore
from core.sharing_ports import ShareStore
from tests.builders import ALICE, BOB, INTERVIEW_ID, an_answered_interview
from tests.doubles import FrozenClock
from tests.sharing_doubles import MemoryShareStore, a_share

OF_BOB = UUID("33333333-0000-4000-8000-000000000005")
SHARE = a_share()
BOBS = a_share(id=UUID(int=9), interview_id=OF_BOB)


def _filled(engine: Engine) -> Engine:
    """A database in which both candidates have an interview."""
    store = SqlStore(engine, FrozenClock())
    for owner, interview_id in ((ALICE, INTERVIEW_ID), (BOB, OF_BOB)):
        store.add_interview(owner, replace(an_answered_interview(), id=interview_id))
    return engine


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def shares(request: pytest.FixtureRequest) -> ShareStore:
    if request.param == "memory":
        return MemoryShareStore()
    return SqlShareStore(_filled(request.getfixturevalue(f"{request.param}_engine")))


def test_link_is_found_by_its_fingerprint_with_its_owner(shares: ShareStore) -> None:
    shares.add_share(ALICE, SHARE, "print")
    assert shares.shared_by("print") == (ALICE, SHARE)
    assert shares.shared_by("another") is None


def test_links_are_listed_for_their_interview_and_owner_alone(shares: ShareStore) -> None:
    newer = a_share(id=UUID(int=1), created_at=SHARE.created_at + timedelta(days=1))
    shares.add_share(ALICE, SHARE, "1")
    shares.add_share(ALICE, newer, "2")
    assert shares.shares(ALICE, INTERVIEW_ID) == (newer, SHARE)
    assert shares.shares(BOB, INTERVIEW_ID) == shares.shares(ALICE, OF_BOB) == ()


def test_link_is_deleted_by_its_owner_alone(shares: ShareStore) -> None:
    shares.add_share(ALICE, SHARE, "print")
    shares.delete_share(BOB, SHARE.id)
    assert shares.shared_by("print") == (ALICE, SHARE)
    for _ in range(2):
        shares.delete_share(ALICE, SHARE.id)
    assert shares.shared_by("print") is None


def test_new_link_makes_the_candidates_expired_ones_forgotten(shares: ShareStore) -> None:
    shares.add_share(ALICE, SHARE, "old")
    shares.add_share(BOB, BOBS, "of bob")
    later = a_share(id=UUID(int=2), created_at=SHARE.expires_at)
    shares.add_share(ALICE, later, "new")
    assert shares.shared_by("old") is None
    assert shares.shared_by("of bob") == (BOB, BOBS)


def test_link_goes_with_its_interview(sql_engine: Engine) -> None:
    shares = SqlShareStore(_filled(sql_engine))
    shares.add_share(ALICE, SHARE, "print")
    SqlStore(sql_engine, FrozenClock()).delete_interview(ALICE, INTERVIEW_ID)
    assert shares.shared_by("print") is None


def test_link_goes_with_its_candidate(sql_engine: Engine) -> None:
    shares = SqlShareStore(_filled(sql_engine))
    shares.add_share(ALICE, SHARE, "print")
    SqlStore(sql_engine, FrozenClock()).delete_candidate(ALICE)
    assert shares.shared_by("print") is None
