"""Plans, judgements and reports by paid interviewers: begun once, told when they fail, repeated only when asked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from core.domain.attempt import EvaluationStatus
from core.domain.errors import KeyMissingError, ModelError, ModelFault
from core.domain.evaluation import Evaluation
from core.domain.interview import Interview, Phase
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from core.domain.language_model import Usage
from core.domain.narrative import Narrative
from core.domain.question import Origin, Question
from core.domain.work import WorkStatus
from core.ports import Judging, Planning, Watch, WorkKey, WorkKind
from core.services.interviewer_work import due
from core.services.interviewing import Interviewing
from tests.builders import ALICE, a_profile, a_question, a_resume, a_setup, an_evaluation
from tests.doubles import (
    FailingInterviewer,
    FrozenClock,
    IdleJobs,
    MemoryStore,
    OneInterviewer,
    ScriptedInterviewer,
)
from tests.known_providers import OPENAI
from tests.services.application import an_interviewing

CHOICE = InterviewerChoice(OPENAI, "some-model")
USAGE = Usage(1000, 0, 500)
BROKEN = ModelError(ModelFault.INTERRUPTED, "OpenAI")
ANSWER = "I would measure first, because guessing costs time."


def a_planned(number: int) -> Question:
    return a_question(f"planned-{number}", text=f"Planned {number}?", origin=Origin.PLANNED)


FIRST, SECOND, THIRD = (a_planned(number) for number in (1, 2, 3))


def _paid(**scripted: Any) -> ScriptedInterviewer:
    planned = scripted.pop("planned", (FIRST, SECOND, THIRD, USAGE))
    return ScriptedInterviewer(planned=planned, is_paid=True, **scripted)


def _begun(interviewing: Interviewing, **setup: Any) -> Interview:
    """An interview with the AI interviewer, as it stands once what was due is done."""
    interview = interviewing.start_interview(ALICE, a_setup(**setup), None, CHOICE)
    return interviewing.interview(ALICE, interview.id)


def _after(interviewing: Interviewing, **changes: Any) -> Interviewing:
    """The same on the same store, with other hands at work: after a restart, or once it was mended."""
    return replace(interviewing, work=replace(interviewing.work, **changes))


# --- the plan -----------------------------------------------------------------------------------


class _WatchingInterviewer(ScriptedInterviewer):
    """Looks at the stored interview before each further question."""

    def __init__(self) -> None:
        super().__init__(is_paid=True)
        self.store = MemoryStore()
        self.seen: list[tuple[Phase, int]] = []

    def questions(self, planning: Planning, watch: Watch) -> Iterator[Question | Usage]:  # noqa: ARG002
        for question in (FIRST, SECOND, THIRD):
            self._look(planning)
            yield question
        self._look(planning)
        yield USAGE

    def _look(self, planning: Planning) -> None:
        now = self.store.interview(ALICE, planning.interview.id)
        made = [q for q in now.plan.questions if q.origin is Origin.PLANNED]
        self.seen.append((now.phase, len(made)))


def test_plan_streams_into_the_interview_which_opens_with_its_first_question() -> None:
    interviewer = _WatchingInterviewer()
    interview = _begun(an_interviewing(interviewer=interviewer, store=interviewer.store))
    assert interviewer.seen == [
        (Phase.IDLE, 0),
        (Phase.LISTENING, 0),
        (Phase.LISTENING, 1),
        (Phase.LISTENING, 2),
    ]
    assert interview.current.question == replace(FIRST, origin=Origin.OPENER)
    assert interview.planning.status is WorkStatus.DONE


def test_interview_waits_for_its_first_question() -> None:
    jobs = IdleJobs()
    interview = _begun(an_interviewing(interviewer=_paid(), jobs=jobs))
    assert (interview.phase, interview.planning.status) == (Phase.IDLE, WorkStatus.PENDING)


def test_plan_says_what_it_took() -> None:
    assert _begun(an_interviewing(interviewer=_paid())).tokens_used == USAGE.total


def test_plan_is_made_from_profile_and_earlier_questions() -> None:
    interviewer, store = _paid(), MemoryStore()
    store.save_resume(ALICE, a_resume())
    interviewing = an_interviewing(interviewer=interviewer, store=store)
    first = _begun(interviewing)
    interviewing.submit_answer(ALICE, first.id, 1, ANSWER)
    interviewing.start_interview(ALICE, a_setup(), a_profile(), CHOICE)
    assert interviewer.plannings[-1].profile == a_profile()
    assert interviewer.plannings[-1].asked == (FIRST.text,)


def test_built_in_interview_asks_for_no_plan() -> None:
    interviewer = _paid()
    an_interviewing(interviewer=interviewer).start_interview(ALICE, a_setup())
    assert interviewer.plannings == []


def test_plan_that_fails_before_its_first_question_is_told_and_asks_nothing() -> None:
    interview = _begun(an_interviewing(interviewer=_paid(planned=(BROKEN,))))
    assert (interview.phase, interview.turns) == (Phase.IDLE, ())
    assert (interview.planning.status, interview.planning.failure) == (
        WorkStatus.FAILED,
        str(BROKEN),
    )


def test_plan_that_fails_later_keeps_its_questions() -> None:
    interview = _begun(an_interviewing(interviewer=_paid(planned=(FIRST, SECOND, BROKEN))))
    assert (interview.phase, interview.planning.status) == (Phase.LISTENING, WorkStatus.FAILED)
    assert interview.plan.questions[-1] == SECOND


def test_failed_plan_counts_what_it_took() -> None:
    error = ModelError(ModelFault.MALFORMED, "OpenAI", usage=USAGE)
    interview = _begun(an_interviewing(interviewer=_paid(planned=(error,))))
    assert interview.tokens_used == USAGE.total


def test_interview_begins_without_a_plan_when_asked_to() -> None:
    interviewing = an_interviewing(interviewer=_paid(planned=(BROKEN,)))
    interview = interviewing.begin_without_plan(ALICE, _begun(interviewing).id)
    assert interview.phase is Phase.LISTENING
    assert interview.current.question.origin is Origin.OPENER


def test_beginning_without_a_plan_is_harmless_once_begun() -> None:
    interviewing = an_interviewing(interviewer=_paid())
    interview = _begun(interviewing)
    assert interviewing.begin_without_plan(ALICE, interview.id) == interview


def test_questions_that_come_after_beginning_without_them_are_still_taken() -> None:
    jobs = IdleJobs()
    interviewing = an_interviewing(interviewer=_paid(), jobs=jobs)
    interview = interviewing.begin_without_plan(ALICE, _begun(interviewing).id)
    jobs.work_off()
    later = interviewing.interview(ALICE, interview.id)
    assert later.turns == interview.turns
    assert later.plan.questions[-3:] == (FIRST, SECOND, THIRD)


def test_failed_plan_is_made_when_asked_again() -> None:
    broken = an_interviewing(interviewer=_paid(planned=(BROKEN,)))
    interview = _begun(broken)
    mended = _after(broken, interviewers=OneInterviewer(_paid()))
    mended.retry_plan(ALICE, interview.id)
    later = mended.interview(ALICE, interview.id)
    assert (later.phase, later.planning.status) == (Phase.LISTENING, WorkStatus.DONE)


def test_plan_is_not_asked_for_twice_while_it_is_on_its_way() -> None:
    interviewer, jobs = _paid(), IdleJobs()
    interviewing = an_interviewing(interviewer=interviewer, jobs=jobs)
    interview = _begun(interviewing)
    interviewing.start_work(ALICE, interview)
    interviewing.retry_plan(ALICE, interview.id)
    jobs.work_off()
    assert len(interviewer.plannings) == 1


# --- paid work that broke off -------------------------------------------------------------------


class _KilledError(BaseException):
    """The process ends in the middle."""


class _DyingInterviewer(ScriptedInterviewer):
    """Takes the process with it, whatever it is asked to do."""

    def __init__(self) -> None:
        super().__init__(is_paid=True)

    def evaluate(self, judging: Judging, watch: Watch) -> Evaluation:  # noqa: ARG002
        raise _KilledError

    def questions(self, planning: Planning, watch: Watch) -> Iterator[Question | Usage]:  # noqa: ARG002
        raise _KilledError

    def narrate(self, interview: Interview, watch: Watch) -> tuple[Narrative, Usage] | None:  # noqa: ARG002
        raise _KilledError


def _killed_judgement() -> tuple[Interviewing, Interview, FrozenClock, ScriptedInterviewer]:
    """After a restart: an answer whose paid judgement was under way."""
    clock, interviewer = FrozenClock(), _paid()
    before = an_interviewing(interviewer=interviewer, clock=clock)
    interview = _begun(before)
    dying = _after(before, interviewers=OneInterviewer(_DyingInterviewer()))
    with pytest.raises(_KilledError):
        dying.submit_answer(ALICE, interview.id, 1, ANSWER)
    restarted = _after(before, owner="the next process")
    return restarted, restarted.interview(ALICE, interview.id), clock, interviewer


def test_paid_judgement_whose_lease_lapsed_is_told_and_not_repeated() -> None:
    restarted, interview, clock, interviewer = _killed_judgement()
    clock.advance(interviewer.lease_seconds)
    restarted.start_work(ALICE, interview)
    latest = restarted.interview(ALICE, interview.id).current.latest
    assert latest is not None
    assert (latest.status, latest.answer) == (EvaluationStatus.FAILED, ANSWER)
    assert "may be charged again" in latest.failure
    assert interviewer.judged == []


def test_paid_judgement_is_left_alone_while_its_lease_lasts() -> None:
    restarted, interview, clock, interviewer = _killed_judgement()
    clock.advance(interviewer.lease_seconds - 0.1)
    restarted.start_work(ALICE, interview)
    assert restarted.interview(ALICE, interview.id) == interview


def test_interrupted_judgement_is_made_when_asked_again() -> None:
    restarted, interview, clock, interviewer = _killed_judgement()
    clock.advance(interviewer.lease_seconds)
    restarted.start_work(ALICE, interview)
    restarted.retry_evaluation(ALICE, interview.id, 1, 1)
    assert restarted.interview(ALICE, interview.id).phase is Phase.FEEDBACK
    assert len(interviewer.judged) == 1


def _without_key(interviewing: Interviewing) -> Interviewing:
    keyless = OneInterviewer(ScriptedInterviewer(), KeyMissingError("OpenAI"))
    return _after(interviewing, interviewers=keyless)


def test_interrupted_judgement_is_told_as_such_where_the_key_went_with_its_process() -> None:
    restarted, interview, clock, interviewer = _killed_judgement()
    clock.advance(interviewer.lease_seconds)
    _without_key(restarted).start_work(ALICE, interview)
    latest = restarted.interview(ALICE, interview.id).current.latest
    assert latest is not None
    assert "may be charged again" in latest.failure


def test_missing_key_is_told_when_an_interrupted_judgement_is_asked_for_again() -> None:
    restarted, interview, clock, interviewer = _killed_judgement()
    clock.advance(interviewer.lease_seconds)
    keyless = _without_key(restarted)
    keyless.start_work(ALICE, interview)
    keyless.retry_evaluation(ALICE, interview.id, 1, 1)
    latest = keyless.interview(ALICE, interview.id).current.latest
    assert latest is not None
    assert "no key for OpenAI" in latest.failure


def test_judgement_under_way_elsewhere_does_not_fail_where_there_is_no_key() -> None:
    restarted, interview, clock, interviewer = _killed_judgement()
    clock.advance(interviewer.lease_seconds - 0.1)
    _without_key(restarted).start_work(ALICE, interview)
    assert restarted.interview(ALICE, interview.id) == interview


def test_plan_for_which_there_was_no_key_is_made_once_there_is_one() -> None:
    before = an_interviewing(interviewer=_paid(), store=MemoryStore())
    interview = _begun(_without_key(before))
    assert "no key for OpenAI" in before.interview(ALICE, interview.id).planning.failure
    before.retry_plan(ALICE, interview.id)
    assert before.interview(ALICE, interview.id).phase is Phase.LISTENING


def _killed_plan() -> tuple[Interviewing, Interview, FrozenClock, ScriptedInterviewer]:
    clock, interviewer = FrozenClock(), _paid()
    store = MemoryStore()
    before = an_interviewing(interviewer=interviewer, clock=clock, store=store)
    dying = _after(before, interviewers=OneInterviewer(_DyingInterviewer()))
    with pytest.raises(_KilledError):
        _begun(dying)
    (summary,) = before.interviews(ALICE)
    return before, before.interview(ALICE, summary.id), clock, interviewer


def test_interrupted_plan_is_told_and_not_repeated() -> None:
    restarted, interview, clock, interviewer = _killed_plan()
    clock.advance(interviewer.plan_lease_seconds)
    restarted.start_work(ALICE, interview)
    later = restarted.interview(ALICE, interview.id)
    assert "may be charged again" in later.planning.failure
    assert interviewer.plannings == []


def test_plan_has_longer_than_a_judgement() -> None:
    restarted, interview, clock, interviewer = _killed_plan()
    clock.advance(interviewer.plan_lease_seconds - 0.1)
    restarted.start_work(ALICE, interview)
    assert restarted.interview(ALICE, interview.id).planning.status is WorkStatus.PENDING


def test_interrupted_plan_is_made_when_asked_again() -> None:
    restarted, interview, clock, interviewer = _killed_plan()
    clock.advance(interviewer.plan_lease_seconds)
    restarted.start_work(ALICE, interview)
    restarted.retry_plan(ALICE, interview.id)
    assert restarted.interview(ALICE, interview.id).phase is Phase.LISTENING
    assert len(interviewer.plannings) == 1


# --- switching ----------------------------------------------------------------------------------


def test_switching_has_a_failed_answer_judged_by_the_other_interviewer() -> None:
    failing = FailingInterviewer(BROKEN)
    interviewing = an_interviewing(interviewer=failing)
    interview = interviewing.start_interview(ALICE, a_setup())
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    failing.repair()
    interviewing.switch_interviewer(ALICE, interview.id, CHOICE)
    switched = interviewing.interview(ALICE, interview.id)
    assert (switched.interviewer, switched.phase) == (CHOICE, Phase.FEEDBACK)
    assert len(failing.judged) == 1


def test_switching_leaves_what_was_judged() -> None:
    interviewer = ScriptedInterviewer(
        an_evaluation(evaluator="one"), an_evaluation(evaluator="two")
    )
    interviewing = an_interviewing(interviewer=interviewer)
    interview = interviewing.start_interview(ALICE, a_setup())
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    interviewing.switch_interviewer(ALICE, interview.id, CHOICE)
    later = interviewing.interview(ALICE, interview.id)
    assert later.current.evaluation == an_evaluation(evaluator="one")


def test_next_answer_is_judged_by_whoever_was_switched_to() -> None:
    interviewers = OneInterviewer(ScriptedInterviewer())
    interviewing = an_interviewing(interviewers=interviewers)
    interview = interviewing.start_interview(ALICE, a_setup())
    interviewing.switch_interviewer(ALICE, interview.id, CHOICE)
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    assert interviewers.choices[-1] == CHOICE


# --- the report in prose ------------------------------------------------------------------------

NARRATIVE = Narrative("You measure first.", author="openai/some-model")


def _over(interviewing: Interviewing) -> Interview:
    interview = _begun(interviewing)
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    return interviewing.finish_interview(ALICE, interview.id)


def test_report_in_prose_is_kept_with_what_it_took() -> None:
    interviewing = an_interviewing(interviewer=_paid(narrative=NARRATIVE))
    over = _over(interviewing)
    interviewing.request_narrative(ALICE, over.id)
    later = interviewing.interview(ALICE, over.id)
    assert later.narrative == NARRATIVE
    assert later.tokens_used == over.tokens_used + 15


class _CountingInterviewer(ScriptedInterviewer):
    def __init__(self) -> None:
        super().__init__(planned=(FIRST, USAGE), narrative=NARRATIVE, is_paid=True)
        self.narrated = 0

    def narrate(self, interview: Interview, watch: Watch) -> tuple[Narrative, Usage] | None:
        self.narrated += 1
        return super().narrate(interview, watch)


def test_report_in_prose_is_written_once_however_often_it_is_asked_for() -> None:
    interviewer = _CountingInterviewer()
    interviewing = an_interviewing(interviewer=interviewer)
    over = _over(interviewing)
    for _ in range(3):
        interviewing.request_narrative(ALICE, over.id)
        interviewing.wait_for_work(ALICE, over.id, 1.0)
    assert interviewer.narrated == 1


def test_report_in_prose_that_fails_is_told_and_written_when_asked_again() -> None:
    broken = an_interviewing(interviewer=_paid(narrative=BROKEN))
    over = _over(broken)
    broken.request_narrative(ALICE, over.id)
    failed = broken.interview(ALICE, over.id)
    assert (failed.narration.status, failed.narration.failure) == (WorkStatus.FAILED, str(BROKEN))
    mended = _after(broken, interviewers=OneInterviewer(_paid(narrative=NARRATIVE)))
    mended.request_narrative(ALICE, over.id)
    assert mended.interview(ALICE, over.id).narrative == NARRATIVE


# --- what stops work ----------------------------------------------------------------------------


def test_interviewer_is_not_asked_beyond_the_candidates_own_limit() -> None:
    interviewer = _paid()
    interviewing = an_interviewing(interviewer=interviewer)
    interview = _begun(interviewing, token_cap=USAGE.total)
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    latest = interviewing.interview(ALICE, interview.id).current.latest
    assert latest is not None
    assert (latest.status, latest.answer) == (EvaluationStatus.FAILED, ANSWER)
    assert "Your limit of 1,500 tokens" in latest.failure
    assert interviewer.judged == []


def test_limit_does_not_concern_an_interviewer_that_costs_nothing() -> None:
    interviewing = an_interviewing(interviewer=_paid())
    interview = _begun(interviewing, token_cap=USAGE.total)
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    free = _after(interviewing, interviewers=OneInterviewer(ScriptedInterviewer()))
    free.switch_interviewer(ALICE, interview.id, BUILT_IN_CHOICE)
    assert free.interview(ALICE, interview.id).phase is Phase.FEEDBACK


def test_failed_judgements_count_towards_the_limit() -> None:
    error = ModelError(ModelFault.MALFORMED, "OpenAI", usage=USAGE)
    interviewing = an_interviewing(interviewer=FailingInterviewer(error))
    interview = interviewing.start_interview(ALICE, a_setup())
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    interviewing.retry_evaluation(ALICE, interview.id, 1, 1)
    assert interviewing.interview(ALICE, interview.id).tokens_used == 2 * USAGE.total


def test_missing_key_is_told_as_the_failure() -> None:
    error = KeyMissingError("OpenAI")
    interviewers = OneInterviewer(ScriptedInterviewer(), error)
    interviewing = an_interviewing(interviewers=interviewers)
    interview = interviewing.start_interview(ALICE, a_setup())
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    latest = interviewing.interview(ALICE, interview.id).current.latest
    assert latest is not None
    assert (latest.status, latest.failure) == (EvaluationStatus.FAILED, str(error))


class _DeletingInterviewer(ScriptedInterviewer):
    """Has the interview deleted while it works, and then does what it is told."""

    def __init__(self, then: Exception | None) -> None:
        super().__init__(is_paid=True)
        self.delete: Callable[[], None] = lambda: None
        self._then = then

    def evaluate(self, judging: Judging, watch: Watch) -> Evaluation:
        self.delete()
        if self._then:
            raise self._then
        return super().evaluate(judging, watch)


@pytest.mark.parametrize("then", [None, BROKEN, RuntimeError("a fault of our own")], ids=str)
def test_outcome_for_an_interview_deleted_meanwhile_is_dropped(then: Exception | None) -> None:
    interviewer, jobs = _DeletingInterviewer(then), IdleJobs()
    interviewing = an_interviewing(interviewer=interviewer, jobs=jobs)
    interview = interviewing.start_interview(ALICE, a_setup())
    interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    interviewer.delete = lambda: interviewing.delete_interview(ALICE, interview.id)
    jobs.work_off()
    assert interviewing.interviews(ALICE) == ()


def test_what_is_due_is_named_once_each() -> None:
    interviewing = an_interviewing(interviewer=_paid(), jobs=IdleJobs())
    interview = interviewing.begin_without_plan(ALICE, _begun(interviewing).id)
    interview = interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    assert due(interview) == (
        WorkKey(interview.id, 1, 1),
        WorkKey(interview.id, kind=WorkKind.PLAN),
    )
