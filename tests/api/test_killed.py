"""The server is killed in the middle of an answer; the same request again has one effect."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from core.adapters.database import open_sqlite
from core.adapters.postgres_schema import open_postgres
from core.adapters.sql_tokens import SqlTokenStore
from core.adapters.system_clock import SystemClock
from core.domain.access import Scope
from core.services.tokens import Tokens
from tests.api.calls import ANSWER
from tests.builders import ALICE
from tests.e2e.drills import DrillServer
from tests.e2e.slow_app import CLAIM, JUDGEMENT, RECORD
from tests.hosted_database import HostedDatabase

TIMEOUT_SECONDS = 60.0


QUESTIONS = "select position from asked_questions order by 1"
ANSWERS = "select position, attempt, status, answer from responses"


@dataclass(frozen=True)
class Drill:
    """A server that is killed, and its database as the test sees it."""

    server: DrillServer
    engine: Engine
    query: Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Drill]:
    server = DrillServer(tmp_path)
    server.start()
    engine = open_sqlite(server.data_dir / "interviews.db")
    yield Drill(server, engine, server.query)
    engine.dispose()
    server.kill()


@pytest.fixture
def on_postgres(tmp_path: Path, postgres: HostedDatabase) -> Iterator[Drill]:
    server = DrillServer(tmp_path, DATABASE_URL=postgres.url)
    server.start()
    engine = open_postgres(postgres.url)
    yield Drill(server, engine, postgres.query)
    engine.dispose()
    server.kill()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "moment"),
    [
        ("on_sqlite", CLAIM),
        ("on_sqlite", JUDGEMENT),
        ("on_sqlite", RECORD),
        ("on_postgres", JUDGEMENT),
        ("on_postgres", RECORD),
    ],
)
def test_killed_in_the_middle_of_an_answer_the_same_key_gives_one_answer_and_one_evaluation(
    request: pytest.FixtureRequest, kind: str, moment: str
) -> None:
    drill: Drill = request.getfixturevalue(kind)
    server, headers = drill.server, {"Authorization": f"Bearer {_token(drill.engine)}"}
    with _client(server, headers) as client:
        session_id = _start(client)
        server.hold(moment)
        lost = Thread(target=_answer_into_the_void, args=(client, session_id))
        lost.start()
        server.wait_until_reached(moment)
        server.kill()
        lost.join()
    server.go_on()
    server.start()
    with _client(server, headers) as client:
        told = _answer(client, session_id)
        again = _answer(client, session_id)
    assert (told.status_code, told.json()["status"]) == (200, "done"), told.text
    assert again.json() == told.json()
    assert drill.query(ANSWERS) == [(1, 1, "done", ANSWER)]
    assert [row[0] for row in drill.query(QUESTIONS)] == [1, 2]


def _client(server: DrillServer, headers: dict[str, str]) -> httpx.Client:
    return httpx.Client(base_url=f"{server.url}/api", headers=headers, timeout=TIMEOUT_SECONDS)


def _token(engine: Engine) -> str:
    tokens = Tokens(SqlTokenStore(engine), SystemClock())
    return tokens.make_token(ALICE, "drill", tuple(Scope), 1)[1]


def _start(client: httpx.Client) -> str:
    told = client.post("/interview/start", json={"role": "Backend Engineer", "questions": 2})
    assert told.status_code == 201, told.text
    return str(told.json()["session_id"])


def _answer(client: httpx.Client, session_id: str) -> httpx.Response:
    body = {"session_id": session_id, "position": 1, "answer": ANSWER}
    return client.post("/interview/answer", json=body, headers={"Idempotency-Key": "once"})


def _answer_into_the_void(client: httpx.Client, session_id: str) -> None:
    with pytest.raises(httpx.HTTPError):
        _answer(client, session_id)
