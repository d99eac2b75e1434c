from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.attempt import EvaluationStatus
from core.domain.errors import (
    AnswerConflictError,
    EvaluationError,
    InvalidInputError,
    InvalidTransitionError,
    NotFoundError,
    StoreError,
    TooManyRequestsError,
)
from core.domain.evaluation import Evaluation
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import Focus
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import NO_USAGE, Usage
from core.domain.profile import CandidateProfile, Skill
from core.domain.question import Origin, Seniority
from core.ports import Interviewer, Jobs, Judging, Watch, WorkKey
from core.services.interviewer_work import OPENING_REASON
from core.services.interviewing import Interviewing
from tests.builders import (
    ALICE,
    BOB,
    NOW,
    a_profile,
    a_setup,
    an_evaluation,
    real_content,
    real_interviewer,
)
from tests.doubles import (
    FailingInterviewer,
    FrozenClock,
    IdleJobs,
    InlineJobs,
    MemoryStore,
    OneInterviewer,
    RefusingJobs,
    ScriptedInterviewer,
)
from tests.known_providers import OPENAI
from tests.services.application import an_interviewing

_AI = InterviewerChoice(OPENAI, "a-model")
_ANSWER = "I would measure first, because guessing costs time."


def _interviewing(
    interviewer: Interviewer | None = None,
    jobs: Jobs | None = None,
    store: MemoryStore | None = None,
    clock: FrozenClock | None = None,
) -> Interviewing:
    return an_interviewing(
        interviewer=interviewer,
        jobs=jobs,
        store=store,
        clock=clock,
        find_skills=lambda text: frozenset(w for w in ("Redis", "Kafka") if w in text),
    )


def _with_work(interviewing: Interviewing, **changes: Any) -> Interviewing:
    """The same on the same store, with other hands at work."""
    return replace(interviewing, work=replace(interviewing.work, **changes))


def _started(interviewing: Interviewing, **setup: Any) -> Interview:
    return interviewing.start_interview(ALICE, a_setup(**setup))


def _answered(interviewing: Interviewing) -> Interview:
    """An interview whose opener is answered, as the store has it."""
    interview = _started(interviewing)
    interviewing.submit_answer(ALICE, interview.id, 1, _ANSWER)
    return interviewing.interview(ALICE, interview.id)


def _status(interview: Interview, position: int = 1) -> EvaluationStatus:
    latest = interview.turn_at(position).latest
    assert latest is not None
    return latest.status


# --- starting -----------------------------------------------------------------------------------


def test_started_interview_has_asked_the_opener_and_is_stored() -> None:
    interviewing = _interviewing()
    interview = _started(interviewing)
    assert (interview.phase, interview.current.reason) == (Phase.LISTENING, OPENING_REASON)
    assert interviewing.interview(ALICE, interview.id) == interview


def test_every_interview_has_an_id_of_its_own() -> None:
    interviewing = _interviewing()
    assert _started(interviewing).id != _started(interviewing).id


def test_seed_is_chosen_where_none_is_given() -> None:
    interviewing = _interviewing()
    seeds = {_started(interviewing, seed=0).setup.seed for _ in range(5)}
    assert 0 not in seeds
    assert len(seeds) > 1


def test_given_seed_is_kept() -> None:
    assert _started(_interviewing(), seed=42).setup.seed == 42


@pytest.mark.parametrize("title", ["", "   ", "\n"])
def test_interview_without_a_role_is_refused(title: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        _started(_interviewing(), role_title=title)
    assert refused.value.field == "role"


@pytest.mark.parametrize("length", [-1, 0, 16])
def test_length_out_of_bounds_is_refused(length: int) -> None:
    with pytest.raises(InvalidInputError) as refused:
        _started(_interviewing(), length=length)
    assert refused.value.field == "questions"


def test_refused_interview_is_not_stored() -> None:
    interviewing = _interviewing()
    with pytest.raises(InvalidInputError):
        _started(interviewing, length=0)
    assert interviewing.interviews(ALICE) == ()


def test_space_in_a_role_title_is_made_single() -> None:
    interview = _started(_interviewing(), role_title="  Lighthouse \n Keeper ")
    assert interview.setup.role_title == "Lighthouse Keeper"


def test_interview_notes_whether_there_was_a_resume() -> None:
    interviewing = _interviewing()
    with_resume = interviewing.start_interview(ALICE, a_setup(), a_profile())
    assert (with_resume.setup.has_resume, _started(interviewing).setup.has_resume) == (True, False)


def test_plan_is_made_from_the_profile_and_the_skills_wanted() -> None:
    interviewer = ScriptedInterviewer()
    profile = CandidateProfile(skills=(Skill("Python"), Skill("Mentoring", is_soft=True)))
    setup = a_setup(job_description="We run Kafka.")
    _interviewing(interviewer).start_interview(ALICE, setup, profile)
    (material,) = interviewer.materials
    assert material.profile == profile
    assert material.wanted == {"python", "kafka"}


def test_second_interview_knows_the_questions_of_the_first() -> None:
    interviewer = ScriptedInterviewer()
    interviewing = _interviewing(interviewer)
    _started(interviewing)
    _started(interviewing)
    assert [material.asked for material in interviewer.materials] == [frozenset(), {"opener"}]


def test_questions_of_another_candidate_do_not_matter() -> None:
    interviewer = ScriptedInterviewer()
    interviewing = _interviewing(interviewer)
    _started(interviewing)
    interviewing.start_interview(BOB, a_setup())
    assert interviewer.materials[-1].asked == frozenset()


# --- answering ----------------------------------------------------------------------------------


def test_answer_is_stored_before_it_is_judged() -> None:
    store = MemoryStore()
    interviewer = _LookingInterviewer(store)
    _answered(_interviewing(interviewer, store=store))
    assert interviewer.stored_answers == [_ANSWER]


class _LookingInterviewer(ScriptedInterviewer):
    """Looks into the store while it judges."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__()
        self._store = store
        self.stored_answers: list[str] = []

    def evaluate(self, judging: Judging, watch: Watch) -> Evaluation:
        for summary in self._store.interviews(ALICE):
            for turn in self._store.interview(ALICE, summary.id).turns:
                self.stored_answers += [attempt.answer for attempt in turn.attempts]
        return super().evaluate(judging, watch)


def test_answer_is_judged() -> None:
    interview = _answered(_interviewing(ScriptedInterviewer(an_evaluation(64.0))))
    assert (interview.phase, interview.turn_at(1).overall) == (Phase.FEEDBACK, 64.0)


def test_answer_is_stored_when_no_one_is_free_to_judge_it() -> None:
    interviewing = _interviewing(jobs=RefusingJobs(TooManyRequestsError("evaluations", 5)))
    interview = _started(interviewing)
    with pytest.raises(TooManyRequestsError):
        interviewing.submit_answer(ALICE, interview.id, 1, _ANSWER)
    stored = interviewing.interview(ALICE, interview.id)
    assert (stored.phase, stored.turn_at(1).attempts[0].answer) == (Phase.PROCESSING, _ANSWER)


def test_repeated_submit_is_one_answer_judged_once() -> None:
    interviewer = ScriptedInterviewer()
    interviewing = _interviewing(interviewer)
    interview = _answered(interviewing)
    interviewing.submit_answer(ALICE, interview.id, 1, _ANSWER)
    assert len(interviewing.interview(ALICE, interview.id).turn_at(1).attempts) == 1
    assert interviewer.judged == [("opener", _ANSWER)]


def test_repeated_submit_while_the_judgement_waits_is_judged_once() -> None:
    interviewer, jobs = ScriptedInterviewer(), IdleJobs()
    interviewing = _interviewing(interviewer, jobs)
    interview = _answered(interviewing)
    interviewing.submit_answer(ALICE, interview.id, 1, _ANSWER)
    jobs.work_off()
    assert len(interviewer.judged) == 1


def test_waiting_looks_again_and_gives_the_judged_interview() -> None:
    interviewing = _interviewing(jobs=IdleJobs())
    interview = _answered(interviewing)
    at_once = _with_work(interviewing, jobs=InlineJobs())
    assert at_once.wait_for_work(ALICE, interview.id, 5.0).phase is Phase.FEEDBACK


def test_waiting_that_is_over_too_soon_gives_the_interview_as_it_is() -> None:
    interviewing = _interviewing(jobs=IdleJobs())
    interview = _answered(interviewing)
    assert interviewing.wait_for_work(ALICE, interview.id, 0.0) == interview


def test_waiting_with_nothing_pending_starts_no_job() -> None:
    jobs = InlineJobs()
    interviewing = _interviewing(jobs=jobs)
    interview = _answered(interviewing)
    interviewing.wait_for_work(ALICE, interview.id, 5.0)
    assert jobs.keys == [WorkKey(interview.id, 1, 1)]


# --- judgements that fail -----------------------------------------------------------------------


def test_failing_interviewer_keeps_the_answer_and_says_why() -> None:
    interviewing = _interviewing(FailingInterviewer(EvaluationError("The provider is down.")))
    attempt = _answered(interviewing).turn_at(1).attempts[0]
    assert (attempt.answer, attempt.status, attempt.failure) == (
        _ANSWER,
        EvaluationStatus.FAILED,
        "The provider is down.",
    )


def test_failed_judgement_leaves_no_score() -> None:
    assert _answered(_interviewing(FailingInterviewer())).turn_at(1).overall is None


def test_retry_works_once_the_interviewer_is_repaired() -> None:
    interviewer = FailingInterviewer()
    interviewing = _interviewing(interviewer)
    interview = _answered(interviewing)
    interviewer.repair()
    interviewing.retry_evaluation(ALICE, interview.id, 1, 1)
    assert interviewing.interview(ALICE, interview.id).phase is Phase.FEEDBACK


def test_retry_that_fails_again_can_be_retried() -> None:
    interviewer = FailingInterviewer()
    interviewing = _interviewing(interviewer)
    interview = _answered(interviewing)
    interviewing.retry_evaluation(ALICE, interview.id, 1, 1)
    interviewer.repair()
    interviewing.retry_evaluation(ALICE, interview.id, 1, 1)
    assert interviewing.interview(ALICE, interview.id).phase is Phase.FEEDBACK


def test_retry_repeated_is_harmless() -> None:
    interviewer = FailingInterviewer()
    interviewing = _interviewing(interviewer)
    interview = _answered(interviewing)
    interviewer.repair()
    for _ in range(2):
        interviewing.retry_evaluation(ALICE, interview.id, 1, 1)
    assert len(interviewer.judged) == 1


def test_unexpected_error_is_told_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    interviewing = _interviewing(FailingInterviewer(RuntimeError(f"while judging {_ANSWER}")))
    attempt = _answered(interviewing).turn_at(1).attempts[0]
    assert attempt.status is EvaluationStatus.FAILED
    assert "What you said is saved" in attempt.failure
    assert _ANSWER not in attempt.failure + caplog.text
    assert "RuntimeError" in caplog.text


def test_failed_answer_may_be_left_without_a_score() -> None:
    interviewing = _interviewing(FailingInterviewer())
    interview = _answered(interviewing)
    next_one = interviewing.go_on_unscored(ALICE, interview.id, 1)
    assert (next_one.phase, next_one.current.position) == (Phase.LISTENING, 2)


def test_going_on_unscored_repeated_is_harmless() -> None:
    interviewing = _interviewing(FailingInterviewer())
    interview = _answered(interviewing)
    next_one = interviewing.go_on_unscored(ALICE, interview.id, 1)
    assert interviewing.go_on_unscored(ALICE, interview.id, 1) == next_one


class _KilledError(BaseException):
    """The process ends in the middle of a judgement."""


def _killed() -> tuple[Interviewing, Interview, FrozenClock]:
    """An answer whose job was killed after it had taken the lease."""
    clock = FrozenClock()
    interviewing = _interviewing(FailingInterviewer(_KilledError()), clock=clock)
    interview = _started(interviewing)
    with pytest.raises(_KilledError):
        interviewing.submit_answer(ALICE, interview.id, 1, _ANSWER)
    restarted = _with_work(
        interviewing,
        interviewers=OneInterviewer(ScriptedInterviewer()),
        owner="the next process",
    )
    return restarted, interviewing.interview(ALICE, interview.id), clock


def test_answer_of_a_killed_job_is_kept_and_pending() -> None:
    _, interview, _ = _killed()
    assert _status(interview) is EvaluationStatus.PENDING
    assert interview.turn_at(1).attempts[0].answer == _ANSWER


def test_killed_job_is_not_repeated_while_its_lease_lasts() -> None:
    restarted, interview, clock = _killed()
    clock.advance(ScriptedInterviewer.lease_seconds - 0.1)
    restarted.start_work(ALICE, interview)
    assert _status(restarted.interview(ALICE, interview.id)) is EvaluationStatus.PENDING


def test_killed_job_is_judged_again_after_its_lease() -> None:
    restarted, interview, clock = _killed()
    clock.advance(ScriptedInterviewer.lease_seconds)
    restarted.start_work(ALICE, interview)
    assert restarted.interview(ALICE, interview.id).phase is Phase.FEEDBACK


def test_killed_job_is_judged_again_when_the_clock_was_set_back() -> None:
    restarted, interview, clock = _killed()
    clock.advance(-86_400)
    restarted.start_work(ALICE, interview)
    assert restarted.interview(ALICE, interview.id).phase is Phase.FEEDBACK


def test_answer_judged_by_another_process_meanwhile_is_not_judged_again() -> None:
    interviewer, jobs = ScriptedInterviewer(), IdleJobs()
    interviewing = _interviewing(interviewer, jobs)
    interview = _answered(interviewing)
    _with_work(interviewing, jobs=InlineJobs()).start_work(ALICE, interview)
    jobs.work_off()
    assert len(interviewer.judged) == 1


def test_worker_that_fails_late_does_not_take_the_score_of_another_away() -> None:
    clock, jobs = FrozenClock(), IdleJobs()
    other = _interviewing(clock=clock)
    late = _with_work(other, interviewers=OneInterviewer(_LateInterviewer(other, clock)), jobs=jobs)
    interview = _answered(late)
    jobs.work_off()
    assert other.interview(ALICE, interview.id).turn_at(1).overall == 60.0


class _LateInterviewer(FailingInterviewer):
    """Takes longer than its lease, so that another process judges meanwhile, and then fails."""

    def __init__(self, other: Interviewing, clock: FrozenClock) -> None:
        super().__init__()
        self._other = other
        self._clock = clock

    def evaluate(self, judging: Judging, watch: Watch) -> Evaluation:
        self._clock.advance(2 * self.lease_seconds)
        for summary in self._other.interviews(ALICE):
            self._other.wait_for_work(ALICE, summary.id, 1.0)
        return super().evaluate(judging, watch)


def test_judgement_of_an_interview_deleted_meanwhile_is_dropped() -> None:
    interviewer, jobs = ScriptedInterviewer(), IdleJobs()
    interviewing = _interviewing(interviewer, jobs)
    interview = _answered(interviewing)
    interviewing.delete_interview(ALICE, interview.id)
    jobs.work_off()
    assert interviewer.judged == []


def test_work_that_was_given_up_while_it_waited_is_left() -> None:
    interviewer, jobs = ScriptedInterviewer(), IdleJobs()
    interviewing = _interviewing(interviewer, jobs)
    interview = interviewing.start_interview(ALICE, a_setup(), chosen=_AI)
    interviewing.store.change_interview(ALICE, interview.id, lambda i: i.end_planning(NO_USAGE))
    jobs.work_off()
    assert interviewer.plannings == []


def test_work_that_waited_is_done_by_whoever_was_chosen_meanwhile() -> None:
    interviewers, jobs = OneInterviewer(ScriptedInterviewer()), IdleJobs()
    interviewing = _with_work(_interviewing(jobs=jobs), interviewers=interviewers)
    interview = _answered(interviewing)
    interviewing.store.change_interview(ALICE, interview.id, lambda i: i.switch_interviewer(_AI))
    jobs.work_off()
    judged = interviewing.interview(ALICE, interview.id)
    assert (interviewers.choices[-1], judged.phase) == (_AI, Phase.FEEDBACK)


# --- going on -----------------------------------------------------------------------------------


def test_next_question_is_asked_after_the_feedback() -> None:
    interviewing = _interviewing()
    interview = _answered(interviewing)
    next_one = interviewing.next_question(ALICE, interview.id, 1)
    assert (next_one.phase, next_one.current.position) == (Phase.LISTENING, 2)
    assert next_one.current.reason


def test_next_question_repeated_is_harmless() -> None:
    interviewing = _interviewing()
    interview = _answered(interviewing)
    next_one = interviewing.next_question(ALICE, interview.id, 1)
    assert interviewing.next_question(ALICE, interview.id, 1) == next_one


def test_next_question_before_the_judgement_is_refused() -> None:
    interviewing = _interviewing(jobs=IdleJobs())
    interview = _answered(interviewing)
    with pytest.raises(InvalidTransitionError):
        interviewing.next_question(ALICE, interview.id, 1)


def test_skipping_asks_the_next_question_at_once() -> None:
    interviewing = _interviewing()
    skipped = interviewing.skip_question(ALICE, _started(interviewing).id, 1)
    assert (skipped.turn_at(1).is_skipped, skipped.current.position) == (True, 2)


def test_skipping_repeated_skips_one_question() -> None:
    interviewing = _interviewing()
    interview = _started(interviewing)
    skipped = interviewing.skip_question(ALICE, interview.id, 1)
    assert interviewing.skip_question(ALICE, interview.id, 1) == skipped


def test_skipped_question_is_never_judged() -> None:
    interviewer = ScriptedInterviewer()
    interviewing = _interviewing(interviewer)
    interviewing.skip_question(ALICE, _started(interviewing).id, 1)
    assert interviewer.judged == []


def test_hint_is_noted_in_the_store() -> None:
    interviewing = _interviewing()
    interview = _started(interviewing)
    interviewing.use_hint(ALICE, interview.id, 1)
    assert interviewing.interview(ALICE, interview.id).turn_at(1).is_hint_used


def test_new_attempt_is_judged_and_the_earlier_one_stays() -> None:
    interviewing = _interviewing(ScriptedInterviewer(an_evaluation(40.0), an_evaluation(80.0)))
    interview = _answered(interviewing)
    interviewing.try_again(ALICE, interview.id, 1)
    interviewing.submit_answer(ALICE, interview.id, 1, "Better now.")
    attempts = interviewing.interview(ALICE, interview.id).turn_at(1).attempts
    scores = [a.evaluation.overall.score for a in attempts if a.evaluation and a.evaluation.overall]
    assert scores == [40.0, 80.0]


def test_trying_again_repeated_is_harmless() -> None:
    interviewing = _interviewing()
    interview = _answered(interviewing)
    opened = interviewing.try_again(ALICE, interview.id, 1)
    assert interviewing.try_again(ALICE, interview.id, 1) == opened


def test_trying_a_question_again_that_was_left_in_another_tab_opens_no_other() -> None:
    interviewing = _interviewing()
    interview = _answered(interviewing)
    interviewing.next_question(ALICE, interview.id, 1)
    interviewing.submit_answer(ALICE, interview.id, 2, _ANSWER)
    with pytest.raises(InvalidTransitionError):
        interviewing.try_again(ALICE, interview.id, 1)
    assert interviewing.interview(ALICE, interview.id).phase is Phase.FEEDBACK


def test_draft_is_kept() -> None:
    interviewing = _interviewing()
    interview = _started(interviewing)
    interviewing.save_draft(ALICE, interview.id, 1, "Half a thought")
    assert interviewing.draft(ALICE, interview.id, 1) == "Half a thought"


def test_draft_is_kept_without_what_no_database_takes() -> None:
    interviewing = _interviewing()
    interview = _started(interviewing)
    interviewing.save_draft(ALICE, interview.id, 1, " Half \ud800 and \0zero. ")
    assert interviewing.draft(ALICE, interview.id, 1) == " Half ? and zero. "


# --- ending -------------------------------------------------------------------------------------


def test_finished_interview_knows_its_end() -> None:
    clock = FrozenClock()
    interviewing = _interviewing(clock=clock)
    interview = _started(interviewing)
    clock.advance(90)
    finished = interviewing.finish_interview(ALICE, interview.id)
    assert (finished.phase, finished.finished_at) == (Phase.COMPLETE, NOW + timedelta(seconds=90))


def test_finishing_repeated_keeps_the_first_end() -> None:
    clock = FrozenClock()
    interviewing = _interviewing(clock=clock)
    finished = interviewing.finish_interview(ALICE, _started(interviewing).id)
    clock.advance(90)
    assert interviewing.finish_interview(ALICE, finished.id) == finished


def test_answer_that_was_pending_at_the_finish_is_still_judged() -> None:
    jobs = IdleJobs()
    interviewing = _interviewing(ScriptedInterviewer(an_evaluation(64.0)), jobs)
    interview = _answered(interviewing)
    interviewing.finish_interview(ALICE, interview.id)
    jobs.work_off()
    judged = interviewing.interview(ALICE, interview.id)
    assert (judged.phase, judged.turn_at(1).overall) == (Phase.COMPLETE, 64.0)


def test_answer_to_the_closing_question_ends_the_interview() -> None:
    interviewing = _interviewing()
    interview = _started(interviewing, length=1)
    interviewing.submit_answer(ALICE, interview.id, 1, _ANSWER)
    closing = interviewing.next_question(ALICE, interview.id, 1)
    ended = interviewing.submit_answer(ALICE, interview.id, 2, "Who is on the team?")
    assert closing.current.question.origin is Origin.CLOSING
    assert ended.phase is Phase.COMPLETE


def test_answer_to_the_closing_question_is_not_judged() -> None:
    interviewer = ScriptedInterviewer()
    interviewing = _interviewing(interviewer)
    interview = _started(interviewing, length=1)
    interviewing.skip_question(ALICE, interview.id, 1)
    interviewing.submit_answer(ALICE, interview.id, 2, "Who is on the team?")
    assert interviewer.judged == []


def test_skipping_the_closing_question_ends_the_interview() -> None:
    interviewing = _interviewing()
    interview = _started(interviewing, length=1)
    interviewing.skip_question(ALICE, interview.id, 1)
    assert interviewing.skip_question(ALICE, interview.id, 2).phase is Phase.COMPLETE


def test_deleted_interview_is_gone() -> None:
    interviewing = _interviewing()
    interview = _answered(interviewing)
    interviewing.delete_interview(ALICE, interview.id)
    with pytest.raises(NotFoundError):
        interviewing.interview(ALICE, interview.id)


def test_role_is_found_by_another_title_of_it() -> None:
    interview = _started(_interviewing(), role_title="back-end engineer")
    assert (interview.setup.role_id, interview.setup.role_title) == ("backend", "Backend Engineer")


def test_company_is_stored_with_its_name() -> None:
    interview = an_interviewing().start_interview(ALICE, a_setup(company_id="amazon"))
    assert (interview.setup.company_id, interview.setup.company_name) == ("amazon", "Amazon")


@pytest.mark.parametrize("company_id", ["nowhere", "pasted-job"])
def test_company_that_is_not_there_is_refused(company_id: str) -> None:
    with pytest.raises(InvalidInputError):
        an_interviewing().start_interview(ALICE, a_setup(company_id=company_id))


def test_unknown_role_keeps_its_title() -> None:
    interview = _started(_interviewing(), role_title="Beekeeper")
    assert (interview.setup.role_id, interview.setup.role_title) == ("", "Beekeeper")


@pytest.mark.parametrize("focus", Focus)
@pytest.mark.parametrize("title", [role.title for role in real_content().roles])
def test_whole_interview_with_the_built_in_interviewer_ends_after_its_length(
    title: str, focus: Focus
) -> None:
    interviewing = _interviewing(real_interviewer())
    setup = a_setup(role_title=title, focus=focus, length=8)
    interview = interviewing.start_interview(ALICE, setup, a_profile())
    for position in range(1, 9):
        answer = interview.current.question.reference_answer or _ANSWER
        interviewing.submit_answer(ALICE, interview.id, position, answer)
        interview = interviewing.next_question(ALICE, interview.id, position)
    ended = interviewing.submit_answer(ALICE, interview.id, 9, "Who is on the team?")
    assert ended.phase is Phase.COMPLETE
    assert all(turn.overall is not None for turn in ended.scored_turns)


_moves = st.sampled_from(["answer", "skip", "hint", "next", "again", "unscored", "wait"])


@given(st.lists(_moves, max_size=40), st.integers(min_value=1, max_value=5))
def test_whatever_the_candidate_does_the_interview_can_be_brought_to_its_end(
    moves: list[str], length: int
) -> None:
    interviewing = _interviewing()
    interview = _started(interviewing, length=length)
    for move in moves:
        interview = _moved(interviewing, interview, move)
    while not interview.is_over:
        interview = _moved(interviewing, interview, "next" if _is_judged(interview) else "answer")
    assert interview.turns[-1].question.origin is Origin.CLOSING
    assert len(interview.scored_turns) == length


def _is_judged(interview: Interview) -> bool:
    return interview.phase is Phase.FEEDBACK


def _moved(interviewing: Interviewing, interview: Interview, move: str) -> Interview:
    """The interview after a click, which the phase may refuse."""
    key, position = interview.id, interview.current.position
    answer = f"Answer {len(interview.current.attempts)}."
    moves: dict[str, Callable[[], object]] = {
        "answer": lambda: interviewing.submit_answer(ALICE, key, position, answer),
        "skip": lambda: interviewing.skip_question(ALICE, key, position),
        "hint": lambda: interviewing.use_hint(ALICE, key, position),
        "next": lambda: interviewing.next_question(ALICE, key, position),
        "again": lambda: interviewing.try_again(ALICE, key, position),
        "unscored": lambda: interviewing.go_on_unscored(ALICE, key, position),
        "wait": lambda: interviewing.wait_for_work(ALICE, key, 1.0),
    }
    try:
        moves[move]()
    except (InvalidTransitionError, InvalidInputError, AnswerConflictError):
        assert move != "wait"
    return interviewing.interview(ALICE, key)


# --- isolation ----------------------------------------------------------------------------------

_USES: dict[str, Callable[[Interviewing, Interview], object]] = {
    "interview": lambda s, i: s.interview(BOB, i.id),
    "submit_answer": lambda s, i: s.submit_answer(BOB, i.id, 1, "Mine."),
    "wait_for_work": lambda s, i: s.wait_for_work(BOB, i.id, 0.0),
    "retry_evaluation": lambda s, i: s.retry_evaluation(BOB, i.id, 1, 1),
    "use_hint": lambda s, i: s.use_hint(BOB, i.id, 1),
    "skip_question": lambda s, i: s.skip_question(BOB, i.id, 1),
    "next_question": lambda s, i: s.next_question(BOB, i.id, 1),
    "go_on_unscored": lambda s, i: s.go_on_unscored(BOB, i.id, 1),
    "try_again": lambda s, i: s.try_again(BOB, i.id, 1),
    "finish_interview": lambda s, i: s.finish_interview(BOB, i.id),
    "delete_interview": lambda s, i: s.delete_interview(BOB, i.id),
}


@pytest.mark.parametrize("use", _USES)
def test_interview_of_another_candidate_is_not_found(use: str) -> None:
    interviewing = _interviewing()
    interview = _answered(interviewing)
    with pytest.raises(NotFoundError):
        _USES[use](interviewing, interview)
    assert interviewing.interview(ALICE, interview.id) == interview


# --- time and the store -------------------------------------------------------------------------


def test_answer_that_cannot_be_stored_is_not_judged() -> None:
    interviewer = ScriptedInterviewer()
    interviewing = _interviewing(interviewer)
    interview = _started(interviewing)
    broken = replace(interviewing, store=_BrokenStore())
    with pytest.raises(StoreError):
        broken.submit_answer(ALICE, interview.id, 1, _ANSWER)
    assert interviewer.judged == []


class _BrokenStore(MemoryStore):
    def change_interview(self, *_: object, **__: object) -> Interview:
        raise StoreError("The disk is full.")


@pytest.mark.parametrize("seniority", Seniority)
def test_interview_of_an_unknown_role_can_be_held(seniority: Seniority) -> None:
    interviewing = _interviewing(real_interviewer())
    interview = _started(
        interviewing, role_title="Lighthouse Keeper", role_id="", seniority=seniority, length=2
    )
    skipped = interviewing.skip_question(ALICE, interview.id, 1)
    assert skipped.current.question.origin is Origin.BANK


# --- a second look ------------------------------------------------------------------------------


def _judged_by_ai(*evaluations: Evaluation) -> tuple[Interviewing, ScriptedInterviewer, Interview]:
    """An interview of an AI whose opener is judged."""
    interviewer = ScriptedInterviewer(*evaluations, is_paid=True)
    interviewing = _interviewing(interviewer)
    interview = interviewing.start_interview(ALICE, a_setup(), chosen=_AI)
    interviewing.begin_without_plan(ALICE, interview.id)
    interviewing.submit_answer(ALICE, interview.id, 1, _ANSWER)
    return interviewing, interviewer, interview


def test_disputed_answer_is_judged_once_more_with_the_reason() -> None:
    interviewing, interviewer, interview = _judged_by_ai(an_evaluation(40.0), an_evaluation(70.0))
    interviewing.dispute(ALICE, interview.id, 1, 1, "I did name the index.")
    assert interviewer.disputes == ["", "I did name the index."]
    assert interviewing.interview(ALICE, interview.id).turn_at(1).overall == 70


def test_second_look_without_a_reason_tells_the_interviewer_none() -> None:
    interviewing, interviewer, interview = _judged_by_ai()
    interviewing.dispute(ALICE, interview.id, 1, 1)
    assert interviewer.disputes == ["", ""]


def test_second_look_of_another_candidate_is_not_found() -> None:
    interviewing, _, interview = _judged_by_ai()
    with pytest.raises(NotFoundError):
        interviewing.dispute(BOB, interview.id, 1, 1)


def test_second_look_that_fails_leaves_the_judgement() -> None:
    interviewing, _, interview = _judged_by_ai(an_evaluation(40.0))
    broken = _with_work(interviewing, interviewers=OneInterviewer(FailingInterviewer()))
    broken.dispute(ALICE, interview.id, 1, 1, "It was right.")
    attempt = interviewing.interview(ALICE, interview.id).turn_at(1).attempts[0]
    assert (attempt.overall, attempt.status) == (40, EvaluationStatus.DONE)
    assert attempt.second_look is not None
    assert attempt.second_look.failure


def test_second_look_beyond_the_token_limit_is_not_asked_for() -> None:
    costly = replace(an_evaluation(), usage=Usage(900, 0, 200))
    interviewer = ScriptedInterviewer(costly, is_paid=True)
    interviewing = _interviewing(interviewer)
    interview = interviewing.start_interview(ALICE, a_setup(token_cap=1_000), chosen=_AI)
    interviewing.begin_without_plan(ALICE, interview.id)
    interviewing.submit_answer(ALICE, interview.id, 1, _ANSWER)
    interviewing.dispute(ALICE, interview.id, 1, 1)
    attempt = interviewing.interview(ALICE, interview.id).turn_at(1).attempts[0]
    assert attempt.second_look is not None
    assert "limit of 1,000 tokens" in attempt.second_look.failure


def test_own_rating_is_stored_while_the_answer_is_judged() -> None:
    interviewing = _interviewing(jobs=IdleJobs())
    interview = _answered(interviewing)
    interviewing.rate_self(ALICE, interview.id, 1, 1, 4)
    latest = interviewing.interview(ALICE, interview.id).turn_at(1).latest
    assert latest is not None
    assert (latest.self_rating, latest.status) == (4, EvaluationStatus.PENDING)
