"""What interviewers do beside the pages: judge answers, make questions, write the report in prose.

Each piece of work is claimed by a lease before it begins and its outcome is stored, so that a rerun, a
second tab, a restart or another process finds it instead of doing it twice. Paid work whose lease has
lapsed was interrupted: that is told, and only the candidate may ask for it again.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from core.domain.attempt import EvaluationStatus
from core.domain.delivery_score import with_delivery
from core.domain.errors import (
    InterviewError,
    KeyMissingError,
    KeyUnreadableError,
    ModelError,
    NotFoundError,
    StoreAwayError,
)
from core.domain.interview import Interview, Phase
from core.domain.language_model import NO_USAGE, Usage
from core.domain.limits import Limited
from core.domain.profile import CandidateProfile
from core.domain.question import Question
from core.domain.work import WorkStatus
from core.ports import (
    Change,
    Claim,
    Clock,
    Follow,
    Interviewer,
    Interviewers,
    InterviewStore,
    Job,
    Jobs,
    Judging,
    Lease,
    Planning,
    Watch,
    WorkKey,
    WorkKind,
)
from core.services.guarding import Take, unlimited

_log = logging.getLogger(__name__)

OPENING_REASON = "Interviews open with this: it lets you set the frame."
MOST_ASKED_BEFORE = 60
"""So many earlier questions are named to an interviewer that makes new ones."""
LONGEST_LEASE_SECONDS = 600.0
"""No interviewer asks for a longer lease."""
STORE_PAUSES_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""While the database is away an outcome is stored again after each of these, half a minute in all."""
_STOPPED = (
    "The interviewer stopped unexpectedly. What you said is saved; try again, or go on without it."
)
_INTERRUPTED = (
    "This was interrupted before the interviewer had finished. What you said is saved. Asking again may "
    "be charged again by your provider."
)
_CAPPED = (
    "Your limit of {cap:,} tokens for this interview is reached ({used:,} used). What you said is saved. "
    "Go on with the built-in interviewer, or without a score."
)


@dataclass(frozen=True, slots=True)
class _Task:
    """One piece of work that was claimed: for whom, of which interview, by whom, watched by whom."""

    user_id: UUID
    key: WorkKey
    interview: Interview
    interviewer: Interviewer
    watch: Watch


def _nothing_more(user_id: UUID, interview: Interview) -> None:
    """Leave it at the judgement."""


@dataclass(frozen=True, slots=True)
class InterviewerWork:
    """Hands work to interviewers and stores what comes back. `owner` names this process in leases.

    `sleep` waits so many seconds.
    `after_judging` gets each interview that has a new judgement; what it stores is stored along with that.
    """

    store: InterviewStore
    interviewers: Interviewers
    jobs: Jobs
    clock: Clock
    owner: str
    sleep: Callable[[float], None] = time.sleep
    after_judging: Callable[[UUID, Interview], None] = _nothing_more
    take: Take = unlimited

    def start(self, user_id: UUID, interview: Interview) -> dict[WorkKey, Job]:
        """Have done what waits to be done, attaching to what is under way.

        `interview` was loaded as the candidate's own, so its work is theirs.
        """
        return {
            key: self.jobs.run(user_id, key, self._doing(user_id, key, interview))
            for key in due(interview)
        }

    def _doing(self, user_id: UUID, key: WorkKey, interview: Interview) -> Callable[[Watch], None]:
        do = {
            WorkKind.EVALUATION: self._evaluate,
            WorkKind.PLAN: self._plan,
            WorkKind.NARRATIVE: self._narrate,
        }[key.kind]
        return lambda watch: self._guarded(user_id, key, interview, watch, do)

    def _guarded(
        self,
        user_id: UUID,
        key: WorkKey,
        interview: Interview,
        watch: Watch,
        do: Callable[[_Task], None],
    ) -> None:
        """The job: find the interviewer, take the lease, do it. What goes wrong is stored.

        Where the database stays away it is left as it is, to be found waiting by whoever looks next.
        """
        fail = partial(self._fail, user_id, key)
        try:
            self._begin(user_id, key, interview, watch, do, fail)
        except NotFoundError:
            return  # deleted meanwhile: nobody is left to tell
        except StoreAwayError:
            _log.warning("%s is left waiting: the database is away", key.kind)
        except ModelError as error:
            fail(str(error), error.usage)
        except InterviewError as error:
            fail(str(error))
        except Exception as error:  # noqa: BLE001 - the boundary of a job: told, never lost
            _log.error("%s failed: %s", key.kind, type(error).__name__)
            fail(_STOPPED)

    def _begin(
        self,
        user_id: UUID,
        key: WorkKey,
        interview: Interview,
        watch: Watch,
        do: Callable[[_Task], None],
        fail: Callable[[str], None],
    ) -> None:
        """Do the work if the lease on it can be had, on the interview as it stands now."""
        try:
            interviewer = self.interviewers.interviewer(user_id, interview.interviewer)
        except (KeyMissingError, KeyUnreadableError) as error:
            self._without_key(user_id, key, str(error), fail)
            return
        claim = self._claim(user_id, key, interviewer, interview.version)
        if claim is Claim.CHANGED:
            stored = self.store.interview(user_id, key.interview_id)
            if key in due(stored):
                self._begin(user_id, key, stored, watch, do, fail)
        elif claim is Claim.LAPSED:
            fail(_INTERRUPTED)
        elif claim is Claim.TAKEN and interviewer.is_paid and interview.is_capped:
            fail(_CAPPED.format(cap=interview.setup.token_cap, used=interview.tokens_used))
        elif claim is Claim.TAKEN:
            if key.kind is WorkKind.EVALUATION:  # the answer is stored: it can be judged later
                self.take(user_id, Limited.EVALUATIONS)
            do(_Task(user_id, key, interview, interviewer, watch))

    def _without_key(
        self, user_id: UUID, key: WorkKey, sentence: str, fail: Callable[[str], None]
    ) -> None:
        """Tell that the key is missing, unless another process has one and is at work with it.

        A key for one session ends with its process, and so does the work that was paid for with it: that
        this may be charged again is told first, the missing key when it is asked for again.
        """
        now = self.clock.now()
        lease = Lease(self.owner, now, now + timedelta(seconds=LONGEST_LEASE_SECONDS))
        claim = self.store.claim(user_id, key, lease, may_repeat=False)
        if claim is Claim.LAPSED:
            fail(_INTERRUPTED)
        elif claim is Claim.TAKEN:
            self.store.release(user_id, key)  # first: it must not be held where failing fails
            fail(sentence)

    def _claim(self, user_id: UUID, key: WorkKey, interviewer: Interviewer, version: int) -> Claim:
        now = self.clock.now()
        is_plan = key.kind is WorkKind.PLAN
        seconds = interviewer.plan_lease_seconds if is_plan else interviewer.lease_seconds
        lease = Lease(self.owner, now, now + timedelta(seconds=seconds))
        may_repeat = not interviewer.is_paid
        return self.store.claim(user_id, key, lease, may_repeat=may_repeat, version=version)

    def _evaluate(self, task: _Task) -> None:
        key, interview = task.key, task.interview
        attempt = interview.turn_at(key.position).attempts[key.attempt - 1]
        reason = attempt.second_look.reason if attempt.second_look else ""
        judging = Judging(interview, key.position, key.attempt, self._profile(task), reason)
        evaluation = task.interviewer.evaluate(judging, task.watch)
        if interview.setup.speech.scores_delivery:
            evaluation = with_delivery(evaluation, attempt.takes)
        self._record(task, lambda i: i.record_evaluation(key.position, key.attempt, evaluation))

    def _record(self, task: _Task, judged: Change) -> None:
        """Store a judgement with what follows from it; the judgement counts where that goes wrong."""
        try:
            self._change(task, judged, partial(self.after_judging, task.user_id))
        except StoreAwayError:
            raise
        except Exception:
            self._change(task, judged)
            raise

    def _plan(self, task: _Task) -> None:
        asked = self.store.asked_questions(task.user_id, MOST_ASKED_BEFORE)
        usage = NO_USAGE
        planning = Planning(task.interview, self._profile(task), asked)
        for made in task.interviewer.questions(planning, task.watch):
            if isinstance(made, Usage):
                usage += made
            else:
                task = self._with_planned(task, made)
                task.watch.show(task.interview.plan)
        self._change(task, lambda i: i.end_planning(usage))

    def _with_planned(self, task: _Task, question: Question) -> _Task:
        """A question taken into the plan; the first one opens the interview."""
        now = self.clock.now()
        planned = self._change(task, lambda i: _opened(i.add_planned(question), now))
        return replace(task, interview=planned)

    def _narrate(self, task: _Task) -> None:
        written = task.interviewer.narrate(task.interview, task.watch)
        if written is not None:
            self._change(task, lambda i: i.record_narrative(*written))

    def _profile(self, task: _Task) -> CandidateProfile | None:
        """The candidate's profile, where the interview began with a resume that is still kept."""
        if not task.interview.setup.has_resume:
            return None
        resume = self.store.latest_resume(task.user_id)
        return resume.profile if resume else None

    def _change(self, task: _Task, change: Change, then: Follow | None = None) -> Interview:
        return self._stored(
            lambda: self.store.change_interview(
                task.user_id, task.key.interview_id, change, then, task.interview
            )
        )

    def _stored(self, store: Callable[[], Interview]) -> Interview:
        """Store a change, again while the database is away: what was paid for is not thrown away.

        Where it is not known whether the first one arrived, the second one finds its outcome there and
        leaves it.
        """
        for pause in STORE_PAUSES_SECONDS:
            try:
                return store()
            except StoreAwayError:
                self.sleep(pause)
        return store()

    def _fail(self, user_id: UUID, key: WorkKey, sentence: str, usage: Usage = NO_USAGE) -> None:
        """Store that this work failed, and what it took; nothing where the interview was deleted."""
        with suppress(NotFoundError):
            self._stored(
                lambda: self.store.change_interview(
                    user_id, key.interview_id, lambda i: _failed(i, key, sentence, usage)
                )
            )


def due(interview: Interview) -> tuple[WorkKey, ...]:
    """The work that waits to be done for an interview."""
    keys = [
        WorkKey(interview.id, turn.position, attempt.number)
        for turn in interview.turns
        for attempt in turn.attempts
        if attempt.status is EvaluationStatus.PENDING
    ]
    if interview.planning.status is WorkStatus.PENDING and not interview.is_over:
        keys.append(WorkKey(interview.id, kind=WorkKind.PLAN))
    if interview.narration.status is WorkStatus.PENDING:
        keys.append(WorkKey(interview.id, kind=WorkKind.NARRATIVE))
    return tuple(keys)


def _opened(interview: Interview, now: datetime) -> Interview:
    """Started, where its first question is there."""
    if interview.phase is not Phase.IDLE:
        return interview
    return interview.start(OPENING_REASON, now)


def _failed(interview: Interview, key: WorkKey, sentence: str, usage: Usage) -> Interview:
    if key not in due(interview):
        return interview
    spent = interview.spend(usage)
    if key.kind is WorkKind.EVALUATION:
        return spent.record_failure(key.position, key.attempt, sentence)
    if key.kind is WorkKind.PLAN:
        return spent.end_planning(NO_USAGE, sentence)
    return spent.fail_narrative(sentence)
