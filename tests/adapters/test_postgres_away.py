"""A real server that is stopped and started again under the app."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from core.adapters.postgres_schema import open_postgres
from core.adapters.sql_store import SqlStore
from core.bootstrap import build
from core.config import Settings
from core.domain.errors import StoreAwayError
from core.domain.interview import Interview
from tests.builders import ALICE, INTERVIEW_ID, NOW, a_setup, a_started_interview
from tests.doubles import FrozenClock
from tests.hosted_database import HostedDatabase
from tests.postgres_server import PostgresServer


@pytest.fixture(scope="module")
def shared_server() -> Iterator[PostgresServer]:
    """A server that these tests may stop."""
    server = PostgresServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="module")
def shared_database(shared_server: PostgresServer) -> HostedDatabase:
    return HostedDatabase.migrated(shared_server.url("postgres", "postgres"))


@pytest.fixture
def server(shared_server: PostgresServer, shared_database: HostedDatabase) -> PostgresServer:
    """The server, running, its database without rows."""
    shared_server.start()
    shared_database.empty()
    return shared_server


@pytest.fixture
def url(server: PostgresServer, shared_database: HostedDatabase) -> str:
    assert server.is_running
    return shared_database.url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_postgres(url)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    """With an interview of Alice's."""
    store = SqlStore(engine, FrozenClock())
    store.add_interview(ALICE, a_started_interview())
    return store


def _answered(interview: Interview) -> Interview:
    return interview.submit_answer(1, "I would measure first.", NOW)


def test_answer_is_refused_in_words_while_the_server_is_away_and_stored_once_after(
    server: PostgresServer, store: SqlStore
) -> None:
    server.stop()
    for _ in range(2):
        with pytest.raises(StoreAwayError, match="cannot be reached"):
            store.change_interview(ALICE, INTERVIEW_ID, _answered)
    server.start()
    for _ in range(2):
        store.change_interview(ALICE, INTERVIEW_ID, _answered)
    assert len(store.interview(ALICE, INTERVIEW_ID).turn_at(1).attempts) == 1


def test_server_that_was_restarted_between_two_reads_is_not_noticed(
    server: PostgresServer, store: SqlStore
) -> None:
    before = store.interview(ALICE, INTERVIEW_ID)
    server.stop()
    server.start()
    assert store.interview(ALICE, INTERVIEW_ID) == before


def test_change_that_the_server_did_not_survive_is_not_stored(
    server: PostgresServer, store: SqlStore
) -> None:
    def stopping(interview: Interview) -> Interview:
        server.stop()
        return _answered(interview)

    with pytest.raises(StoreAwayError):
        store.change_interview(ALICE, INTERVIEW_ID, stopping)
    server.start()
    assert store.interview(ALICE, INTERVIEW_ID) == a_started_interview()


def test_connection_that_the_server_ended_is_told_as_away(
    store: SqlStore, shared_database: HostedDatabase
) -> None:
    def ending(interview: Interview) -> Interview:
        shared_database.run(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app_login'"
        )
        return _answered(interview)

    with pytest.raises(StoreAwayError):
        store.change_interview(ALICE, INTERVIEW_ID, ending)
    assert store.interview(ALICE, INTERVIEW_ID) == a_started_interview()


def test_app_starts_when_the_database_is_there(url: str, server: PostgresServer) -> None:
    chosen = Settings(database_url=SecretStr(url))
    server.stop()
    with pytest.raises(StoreAwayError):
        build(chosen)
    server.start()
    app = build(chosen)
    interview = app.interviewing.start_interview(ALICE, a_setup())
    assert app.interviewing.interview(ALICE, interview.id) == interview
    app.close()
