"""An answer: stored, judged, and followed by the next question; in one reply or as a stream of events."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, StreamingResponse

from api.borrowing import borrowed_key
from api.guarding import Caller, ExpectedVersion, GuardedRoute, etag
from api.identity import PROVIDER_KEY_HEADER
from api.interviews import RETRY_SECONDS
from api.limits import FORM
from api.problems import problem_of
from api.waiting import gone_on, is_awaited, judged, shown, work_on
from api.wire_in import AnswerRequest, SpokenAnswerRequest
from api.wire_out import AnswerOut, FeedbackEvent, HearingOut, answer_out
from core.bootstrap import Application, application
from core.domain.errors import InterviewError
from core.domain.evaluation import PartialEvaluation
from core.domain.interview import Interview
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from core.services.lending import Loan
from core.services.preconditions import at_version

router = APIRouter(route_class=GuardedRoute, tags=["interview"])
EVENT_STREAM = "text/event-stream"
STREAM_SECONDS = 180.0
_SILENCE = ": still being judged\n\n"
_UNBUFFERED = {"X-Accel-Buffering": "no"}
"""Proxies that gather replies hand this one on as it comes."""
_EVENTS = (
    'event: feedback\ndata: {"evidence": [], "feedback": "You measure", "strengths": [], '
    '"improvements": []}\n\nevent: evaluation\ndata: {"position": 1, "status": "done"}\n\n'
    'event: question\ndata: {"position": 2, "text": "Which index would you add?"}\n\n'
)
_REPLIES: dict[int | str, dict[str, Any]] = {
    200: {
        "model": AnswerOut,
        "description": "The judgement and the next question; as events where the request accepts "
        "text/event-stream: `feedback` whenever there is more of it, `evaluation` once (as the JSON "
        "reply), `question` where one follows, `end` where the interview is over, `pending` where it "
        "takes too long, `problem` where something fails.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}, "example": _EVENTS}},
    },
    202: {
        "model": AnswerOut | HearingOut,
        "description": "The answer is stored and still being judged, or a recording still being written "
        "down: send the same request again after the seconds in Retry-After.",
    },
}
_SPOKEN = {
    "requestBody": {
        "content": {
            FORM: {"schema": {"$ref": f"#/components/schemas/{SpokenAnswerRequest.__name__}"}}
        }
    }
}
Accepted = Annotated[str, Header(alias="accept", include_in_schema=False)]
"""A handler's parameter: which kinds of reply the caller takes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on its way: whose, where to, and how the reply is wanted."""

    user_id: UUID
    session_id: UUID
    position: int
    text: str
    is_streamed: bool = False


@router.post(
    "/interview/answer",
    summary="Answer a question",
    responses=_REPLIES,
    response_model=None,
    openapi_extra=_SPOKEN,
)
async def submit_answer(
    body: AnswerRequest,
    caller: Caller,
    version: ExpectedVersion,
    request: Request,
    accept: Accepted = "",
) -> Response:
    """Store the answer, have it judged, and put the next question.

    The answer is stored before anything else. The same text again at the same position is the same
    answer: it is judged once. Another text there is refused (409), and the first one kept. The realistic
    way tells no judgement before the end. Where judging fails, the reply says so (status “failed”).

    As a form with a recording the answer is written down first. What the transcriber is unsure of is not
    judged unread: the reply is 409 (TranscriptUnconfirmed) with `transcript` and `flags`; send the
    corrected text as JSON. Where nothing was heard the reply is 422 (NothingHeard).
    """
    app = application()
    choice = await run_in_threadpool(_choice, app, caller.user_id, body.session_id, request)
    answer = Answer(
        caller.user_id, body.session_id, body.position, body.answer, EVENT_STREAM in accept
    )
    with borrowed_key(app, request, caller, choice.provider, choice.base_url) as loan:
        return await replied(app, answer, version, loan)


async def replied(app: Application, answer: Answer, version: int | None, loan: Loan) -> Response:
    """Store an answer; the reply with its judgement, or the stream of it."""
    user_id, position = answer.user_id, answer.position
    interview = await run_in_threadpool(
        at_version(app.interviewing, version).submit_answer,
        user_id,
        answer.session_id,
        position,
        answer.text,
    )
    if answer.is_streamed:
        await work_on(app, user_id, interview, position, loan)
        events = _events(app, user_id, interview, position)
        return StreamingResponse(events, headers=_UNBUFFERED, media_type=EVENT_STREAM)
    interview = await judged(app, user_id, interview, position, loan)
    interview = await run_in_threadpool(gone_on, app, user_id, interview, position)
    return _reply(interview, position)


def _choice(
    app: Application, user_id: UUID, session_id: UUID, request: Request
) -> InterviewerChoice:
    """Who judges, which only a key that comes along has to be known for."""
    if PROVIDER_KEY_HEADER not in request.headers:
        return BUILT_IN_CHOICE
    return app.interviewing.interview(user_id, session_id).interviewer


def _reply(interview: Interview, position: int) -> Response:
    headers = {"ETag": etag(interview.version)}
    is_pending = is_awaited(interview, position)
    if is_pending:
        headers["Retry-After"] = str(RETRY_SECONDS)
    told = answer_out(interview, position).model_dump(mode="json")
    return JSONResponse(told, 202 if is_pending else 200, headers)


async def _events(
    app: Application, user_id: UUID, interview: Interview, position: int
) -> AsyncIterator[str]:
    """The events of one answer, in the order in which they come true."""
    try:
        async for event in _judging(app, user_id, interview, position):
            yield event
        interview = await judged(app, user_id, interview, position, Loan(), seconds=STREAM_SECONDS)
        told = answer_out(interview, position)
        if is_awaited(interview, position):
            yield _event("pending", told)
            return
        yield _event("evaluation", told)
        interview = await run_in_threadpool(gone_on, app, user_id, interview, position)
        told = answer_out(interview, position)
        if told.question is not None:
            yield _event("question", told.question)
        if interview.is_over:
            yield "event: end\ndata: {}\n\n"
    except InterviewError as error:
        yield f"event: problem\ndata: {json.dumps(problem_of(error))}\n\n"


async def _judging(
    app: Application, user_id: UUID, interview: Interview, position: int
) -> AsyncIterator[str]:
    """What is written of the judgement, as it is written."""
    if not is_awaited(interview, position):
        return
    job = await work_on(app, user_id, interview, position, Loan())
    if job is None:
        return
    async for partial in shown(job, STREAM_SECONDS):
        if partial is None:
            yield _SILENCE
        if isinstance(partial, PartialEvaluation):
            yield _event(
                "feedback",
                FeedbackEvent(
                    evidence=list(partial.evidence),
                    feedback=partial.feedback,
                    strengths=list(partial.strengths),
                    improvements=list(partial.improvements),
                ),
            )


def _event(name: str, data: BaseModel) -> str:
    """One event; its JSON has no line breaks."""
    return f"event: {name}\ndata: {data.model_dump_json()}\n\n"
