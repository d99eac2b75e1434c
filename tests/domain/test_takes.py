"""Recordings towards an answer, in the interview as a value."""

from core.domain.interview import Phase
from tests.builders import ANSWER, NOW, a_started_interview, an_answered_interview
from tests.speaking_doubles import a_take


def test_take_stands_with_the_open_question() -> None:
    assert a_started_interview().record_take(1, a_take()).current.takes == (a_take(),)


def test_same_recording_is_kept_once() -> None:
    once = a_started_interview().record_take(1, a_take())
    assert once.record_take(1, a_take("heard otherwise")) == once


def test_submitting_moves_the_takes_into_the_attempt() -> None:
    spoken = a_started_interview().record_take(1, a_take())
    answered = spoken.submit_answer(1, "What I made of it.", NOW)
    assert answered.current.takes == ()
    assert answered.current.attempts[0].takes == (a_take(),)
    assert answered.current.attempts[0].answer == "What I made of it."


def test_typed_answer_has_no_takes() -> None:
    assert an_answered_interview().current.attempts[0].takes == ()


def test_take_that_comes_after_the_answer_changes_nothing() -> None:
    answered = a_started_interview().submit_answer(1, ANSWER, NOW)
    assert answered.phase is Phase.PROCESSING
    assert answered.record_take(1, a_take()) == answered


def test_take_for_another_question_changes_nothing() -> None:
    interview = a_started_interview()
    assert interview.record_take(2, a_take()) == interview


def test_skipped_question_keeps_what_was_heard() -> None:
    skipped = a_started_interview().record_take(1, a_take()).skip(1)
    assert skipped.current.takes == (a_take(),)
