"""What every TokenStore and ReplyStore promises, proved on the stores in memory, on SQLite and on Postgres."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from core.adapters.database import reading
from core.adapters.sql_replies import SqlReplyStore
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tables import api_replies
from core.adapters.sql_tokens import SqlTokenStore
from core.api_ports import ReplyStore, TokenStore
from core.domain.access import KeptReply, Scope
from core.domain.errors import NotFoundError
from tests.api_doubles import MemoryReplyStore, MemoryTokenStore, a_token
from tests.builders import ALICE, BOB, INTERVIEW_ID, NOW, a_resume, a_started_interview
from tests.doubles import FrozenClock

DAY = timedelta(days=1)
TOKEN = a_token()
REPLY = KeptReply("a request", 201, '{"a": 1}', {"etag": '"0"'}, NOW)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return _filled(request.getfixturevalue(f"{request.param}_engine"))


def _filled(engine: Engine) -> Engine:
    """A database in which both candidates have something."""
    for owner in (ALICE, BOB):
        SqlStore(engine, FrozenClock()).save_resume(owner, a_resume(id=owner))
    return engine


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def tokens(kind: str, request: pytest.FixtureRequest) -> TokenStore:
    if kind == "memory":
        return MemoryTokenStore()
    return SqlTokenStore(_filled(request.getfixturevalue(f"{kind}_engine")))


@pytest.fixture
def replies(kind: str, request: pytest.FixtureRequest) -> ReplyStore:
    if kind == "memory":
        return MemoryReplyStore()
    return SqlReplyStore(_filled(request.getfixturevalue(f"{kind}_engine")))


def test_token_is_found_by_its_fingerprint_with_its_owner(tokens: TokenStore) -> None:
    tokens.add_token(ALICE, TOKEN, "print")
    assert tokens.owner_of("print") == (ALICE, TOKEN)
    assert tokens.owner_of("another") is None


def test_tokens_are_ones_own_the_newest_first(tokens: TokenStore) -> None:
    newer = replace(TOKEN, id=UUID(int=1), created_at=NOW + DAY, scopes=(Scope.READ,))
    for number, (owner, token) in enumerate(
        [(ALICE, TOKEN), (ALICE, newer), (BOB, replace(TOKEN, id=UUID(int=2)))]
    ):
        tokens.add_token(owner, token, str(number))
    assert tokens.tokens(ALICE) == (newer, TOKEN)


def test_token_is_deleted_by_its_owner_alone(tokens: TokenStore) -> None:
    tokens.add_token(ALICE, TOKEN, "print")
    with pytest.raises(NotFoundError):
        tokens.delete_token(BOB, TOKEN.id)
    tokens.delete_token(ALICE, TOKEN.id)
    assert tokens.owner_of("print") is None
    with pytest.raises(NotFoundError):
        tokens.delete_token(ALICE, TOKEN.id)


def test_tokens_go_with_the_candidate(engine: Engine) -> None:
    tokens = SqlTokenStore(engine)
    tokens.add_token(ALICE, TOKEN, "print")
    SqlStore(engine, FrozenClock()).delete_candidate(ALICE)
    assert tokens.owner_of("print") is None


def test_reply_is_kept_for_its_candidate_and_key(replies: ReplyStore) -> None:
    replies.keep_reply(ALICE, "key", REPLY, NOW - DAY, 10)
    assert replies.reply(ALICE, "key", NOW - DAY) == REPLY
    assert replies.reply(BOB, "key", NOW - DAY) is None
    assert replies.reply(ALICE, "other", NOW - DAY) is None


def test_first_reply_of_a_key_stays(replies: ReplyStore) -> None:
    replies.keep_reply(ALICE, "key", REPLY, NOW - DAY, 10)
    replies.keep_reply(ALICE, "key", replace(REPLY, body="second"), NOW - DAY, 10)
    assert replies.reply(ALICE, "key", NOW - DAY) == REPLY


def test_reply_is_forgotten_after_its_time(replies: ReplyStore) -> None:
    replies.keep_reply(ALICE, "key", REPLY, NOW - DAY, 10)
    assert replies.reply(ALICE, "key", NOW + timedelta(seconds=1)) is None


def test_old_replies_leave_the_database(engine: Engine) -> None:
    replies = SqlReplyStore(engine)
    replies.keep_reply(ALICE, "old", REPLY, NOW - DAY, 10)
    later = replace(REPLY, kept_at=NOW + 2 * DAY)
    replies.keep_reply(ALICE, "new", later, NOW + DAY, 10)
    assert _keys(engine, ALICE) == {"new"}


def test_nothing_is_kept_of_a_candidate_who_was_deleted(engine: Engine) -> None:
    SqlStore(engine, FrozenClock()).delete_candidate(ALICE)
    SqlReplyStore(engine).keep_reply(ALICE, "key", REPLY, NOW - DAY, 10)
    assert _keys(engine, ALICE) == set()


def test_only_the_newest_replies_are_kept(replies: ReplyStore) -> None:
    for number in range(4):
        kept = replace(REPLY, kept_at=NOW + timedelta(seconds=number))
        replies.keep_reply(ALICE, str(number), kept, NOW - DAY, 2)
    found = [number for number in range(4) if replies.reply(ALICE, str(number), NOW - DAY)]
    assert found == [2, 3]


@pytest.mark.parametrize("deletion", ["interview", "resumes", "candidate"])
def test_replies_go_with_every_deletion(engine: Engine, deletion: str) -> None:
    store = SqlStore(engine, FrozenClock())
    store.add_interview(ALICE, a_started_interview())
    for owner in (ALICE, BOB):
        SqlReplyStore(engine).keep_reply(owner, f"{owner}", REPLY, NOW - DAY, 10)
    if deletion == "interview":
        store.delete_interview(ALICE, INTERVIEW_ID)
    elif deletion == "resumes":
        store.delete_resumes(ALICE)
    else:
        store.delete_candidate(ALICE)
    assert _keys(engine, ALICE, BOB) == {f"{BOB}"}


def _keys(engine: Engine, *owners: UUID) -> set[str]:
    """The keys of all replies that these candidates have."""
    found: set[str] = set()
    for owner in owners:
        with reading(engine, owner) as connection:
            own = select(api_replies.c.key).where(api_replies.c.user_id == owner)
            found |= set(connection.scalars(own))
    return found
