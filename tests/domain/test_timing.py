from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.interview import Interview
from core.domain.interview_setup import TimeLimits
from core.domain.timing import (
    MOST_COUNTED_SECONDS,
    answer_seconds,
    is_time_over,
    seconds_left,
    used_seconds,
)
from tests.builders import NOW, a_setup, a_started_interview, an_evaluation


def _at(seconds: float) -> "timedelta":
    return timedelta(seconds=seconds)


def _limited(question: int = 0, interview: int = 0) -> Interview:
    return a_started_interview(setup=a_setup(limits=TimeLimits(question, interview)))


def _on_second_question(
    interview: Interview, answered_after: float, asked_after: float
) -> Interview:
    """The opener answered and the second question asked, so many seconds after the start."""
    return (
        interview.submit_answer(1, "An answer.", NOW + _at(answered_after))
        .record_evaluation(1, 1, an_evaluation())
        .continue_()
        .ask(interview.plan.questions[0], "Because.", NOW + _at(asked_after))
    )


def test_time_of_an_open_question_counts_up_to_now() -> None:
    assert used_seconds(a_started_interview(), NOW + _at(40)) == 40


def test_reading_the_feedback_does_not_count() -> None:
    interview = _on_second_question(a_started_interview(), answered_after=30, asked_after=500)
    assert used_seconds(interview, NOW + _at(510)) == 30 + 10


def test_skipped_question_counts_until_the_next_was_asked() -> None:
    interview = a_started_interview()
    skipped = interview.skip(1).ask(interview.plan.questions[0], "Because.", NOW + _at(20))
    assert used_seconds(skipped, NOW + _at(25)) == 25


def test_time_stops_at_the_end() -> None:
    finished = a_started_interview().finish(NOW + _at(30))
    assert used_seconds(finished, NOW + _at(3600)) == 30


def test_question_left_open_overnight_counts_for_a_quarter_of_an_hour() -> None:
    assert used_seconds(a_started_interview(), NOW + _at(12 * 3600)) == MOST_COUNTED_SECONDS


@given(st.floats(min_value=-1e7, max_value=1e7))
def test_no_jump_of_the_clock_makes_time_negative_or_endless(jump: float) -> None:
    assert 0 <= used_seconds(a_started_interview(), NOW + _at(jump)) <= MOST_COUNTED_SECONDS


def test_question_has_its_limit_at_the_start() -> None:
    assert seconds_left(_limited(question=60), NOW) == 60


def test_time_left_turns_negative_when_it_is_over() -> None:
    assert seconds_left(_limited(question=60), NOW + _at(75)) == -15


def test_smaller_of_both_limits_counts() -> None:
    interview = _on_second_question(_limited(120, 100), answered_after=70, asked_after=80)
    assert seconds_left(interview, NOW + _at(90)) == 100 - 70 - 10


def test_without_limits_nothing_is_counted_down() -> None:
    assert seconds_left(_limited(), NOW + _at(5)) is None


def test_clock_set_back_gives_no_more_than_the_limit() -> None:
    assert seconds_left(_limited(question=60), NOW - _at(3600)) == 60


def test_further_attempt_has_no_limit() -> None:
    judged = (
        _limited(question=60)
        .submit_answer(1, "An answer.", NOW)
        .record_evaluation(1, 1, an_evaluation())
    )
    assert seconds_left(judged.try_again(), NOW + _at(5)) is None


@pytest.mark.parametrize(("after", "expected"), [(59, False), (60, True), (3600, True)])
def test_interview_is_over_when_its_time_is_used_up(after: float, *, expected: bool) -> None:
    assert is_time_over(_limited(interview=60), NOW + _at(after)) is expected


def test_interview_without_a_limit_is_never_over() -> None:
    assert not is_time_over(_limited(question=20), NOW + _at(86400))


def test_answer_took_from_its_question_to_the_first_attempt() -> None:
    answered = a_started_interview().submit_answer(1, "An answer.", NOW + _at(42))
    assert answer_seconds(answered.turn_at(1)) == 42


def test_unanswered_question_took_no_time() -> None:
    assert answer_seconds(a_started_interview().turn_at(1)) is None
