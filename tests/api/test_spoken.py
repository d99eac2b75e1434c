"""Spoken answers: written down, looked at where the transcriber is unsure, then judged as any other."""

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api import spoken as spoken_answers
from api.limits import MAX_FORM_BYTES
from api.recordings_held import RecordingsHeld
from core.adapters.sound_reader import ChildProcessSoundReader
from core.adapters.sql_recordings import SqlRecordingStore
from core.adapters.sql_store import SqlStore
from core.bootstrap import Application, application, forget_application
from core.domain.access import Scope
from core.domain.errors import StoreAwayError
from core.domain.language_model import Provider
from core.domain.speech import Recording, Sound
from core.services import speaking
from tests.api.calls import ANSWER, RESUME, answer, start
from tests.api.serving import served
from tests.api.test_examples import PROGRAMS
from tests.api.test_interviews import events
from tests.builders import ALICE
from tests.speech.sounds import encoded, needs_espeak, silence, spoken, wav
from tests.stub_provider.script import Mishap, Status
from tests.stub_transcriber import SAID, StubTranscriber

pytestmark = needs_espeak
DEEPGRAM = Provider("deepgram")
KEY = "0123456789abcdef0123456789abcdef01234567"
HEADERS = {"X-Provider-Key": KEY}
DOUBTFUL = "I used a map, I used a map, I used a map and I measured it."


class DecodedOnce(ChildProcessSoundReader):
    """The product's reader, which does not start a child for what it has read before."""

    def read(self, recording: Recording) -> Sound:
        return _decoded(recording)


@cache
def _decoded(recording: Recording) -> Sound:
    return ChildProcessSoundReader().read(recording)


@pytest.fixture
def stub() -> Iterator[StubTranscriber]:
    with StubTranscriber() as running:
        yield running


@pytest.fixture
def bare_app(
    stub: StubTranscriber, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """Nobody has a key."""
    monkeypatch.setattr("core.bootstrap.ChildProcessSoundReader", DecodedOnce)
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("API_REQUESTS_PER_MINUTE", "100000")
    monkeypatch.setenv("DEEPGRAM_API_URL", stub.url)
    monkeypatch.setenv("OPENAI_API_URL", f"{stub.url}/v1")
    forget_application()
    yield application()
    forget_application()


@pytest.fixture
def app(bare_app: Application, stub: StubTranscriber) -> Application:
    """Alice has a key for a transcriber."""
    bare_app.keys.add_key(ALICE, DEEPGRAM, KEY, keep=True)
    stub.sent.clear()
    return bare_app


@cache
def recorded() -> bytes:
    return encoded(spoken(), "webm", "libopus")


def say(
    client: TestClient, session_id: str, position: int = 1, audio: bytes = b"", **sent: Any
) -> Any:
    """The reply to a spoken answer; `headers` go along, all else are further fields of the form."""
    headers = sent.pop("headers", {})
    return client.post(
        "/interview/answer",
        data={"session_id": session_id, "position": position} | sent,
        files={"audio": ("answer.webm", audio or recorded())},
        headers=headers,
    )


def problem(response: Any) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json", response.text
    return response.status_code, response.json()["type"].rpartition(":")[2]


def attempts(client: TestClient, session_id: str, position: int = 1) -> list[dict[str, Any]]:
    turns = client.get(f"/interview/{session_id}").json()["turns"]
    found: list[dict[str, Any]] = turns[position - 1]["attempts"]
    return found


@pytest.fixture
def session_id(alice: TestClient) -> str:
    return str(start(alice)["session_id"])


def test_spoken_answer_is_judged_and_the_next_question_put(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    told = say(alice, session_id)
    assert told.status_code == 200, told.text
    body = told.json()
    assert (body["answer"], body["status"], body["question"]["position"]) == (SAID, "done", 2)
    assert body["evaluation"]
    assert stub.sent[-1].body.startswith(b"fLaC")


def test_how_it_was_said_stands_with_the_answer(alice: TestClient, session_id: str) -> None:
    say(alice, session_id)
    (attempt,) = attempts(alice, session_id)
    (take,) = attempt["takes"]
    assert (take["transcript"], take["is_kept"], take["flags"]) == (SAID, False, [])
    assert take["transcribed_by"] == "Deepgram"
    assert take["delivery"]["speech_seconds"] > 1


def test_stream_of_a_spoken_answer_tells_the_judgement(alice: TestClient, session_id: str) -> None:
    told = say(alice, session_id, headers={"Accept": "text/event-stream"})
    assert [name for name, _ in events(told.text)] == ["evaluation", "question"]


def test_same_recording_again_is_the_same_answer_and_sent_once(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    first, second = say(alice, session_id), say(alice, session_id)
    assert second.json() == first.json()
    assert (len(attempts(alice, session_id)), len(stub.sent)) == (1, 1)


def test_same_recording_at_once_is_sent_once(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    audio = recorded()
    with ThreadPoolExecutor(4) as threads:
        replies = list(threads.map(lambda _: say(alice, session_id, audio=audio), range(4)))
    assert {reply.status_code for reply in replies} == {200}
    assert (len(attempts(alice, session_id)), len(stub.sent)) == (1, 1)


def test_same_key_replays_the_reply_whatever_the_forms_boundary(
    alice: TestClient, session_id: str
) -> None:
    first = say(alice, session_id, headers={"Idempotency-Key": "spoken"})
    second = say(alice, session_id, headers={"Idempotency-Key": "spoken"})
    assert second.headers["idempotency-replayed"] == "true"
    assert second.json() == first.json()


def test_same_key_with_another_recording_is_refused(alice: TestClient, session_id: str) -> None:
    say(alice, session_id, headers={"Idempotency-Key": "spoken"})
    other = say(alice, session_id, audio=wav(spoken()), headers={"Idempotency-Key": "spoken"})
    assert problem(other) == (422, "KeyReusedError")


def test_another_recording_at_an_answered_position_is_refused_and_sent_nowhere(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    answer(alice, session_id, 1)
    assert problem(say(alice, session_id)) == (409, "AnswerConflictError")
    assert (attempts(alice, session_id)[0]["answer"], stub.sent) == (ANSWER, [])


@pytest.mark.parametrize("position", [2, 100])
def test_recording_for_a_question_that_is_not_put_yet_is_sent_nowhere(
    alice: TestClient, session_id: str, stub: StubTranscriber, position: int
) -> None:
    assert problem(say(alice, session_id, position)) == (422, "InvalidInputError")
    assert stub.sent == []


def test_recording_for_an_interview_that_is_over_is_sent_nowhere(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    alice.post(f"/interview/{session_id}/finish")
    assert problem(say(alice, session_id)) == (409, "InvalidTransitionError")
    assert stub.sent == []


def test_doubtful_transcript_is_told_and_not_judged(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    stub.then(DOUBTFUL)
    told = say(alice, session_id)
    assert problem(told) == (409, "TranscriptUnconfirmed")
    body = told.json()
    assert (body["transcript"], body["position"]) == (DOUBTFUL, 1)
    assert [flag["flag"] for flag in body["flags"]] == ["repeated phrases"]
    assert attempts(alice, session_id) == []


def test_doubtful_transcript_is_written_down_once(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    stub.then(DOUBTFUL)
    first, second = say(alice, session_id), say(alice, session_id)
    assert second.json() == first.json()
    assert len(stub.sent) == 1


def test_confirmed_text_is_the_answer_with_what_was_heard(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    stub.then(DOUBTFUL)
    say(alice, session_id)
    confirmed = answer(alice, session_id, 1, "I used a map and I measured it.")
    assert confirmed.status_code == 200
    (attempt,) = attempts(alice, session_id)
    assert [take["transcript"] for take in attempt["takes"]] == [DOUBTFUL]
    again = say(alice, session_id)
    assert again.json()["answer"] == "I used a map and I measured it."


def test_silence_is_told_and_sent_nowhere(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    told = say(alice, session_id, audio=wav(silence(2)))
    assert problem(told) == (422, "NothingHeard")
    assert (told.json()["cause"], stub.sent) == ("no speech", [])


def test_no_words_are_told_and_nothing_is_stored(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    stub.then("")
    told = say(alice, session_id)
    assert problem(told) == (422, "NothingHeard")
    assert (told.json()["cause"], attempts(alice, session_id)) == ("no words", [])


@pytest.mark.parametrize(
    ("audio", "status", "cause"),
    [
        pytest.param(b"ID3 an mp3 file", 415, "unknown kind", id="another kind"),
        pytest.param(b"%PDF-1.7", 415, "unknown kind", id="no sound"),
        pytest.param(b"RIFF....WAVE and no more", 422, "damaged", id="damaged"),
    ],
)
def test_unusable_recording_is_refused_by_its_bytes(
    alice: TestClient, session_id: str, audio: bytes, status: int, cause: str
) -> None:
    told = say(alice, session_id, audio=audio)
    assert problem(told) == (status, "UnusableRecordingError")
    assert told.json()["cause"] == cause


def test_empty_recording_is_refused(alice: TestClient, session_id: str) -> None:
    told = alice.post(
        "/interview/answer",
        data={"session_id": session_id, "position": 1},
        files={"audio": ("answer.webm", b"")},
    )
    assert (problem(told), told.json()["cause"]) == ((422, "UnusableRecordingError"), "empty")


def test_recording_that_is_too_large_is_refused_unread(alice: TestClient, session_id: str) -> None:
    told = say(alice, session_id, audio=b"a" * MAX_FORM_BYTES["/interview/answer"])
    assert problem(told) == (413, "ContentTooLarge")


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"position": "one"}, id="no number"),
        pytest.param({"position": "0"}, id="no position"),
        pytest.param({"transcriber": "nobody"}, id="unknown transcriber"),
        pytest.param({"answer": "and a text"}, id="unknown field"),
    ],
)
def test_form_that_does_not_fit_is_refused(
    alice: TestClient, session_id: str, form: dict[str, str]
) -> None:
    told = alice.post(
        "/interview/answer",
        data={"session_id": session_id, "position": "1"} | form,
        files={"audio": ("answer.webm", recorded())},
    )
    assert problem(told) == (422, "InvalidRequest")


def test_form_without_a_recording_is_refused(alice: TestClient, session_id: str) -> None:
    told = alice.post(
        "/interview/answer",
        data={"session_id": session_id, "position": "1"},
        files={"other": ("answer.webm", recorded())},
    )
    assert problem(told) == (422, "InvalidRequest")


@pytest.mark.parametrize(
    ("mishap", "status"),
    [
        pytest.param(Status(401), 422, id="key refused"),
        pytest.param(Status(402), 422, id="no credit"),
        pytest.param(Mishap.GARBAGE, 502, id="no transcript"),
    ],
)
def test_transcriber_that_fails_is_told_and_nothing_made_up(
    alice: TestClient, session_id: str, stub: StubTranscriber, mishap: Any, status: int
) -> None:
    stub.then(mishap)
    told = say(alice, session_id, headers={"Idempotency-Key": "again"})
    assert problem(told) == (status, "TranscriptionError")
    assert "Nothing was stored. Send the recording again" in told.json()["detail"]
    assert attempts(alice, session_id) == []
    again = say(alice, session_id, headers={"Idempotency-Key": "again"})
    assert (again.status_code, again.json()["answer"]) == (200, SAID)


def test_transcript_that_takes_long_is_fetched_by_the_same_request(
    alice: TestClient, session_id: str, stub: StubTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken_answers, "ANSWER_SECONDS", 0.0)
    told = say(alice, session_id)
    assert (told.status_code, told.json()["status"]) == (202, "transcribing")
    assert told.headers["retry-after"]
    monkeypatch.setattr(spoken_answers, "ANSWER_SECONDS", 30.0)
    assert say(alice, session_id).json()["answer"] == SAID
    assert len(stub.sent) == 1


def test_transcription_that_broke_off_is_paid_for_again_on_ones_word_alone(
    alice: TestClient, session_id: str, stub: StubTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "LEASE_SECONDS", 0.0)
    with patch.object(SqlStore, "change_interview", side_effect=StoreAwayError()):
        assert problem(say(alice, session_id))[0] == 503
    assert problem(say(alice, session_id)) == (409, "TranscriptionInterruptedError")
    assert len(stub.sent) == 1
    told = say(alice, session_id, may_repeat="true")
    assert (told.status_code, told.json()["answer"], len(stub.sent)) == (200, SAID, 2)


@pytest.mark.usefixtures("bare_app")
class TestWithoutAKey:
    """Nobody writes Alice's words down but for a key that comes along."""

    @pytest.fixture
    def app(self, bare_app: Application) -> Application:
        return bare_app

    def test_nobody_to_write_it_down_is_told_and_nothing_sent(
        self, alice: TestClient, session_id: str, stub: StubTranscriber
    ) -> None:
        assert problem(say(alice, session_id)) == (409, "TranscriberMissingError")
        assert stub.sent == []

    def test_named_transcriber_without_its_key_is_told(
        self, alice: TestClient, session_id: str
    ) -> None:
        told = say(alice, session_id, transcriber="deepgram")
        assert problem(told) == (409, "KeyMissingError")

    def test_key_that_comes_along_is_used_and_given_back(
        self, alice: TestClient, session_id: str, stub: StubTranscriber, app: Application
    ) -> None:
        told = say(alice, session_id, transcriber="deepgram", headers=HEADERS)
        assert (told.status_code, told.json()["answer"]) == (200, SAID)
        assert KEY in stub.sent[-1].headers["authorization"]
        assert not app.lending.lent._keys  # type: ignore[attr-defined]  # what must be empty
        assert app.keys.keys_of(ALICE) == ()

    def test_key_for_nobody_in_particular_is_refused(
        self, alice: TestClient, session_id: str, stub: StubTranscriber
    ) -> None:
        told = say(alice, session_id, headers=HEADERS)
        assert (problem(told), told.json()["field"]) == ((422, "InvalidInputError"), "transcriber")
        assert stub.sent == []

    def test_google_hears_nothing_unless_it_is_named(
        self, alice: TestClient, session_id: str, app: Application
    ) -> None:
        ready = [offer for offer in app.transcribing.offers(ALICE) if offer.is_ready]
        assert [offer.needs_consent for offer in ready] == [True]
        assert problem(say(alice, session_id))[0] == 409


@pytest.mark.parametrize("keeps", [False, True])
def test_sound_is_stored_only_where_the_candidate_said_so(
    alice: TestClient, app: Application, *, keeps: bool
) -> None:
    told = start(alice, speech={"transcriber": "deepgram", "keeps_recordings": keeps})
    say(alice, told["session_id"])
    interview = app.interviewing.interview(ALICE, UUID(told["session_id"]))
    latest = interview.turn_at(1).latest
    assert latest is not None
    (take,) = latest.takes
    stored = app.speaking.recording(ALICE, take)
    assert (stored.content if stored else None) == (recorded() if keeps else None)


def test_another_version_is_refused_before_anything_is_sent(
    alice: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    told = say(alice, session_id, headers={"If-Match": '"99"'})
    assert (problem(told), stub.sent) == ((412, "VersionConflictError"), [])


def test_version_of_the_last_reply_is_the_one_to_expect(alice: TestClient, session_id: str) -> None:
    version = alice.get(f"/interview/{session_id}").headers["etag"]
    assert say(alice, session_id, headers={"If-Match": version}).status_code == 200


def test_anothers_interview_is_not_found_and_the_recording_sent_nowhere(
    bob: TestClient, session_id: str, stub: StubTranscriber
) -> None:
    assert problem(say(bob, session_id)) == (404, "NotFoundError")
    assert stub.sent == []


def test_recordings_beyond_what_memory_holds_come_again_later(
    alice: TestClient, session_id: str, rest: FastAPI
) -> None:
    rest.state.recordings = RecordingsHeld(most=10)
    told = say(alice, session_id)
    assert problem(told) == (429, "TooManyRequestsError")
    assert told.headers["retry-after"] == "5"


def test_recording_counts_until_it_is_written_down() -> None:
    is_over = Event()

    class Work:
        def wait(self, _seconds: float) -> bool:
            return is_over.is_set()

    held = RecordingsHeld(most=10)
    held.hold(10)
    held.release(10, Work())  # type: ignore[arg-type]  # all that is asked of a job
    with pytest.raises(Exception, match="Too many recordings"):
        held.hold(1)
    is_over.set()
    held.hold(10)


def test_unplanned_fault_tells_nothing_of_what_was_said(
    alice: TestClient, session_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    with patch.object(SqlRecordingStore, "keep_recording", side_effect=RuntimeError(SAID)):
        told = start(alice, speech={"transcriber": "deepgram", "keeps_recordings": True})
        response = say(alice, told["session_id"])
    assert response.status_code == 500
    assert SAID not in response.text
    assert SAID not in caplog.text
    assert session_id


@pytest.mark.slow
@pytest.mark.parametrize("program", list(PROGRAMS))
def test_example_answers_by_voice(
    program: str, app: Application, rest: FastAPI, tmp_path: Path
) -> None:
    (tmp_path / "resume.txt").write_bytes(RESUME)
    (tmp_path / "answer.webm").write_bytes(recorded())
    _, token = app.tokens.make_token(ALICE, "example", tuple(Scope), 1)
    with served(Starlette(routes=[Mount("/api", rest)])) as url:
        done = subprocess.run(
            [*PROGRAMS[program], "resume.txt", "answer.webm"],
            env=os.environ | {"API": f"{url}/api", "TOKEN": token},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr + done.stdout
    (summary,) = app.interviewing.interviews(ALICE)
    first = app.interviewing.interview(ALICE, summary.id).turn_at(1).latest
    assert first is not None
    assert first.answer == SAID
