from collections.abc import Callable
from dataclasses import replace

import pytest

from core.domain.attempt import MAX_ANSWER_CHARACTERS, EvaluationStatus
from core.domain.errors import (
    AnswerConflictError,
    InterviewError,
    InvalidInputError,
    InvalidTransitionError,
)
from core.domain.interview import Interview, Phase
from core.domain.naming import MAX_NAME_CHARACTERS
from tests.builders import (
    NOW,
    a_closing,
    a_judged_interview,
    a_question,
    a_started_interview,
    a_void_evaluation,
    an_answered_interview,
    an_evaluation,
    an_interview,
)

_SECOND = a_question("second")


def _in_phase(phase: Phase) -> Interview:
    """An interview in `phase`; in every phase but IDLE its opener is answered and judged."""
    listening = a_judged_interview().continue_().ask(_SECOND, "Because.", NOW)
    processing = listening.submit_answer(2, "An answer.", NOW)
    feedback = processing.record_evaluation(2, 1, an_evaluation())
    return {
        Phase.IDLE: an_interview(),
        Phase.LISTENING: listening,
        Phase.PROCESSING: processing,
        Phase.FEEDBACK: feedback,
        Phase.NEXT_QUESTION: feedback.continue_(),
        Phase.COMPLETE: feedback.finish(NOW),
        Phase.ABANDONED: feedback.abandon(NOW),
    }[phase]


_P = Phase
_EVENTS: dict[str, tuple[Callable[[Interview], Interview], dict[Phase, Phase]]] = {
    # event: what happens, and where it leads from the phases that allow it
    "start": (lambda i: i.start("Because.", NOW), {_P.IDLE: _P.LISTENING}),
    "submit": (
        lambda i: i.submit_answer(2, "A new answer.", NOW),
        {_P.LISTENING: _P.PROCESSING},
    ),
    "skip": (
        lambda i: i.skip(2),
        {_P.LISTENING: _P.NEXT_QUESTION, _P.NEXT_QUESTION: _P.NEXT_QUESTION},
    ),
    "use hint": (lambda i: i.use_hint(2), {_P.LISTENING: _P.LISTENING}),
    "awaited evaluation": (
        lambda i: i.record_evaluation(2, 1, an_evaluation()),
        {
            _P.PROCESSING: _P.FEEDBACK,
            _P.FEEDBACK: _P.FEEDBACK,
            _P.NEXT_QUESTION: _P.NEXT_QUESTION,
            _P.COMPLETE: _P.COMPLETE,
            _P.ABANDONED: _P.ABANDONED,
        },
    ),
    "late evaluation": (
        lambda i: i.record_evaluation(1, 1, an_evaluation(90.0)),
        {phase: phase for phase in Phase if phase is not _P.IDLE},
    ),
    "awaited failure": (
        lambda i: i.record_failure(2, 1, "It broke."),
        {_P.PROCESSING: _P.PROCESSING},
    ),
    "go on unscored": (Interview.go_on_unscored, {_P.PROCESSING: _P.NEXT_QUESTION}),
    "continue": (Interview.continue_, {_P.FEEDBACK: _P.NEXT_QUESTION}),
    "try again": (Interview.try_again, {_P.FEEDBACK: _P.LISTENING}),
    "ask": (
        lambda i: i.ask(a_question("third"), "Because.", NOW),
        {_P.NEXT_QUESTION: _P.LISTENING},
    ),
    "finish": (
        lambda i: i.finish(NOW),
        dict.fromkeys((_P.LISTENING, _P.PROCESSING, _P.FEEDBACK, _P.NEXT_QUESTION), _P.COMPLETE),
    ),
    "abandon": (
        lambda i: i.abandon(NOW),
        dict.fromkeys((_P.LISTENING, _P.PROCESSING, _P.FEEDBACK, _P.NEXT_QUESTION), _P.ABANDONED),
    ),
}
_CELLS = [(event, phase) for event in _EVENTS for phase in Phase]
_NOT_OF_THE_PHASE = {
    # An attempt that does not exist yet, what is learned about one that is judged already, and another
    # answer where one is stored.
    ("awaited evaluation", _P.LISTENING),
    *(("submit", phase) for phase in Phase if phase not in (_P.IDLE, _P.LISTENING)),
    *(("awaited failure", phase) for phase in Phase if phase not in (_P.IDLE, _P.PROCESSING)),
}


@pytest.mark.parametrize(
    ("event", "phase"), [cell for cell in _CELLS if cell[1] in _EVENTS[cell[0]][1]]
)
def test_event_leads_to_the_phase_of_the_table(event: str, phase: Phase) -> None:
    happen, targets = _EVENTS[event]
    assert happen(_in_phase(phase)).phase is targets[phase]


@pytest.mark.parametrize(
    ("event", "phase"),
    [
        cell
        for cell in _CELLS
        if cell[1] not in _EVENTS[cell[0]][1] and cell not in _NOT_OF_THE_PHASE
    ],
)
def test_event_outside_its_phases_is_refused(event: str, phase: Phase) -> None:
    with pytest.raises(InvalidTransitionError) as refused:
        _EVENTS[event][0](_in_phase(phase))
    assert refused.value.phase == phase


@pytest.mark.parametrize("phase", [Phase.COMPLETE, Phase.ABANDONED])
@pytest.mark.parametrize("event", _EVENTS)
def test_nothing_leads_out_of_an_interview_that_is_over(event: str, phase: Phase) -> None:
    over = _in_phase(phase)
    try:
        changed = _EVENTS[event][0](over)
    except InterviewError:
        return
    assert changed.phase is phase


@pytest.mark.parametrize("phase", Phase)
def test_is_over_only_when_complete_or_abandoned(phase: Phase) -> None:
    assert _in_phase(phase).is_over == (phase in (Phase.COMPLETE, Phase.ABANDONED))


# --- starting and asking ------------------------------------------------------------------------


def test_answer_before_start_is_refused() -> None:
    with pytest.raises(InvalidTransitionError):
        an_interview().submit_answer(1, "An answer.", NOW)


def test_start_asks_the_opener_of_the_plan() -> None:
    interview = an_interview()
    assert interview.start("Because.", NOW).current.question == interview.plan.opener


def test_asked_question_keeps_its_reason() -> None:
    listening = _in_phase(Phase.NEXT_QUESTION).ask(a_question("third"), "It was missed.", NOW)
    assert listening.current.reason == "It was missed."


def test_positions_count_from_one() -> None:
    assert [turn.position for turn in _in_phase(Phase.FEEDBACK).turns] == [1, 2]


def test_current_question_before_start_is_refused() -> None:
    with pytest.raises(InvalidTransitionError):
        _ = an_interview().current


@pytest.mark.parametrize("position", [-1, 0, 3])
def test_position_without_a_question_is_refused(position: int) -> None:
    with pytest.raises(InvalidInputError):
        _in_phase(Phase.LISTENING).turn_at(position)


def test_closing_question_is_not_among_the_scored_turns() -> None:
    asked = _in_phase(Phase.NEXT_QUESTION).ask(a_closing(), "The end.", NOW)
    assert [turn.question.id for turn in asked.scored_turns] == ["opener", "second"]


# --- answering ----------------------------------------------------------------------------------


def test_submitted_answer_is_kept_and_pending() -> None:
    attempt = an_answered_interview("I measure first.").turn_at(1).attempts[0]
    assert (attempt.answer, attempt.status) == ("I measure first.", EvaluationStatus.PENDING)


def test_space_around_an_answer_is_dropped() -> None:
    assert an_answered_interview("  Yes, twice.\n").turn_at(1).attempts[0].answer == "Yes, twice."


@pytest.mark.parametrize("answer", ["", "   ", "\n\t", "\0", " \0 "])
def test_empty_answer_is_refused(answer: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        a_started_interview().submit_answer(1, answer, NOW)
    assert refused.value.field == "answer"


def test_longest_answer_is_kept_whole() -> None:
    answer = "a" * MAX_ANSWER_CHARACTERS
    assert an_answered_interview(answer).turn_at(1).attempts[0].answer == answer


def test_longer_than_the_longest_answer_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        an_answered_interview("a" * (MAX_ANSWER_CHARACTERS + 1))


def test_same_answer_again_changes_nothing() -> None:
    answered = an_answered_interview("I measure first.")
    assert answered.submit_answer(1, " I measure first. ", NOW) == answered


def test_same_answer_again_changes_nothing_once_the_next_question_is_asked() -> None:
    listening = _in_phase(Phase.LISTENING)
    answer = listening.turn_at(1).attempts[0].answer
    assert listening.submit_answer(1, answer, NOW) == listening


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.IDLE])
def test_other_answer_at_an_answered_position_is_a_conflict(phase: Phase) -> None:
    with pytest.raises(AnswerConflictError) as refused:
        _in_phase(phase).submit_answer(1, "A second thought.", NOW)
    assert refused.value.position == 1


@pytest.mark.parametrize("position", [-1, 0, 2, 99])
def test_answer_to_a_question_that_was_not_asked_is_no_conflict(position: int) -> None:
    with pytest.raises(InvalidInputError) as refused:
        a_started_interview().submit_answer(position, "An answer.", NOW)
    assert refused.value.field == "position"


def test_answer_to_a_question_that_was_open_at_the_end_comes_too_late() -> None:
    with pytest.raises(InvalidTransitionError):
        a_started_interview().finish(NOW).submit_answer(1, "An answer.", NOW)


def test_answer_to_a_skipped_question_is_told_that_it_was_skipped() -> None:
    skipped = a_started_interview().skip(1).ask(_SECOND, "Because.", NOW)
    with pytest.raises(InvalidInputError, match="was skipped"):
        skipped.submit_answer(1, "An answer.", NOW)


@pytest.mark.parametrize(
    ("answer", "kept"), [("a\ud800b", "a?b"), ("a\0b", "ab"), ("\U0001f642", "\U0001f642")]
)
def test_answer_is_kept_without_what_no_database_takes(answer: str, kept: str) -> None:
    assert an_answered_interview(answer).turn_at(1).attempts[0].answer == kept


def test_answer_to_the_closing_question_needs_no_judgement() -> None:
    closing = _in_phase(Phase.NEXT_QUESTION).ask(a_closing(), "The end.", NOW)
    said = closing.submit_answer(3, "How large is the team?", NOW)
    assert (said.phase, said.current.attempts[0].status) == (
        Phase.NEXT_QUESTION,
        EvaluationStatus.VOID,
    )


# --- skipping and hints -------------------------------------------------------------------------


def test_skipped_question_says_so() -> None:
    assert a_started_interview().skip(1).turn_at(1).is_skipped


def test_skip_repeated_changes_nothing() -> None:
    skipped = a_started_interview().skip(1)
    assert skipped.skip(1) == skipped


def test_skip_repeated_changes_nothing_once_the_next_question_is_asked() -> None:
    listening = a_started_interview().skip(1).ask(_SECOND, "Because.", NOW)
    assert listening.skip(1) == listening


def test_skip_of_an_earlier_answered_question_changes_nothing() -> None:
    listening = _in_phase(Phase.LISTENING)
    assert listening.skip(1) == listening


@pytest.mark.parametrize("position", [-1, 0, 3])
@pytest.mark.parametrize("phase", [Phase.LISTENING, Phase.NEXT_QUESTION])
def test_skip_of_a_question_that_was_not_asked_is_refused(phase: Phase, position: int) -> None:
    with pytest.raises(InvalidInputError):
        _in_phase(phase).skip(position)


def test_leaving_a_second_attempt_twice_changes_nothing_more() -> None:
    left = a_judged_interview().try_again().skip(1).ask(_SECOND, "Because.", NOW)
    assert left.skip(1) == left


def test_leaving_a_second_attempt_does_not_make_an_answered_question_skipped() -> None:
    left = a_judged_interview().try_again().skip(1)
    assert not left.turn_at(1).is_skipped


def test_used_hint_is_noted() -> None:
    assert a_started_interview().use_hint(1).turn_at(1).is_hint_used


def test_hint_used_twice_changes_nothing_more() -> None:
    noted = a_started_interview().use_hint(1)
    assert noted.use_hint(1) == noted


@pytest.mark.parametrize("position", [0, 1, 3])
def test_hint_of_another_question_than_the_current_one_is_not_noted(position: int) -> None:
    with pytest.raises(InvalidInputError):
        _in_phase(Phase.LISTENING).use_hint(position)


# --- judgements ---------------------------------------------------------------------------------


def test_evaluation_is_kept_with_its_attempt() -> None:
    assert a_judged_interview(an_evaluation(72.5)).turn_at(1).overall == 72.5


def test_evaluation_without_anything_assessed_is_void() -> None:
    attempt = a_judged_interview(a_void_evaluation()).turn_at(1).attempts[0]
    assert attempt.status is EvaluationStatus.VOID


def test_void_evaluation_carries_no_score() -> None:
    assert a_judged_interview(a_void_evaluation()).turn_at(1).overall is None


def test_failure_keeps_the_answer_and_the_sentence() -> None:
    failed = an_answered_interview("My answer.").record_failure(1, 1, "It broke.")
    attempt = failed.turn_at(1).attempts[0]
    assert (attempt.answer, attempt.status, attempt.failure) == (
        "My answer.",
        EvaluationStatus.FAILED,
        "It broke.",
    )


def test_retry_makes_a_failed_judgement_pending_again() -> None:
    failed = an_answered_interview().record_failure(1, 1, "It broke.")
    attempt = failed.retry_evaluation(1, 1).turn_at(1).attempts[0]
    assert (attempt.status, attempt.failure) == (EvaluationStatus.PENDING, "")


def test_retry_of_a_pending_judgement_changes_nothing() -> None:
    answered = an_answered_interview()
    assert answered.retry_evaluation(1, 1) == answered


def test_retry_of_a_judged_answer_changes_nothing() -> None:
    judged = a_judged_interview()
    assert judged.retry_evaluation(1, 1) == judged


def test_first_judgement_stays_when_a_second_one_arrives() -> None:
    judged = a_judged_interview(an_evaluation(64.0))
    assert judged.record_evaluation(1, 1, an_evaluation(90.0)) == judged


def test_void_judgement_stays_when_a_second_one_arrives() -> None:
    void = a_judged_interview(a_void_evaluation())
    assert void.record_evaluation(1, 1, an_evaluation(90.0)) == void


def test_late_failure_leaves_a_judgement_standing() -> None:
    judged = a_judged_interview(an_evaluation(64.0))
    assert judged.record_failure(1, 1, "It broke.") == judged


def test_evaluation_after_a_failure_clears_the_failure() -> None:
    failed = an_answered_interview().record_failure(1, 1, "It broke.")
    judged = failed.record_evaluation(1, 1, an_evaluation())
    assert (judged.phase, judged.turn_at(1).attempts[0].failure) == (Phase.FEEDBACK, "")


def test_evaluation_of_an_earlier_attempt_does_not_end_the_wait_for_the_newest() -> None:
    second = a_judged_interview().try_again().submit_answer(1, "Better.", NOW)
    assert second.record_evaluation(1, 1, an_evaluation()).phase is Phase.PROCESSING


def test_evaluation_of_an_attempt_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        an_answered_interview().record_evaluation(1, 2, an_evaluation())


def test_evaluation_of_a_question_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        an_answered_interview().record_evaluation(2, 1, an_evaluation())


def test_evaluation_that_arrives_after_the_finish_is_kept() -> None:
    finished = an_answered_interview().finish(NOW)
    assert finished.record_evaluation(1, 1, an_evaluation(64.0)).turn_at(1).overall == 64.0


# --- attempts -----------------------------------------------------------------------------------


def test_new_attempt_keeps_the_earlier_one() -> None:
    second = a_judged_interview().try_again().submit_answer(1, "Better.", NOW)
    first, newest = second.turn_at(1).attempts
    assert (first.number, first.evaluation is not None, newest.number) == (1, True, 2)


def test_newest_attempt_counts() -> None:
    second = a_judged_interview(an_evaluation(40.0)).try_again().submit_answer(1, "Better.", NOW)
    assert second.record_evaluation(1, 2, an_evaluation(80.0)).turn_at(1).overall == 80.0


def test_try_again_repeated_changes_nothing_more() -> None:
    opened = a_judged_interview().try_again()
    assert opened.try_again() == opened


def test_same_text_may_be_a_new_attempt_when_asked_for() -> None:
    judged = a_judged_interview()
    again = judged.try_again().submit_answer(1, judged.turn_at(1).attempts[0].answer, NOW)
    assert len(again.turn_at(1).attempts) == 2


# --- ending -------------------------------------------------------------------------------------


def test_finished_interview_keeps_its_turns_and_its_end() -> None:
    feedback = _in_phase(Phase.FEEDBACK)
    assert feedback.finish(NOW) == replace(feedback, phase=Phase.COMPLETE, finished_at=NOW)


def test_abandoned_interview_keeps_its_turns_and_its_end() -> None:
    feedback = _in_phase(Phase.FEEDBACK)
    assert feedback.abandon(NOW) == replace(feedback, phase=Phase.ABANDONED, finished_at=NOW)


def test_event_changes_a_copy_and_not_the_interview() -> None:
    started = a_started_interview()
    started.submit_answer(1, "An answer.", NOW)
    assert started == a_started_interview()


def test_name_is_kept_in_one_line_and_cut() -> None:
    named = a_started_interview().rename("  Dress\nrehearsal " + "x" * 200)
    assert named.name.startswith("Dress rehearsal x")
    assert len(named.name) == MAX_NAME_CHARACTERS
    assert named.rename(named.name) == named
    assert named.rename(" ").name == ""


def test_same_tag_in_other_letter_case_counts_once_and_order_stays() -> None:
    assert a_started_interview().tag(["b", "A", "a", " ", "B "]).tags == ("b", "A")


def test_too_many_tags_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="up to 8 tags"):
        a_started_interview().tag(str(n) for n in range(9))
