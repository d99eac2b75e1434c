"""A request that is sent again changes nothing a second time."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.calls import ANSWER, RESUME, answer, finished, start, upload

KEY = {"Idempotency-Key": "0b9a1d52-3a51-4d3e-9c8e-5f3a7d1c2b4e"}
BODY: dict[str, Any] = {"role": "Backend Engineer", "questions": 2}


def _start(client: TestClient, **changes: Any) -> Any:
    return client.post("/interview/start", json=BODY | changes, headers=KEY)


def test_same_key_starts_one_interview(alice: TestClient) -> None:
    first, second = _start(alice), _start(alice)
    assert second.json() == first.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert (second.status_code, second.headers["etag"]) == (201, first.headers["etag"])
    assert alice.get("/interview").json()["total"] == 1


def test_same_key_at_once_starts_one_interview(alice: TestClient) -> None:
    with ThreadPoolExecutor(6) as threads:
        replies = list(threads.map(lambda _: _start(alice), range(6)))
    assert {r.status_code for r in replies} <= {201, 503}
    assert alice.get("/interview").json()["total"] == 1


def test_same_key_is_anothers_own(alice: TestClient, bob: TestClient) -> None:
    mine, others = _start(alice), _start(bob)
    assert mine.json()["session_id"] != others.json()["session_id"]
    assert "idempotency-replayed" not in others.headers


def test_same_key_with_another_request_is_refused(alice: TestClient) -> None:
    _start(alice)
    refused = _start(alice, questions=3)
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (
        422,
        "KeyReusedError",
    )
    assert alice.get("/interview").json()["total"] == 1


def test_same_upload_is_one_resume_whatever_the_forms_boundary(alice: TestClient) -> None:
    first = upload(alice, Idempotency_Key="upload")
    second = upload(alice, Idempotency_Key="upload")
    assert second.headers["idempotency-replayed"] == "true"
    assert second.json() == first.json()


def test_key_of_a_request_that_failed_can_be_used_again(alice: TestClient) -> None:
    assert _start(alice, company="nowhere").status_code == 422
    assert _start(alice).status_code == 201


def test_replies_go_with_what_is_deleted(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    first = answer(alice, session_id, 1, Idempotency_Key="a")
    assert first.status_code == 200
    alice.delete(f"/interview/{session_id}")
    assert answer(alice, session_id, 1, Idempotency_Key="a").status_code == 404


@pytest.mark.parametrize("key", ["", "a" * 256, "a\tb", "a b", "\xe4"])
def test_key_that_is_none_is_refused(alice: TestClient, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode("latin-1"))]
    response = alice.post("/interview/start", json=BODY, headers=headers)
    assert (response.status_code, response.json()["type"].rpartition(":")[2]) == (
        400,
        "BadIdempotencyKey",
    )


def test_same_answer_again_is_the_same_answer(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    first, second = answer(alice, session_id, 1), answer(alice, session_id, 1)
    assert second.json() == first.json()
    (attempt,) = alice.get(f"/interview/{session_id}").json()["turns"][0]["attempts"]
    assert attempt["answer"] == ANSWER


def test_another_answer_at_an_answered_position_is_refused_and_the_first_kept(
    alice: TestClient,
) -> None:
    session_id = start(alice)["session_id"]
    answer(alice, session_id, 1)
    refused = answer(alice, session_id, 1, "Something else.")
    assert (refused.status_code, refused.json()["position"]) == (409, 1)
    (attempt,) = alice.get(f"/interview/{session_id}").json()["turns"][0]["attempts"]
    assert attempt["answer"] == ANSWER


@pytest.mark.parametrize("version", ['"99"', 'W/"0"', "0", '"x"'])
def test_change_at_another_version_is_refused(alice: TestClient, version: str) -> None:
    session_id = start(alice)["session_id"]
    refused = answer(alice, session_id, 1, If_Match=version)
    assert (refused.status_code, refused.json()["version"]) == (412, 0)
    assert alice.get(f"/interview/{session_id}").json()["version"] == 0


@pytest.mark.parametrize("path", ["skip", "retry", "next", "finish"])
def test_every_step_looks_at_the_version(alice: TestClient, path: str) -> None:
    session_id = start(alice)["session_id"]
    refused = alice.post(
        f"/interview/{session_id}/{path}", json={"position": 1}, headers={"If-Match": '"99"'}
    )
    assert refused.status_code in ({412, 422} if path == "retry" else {412})


def test_deletion_looks_at_the_version(alice: TestClient) -> None:
    address = f"/interview/{start(alice)['session_id']}"
    assert alice.delete(address, headers={"If-Match": '"99"'}).status_code == 412
    assert alice.delete(address, headers={"If-Match": '"0"'}).status_code == 204


def test_version_of_the_last_reply_is_the_one_to_expect(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    version = answer(alice, session_id, 1).headers["etag"]
    again = answer(alice, session_id, 2, If_Match=version)
    assert again.status_code == 200


def test_finishing_and_skipping_twice_is_harmless(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    skip = f"/interview/{session_id}/skip"
    assert alice.post(skip, json={"position": 1}).json()["question"]["position"] == 2
    assert alice.post(skip, json={"position": 1}).json()["question"]["position"] == 2
    done = finished(alice)
    assert alice.post(f"/interview/{done}/finish").json()["phase"] == "complete"


def test_upload_without_a_key_is_a_resume_of_its_own(alice: TestClient) -> None:
    assert upload(alice, RESUME).json()["resume_id"] != upload(alice, RESUME).json()["resume_id"]
