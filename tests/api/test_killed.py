"""The server is killed in the middle of an answer; the same request again has one effect."""

from pathlib import Path
from threading import Thread

import httpx
import pytest

from core.adapters.database import open_sqlite
from core.adapters.sql_tokens import SqlTokenStore
from core.adapters.system_clock import SystemClock
from core.domain.access import Scope
from core.services.tokens import Tokens
from tests.api.calls import ANSWER
from tests.builders import ALICE
from tests.e2e.drills import DrillServer
from tests.e2e.slow_app import CLAIM, JUDGEMENT, RECORD

TIMEOUT_SECONDS = 60.0


@pytest.fixture
def drill(tmp_path: Path) -> DrillServer:
    return DrillServer(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("moment", [CLAIM, JUDGEMENT, RECORD])
def test_killed_in_the_middle_of_an_answer_the_same_key_gives_one_answer_and_one_evaluation(
    drill: DrillServer, moment: str
) -> None:
    try:
        drill.start()
        with _client(drill) as client:
            session_id = _start(client)
            drill.hold(moment)
            lost = Thread(target=_answer_into_the_void, args=(client, session_id))
            lost.start()
            drill.wait_until_reached(moment)
            drill.kill()
            lost.join()
        drill.go_on()
        drill.start()
        with _client(drill, client.headers["Authorization"]) as client:
            told = _answer(client, session_id)
            again = _answer(client, session_id)
    finally:
        drill.kill()
    assert (told.status_code, told.json()["status"]) == (200, "done"), told.text
    assert again.json() == told.json()
    rows = drill.query("select position, attempt, status, answer from responses")
    assert rows == [(1, 1, "done", ANSWER)]
    assert [row[0] for row in drill.query("select position from asked_questions order by 1")] == [
        1,
        2,
    ]


def _client(drill: DrillServer, authorization: str = "") -> httpx.Client:
    headers = {"Authorization": authorization or f"Bearer {_token(drill)}"}
    return httpx.Client(base_url=f"{drill.url}/api", headers=headers, timeout=TIMEOUT_SECONDS)


def _token(drill: DrillServer) -> str:
    engine = open_sqlite(drill.data_dir / "interviews.db")
    tokens = Tokens(SqlTokenStore(engine), SystemClock())
    _, text = tokens.make_token(ALICE, "drill", tuple(Scope), 1)
    engine.dispose()
    return text


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
