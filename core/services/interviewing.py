"""The use cases of an interview: start, answer, judge, go on, finish. Each is safe to repeat."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import SystemRandom
from uuid import UUID, uuid4

from core.domain.adaptivity import choose_next
from core.domain.content import Content
from core.domain.errors import InterviewError, InvalidInputError, InvalidTransitionError
from core.domain.evaluation import Evaluation, Impression, impression_of
from core.domain.history import InterviewSummary
from core.domain.interview import (
    MAX_JOB_CHARACTERS,
    MAX_LENGTH,
    EvaluationStatus,
    Interview,
    InterviewSetup,
    Phase,
    TimeLimits,
    Turn,
    Way,
)
from core.domain.planning import Material, wanted_words
from core.domain.profile import CandidateProfile
from core.domain.question import Question
from core.domain.reaction import reaction
from core.domain.timing import is_time_over
from core.ports import AttemptKey, Clock, Interviewer, InterviewStore, Job, Jobs

_log = logging.getLogger(__name__)

SHORTEST_QUESTION_SECONDS = 20
SHORTEST_INTERVIEW_SECONDS = 60
LONGEST_SECONDS = 4 * 3600
_LIMITS = (
    "Give a question 20 seconds or more and an interview one minute or more, up to four hours."
)
OPENING_REASON = "Interviews open with this: it lets you set the frame."
_STOPPED = "The interviewer stopped unexpectedly. Your answer is saved; try again, or go on without a score."


@dataclass(frozen=True, slots=True)
class Interviewing:
    """Everything that happens in an interview, for one candidate at a time.

    `owner` names this process in leases. `find_skills` names the known skills in a text. `glance` judges
    an answer in milliseconds, to choose the next question by before the interviewer's judgement is
    there.
    """

    store: InterviewStore
    interviewer: Interviewer
    jobs: Jobs
    clock: Clock
    owner: str
    content: Content
    find_skills: Callable[[str], frozenset[str]]
    glance: Callable[[Question, str], Evaluation]

    def start_interview(
        self, user_id: UUID, setup: InterviewSetup, profile: CandidateProfile | None = None
    ) -> Interview:
        """Plan an interview, ask the opener and store both.

        The role is looked up by its title. A seed of 0 means: choose one.
        """
        setup = self._completed(_checked(setup), profile)
        material = Material(
            profile=profile,
            wanted=self._wanted(setup, profile),
            asked=self.store.asked_question_ids(user_id),
        )
        now = self.clock.now()
        plan = self.interviewer.plan(setup, material)
        interview = Interview(uuid4(), setup, plan, now).start(OPENING_REASON, now)
        self.store.add_interview(user_id, interview)
        return interview

    def interview(self, user_id: UUID, interview_id: UUID) -> Interview:
        """The interview as stored; NotFoundError where the candidate has none of that id."""
        return self.store.interview(user_id, interview_id)

    def interviews(self, user_id: UUID) -> tuple[InterviewSummary, ...]:
        """All interviews of the candidate in short, the newest first."""
        return self.store.interviews(user_id)

    def submit_answer(
        self, user_id: UUID, interview_id: UUID, position: int, answer: str
    ) -> Interview:
        """Store an answer, then have it judged beside. The closing question's ends the interview.

        The realistic way goes on to the next question at once.
        """

        def change(interview: Interview) -> Interview:
            return self._moved_on(interview.submit_answer(position, answer, self.clock.now()))

        interview = self.store.change_interview(user_id, interview_id, change)
        interview = self.go_on_at_once(user_id, interview)
        self.evaluate_pending(user_id, interview)
        return interview

    def go_on_at_once(self, user_id: UUID, interview: Interview) -> Interview:
        """The next question, where the way is realistic and an answer waits for its judgement.

        Part of submitting; called again for an interview that a crash left in between.
        """
        if interview.setup.way is not Way.REALISTIC or interview.phase is not Phase.PROCESSING:
            return interview
        turn = interview.current
        impression = self._impression(turn)
        return self._change(
            user_id, interview.id, lambda i: i.record_impression(turn.position, impression)
        )

    def evaluate_pending(self, user_id: UUID, interview: Interview) -> tuple[Job, ...]:
        """Have every answer judged that waits for it, attaching to what is under way.

        `interview` was loaded as the candidate's own, so its answers are theirs.
        """
        keys = [
            AttemptKey(interview.id, turn.position, attempt.number)
            for turn in interview.turns
            for attempt in turn.attempts
            if attempt.status is EvaluationStatus.PENDING
        ]
        return tuple(self.jobs.run(user_id, k, lambda k=k: self._judge(user_id, k)) for k in keys)  # type: ignore[misc]

    def wait_for_evaluation(
        self, user_id: UUID, interview_id: UUID, timeout_seconds: float
    ) -> Interview:
        """The interview once its pending answers are judged, or as it is when the time is over."""
        interview = self.store.interview(user_id, interview_id)
        jobs = self.evaluate_pending(user_id, interview)
        for job in jobs:
            job.wait(timeout_seconds)
        return self.store.interview(user_id, interview_id) if jobs else interview

    def retry_evaluation(
        self, user_id: UUID, interview_id: UUID, position: int, attempt: int
    ) -> Interview:
        """Have a failed judgement made once more."""
        interview = self.store.change_interview(
            user_id, interview_id, lambda i: i.retry_evaluation(position, attempt)
        )
        self.evaluate_pending(user_id, interview)
        return interview

    def use_hint(self, user_id: UUID, interview_id: UUID, position: int) -> Interview:
        """Note that the hint was shown."""
        return self.store.change_interview(user_id, interview_id, lambda i: i.use_hint(position))

    def skip_question(self, user_id: UUID, interview_id: UUID, position: int) -> Interview:
        """Leave the question unanswered and put the next one."""
        return self._change(user_id, interview_id, lambda i: i.skip(position))

    def next_question(self, user_id: UUID, interview_id: UUID, position: int) -> Interview:
        """Leave the feedback on `position` for the next question; harmless when that was done."""

        def change(interview: Interview) -> Interview:
            if interview.phase is Phase.NEXT_QUESTION or position < len(interview.turns):
                return interview
            return interview.continue_()

        return self._change(user_id, interview_id, change)

    def go_on_unscored(self, user_id: UUID, interview_id: UUID, position: int) -> Interview:
        """Leave an answer without a score and put the next question."""

        def change(interview: Interview) -> Interview:
            return interview if position < len(interview.turns) else interview.go_on_unscored()

        return self._change(user_id, interview_id, change)

    def try_again(self, user_id: UUID, interview_id: UUID, position: int) -> Interview:
        """Open the question at `position` for another attempt, if it still is the current one."""

        def change(interview: Interview) -> Interview:
            if position != interview.current.position:
                raise InvalidTransitionError(interview.phase, "try again")
            return interview.try_again()

        return self.store.change_interview(user_id, interview_id, change)

    def finish_interview(self, user_id: UUID, interview_id: UUID) -> Interview:
        """End the interview; harmless when it is over already."""
        now = self.clock.now()
        return self.store.change_interview(
            user_id, interview_id, lambda i: i if i.is_over else i.finish(now)
        )

    def delete_interview(self, user_id: UUID, interview_id: UUID) -> None:
        """Delete the interview with its answers."""
        self.store.delete_interview(user_id, interview_id)

    def save_draft(self, user_id: UUID, interview_id: UUID, position: int, text: str) -> None:
        """Keep what is being typed."""
        self.store.save_draft(user_id, interview_id, position, text)

    def draft(self, user_id: UUID, interview_id: UUID, position: int) -> str:
        """What was last typed at this position."""
        return self.store.draft(user_id, interview_id, position)

    # --- inside -------------------------------------------------------------------------------

    def _change(
        self, user_id: UUID, interview_id: UUID, change: Callable[[Interview], Interview]
    ) -> Interview:
        return self.store.change_interview(
            user_id, interview_id, lambda i: self._moved_on(change(i))
        )

    def _moved_on(self, interview: Interview) -> Interview:
        """With the next question put, or finished when there is none; in the same transaction."""
        if interview.phase is not Phase.NEXT_QUESTION:
            return interview
        now = self.clock.now()
        choice = choose_next(interview, is_time_over=is_time_over(interview, now))
        if choice is None:
            return interview.finish(now)
        competency = self.content.competency_title(choice.question.competency)
        said = reaction(interview, choice.question, competency, self.content.phrases)
        return interview.ask(choice.question, choice.reason, now, said)

    def _impression(self, turn: Turn) -> Impression | None:
        """What is seen of the newest answer at once; None where that fails: the interview goes on."""
        if turn.latest is None:
            return None
        try:
            return impression_of(self.glance(turn.question, turn.latest.answer))
        except InterviewError as error:
            _log.error("No impression of an answer: %s", type(error).__name__)
            return None

    def _completed(self, setup: InterviewSetup, profile: CandidateProfile | None) -> InterviewSetup:
        role = self.content.role_named(setup.role_title)
        return replace(
            setup,
            role_title=role.title if role else setup.role_title,
            role_id=role.id if role else "",
            has_resume=profile is not None,
            seed=setup.seed or SystemRandom().randrange(1, 2**31),
        )

    def _wanted(self, setup: InterviewSetup, profile: CandidateProfile | None) -> frozenset[str]:
        named = [skill.name for skill in profile.skills if not skill.is_soft] if profile else []
        return wanted_words([*self.find_skills(setup.job_description), *named])

    def _judge(self, user_id: UUID, key: AttemptKey) -> None:
        """The job: take the lease, judge, store. What goes wrong is stored as a failure."""
        now = self.clock.now()
        until = now + timedelta(seconds=self.interviewer.lease_seconds)
        if not self.store.claim_evaluation(user_id, key, self.owner, now, until):
            return
        turn = self.store.interview(user_id, key.interview_id).turn_at(key.position)
        answer = turn.attempts[key.attempt - 1].answer
        try:
            evaluation = self.interviewer.evaluate(turn.question, answer)
        except InterviewError as error:
            self._record_failure(user_id, key, str(error))
        except Exception as error:  # noqa: BLE001 - the boundary of a job: told, never lost
            _log.error("An evaluation failed: %s", type(error).__name__)
            self._record_failure(user_id, key, _STOPPED)
        else:
            self._change(
                user_id,
                key.interview_id,
                lambda i: i.record_evaluation(key.position, key.attempt, evaluation),
            )

    def _record_failure(self, user_id: UUID, key: AttemptKey, sentence: str) -> None:
        self.store.change_interview(
            user_id,
            key.interview_id,
            lambda i: i.record_failure(key.position, key.attempt, sentence),
        )


def _are_limits(limits: TimeLimits) -> bool:
    question, interview = limits.question_seconds, limits.interview_seconds
    return (not question or SHORTEST_QUESTION_SECONDS <= question <= LONGEST_SECONDS) and (
        not interview or SHORTEST_INTERVIEW_SECONDS <= interview <= LONGEST_SECONDS
    )


def _checked(setup: InterviewSetup) -> InterviewSetup:
    """The set-up, if an interview can be made of it."""
    title = " ".join(setup.role_title.split())
    if not title:
        raise InvalidInputError("role", "Choose a role, or write the title of one.")
    if not 1 <= setup.length <= MAX_LENGTH:
        raise InvalidInputError("questions", f"Choose between 1 and {MAX_LENGTH} questions.")
    if not _are_limits(setup.limits):
        raise InvalidInputError("limits", _LIMITS)
    return replace(
        setup, role_title=title[:120], job_description=setup.job_description[:MAX_JOB_CHARACTERS]
    )
