"""Waiting for an interviewer's work without holding a thread, and going on after it."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from core.bootstrap import Application
from core.domain.attempt import EvaluationStatus
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import Way
from core.domain.work import WorkStatus
from core.ports import Job, WorkKey
from core.services.lending import Loan

ANSWER_SECONDS = 25.0
"""As long as a request waits for a judgement; below the usual limits of proxies."""
LOOK_SECONDS = 0.02
SILENCE_SECONDS = 15.0
"""A stream that says nothing for longer is cut by some proxies."""
HELD_LOOK_SECONDS = 0.25
"""How often to look for what another process does."""


async def judged(
    app: Application,
    user_id: UUID,
    interview: Interview,
    position: int,
    loan: Loan,
    seconds: float = ANSWER_SECONDS,
) -> Interview:
    """The interview once the newest answer at `position` is judged, or as it is when the time is over.

    The realistic way waits for nothing.
    """
    until = monotonic() + seconds
    while is_awaited(interview, position) and monotonic() < until:
        job = await work_on(app, user_id, interview, position, loan)
        if job is not None and not await ended(job, until - monotonic()):
            break
        interview = await run_in_threadpool(app.interviewing.interview, user_id, interview.id)
        if is_awaited(interview, position):
            await asyncio.sleep(HELD_LOOK_SECONDS)
    return interview


async def opened(
    app: Application, user_id: UUID, interview: Interview, loan: Loan, seconds: float
) -> Interview:
    """The interview once its first question is put, its planning failed, or the time is over."""
    until = monotonic() + seconds
    while is_opening(interview) and monotonic() < until:
        jobs = await run_in_threadpool(app.interviewing.start_work, user_id, interview)
        loan.until_over(jobs.values())
        await asyncio.sleep(HELD_LOOK_SECONDS)
        interview = await run_in_threadpool(app.interviewing.interview, user_id, interview.id)
    return interview


def is_opening(interview: Interview) -> bool:
    """Whether its first question is still being made."""
    return interview.phase is Phase.IDLE and interview.planning.status is WorkStatus.PENDING


def is_awaited(interview: Interview, position: int) -> bool:
    """Whether the judgement of the newest answer at a position is waited for before going on."""
    attempt = interview.turn_at(position).latest
    is_pending = attempt is not None and attempt.status is EvaluationStatus.PENDING
    return is_pending and interview.setup.way is Way.COACH


async def work_on(
    app: Application, user_id: UUID, interview: Interview, position: int, loan: Loan
) -> Job | None:
    """The job that judges the newest answer at a position, started where it is not under way."""
    jobs = await run_in_threadpool(app.interviewing.start_work, user_id, interview)
    loan.until_over(jobs.values())
    number = len(interview.turn_at(position).attempts)
    return jobs.get(WorkKey(interview.id, position, number))


async def ended(job: Job, seconds: float) -> bool:
    """Wait until a job is over or the time is; whether it is over.

    What takes long is looked at less often: hundreds may wait at once.
    """
    began = monotonic()
    while not job.wait(0):
        waited = monotonic() - began
        if waited >= seconds:
            return False
        await asyncio.sleep(max(LOOK_SECONDS, min(HELD_LOOK_SECONDS, waited / 4)))
    return True


async def shown(job: Job, seconds: float) -> AsyncIterator[object]:
    """What a job shows, each time there is more, until it is over or the time is.

    None now and then, while there is nothing new for long.
    """
    now = monotonic()
    seen, told_at, until = 0, now, now + seconds
    while (now := monotonic()) < until:
        is_over = job.wait(0)
        version = job.wait_for_change(seen, 0)
        if version != seen or now - told_at > SILENCE_SECONDS:
            yield job.shown if version != seen else None
            seen, told_at = version, now
        if is_over:
            return
        await asyncio.sleep(LOOK_SECONDS)


def gone_on(app: Application, user_id: UUID, interview: Interview, position: int) -> Interview:
    """With the next question put, where the answer at `position` is judged: the coach way, unasked."""
    if interview.phase is Phase.FEEDBACK and interview.current.position == position:
        return app.interviewing.next_question(user_id, interview.id, position)
    return interview
