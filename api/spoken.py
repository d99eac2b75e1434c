"""A spoken answer: a recording that is written down, and then goes the way of every answer."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Form, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Match
from starlette.types import Scope

from api.answering import EVENT_STREAM, Accepted, Answer, replied
from api.borrowing import borrowed_key
from api.guarding import Caller, ExpectedVersion, GuardedRoute
from api.identity import PROVIDER_KEY_HEADER
from api.interviews import RETRY_SECONDS
from api.limits import FORM, announced_bytes, is_form
from api.problems import problem_response
from api.recordings_held import RecordingsHeld
from api.waiting import ANSWER_SECONDS, ended
from api.wire_in import SpokenAnswerRequest
from api.wire_out import HearingOut
from core.bootstrap import Application, application
from core.domain.errors import InterviewError, InvalidInputError, TranscriptionUnderWayError
from core.domain.heard import Heard, Take
from core.domain.language_model import Provider
from core.domain.speech import MAX_RECORDING_BYTES, TranscriberKind
from core.ports import Job
from core.services.lending import Loan
from core.services.preconditions import require_version
from core.services.speaking import Said

_KEY_FOR_NOBODY = (
    "A key came along, and it is not clear whose: the built-in interviewer needs none, and no "
    "transcriber is named that does. Name the transcriber that it is for, or leave the key out."
)
_UNCONFIRMED = (
    "This transcript is doubtful, so it was not taken for your answer. Read it through, correct it, "
    "and send it as text."
)


class FormRoute(GuardedRoute):
    """A route for forms alone: what comes as JSON is for the other route at the same address.

    Recordings beyond what fits into memory are refused before they are read.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the request is for this route."""
        types = (value for name, value in scope["headers"] if name == b"content-type")
        if not is_form(next(types, b"").decode("latin-1")):
            return Match.NONE, {}
        return super().matches(scope)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The guarded handler, with the recording counted until it is written down."""
        handle = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            held: RecordingsHeld = request.app.state.recordings
            size = announced_bytes(request.headers) or MAX_RECORDING_BYTES
            held.hold(size)
            try:
                return await handle(request)
            finally:
                held.release(size, getattr(request.state, "transcribing", None))

        return bounded


router = APIRouter(route_class=FormRoute)


@dataclass(frozen=True, slots=True)
class _Hearing:
    """A recording that came with a request."""

    app: Application
    user_id: UUID
    said: Said
    transcriber: TranscriberKind | None
    version: int | None
    request: Request


@router.post("/interview/answer", include_in_schema=False)
async def speak_answer(
    body: Annotated[SpokenAnswerRequest, Form(media_type=FORM)],
    caller: Caller,
    version: ExpectedVersion,
    request: Request,
    accept: Accepted = "",
) -> Response:
    """Store a spoken answer once it is written down; `api.answering.submit_answer` describes both."""
    app, user_id = application(), caller.user_id
    said = await run_in_threadpool(_said, body, await body.audio.read())
    hearing = _Hearing(app, user_id, said, body.transcriber, version, request)
    holder = await run_in_threadpool(_key_holder, hearing)
    with borrowed_key(app, request, caller, *holder) as loan:
        words = await _words(hearing, loan)
        if isinstance(words, Response):
            return words
        if isinstance(words, Take) and words.heard.flags:
            return _unconfirmed(said, words)
        text = words.text if isinstance(words, Take) else words
        is_streamed = EVENT_STREAM in accept
        answer = Answer(user_id, said.interview_id, said.position, text, is_streamed=is_streamed)
        return await replied(app, answer, None, loan)


def _said(body: SpokenAnswerRequest, content: bytes) -> Said:
    """The same recording at the same position has the same id, so that it is written down once."""
    what = f"{body.position} {sha256(content).hexdigest()}"
    recording_id = uuid5(body.session_id, what)
    return Said(body.session_id, body.position, recording_id, content, body.may_repeat)


def _key_holder(hearing: _Hearing) -> tuple[Provider | None, str]:
    """Whose key the request's own one is: the interviewer's, or where that needs none the transcriber's."""
    if PROVIDER_KEY_HEADER not in hearing.request.headers:
        return None, ""
    app, user_id = hearing.app, hearing.user_id
    interview = app.interviewing.interview(user_id, hearing.said.interview_id)
    if interview.interviewer.provider is not None:
        return interview.interviewer.provider, interview.interviewer.base_url
    agreed = interview.setup.speech.transcriber
    kind = hearing.transcriber or (agreed.kind if agreed else None)
    offers = app.transcribing.offers(user_id)
    provider = next((offer.provider for offer in offers if offer.choice.kind == kind), None)
    if provider is None:
        raise InvalidInputError("transcriber", _KEY_FOR_NOBODY)
    return provider, ""


async def _words(hearing: _Hearing, loan: Loan) -> Take | str | Response:
    """What is heard in the recording, or the answer that it is already; else the reply to make."""
    said = hearing.said
    known = await run_in_threadpool(hearing.app.speaking.words, hearing.user_id, said)
    if known is not None:
        return known
    job = await run_in_threadpool(_started, hearing)
    if job is None:  # the same request, sent twice at once, was quicker
        return await _words(hearing, loan)
    hearing.request.state.transcribing = job
    loan.until_over([job])
    if not await ended(job, ANSWER_SECONDS):
        return _still_transcribing(said)
    return _heard(said, job.shown)


def _started(hearing: _Hearing) -> Job | None:
    """The work on the recording, where the interview is as the caller expects."""
    app, user_id, said = hearing.app, hearing.user_id, hearing.said
    require_version(app.interviewing.interview(user_id, said.interview_id), hearing.version)
    choice = app.speaking.choose_transcriber(user_id, said.interview_id, hearing.transcriber)
    return app.speaking.hear(user_id, said, choice)


def _heard(said: Said, shown: object) -> Take | Response:
    """What the work came to; its error is raised, unless another process is at it."""
    if isinstance(shown, TranscriptionUnderWayError):
        return _still_transcribing(said)
    if isinstance(shown, InterviewError):
        raise shown
    assert isinstance(shown, Heard)  # noqa: S101 - what such work shows
    if shown.unheard:
        facts = {"cause": shown.unheard, "position": said.position}
        return problem_response(422, "NothingHeard", shown.unheard.sentence, facts=facts)
    return Take(said.recording_id, shown)


def _unconfirmed(said: Said, take: Take) -> Response:
    flags = [{"flag": flag, "reason": flag.sentence} for flag in take.heard.flags]
    facts = {"transcript": take.text, "flags": flags, "position": said.position}
    return problem_response(409, "TranscriptUnconfirmed", _UNCONFIRMED, facts=facts)


def _still_transcribing(said: Said) -> Response:
    told = HearingOut(session_id=said.interview_id, position=said.position)
    headers = {"Retry-After": str(RETRY_SECONDS)}
    return JSONResponse(told.model_dump(mode="json"), 202, headers)
