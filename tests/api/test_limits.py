"""Bounds on requests and bodies, and what is told when something fails."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from starlette.testclient import TestClient

from api.limits import MAX_FORM_BYTES, MAX_JSON_BYTES, RequestCounter
from core.adapters.sql_store import SqlStore
from core.domain.errors import StoreError
from tests.api.calls import start
from tests.builders import ALICE, BOB


class Watch:
    """A clock that stands still until it is put forward."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_requests_beyond_the_limit_are_one_too_many_until_one_is_back() -> None:
    watch = Watch()
    counter = RequestCounter(2, watch)
    assert [counter.count(ALICE).is_used_up for _ in range(3)] == [False, False, True]
    watch.seconds = 29.0
    assert counter.count(ALICE).seconds == 1
    watch.seconds = 30.0
    assert not counter.count(ALICE).is_used_up
    assert counter.count(ALICE).is_used_up


def test_everyone_has_a_limit_of_their_own() -> None:
    counter = RequestCounter(1, Watch())
    counter.count(ALICE)
    assert not counter.count(BOB).is_used_up


def test_replies_tell_what_is_left(alice: TestClient) -> None:
    alice.app.state.requests = RequestCounter(60, Watch())  # type: ignore[attr-defined]  # the API
    first, second = alice.get("/me").headers, alice.get("/me").headers
    assert first["ratelimit-policy"] == '"requests";q=60;w=60'
    assert (first["ratelimit"], second["ratelimit"]) == (
        '"requests";r=59;t=1',
        '"requests";r=58;t=2',
    )


def test_one_request_too_many_is_told_when_to_come_back(alice: TestClient) -> None:
    alice.app.state.requests = RequestCounter(1)  # type: ignore[attr-defined]  # the API itself
    assert alice.get("/me").status_code == 200
    refused = alice.get("/me")
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (
        429,
        "TooManyRequestsError",
    )
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert '"requests";r=0' in refused.headers["ratelimit"]


def test_body_that_says_it_is_too_large_is_refused(alice: TestClient) -> None:
    response = alice.post("/interview/start", content=b" " * (MAX_JSON_BYTES + 1))
    assert (response.status_code, response.json()["status"]) == (413, 413)


def test_body_that_does_not_say_how_large_it_is_is_counted(alice: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(MAX_JSON_BYTES // 65536 + 1):
            yield b" " * 65536

    headers = {"Content-Type": "application/json"}
    assert alice.post("/interview/start", content=pieces(), headers=headers).status_code == 413


def test_upload_that_is_too_large_is_refused(alice: TestClient) -> None:
    response = alice.post("/resume/upload", files={"file": b"a" * MAX_FORM_BYTES["/resume/upload"]})
    assert response.status_code == 413


def test_unknown_fields_are_refused_by_name(alice: TestClient) -> None:
    refused = alice.post("/interview/start", json={"role": "Tester", "rolle": "x"})
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, "body.rolle")


def test_refusal_does_not_repeat_what_was_sent(alice: TestClient) -> None:
    refused = alice.post("/interview/start", json={"role": ["a private text"]})
    assert refused.status_code == 422
    assert "a private text" not in refused.text


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 100_000, b'{"role": "\\ud800"}', b"NaN"])
def test_body_that_is_no_json_is_refused(alice: TestClient, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = alice.post("/interview/start", content=content, headers=headers)
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


def test_unknown_address_and_method_are_problems_too(alice: TestClient) -> None:
    for response, status in ((alice.get("/nowhere"), 404), (alice.put("/me"), 405)):
        assert response.status_code == status
        assert response.json()["detail"].endswith(".")


def test_database_that_is_out_of_reach_is_told_with_the_pages_sentence(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    error = StoreError("The data could not be read just now.")
    with patch.object(SqlStore, "interview", side_effect=error):
        response = alice.get(f"/interview/{session_id}")
    assert (response.status_code, response.json()["detail"]) == (503, str(error))
    assert response.headers["retry-after"]


def test_fault_of_our_own_tells_nothing_of_it(
    alice: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with patch.object(SqlStore, "interviews", side_effect=RuntimeError("a private text")):
        response = alice.get("/interview")
    assert (response.status_code, response.json()["title"]) == (500, "Internal Server Error")
    assert "a private text" not in response.text
    assert "a private text" not in caplog.text
