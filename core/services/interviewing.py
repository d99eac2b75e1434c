"""The use cases of an interview: start, answer, judge, go on, finish. Each is safe to repeat."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import SystemRandom
from uuid import UUID, uuid4

from core.domain.adaptivity import choose_next
from core.domain.attempt import EvaluationStatus
from core.domain.audit import AuditKind
from core.domain.company import PASTED_ID, Company
from core.domain.content import Content
from core.domain.errors import InterviewError, InvalidInputError, InvalidTransitionError
from core.domain.evaluation import Evaluation, Impression, impression_of
from core.domain.history import InterviewSummary
from core.domain.interview import Interview, Phase
from core.domain.interview_plan import InterviewPlan
from core.domain.interview_setup import (
    MAX_JOB_CHARACTERS,
    MAX_LENGTH,
    InterviewSetup,
    TimeLimits,
    Way,
)
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from core.domain.limits import Limited
from core.domain.own_questions import with_own_questions
from core.domain.planning import Material, wanted_words
from core.domain.profile import CandidateProfile
from core.domain.question import Question
from core.domain.reaction import reaction
from core.domain.repeating import asked_questions, plan_again, weak_questions
from core.domain.resume import Resume
from core.domain.storable_text import storable
from core.domain.timing import is_time_over
from core.domain.turn import Turn
from core.ports import Clock, InterviewStore, Job, WorkKey, WorkKind
from core.services.guarding import Record, Take, unlimited, unrecorded
from core.services.interviewer_work import OPENING_REASON, InterviewerWork

_log = logging.getLogger(__name__)

SHORTEST_QUESTION_SECONDS = 20
SHORTEST_INTERVIEW_SECONDS = 60
LONGEST_SECONDS = 4 * 3600
_LIMITS = (
    "Give a question 20 seconds or more and an interview one minute or more, up to four hours."
)


@dataclass(frozen=True, slots=True)
class Interviewing:
    """Everything that happens in an interview, for one candidate at a time.

    `find_skills` names the known skills in a text. `plan` plans by rule, at once. `glance` judges an answer in milliseconds, to choose
    the next question by before the interviewer's judgement is there.
    """

    store: InterviewStore
    work: InterviewerWork
    clock: Clock
    content: Content
    find_skills: Callable[[str], frozenset[str]]
    plan: Callable[[InterviewSetup, Material], InterviewPlan]
    glance: Callable[[Question, str], Evaluation]
    take: Take = unlimited
    record: Record = unrecorded

    def start_interview(
        self,
        user_id: UUID,
        setup: InterviewSetup,
        profile: CandidateProfile | None = None,
        chosen: InterviewerChoice = BUILT_IN_CHOICE,
        own_questions: tuple[str, ...] = (),
        interview_id: UUID | None = None,
    ) -> Interview:
        """Plan an interview and store it; the built-in interviewer's has asked its opener.

        An AI interviewer makes questions for this candidate first: the interview opens with the first of
        them. The role is looked up by its title, the company by its id. A seed of 0 means: choose one.
        An `interview_id` is given by who may ask twice for the same interview. TooManyRequestsError where
        the candidate began too many.
        """
        setup = self._completed(_checked(setup), profile)
        self.take(user_id, Limited.INTERVIEWS)
        material = Material(
            profile=profile,
            wanted=self._wanted(setup, profile),
            asked=self.store.asked_question_ids(user_id),
        )
        now = self.clock.now()
        plan = with_own_questions(self.plan(setup, material), own_questions)
        interview = Interview(interview_id or uuid4(), setup, plan, now, interviewer=chosen)
        if chosen.is_built_in:
            interview = interview.start(OPENING_REASON, now)
        else:
            interview = interview.request_plan()
        self.store.add_interview(user_id, interview)
        self.work.start(user_id, interview)
        return interview

    def ask_again(self, user_id: UUID, interview_id: UUID, *, only_weak: bool = False) -> Interview:
        """A new interview with the questions of an earlier one, or with those that went badly.

        InvalidInputError where none did.
        """
        earlier = self.store.interview(user_id, interview_id)
        questions = weak_questions(earlier.turns) if only_weak else asked_questions(earlier)
        setup, plan = plan_again(earlier, questions)
        self.take(user_id, Limited.INTERVIEWS)
        now = self.clock.now()
        interview = Interview(uuid4(), setup, plan, now, interviewer=earlier.interviewer)
        interview = interview.start("You chose to be asked this again.", now)
        self.store.add_interview(user_id, interview)
        return interview

    def start_like(self, user_id: UUID, interview_id: UUID) -> Interview:
        """A new interview with the set-up of an earlier one and other questions."""
        earlier = self.store.interview(user_id, interview_id)
        resume = self.store.latest_resume(user_id)
        return self.start_interview(
            user_id,
            replace(earlier.setup, seed=0),
            resume.profile if resume else None,
            earlier.interviewer,
        )

    def rename(self, user_id: UUID, interview_id: UUID, name: str, tags: Iterable[str]) -> None:
        """Keep the candidate's own name and tags for an interview; InvalidInputError with too many."""
        self.store.change_interview(user_id, interview_id, lambda i: i.rename(name).tag(tags))

    def retry_plan(self, user_id: UUID, interview_id: UUID) -> Interview:
        """Ask for the questions once more; harmless when they are on their way."""
        self.take(user_id, Limited.INTERVIEWS)
        return self._ask_again(
            user_id, WorkKey(interview_id, kind=WorkKind.PLAN), Interview.request_plan
        )

    def begin_without_plan(self, user_id: UUID, interview_id: UUID) -> Interview:
        """Open with the built-in questions; harmless when the interview has begun."""

        def change(interview: Interview) -> Interview:
            if interview.phase is not Phase.IDLE:
                return interview
            return interview.start(OPENING_REASON, self.clock.now())

        return self.store.change_interview(user_id, interview_id, change)

    def switch_interviewer(
        self, user_id: UUID, interview_id: UUID, chosen: InterviewerChoice
    ) -> Interview:
        """Go on with another interviewer; an answer that could not be judged is judged by it."""

        def change(interview: Interview) -> Interview:
            switched = interview.switch_interviewer(chosen)
            latest = switched.turns[-1].latest if switched.turns else None
            if latest is None or latest.status is not EvaluationStatus.FAILED:
                return switched
            return switched.retry_evaluation(switched.current.position, latest.number)

        interview = self.store.change_interview(user_id, interview_id, change)
        self.work.start(user_id, interview)
        return interview

    def request_narrative(self, user_id: UUID, interview_id: UUID) -> Interview:
        """Ask for the report in prose; harmless when it is there or on its way."""
        return self._ask_again(
            user_id, WorkKey(interview_id, kind=WorkKind.NARRATIVE), Interview.request_narrative
        )

    def interview(self, user_id: UUID, interview_id: UUID) -> Interview:
        """The interview as stored; NotFoundError where the candidate has none of that id."""
        return self.store.interview(user_id, interview_id)

    def version(self, user_id: UUID, interview_id: UUID) -> int:
        """The interview's version as stored: while it is the same, so is the interview."""
        return self.store.version(user_id, interview_id)

    def interviews(self, user_id: UUID) -> tuple[InterviewSummary, ...]:
        """All interviews of the candidate in short, the newest first."""
        return self.store.interviews(user_id)

    def at_hand(self, user_id: UUID) -> tuple[InterviewSummary | None, Resume | None]:
        """The newest unfinished interview in short and the latest resume, None where there is none."""
        return self.store.at_hand(user_id)

    def submit_answer(
        self,
        user_id: UUID,
        interview_id: UUID,
        position: int,
        answer: str,
        known: Interview | None = None,
    ) -> Interview:
        """Store an answer, then have it judged beside. The closing question's ends the interview.

        The realistic way goes on to the next question at once. `known` is the interview as it was read
        last: while it has not changed since, it is not read again.
        """

        def change(interview: Interview) -> Interview:
            return self._moved_on(interview.submit_answer(position, answer, self.clock.now()))

        interview = self.store.change_interview(user_id, interview_id, change, known=known)
        interview = self.go_on_at_once(user_id, interview)
        self.work.start(user_id, interview)
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
            user_id,
            interview.id,
            lambda i: i.record_impression(turn.position, impression),
            interview,
        )

    def start_work(self, user_id: UUID, interview: Interview) -> dict[WorkKey, Job]:
        """Have done what waits to be done for an interview, attaching to what is under way."""
        return self.work.start(user_id, interview)

    def wait_for_work(self, user_id: UUID, interview_id: UUID, timeout_seconds: float) -> Interview:
        """The interview once nothing waits any more, or as it is when the time is over."""
        interview = self.store.interview(user_id, interview_id)
        jobs = self.work.start(user_id, interview)
        for job in jobs.values():
            job.wait(timeout_seconds)
        return self.store.interview(user_id, interview_id) if jobs else interview

    def retry_evaluation(
        self, user_id: UUID, interview_id: UUID, position: int, attempt: int
    ) -> Interview:
        """Have a failed judgement made once more."""
        interview = self.store.change_interview(
            user_id, interview_id, lambda i: i.retry_evaluation(position, attempt)
        )
        self.work.start(user_id, interview)
        return interview

    def rate_self(
        self, user_id: UUID, interview_id: UUID, position: int, attempt: int, rating: int
    ) -> Interview:
        """Keep what the candidate thinks of an answer, 1–5; the first rating stays."""
        return self.store.change_interview(
            user_id, interview_id, lambda i: i.rate_self(position, attempt, rating)
        )

    def dispute(
        self, user_id: UUID, interview_id: UUID, position: int, attempt: int, reason: str = ""
    ) -> Interview:
        """Have an answer judged once more, with the candidate's reason or just to check."""
        interview = self.store.change_interview(
            user_id, interview_id, lambda i: i.dispute(position, attempt, reason)
        )
        self.work.start(user_id, interview)
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
        self.record(user_id, AuditKind.INTERVIEW_DELETED)
        self.store.delete_interview(user_id, interview_id)

    def save_draft(self, user_id: UUID, interview_id: UUID, position: int, text: str) -> None:
        """Keep what is being typed."""
        self.store.save_draft(user_id, interview_id, position, storable(text))

    def draft(self, user_id: UUID, interview_id: UUID, position: int) -> str:
        """What was last typed at this position."""
        return self.store.draft(user_id, interview_id, position)

    # --- inside -------------------------------------------------------------------------------

    def _ask_again(
        self, user_id: UUID, key: WorkKey, request: Callable[[Interview], Interview]
    ) -> Interview:
        """Have work done that the candidate asks for, also where an earlier attempt broke off."""
        before = self.store.interview(user_id, key.interview_id)
        interview = self.store.change_interview(user_id, key.interview_id, request)
        if interview != before:
            self.store.release(user_id, key)
        self.work.start(user_id, interview)
        return interview

    def _change(
        self,
        user_id: UUID,
        interview_id: UUID,
        change: Callable[[Interview], Interview],
        known: Interview | None = None,
    ) -> Interview:
        return self.store.change_interview(
            user_id, interview_id, lambda i: self._moved_on(change(i)), known=known
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
        company = self._company(setup)
        return replace(
            setup,
            company_name=company.name if company else "",
            role_title=role.title if role else setup.role_title,
            role_id=role.id if role else "",
            has_resume=profile is not None,
            seed=setup.seed or SystemRandom().randrange(1, 2**31),
        )

    def _company(self, setup: InterviewSetup) -> Company | None:
        """The pack that is named; InvalidInputError where there is none of that id."""
        company = self.content.company(setup)
        if setup.company_id and company is None:
            known = ", ".join(company.id for company in self.content.companies)
            raise InvalidInputError(
                "company", f"There is no company of that id. There are: {known}."
            )
        if setup.company_id == PASTED_ID and not setup.job_description.strip():
            raise InvalidInputError("company", "Paste the job description first.")
        return company

    def _wanted(self, setup: InterviewSetup, profile: CandidateProfile | None) -> frozenset[str]:
        named = [skill.name for skill in profile.skills if not skill.is_soft] if profile else []
        return wanted_words([*self.find_skills(setup.job_description), *named])


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
