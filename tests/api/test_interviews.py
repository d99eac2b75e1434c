"""An interview over HTTP, from the resume to the result."""

import json
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from api import waiting
from core.adapters.practice_interviewer import PracticeInterviewer
from core.bootstrap import Application
from core.domain.errors import EvaluationError
from core.domain.interview import Phase
from core.domain.interview_setup import Way
from tests.api.calls import ANSWER, answer, finished, start, upload
from tests.builders import ALICE


def events(text: str) -> list[tuple[str, Any]]:
    """Name and data of each event of a stream."""
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(b[0].removeprefix("event: "), json.loads(b[1].removeprefix("data: "))) for b in blocks]


def test_whole_interview_ends_in_a_result(alice: TestClient) -> None:
    resume_id = upload(alice).json()["resume_id"]
    session_id = start(alice, resume_id=resume_id)["session_id"]
    for position in (1, 2):
        told = answer(alice, session_id, position).json()
        assert told["status"] == "done"
        assert told["evaluation"]["overall"]["score"] >= 0
        assert told["question"]["position"] == position + 1
    last = answer(alice, session_id, 3, "No questions, thank you.").json()
    assert (last["phase"], last["question"]) == ("complete", None)
    result = alice.get(f"/interview/result/{session_id}").json()
    assert (result["judged"], result["pending"]) == (2, 0)
    assert result["overall"]["low"] <= result["overall"]["score"] <= result["overall"]["high"]


def test_resume_is_read_asked_about_and_corrected(alice: TestClient) -> None:
    told = upload(alice).json()
    assert told["profile"]["name"] == "Ilva Brandmere"
    corrected = alice.patch(
        f"/resume/{told['resume_id']}/profile", json={"name": "Ilva B.", "positions": []}
    ).json()
    assert (corrected["profile"]["name"], corrected["profile"]["positions"]) == ("Ilva B.", [])
    assert corrected["profile"]["skills"] == told["profile"]["skills"]
    assert alice.get("/resume").json() == corrected


def test_profile_can_be_sent_back_as_it_came(alice: TestClient) -> None:
    told = upload(alice).json()
    profile = {k: v for k, v in told["profile"].items() if k != "suggested_role"}
    again = alice.patch(f"/resume/{told['resume_id']}/profile", json=profile)
    assert again.json() == told


def test_deleted_resume_is_gone(alice: TestClient) -> None:
    upload(alice)
    assert alice.delete("/resume").status_code == 204
    assert alice.get("/resume").status_code == 404


@pytest.mark.parametrize(
    ("content", "status"), [(b"", 422), (b"\x7fELF\x02\x01\x01", 415), (b"%PDF-1.7 nothing", 422)]
)
def test_document_that_cannot_be_read_names_the_reason(
    alice: TestClient, content: bytes, status: int
) -> None:
    response = upload(alice, content)
    assert (response.status_code, response.json()["field"]) == (status, "document")
    assert alice.get("/resume").status_code == 404


def test_form_with_anything_else_in_it_is_refused(alice: TestClient) -> None:
    response = alice.post("/resume/upload", files={"file": b"Ilva"}, data={"name": "Ilva"})
    assert response.status_code == 422


def test_question_tells_nothing_of_a_good_answer(alice: TestClient, app: Application) -> None:
    told = start(alice)
    stored = app.interviewing.interviews(ALICE)[0]
    question = app.interviewing.interview(ALICE, stored.id).current.question
    assert question.reference_answer
    assert question.reference_answer not in json.dumps(told)
    assert not any(point.text in json.dumps(told) for point in question.key_points)


def test_realistic_way_tells_judgements_at_the_end(alice: TestClient) -> None:
    session_id = start(alice, way=Way.REALISTIC)["session_id"]
    told = answer(alice, session_id, 1).json()
    assert told["evaluation"] is None
    assert told["question"]["position"] == 2
    turns = alice.get(f"/interview/{session_id}").json()["turns"]
    assert turns[0]["attempts"][0]["evaluation"] is None
    alice.post(f"/interview/{session_id}/finish")
    result = alice.get(f"/interview/result/{session_id}")
    while result.status_code == 202:
        assert int(result.headers["retry-after"]) >= 1
        result = alice.get(f"/interview/result/{session_id}")
    assert result.json()["turns"][0]["attempts"][0]["evaluation"]["overall"]


def test_result_of_an_interview_under_way_is_refused(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    refused = alice.get(f"/interview/result/{session_id}")
    assert (refused.status_code, refused.json()["phase"]) == (409, "listening")


def test_slow_judgement_is_told_as_pending_and_comes_with_the_same_request(
    alice: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = start(alice)["session_id"]
    with monkeypatch.context() as patched:
        patched.setattr(waiting, "ended", _never_ended)
        pending = answer(alice, session_id, 1, Idempotency_Key="slow")
    assert (pending.status_code, pending.json()["evaluation"]) == (202, None)
    assert int(pending.headers["retry-after"]) >= 1
    done = answer(alice, session_id, 1, Idempotency_Key="slow")
    assert (done.status_code, done.json()["status"]) == (200, "done")
    assert len(alice.get(f"/interview/{session_id}").json()["turns"][0]["attempts"]) == 1


async def _never_ended(*_: object) -> bool:
    return False


def test_failed_judgement_keeps_the_answer_and_can_be_asked_for_again(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    error = EvaluationError("The interviewer is out of reach.")
    with patch.object(PracticeInterviewer, "evaluate", side_effect=error):
        failed = answer(alice, session_id, 1).json()
    assert (failed["status"], failed["failure"]) == ("failed", str(error))
    assert (failed["evaluation"], failed["question"]) == (None, None)
    alice.post(f"/interview/{session_id}/retry", json={"position": 1})
    assert answer(alice, session_id, 1).json()["status"] == "done"


def test_failed_judgement_can_be_left_for_the_next_question(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    error = EvaluationError("The interviewer is out of reach.")
    with patch.object(PracticeInterviewer, "evaluate", side_effect=error):
        answer(alice, session_id, 1)
    told = alice.post(f"/interview/{session_id}/next", json={"position": 1}).json()
    assert told["question"]["position"] == 2


def test_answer_as_a_stream_comes_as_events_in_order(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    response = answer(alice, session_id, 1, Accept="text/event-stream")
    assert response.headers["content-type"].startswith("text/event-stream")
    (_, judged), (_, question) = found = events(response.text)
    assert [name for name, _ in found] == ["evaluation", "question"]
    assert (judged["status"], question["position"]) == ("done", 2)


def test_stream_of_the_last_answer_ends_the_interview(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    for position in (1, 2):
        alice.post(f"/interview/{session_id}/skip", json={"position": position})
    response = answer(alice, session_id, 3, "Thank you.", Accept="text/event-stream")
    assert [name for name, _ in events(response.text)] == ["evaluation", "end"]


def test_error_before_a_stream_is_a_problem_like_any_other(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    response = answer(alice, session_id, 7, Accept="text/event-stream")
    assert response.headers["content-type"] == "application/problem+json"


def test_list_is_the_newest_first_in_pages(alice: TestClient) -> None:
    ids = [start(alice)["session_id"] for _ in range(3)]
    told = alice.get("/interview", params={"limit": 2}).json()
    assert told["total"] == 3
    assert [found["id"] for found in told["interviews"]] == ids[:0:-1]
    rest = alice.get("/interview", params={"limit": 2, "offset": 2}).json()
    assert [found["id"] for found in rest["interviews"]] == ids[:1]


def test_export_is_what_settings_restores(alice: TestClient, app: Application) -> None:
    session_id = finished(alice)
    history = app.files.history_from_json(alice.get("/me/export").content)
    assert [str(interview.id) for interview in history.interviews] == [session_id]


def test_deleted_interview_is_gone(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    assert alice.delete(f"/interview/{session_id}").status_code == 204
    assert alice.get(f"/interview/{session_id}").status_code == 404


def test_deleting_oneself_ends_the_token(alice: TestClient) -> None:
    finished(alice)
    assert alice.delete("/me").status_code == 204
    assert alice.get("/me").status_code == 401


def test_company_and_manner_are_taken_over(alice: TestClient, app: Application) -> None:
    company = app.content.companies[0].id
    assert start(alice, company=company)["company"] == company


def test_blank_answer_is_refused_with_the_pages_sentence(alice: TestClient) -> None:
    refused = answer(alice, start(alice)["session_id"], 1, "  ")
    assert (refused.status_code, refused.json()["detail"]) == (
        422,
        "There is no answer yet. Write one, or skip the question.",
    )


def test_answer_in_any_script_is_kept_as_it_is(alice: TestClient) -> None:
    session_id = start(alice)["session_id"]
    text = f"{ANSWER} 質問 – “quoted” 🙂"
    answer(alice, session_id, 1, text)
    turns = alice.get(f"/interview/{session_id}").json()["turns"]
    assert turns[0]["attempts"][0]["answer"] == text


def test_zero_bytes_are_left_out_of_own_questions(alice: TestClient, app: Application) -> None:
    start(alice, own_questions=["What do you\0 build?"])
    (summary,) = app.interviewing.interviews(ALICE)
    plan = app.interviewing.interview(ALICE, summary.id).plan
    assert "What do you build?" in {question.text for question in plan.questions}


def test_answer_whose_reply_was_lost_goes_on_with_the_same_request(
    alice: TestClient, app: Application
) -> None:
    session_id = UUID(start(alice)["session_id"])
    app.interviewing.submit_answer(ALICE, session_id, 1, ANSWER)
    judged = app.interviewing.wait_for_work(ALICE, session_id, 30)
    assert judged.phase is Phase.FEEDBACK
    told = answer(alice, str(session_id), 1).json()
    assert (told["status"], told["question"]["position"]) == ("done", 2)
