"""A judged answer is judged once more: what the candidate asks for, and what becomes of it."""

from dataclasses import replace

import pytest

from core.domain.attempt import Attempt, EvaluationStatus
from core.domain.errors import InvalidInputError
from core.domain.interview import Interview, Phase
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Usage
from core.domain.report import build_report
from core.domain.second_look import MAX_REASON_CHARACTERS, SAME_BY_RULE, TWICE_JUDGED
from tests.builders import (
    NOW,
    a_judged_interview,
    a_question,
    a_started_interview,
    a_void_evaluation,
    an_answered_interview,
    an_evaluation,
)
from tests.known_providers import OPENAI

_AI = InterviewerChoice(OPENAI, "a-model")
_FIRST = an_evaluation(40.0)
_SECOND = an_evaluation(70.0)


def _judged(phase: Phase = Phase.FEEDBACK) -> Interview:
    """An AI's interview in some phase, whose opener is judged."""
    feedback = a_judged_interview(_FIRST, interviewer=_AI)
    asked = feedback.continue_().ask(a_question("second"), "Because.", NOW)
    return {
        Phase.FEEDBACK: feedback,
        Phase.NEXT_QUESTION: feedback.continue_(),
        Phase.LISTENING: asked,
        Phase.PROCESSING: asked.submit_answer(2, "An answer.", NOW),
        Phase.COMPLETE: feedback.finish(NOW),
        Phase.ABANDONED: feedback.abandon(NOW),
    }[phase]


def _attempt(interview: Interview) -> Attempt:
    return interview.turn_at(1).attempts[0]


def _disputed(reason: str = "It was right.") -> Interview:
    return _judged().dispute(1, 1, reason)


@pytest.mark.parametrize("phase", sorted(set(Phase) - {Phase.IDLE}))
def test_dispute_leaves_the_phase_as_it_is(phase: Phase) -> None:
    disputed = _judged(phase).dispute(1, 1, "It was right.")
    assert disputed.phase is phase
    assert disputed.record_evaluation(1, 1, _SECOND).phase is phase


def test_first_judgement_is_shown_until_the_second_has_come() -> None:
    attempt = _attempt(_disputed())
    assert (attempt.status, attempt.evaluation) == (EvaluationStatus.PENDING, _FIRST)
    assert attempt.is_second_look_pending


def test_both_judgements_are_kept_the_newest_first() -> None:
    attempt = _attempt(_disputed().record_evaluation(1, 1, _SECOND))
    assert attempt.status is EvaluationStatus.DONE
    assert attempt.judgements == (_SECOND, _FIRST)


def test_second_judgement_counts() -> None:
    assert _disputed().record_evaluation(1, 1, _SECOND).turn_at(1).overall == 70


def test_reason_is_kept_without_surrounding_space_and_within_its_limit() -> None:
    look = _attempt(_disputed("  " + "a" * 3000)).second_look
    assert look is not None
    assert look.reason == "a" * MAX_REASON_CHARACTERS


def test_failed_second_judgement_leaves_the_first_standing() -> None:
    attempt = _attempt(_disputed().record_failure(1, 1, "It broke."))
    assert (attempt.status, attempt.evaluation) == (EvaluationStatus.DONE, _FIRST)
    assert attempt.second_look is not None
    assert (attempt.second_look.failure, attempt.failure) == ("It broke.", "")


def test_second_judgement_that_assesses_nothing_leaves_the_first_and_its_cost() -> None:
    void = replace(a_void_evaluation(), usage=Usage(100, 0, 20))
    interview = _disputed().record_evaluation(1, 1, void)
    assert (_attempt(interview).evaluation, interview.tokens_used) == (_FIRST, 120)


def test_void_judgement_can_be_looked_at_again() -> None:
    interview = a_judged_interview(a_void_evaluation(), interviewer=_AI).dispute(1, 1)
    assert interview.record_evaluation(1, 1, _SECOND).turn_at(1).overall == 70


def test_void_judgement_stands_when_the_second_fails() -> None:
    interview = a_judged_interview(a_void_evaluation(), interviewer=_AI).dispute(1, 1)
    attempt = _attempt(interview.record_failure(1, 1, "It broke."))
    assert (attempt.status, attempt.failure) == (EvaluationStatus.VOID, "")


def test_tokens_of_both_judgements_count() -> None:
    first, second = (replace(e, usage=Usage(100, 0, 20)) for e in (_FIRST, _SECOND))
    judged = a_judged_interview(first, interviewer=_AI).dispute(1, 1)
    assert judged.tokens_used == 120
    assert judged.record_evaluation(1, 1, second).tokens_used == 240


def test_asking_twice_changes_nothing_more() -> None:
    assert _disputed("One.").dispute(1, 1, "Two.") == _disputed("One.")


def test_answer_is_judged_at_most_twice() -> None:
    twice = _disputed().record_evaluation(1, 1, _SECOND)
    with pytest.raises(InvalidInputError, match=TWICE_JUDGED):
        twice.dispute(1, 1, "Once more.")


def test_second_look_that_failed_may_be_asked_for_again() -> None:
    failed = _disputed().record_failure(1, 1, "It broke.")
    assert _attempt(failed.dispute(1, 1)).is_second_look_pending


def test_built_in_interviewer_refuses_with_the_reason() -> None:
    with pytest.raises(InvalidInputError, match="fixed rules") as refused:
        a_judged_interview().dispute(1, 1, "It was right.")
    assert str(refused.value) == SAME_BY_RULE


@pytest.mark.parametrize(
    "interview",
    [
        an_answered_interview(interviewer=_AI),
        an_answered_interview(interviewer=_AI).record_failure(1, 1, "It broke."),
        a_started_interview(interviewer=_AI),
    ],
)
def test_answer_without_a_judgement_cannot_be_looked_at_again(interview: Interview) -> None:
    with pytest.raises(InvalidInputError):
        interview.dispute(1, 1)


def test_report_keeps_the_score_of_an_answer_that_is_judged_once_more() -> None:
    report = build_report(_judged(Phase.COMPLETE).dispute(1, 1))
    assert (report.judged, report.pending) == (1, 0)


# --- the candidate's own rating -----------------------------------------------------------------


@pytest.mark.parametrize("interview", [an_answered_interview(), a_judged_interview().finish(NOW)])
def test_answer_can_be_rated_as_soon_as_it_is_in(interview: Interview) -> None:
    rated = interview.rate_self(1, 1, 4)
    assert (_attempt(rated).self_rating, rated.phase) == (4, interview.phase)


def test_first_rating_stays() -> None:
    assert _attempt(an_answered_interview().rate_self(1, 1, 4).rate_self(1, 1, 2)).self_rating == 4


@pytest.mark.parametrize("rating", [-1, 0, 6])
def test_rating_out_of_bounds_is_refused(rating: int) -> None:
    with pytest.raises(InvalidInputError):
        an_answered_interview().rate_self(1, 1, rating)


def test_question_without_an_answer_cannot_be_rated() -> None:
    with pytest.raises(InvalidInputError):
        a_started_interview().rate_self(1, 1, 3)


def test_rating_outlives_the_judgement() -> None:
    rated = an_answered_interview().rate_self(1, 1, 4).record_evaluation(1, 1, _FIRST)
    assert _attempt(rated).self_rating == 4


# --- the best attempt ---------------------------------------------------------------------------


def _with_attempts(*scores: float | None) -> Interview:
    """An interview with attempts at its opener of these scores; None is a void one."""
    interview = a_started_interview()
    for number, score in enumerate(scores, 1):
        answered = interview.submit_answer(1, f"Attempt {number}.", NOW)
        evaluation = a_void_evaluation() if score is None else an_evaluation(score)
        interview = answered.record_evaluation(1, number, evaluation).try_again()
    return interview


@pytest.mark.parametrize(
    ("scores", "best"), [((40, 70), 2), ((70, 40), 1), ((50, 50), 2), ((40, None), 1)]
)
def test_best_attempt_has_the_highest_score_and_is_the_newest_of_equals(
    scores: tuple[float | None, ...], best: int
) -> None:
    found = _with_attempts(*scores).turn_at(1).best
    assert found is not None
    assert found.number == best


def test_without_a_score_no_attempt_is_best() -> None:
    assert _with_attempts(None).turn_at(1).best is None
