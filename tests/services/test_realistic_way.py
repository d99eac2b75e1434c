"""One question after the other, judged behind, all feedback at the end."""

from typing import Any

import pytest

from core.domain.attempt import EvaluationStatus
from core.domain.errors import EvaluationError, InvalidInputError
from core.domain.evaluation import Evaluation, KeyPointFinding
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import TimeLimits, Way
from core.domain.question import Origin, Question
from core.domain.report import build_report
from core.ports import Jobs
from core.services.interviewing import Interviewing
from tests.builders import ALICE, a_plan, a_question, a_setup, an_evaluation, findings
from tests.doubles import (
    FailingInterviewer,
    FrozenClock,
    IdleJobs,
    InlineJobs,
    MemoryStore,
    ScriptedInterviewer,
)
from tests.services.application import an_interviewing

_ANSWER = "I would measure first, because guessing costs time."


def _interviewing(
    score: float = 60.0,
    key_points: tuple[KeyPointFinding, ...] = (),
    jobs: Jobs | None = None,
    **parts: Any,
) -> Interviewing:
    def glance(_question: Question, _answer: str) -> Evaluation:
        return an_evaluation(score, key_points=key_points)

    return an_interviewing(jobs=jobs or IdleJobs(), **({"glance": glance} | parts))


def _started(interviewing: Interviewing, **setup: Any) -> Interview:
    return interviewing.start_interview(ALICE, a_setup(way=Way.REALISTIC, **setup))


def _submit(interviewing: Interviewing, interview: Interview, answer: str = _ANSWER) -> Interview:
    return interviewing.submit_answer(ALICE, interview.id, interview.current.position, answer)


def test_next_question_is_there_before_the_judgement() -> None:
    interviewing = _interviewing()
    interview = _submit(interviewing, _started(interviewing))
    assert (interview.phase, interview.current.position) == (Phase.LISTENING, 2)
    assert interview.turn_at(1).evaluation is None


def test_answer_left_behind_is_still_judged() -> None:
    interviewing = _interviewing(jobs=InlineJobs())
    interview = _submit(interviewing, _started(interviewing))
    judged = interviewing.interview(ALICE, interview.id)
    assert judged.turn_at(1).evaluation == an_evaluation()
    assert judged.phase is Phase.LISTENING


def test_no_feedback_phase_comes_when_the_judgement_is_quicker_than_the_next_question() -> None:
    interview = _started(_interviewing()).submit_answer(1, _ANSWER, FrozenClock().now())
    assert interview.record_evaluation(1, 1, an_evaluation()).phase is Phase.NEXT_QUESTION


def test_strong_impression_makes_the_next_question_harder() -> None:
    def second_difficulty(score: float) -> int:
        interviewing = _interviewing(score)
        interview = _started(interviewing, length=8)
        for _ in range(2):
            interview = _submit(interviewing, interview)
        return interview.current.question.difficulty

    assert second_difficulty(90) > second_difficulty(10)


def test_impression_that_shows_a_gap_is_probed() -> None:
    plan = a_plan(questions=(a_question(competency="databases"),))
    interviewing = _interviewing(
        60.0, findings(missing=("index",)), interviewer=ScriptedInterviewer(plan=plan)
    )
    interview = _started(interviewing)
    for _ in range(2):
        interview = _submit(interviewing, interview)
    assert interview.current.question.origin is Origin.FOLLOW_UP


def test_reasons_tell_neither_the_score_nor_the_point_to_be_made() -> None:
    plan = a_plan(questions=(a_question(competency="databases"), *a_plan().questions))
    interviewing = _interviewing(
        63.0, findings(missing=("index",)), interviewer=ScriptedInterviewer(plan=plan)
    )
    interview = _started(interviewing, length=6)
    for _ in range(5):
        interview = _submit(interviewing, interview)
    reasons = " ".join(turn.reason for turn in interview.turns)
    assert "63" not in reasons
    assert all(point.text not in reasons for point in a_question().key_points)


def test_glance_that_fails_does_not_stop_the_interview() -> None:
    def failing(_question: Question, _answer: str) -> Evaluation:
        message = "no judgement"
        raise EvaluationError(message)

    interviewing = _interviewing(glance=failing)
    interview = _submit(interviewing, _started(interviewing))
    assert (interview.phase, interview.current.position) == (Phase.LISTENING, 2)


def test_answer_stored_before_a_crash_leads_on_after_it() -> None:
    store = MemoryStore()
    interviewing = _interviewing(store=store)
    interview = _started(interviewing)
    stopped = store.change_interview(
        ALICE, interview.id, lambda i: i.submit_answer(1, _ANSWER, FrozenClock().now())
    )
    assert stopped.phase is Phase.PROCESSING
    assert interviewing.go_on_at_once(ALICE, stopped).phase is Phase.LISTENING


def test_going_on_repeated_asks_one_question() -> None:
    store = MemoryStore()
    interviewing = _interviewing(store=store)
    interview = _started(interviewing)
    stopped = store.change_interview(
        ALICE, interview.id, lambda i: i.submit_answer(1, _ANSWER, FrozenClock().now())
    )
    interviewing.go_on_at_once(ALICE, stopped)
    assert len(interviewing.go_on_at_once(ALICE, stopped).turns) == 2


def test_same_answer_sent_twice_is_one_answer() -> None:
    interviewing = _interviewing()
    interview = _started(interviewing)
    _submit(interviewing, interview)
    again = _submit(interviewing, interview)
    assert [len(turn.attempts) for turn in again.turns] == [1, 0]


def test_judgement_that_failed_behind_can_be_retried_after_the_end() -> None:
    interviewer = FailingInterviewer()
    interviewing = _interviewing(interviewer=interviewer, jobs=InlineJobs())
    interview = _submit(interviewing, _started(interviewing))
    finished = interviewing.finish_interview(ALICE, interview.id)
    assert _status(finished) is EvaluationStatus.FAILED
    repaired = _interviewing(store=interviewing.store, jobs=InlineJobs())
    repaired.retry_evaluation(ALICE, interview.id, 1, 1)
    assert _status(repaired.interview(ALICE, interview.id)) is EvaluationStatus.DONE


def test_report_says_what_is_still_being_judged() -> None:
    interviewing = _interviewing()
    interview = _submit(interviewing, _started(interviewing))
    report = build_report(interviewing.finish_interview(ALICE, interview.id))
    assert (report.pending, report.judged) == (1, 0)


def test_used_up_time_brings_the_closing_question() -> None:
    clock = FrozenClock()
    interviewing = _interviewing(clock=clock)
    interview = _started(interviewing, limits=TimeLimits(0, 120))
    clock.advance(121)
    assert _submit(interviewing, interview).current.question.origin is Origin.CLOSING


def test_answer_given_after_the_time_is_kept() -> None:
    clock = FrozenClock()
    interviewing = _interviewing(clock=clock)
    interview = _started(interviewing, limits=TimeLimits(20, 120))
    clock.advance(500)
    latest = _submit(interviewing, interview).turn_at(1).latest
    assert latest is not None
    assert latest.answer == _ANSWER


@pytest.mark.parametrize("limits", [TimeLimits(5, 0), TimeLimits(0, 5), TimeLimits(-60, 0)])
def test_limit_that_no_one_can_keep_is_refused(limits: TimeLimits) -> None:
    with pytest.raises(InvalidInputError, match="20 seconds"):
        _started(_interviewing(), limits=limits)


def test_next_question_comes_with_a_reaction() -> None:
    interviewing = _interviewing()
    assert _submit(interviewing, _started(interviewing)).current.reaction


def _status(interview: Interview) -> EvaluationStatus:
    latest = interview.turn_at(1).latest
    assert latest is not None
    return latest.status
