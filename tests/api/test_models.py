"""An interview by a model over HTTP, with a key that comes along with each request."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from core.bootstrap import Application, application, forget_application
from tests.api.calls import answer
from tests.api.test_interviews import events
from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Pace, Status
from tests.stub_provider.server import StubProvider

KEY = "sk-candidate-4711-Zq8vXw2LmN"
WAIT_SECONDS = 20.0
HEADERS = {"X-Provider-Key": KEY}
WISHES: dict[str, Any] = {"provider": "openai", "model": "stub-model"}


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with StubProvider(interviewer_reply, Pace(0.0, 600.0)) as running:
        yield running


@pytest.fixture
def app(
    stub: StubProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("OPENAI_API_URL", stub.url_v1)
    forget_application()
    yield application()
    forget_application()


def started(client: TestClient) -> dict[str, Any]:
    body = {"role": "Backend Engineer", "questions": 3} | WISHES
    told = client.post("/interview/start", json=body, headers=HEADERS)
    assert told.status_code == 201, told.text
    found: dict[str, Any] = told.json()
    return found


def lent(app: Application) -> int:
    """How many keys are lent just now."""
    return len(app.lending.lent._keys)  # type: ignore[attr-defined]  # what must be empty


def test_models_are_those_that_the_key_may_use(alice: TestClient) -> None:
    told = alice.get("/providers/openai/models", headers=HEADERS)
    assert told.status_code == 200, told.text
    assert told.json()["provider"] == "openai"


def test_first_question_is_the_models(alice: TestClient) -> None:
    told = started(alice)
    assert told["interviewer"] == "openai/stub-model"
    assert told["question"]["position"] == 1


def test_feedback_comes_before_its_evaluation_as_a_stream(alice: TestClient) -> None:
    session_id = started(alice)["session_id"]
    response = answer(alice, session_id, 1, Accept="text/event-stream", X_Provider_Key=KEY)
    names = [name for name, _ in events(response.text)]
    assert names[0] == "feedback"
    assert names[-2:] == ["evaluation", "question"]
    last_feedback = [data for name, data in events(response.text) if name == "feedback"][-1]
    judged = next(data for name, data in events(response.text) if name == "evaluation")
    assert judged["evaluation"]["feedback"].startswith(last_feedback["feedback"])


def test_key_is_gone_when_its_request_is_over(alice: TestClient, app: Application) -> None:
    session_id = started(alice)["session_id"]
    app.interviewing.wait_for_work(_owner(alice), UUID(session_id), 30)
    _wait_until(lambda: lent(app) == 0)
    told = answer(alice, session_id, 1).json()
    assert told["status"] == "failed"
    assert "no key" in told["failure"]


def test_retry_sends_the_key_again(alice: TestClient, app: Application) -> None:
    session_id = started(alice)["session_id"]
    app.interviewing.wait_for_work(_owner(alice), UUID(session_id), 30)
    _wait_until(lambda: lent(app) == 0)
    answer(alice, session_id, 1)
    address = f"/interview/{session_id}/retry"
    retried = alice.post(address, json={"position": 1}, headers=HEADERS)
    assert retried.status_code == 200, retried.text
    assert answer(alice, session_id, 1).json()["status"] == "done"


def test_key_is_on_no_disk_and_in_no_log(
    alice: TestClient, app: Application, caplog: pytest.LogCaptureFixture, stub: StubProvider
) -> None:
    caplog.set_level("DEBUG")
    session_id = started(alice)["session_id"]
    answer(alice, session_id, 1, X_Provider_Key=KEY, Idempotency_Key="a")
    assert any(KEY in str(request.headers) for request in stub.requests)
    folder = app.settings.database_path.parent
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert not any(KEY.encode() in file.read_bytes() for file in files)
    assert KEY not in caplog.text
    assert KEY not in alice.get("/me/export").text


def test_key_that_the_provider_refuses_is_told_in_its_sentence(
    alice: TestClient, stub: StubProvider
) -> None:
    stub.then(Status(401))
    refused = alice.get("/providers/openai/models", headers=HEADERS)
    assert (refused.status_code, refused.json()["fault"]) == (422, "key refused")
    assert KEY not in refused.text


def test_anothers_request_does_not_find_the_key(alice: TestClient, bob: TestClient) -> None:
    started(alice)
    refused = bob.post("/interview/start", json={"role": "Tester"} | WISHES)
    assert refused.status_code == 409


def test_failed_plan_leaves_a_way_on(alice: TestClient, stub: StubProvider) -> None:
    stub.then(*[Status(401)] * 3)
    told = started(alice)
    assert told["planning"]["status"] == "failed"
    opened = alice.post(f"/interview/{told['session_id']}/next", json={}).json()
    assert opened["question"]["position"] == 1


def test_model_has_to_be_named_with_a_key_that_comes_along(alice: TestClient) -> None:
    body = {"role": "Tester", "provider": "openai"}
    refused = alice.post("/interview/start", json=body, headers=HEADERS)
    assert (refused.status_code, refused.json()["field"]) == (422, "model")


def _owner(client: TestClient) -> UUID:
    return UUID(client.get("/me").json()["id"])


def _wait_until(is_true: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while not is_true() and time.monotonic() < until:
        time.sleep(0.01)
    assert is_true()
