import pytest

from core.domain.adaptivity import choose_next
from core.domain.errors import InvalidInputError
from core.domain.interview import Interview
from core.domain.question import Origin
from core.domain.repeating import asked_questions, plan_again, weak_questions
from tests.builders import (
    NOW,
    a_question,
    a_started_interview,
    an_evaluation,
    an_interview,
)


def _held(*scores: float | None) -> Interview:
    """Questions `q0`, `q1` … with these scores, None for one that was skipped; then a follow-up."""
    interview = a_started_interview()
    for number, score in enumerate(scores):
        position = interview.current.position
        if score is None:
            interview = interview.skip(position)
        else:
            interview = interview.submit_answer(position, f"Answer {number}.", NOW)
            interview = interview.record_evaluation(position, 1, an_evaluation(score)).continue_()
        interview = interview.ask(a_question(f"q{number + 1}"), "Because.", NOW)
    return interview.skip(interview.current.position).finish(NOW)


def test_skipped_and_low_answers_are_weak_and_solid_ones_are_not() -> None:
    weak = weak_questions(_held(90, 40, None, 65).turns)
    assert [question.id for question in weak] == ["q1", "q2", "q4"]


def test_follow_up_is_not_asked_alone() -> None:
    interview = a_started_interview().skip(1)
    probe = a_question("probe", origin=Origin.FOLLOW_UP, parent_id="opener")
    interview = interview.ask(probe, "Because.", NOW).skip(2).finish(NOW)
    assert [question.id for question in weak_questions(interview.turns)] == ["opener"]


def test_answer_without_a_score_is_not_weak() -> None:
    interview = a_started_interview().submit_answer(1, "An answer.", NOW)
    failed = interview.record_failure(1, 1, "It broke.").go_on_unscored().finish(NOW)
    assert weak_questions(failed.turns) == ()


def test_fixed_plan_is_asked_in_its_order_whatever_the_scores() -> None:
    earlier = _held(90, 20, 80)
    setup, plan = plan_again(earlier, asked_questions(earlier))
    interview = an_interview(setup=setup, plan=plan).start("Again.", NOW)
    asked = [interview.current.question.id]
    for _ in range(3):
        interview = interview.skip(interview.current.position)
        choice = choose_next(interview)
        assert choice is not None
        interview = interview.ask(choice.question, choice.reason, NOW)
        asked.append(choice.question.id)
    assert asked == ["opener", "q1", "q2", "q3"]


def test_nothing_weak_cannot_be_repeated() -> None:
    with pytest.raises(InvalidInputError, match="no question to ask again"):
        plan_again(_held(90), ())
