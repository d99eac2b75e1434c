"""Interviews: start, list, look at, skip, retry, go on, finish, result, delete."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.borrowing import borrowed_key
from api.guarding import Caller, ExpectedVersion, GuardedRoute, NewId, etag
from api.identity import provider_key
from api.resumes import own_resume
from api.waiting import ANSWER_SECONDS, is_opening, opened
from api.wire_in import OpenPositionRequest, PositionRequest, StartRequest
from api.wire_out import (
    InterviewOut,
    InterviewsOut,
    ReportOut,
    interview_out,
    report_out,
)
from core.bootstrap import Application, application
from core.domain.errors import (
    InvalidInputError,
    InvalidTransitionError,
    KeyMissingError,
    NotFoundError,
)
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import InterviewSetup, Persona
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from core.domain.profile import CandidateProfile
from core.domain.report import build_report
from core.services.preconditions import at_version

router = APIRouter(route_class=GuardedRoute, tags=["interview"])
RETRY_SECONDS = 2
_LATER = {"Retry-After": str(RETRY_SECONDS)}
_UNDER_WAY: dict[int | str, dict[str, Any]] = {
    202: {"description": "The work goes on: come back after the seconds in Retry-After."}
}
_NO_MODEL = "Name a model. GET /api/providers/{provider}/models lists those that a key may use."


@router.post(
    "/interview/start", status_code=201, summary="Start an interview", responses=_UNDER_WAY
)
async def start_interview(
    body: StartRequest, caller: Caller, new_id: NewId, request: Request, response: Response
) -> InterviewOut:
    """Plan an interview and put its first question.

    A model makes questions for the candidate first. Where that takes longer than the request waits, the
    reply is 202: get the interview until its phase is “listening”. Where it fails, `planning` says why:
    retry it, or go on (next) with the built-in questions.
    """
    app = application()
    choice = await run_in_threadpool(_choice, app, body, caller.user_id, request, caller)
    with borrowed_key(app, request, caller, choice.provider, choice.base_url) as loan:
        interview = await run_in_threadpool(_started, app, caller.user_id, new_id, body, choice)
        interview = await opened(app, caller.user_id, interview, loan, ANSWER_SECONDS)
    response.headers["Location"] = f"/api/interview/{interview.id}"
    if is_opening(interview):
        response.status_code = 202
        response.headers.update(_LATER)
    return _told(interview, response)


@router.get("/interview", summary="List interviews")
def list_interviews(
    caller: Caller,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> InterviewsOut:
    """The candidate's interviews in short, the newest first."""
    found = application().interviewing.interviews(caller.user_id)
    return InterviewsOut(total=len(found), interviews=list(found[offset : offset + limit]))


@router.get("/interview/{session_id}", summary="An interview as it stands")
def get_interview(session_id: UUID, caller: Caller, response: Response) -> InterviewOut:
    """The interview with its questions, answers and judgements. Work that broke off is taken up again."""
    app = application()
    interview = app.interviewing.interview(caller.user_id, session_id)
    app.interviewing.start_work(caller.user_id, interview)
    return _told(interview, response)


@router.get(
    "/interview/result/{session_id}", summary="The result of an interview", responses=_UNDER_WAY
)
def get_result(session_id: UUID, caller: Caller, response: Response) -> ReportOut:
    """The report of an interview that is over; 202 while answers are still being judged."""
    app = application()
    interview = app.interviewing.interview(caller.user_id, session_id)
    if not interview.is_over:
        raise InvalidTransitionError(interview.phase, "get the result")
    report = build_report(interview, app.content.company(interview.setup))
    if report.pending:
        app.interviewing.start_work(caller.user_id, interview)
        response.status_code = 202
        response.headers.update(_LATER)
    response.headers["ETag"] = etag(interview.version)
    return report_out(interview, report)


@router.post("/interview/{session_id}/skip", summary="Skip a question")
def skip_question(
    session_id: UUID,
    body: PositionRequest,
    caller: Caller,
    version: ExpectedVersion,
    response: Response,
) -> InterviewOut:
    """Leave the question unanswered and put the next one. Skipping the closing question ends it all."""
    interviewing = at_version(application().interviewing, version)
    return _told(interviewing.skip_question(caller.user_id, session_id, body.position), response)


@router.post("/interview/{session_id}/retry", summary="Ask again for what failed")
def retry(
    session_id: UUID,
    body: OpenPositionRequest,
    caller: Caller,
    version: ExpectedVersion,
    request: Request,
    response: Response,
) -> InterviewOut:
    """Have the newest answer at a position judged again, or, without one, the questions made again.

    A key that came along with the first request has to be sent again. The reply does not wait.
    """
    app = application()
    interview = app.interviewing.interview(caller.user_id, session_id)
    judge = interview.interviewer
    with borrowed_key(app, request, caller, judge.provider, judge.base_url) as loan:
        retried = _retried(app, caller.user_id, interview, body.position, version)
        loan.until_over(app.interviewing.start_work(caller.user_id, retried).values())
    return _told(retried, response)


@router.post("/interview/{session_id}/next", summary="Go on")
def go_on(
    session_id: UUID,
    body: OpenPositionRequest,
    caller: Caller,
    version: ExpectedVersion,
    response: Response,
) -> InterviewOut:
    """Leave an answer as it is, judged or not, and put the next question.

    Without a position: open the interview with the built-in questions. Doing it twice is harmless.
    """
    interviewing = at_version(application().interviewing, version)
    if body.position is None:
        interview = interviewing.begin_without_plan(caller.user_id, session_id)
    elif interviewing.interview(caller.user_id, session_id).phase is Phase.PROCESSING:
        interview = interviewing.go_on_unscored(caller.user_id, session_id, body.position)
    else:
        interview = interviewing.next_question(caller.user_id, session_id, body.position)
    return _told(interview, response)


@router.post("/interview/{session_id}/finish", summary="Finish an interview")
def finish_interview(
    session_id: UUID, caller: Caller, version: ExpectedVersion, response: Response
) -> InterviewOut:
    """End the interview; harmless where it is over already."""
    interviewing = at_version(application().interviewing, version)
    return _told(interviewing.finish_interview(caller.user_id, session_id), response)


@router.delete("/interview/{session_id}", status_code=204, summary="Delete an interview")
def delete_interview(session_id: UUID, caller: Caller, version: ExpectedVersion) -> None:
    """Delete the interview with its answers and judgements."""
    at_version(application().interviewing, version).delete_interview(caller.user_id, session_id)


def _told(interview: Interview, response: Response) -> InterviewOut:
    response.headers["ETag"] = etag(interview.version)
    return interview_out(interview)


def _started(
    app: Application,
    user_id: UUID,
    interview_id: UUID,
    body: StartRequest,
    choice: InterviewerChoice,
) -> Interview:
    """A new interview, or the one that the same request has started before."""
    try:
        return app.interviewing.interview(user_id, interview_id)
    except NotFoundError:
        profile = _profile(app, user_id, body.resume_id)
    return app.interviewing.start_interview(
        user_id,
        _setup(app, body),
        profile,
        choice,
        tuple(body.own_questions),
        interview_id=interview_id,
    )


def _setup(app: Application, body: StartRequest) -> InterviewSetup:
    company = next((c for c in app.content.companies if c.id == body.company), None)
    return InterviewSetup(
        role_title=body.role,
        seniority=body.seniority,
        focus=body.focus,
        length=body.questions,
        job_description=body.job_description,
        seed=body.seed,
        way=body.way,
        limits=body.limits.value,
        speech=body.speech.value,
        persona=body.manner or (company.tone if company else Persona.NEUTRAL),
        language=body.language,
        token_cap=body.token_cap,
        company_id=body.company,
    )


def _profile(app: Application, user_id: UUID, resume_id: UUID | None) -> CandidateProfile | None:
    return own_resume(app, user_id, resume_id).profile if resume_id else None


def _choice(
    app: Application, body: StartRequest, user_id: UUID, request: Request, caller: Caller
) -> InterviewerChoice:
    """Who interviews: with a key that came along what the body says, else as the stored key is for."""
    if body.provider is None:
        return BUILT_IN_CHOICE
    app.providers.facts(body.provider)
    model, base_url = body.model, body.base_url
    if not provider_key(request, caller):
        entry = next((e for e in app.keys.keys_of(user_id) if e.provider == body.provider), None)
        if entry is None:
            raise KeyMissingError(app.providers.label(body.provider))
        model, base_url = model or entry.model, entry.base_url
    if not model:
        raise InvalidInputError("model", _NO_MODEL)
    return InterviewerChoice(body.provider, model, base_url)


def _retried(
    app: Application,
    user_id: UUID,
    interview: Interview,
    position: int | None,
    version: int | None,
) -> Interview:
    interviewing = at_version(app.interviewing, version)
    if position is None:
        return interviewing.retry_plan(user_id, interview.id)
    number = len(interview.turn_at(position).attempts)
    return interviewing.retry_evaluation(user_id, interview.id, position, number)
