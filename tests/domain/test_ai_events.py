"""What an AI interviewer adds to an interview: planned questions, a report in prose, another interviewer."""

from dataclasses import replace

import pytest

from core.domain.adaptivity import choose_next
from core.domain.errors import InvalidTransitionError
from core.domain.interview import Interview, Phase
from core.domain.interview_plan import InterviewPlan
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import NO_USAGE, Usage
from core.domain.narrative import Narrative
from core.domain.own_questions import MAX_OWN_CHARACTERS, with_own_questions
from core.domain.question import Origin, Question
from core.domain.spending import Spending, expected_spending
from core.domain.work import Work, WorkStatus
from tests.builders import (
    NOW,
    a_judged_interview,
    a_plan,
    a_question,
    a_setup,
    a_started_interview,
    an_answered_interview,
    an_evaluation,
    an_interview,
)
from tests.known_providers import GEMINI

USAGE = Usage(100, 0, 50)
PLANNED = a_question("planned-1", origin=Origin.PLANNED, competency="databases")
NARRATIVE = Narrative("You measure first.")
OWN = ("Why this town?", "What would you build first?")


def _over() -> Interview:
    return a_judged_interview().finish(NOW)


# Planned questions


def test_plan_is_requested_before_the_start_only() -> None:
    assert an_interview().request_plan().planning == Work(WorkStatus.PENDING)
    with pytest.raises(InvalidTransitionError):
        a_started_interview().request_plan()


def test_failed_plan_may_be_requested_again() -> None:
    failed = an_interview().request_plan().end_planning(USAGE, "The line broke.")
    assert failed.planning == Work(WorkStatus.FAILED, "The line broke.")
    assert failed.request_plan().planning == Work(WorkStatus.PENDING)


def test_first_planned_question_becomes_the_opener() -> None:
    interview = an_interview().add_planned(PLANNED)
    assert interview.plan.opener == replace(PLANNED, origin=Origin.OPENER)
    assert interview.plan.questions == a_plan().questions


def test_planned_question_during_the_interview_extends_the_plan() -> None:
    interview = a_started_interview().add_planned(PLANNED)
    assert interview.plan.questions == (*a_plan().questions, PLANNED)


def test_planned_question_that_is_there_already_changes_nothing() -> None:
    interview = an_interview().add_planned(PLANNED).start("It opens.", NOW)
    assert interview.add_planned(PLANNED) == interview


def test_planned_question_that_comes_too_late_changes_nothing() -> None:
    assert _over().add_planned(PLANNED) == _over()


def test_end_of_planning_counts_what_it_took_once() -> None:
    ended = an_interview().request_plan().end_planning(USAGE)
    assert (ended.planning.status, ended.usage) == (WorkStatus.DONE, USAGE)
    assert ended.end_planning(USAGE, "Too late.") == ended


def test_tokens_of_what_failed_count() -> None:
    assert a_started_interview().spend(USAGE).tokens_used == USAGE.total
    assert a_started_interview().spend(NO_USAGE) == a_started_interview()


def test_limit_counts_plan_judgements_and_failures() -> None:
    judged = a_judged_interview(an_evaluation(usage=USAGE), setup=a_setup(token_cap=300))
    assert not judged.is_capped
    assert judged.spend(USAGE).is_capped


def test_interview_knows_that_some_of_its_tokens_are_estimated() -> None:
    judged = a_judged_interview(an_evaluation(usage=Usage(90, 0, 10, is_estimated=True)))
    assert judged.spend(USAGE).whole_usage.is_estimated
    assert not a_started_interview().spend(USAGE).whole_usage.is_estimated


def test_interview_without_a_limit_is_never_capped() -> None:
    assert not a_started_interview().spend(Usage(10**9)).is_capped


# Another interviewer, and the report in prose


def test_switching_changes_nothing_but_who_comes_next() -> None:
    choice = InterviewerChoice(GEMINI, "some-model")
    judged = a_judged_interview()
    assert judged.switch_interviewer(choice) == replace(judged, interviewer=choice)


def test_report_in_prose_is_asked_for_when_the_interview_is_over() -> None:
    assert _over().request_narrative().narration.status is WorkStatus.PENDING
    with pytest.raises(InvalidTransitionError):
        a_judged_interview().request_narrative()


def test_first_report_in_prose_stays() -> None:
    written = _over().request_narrative().record_narrative(NARRATIVE, USAGE)
    assert (written.narrative, written.usage) == (NARRATIVE, USAGE)
    assert written.record_narrative(Narrative("Another one."), USAGE) == written
    assert written.request_narrative() == written
    assert written.fail_narrative("Too late.") == written


def test_failed_report_in_prose_may_be_asked_for_again() -> None:
    failed = _over().request_narrative().fail_narrative("The line broke.")
    assert failed.narration == Work(WorkStatus.FAILED, "The line broke.")
    assert failed.request_narrative().narration.status is WorkStatus.PENDING


# The candidate's own questions


def _asked(plan: InterviewPlan, length: int) -> list[Question]:
    """Every question of an interview in which each answer is left without a score."""
    interview = a_started_interview(plan=plan, setup=a_setup(length=length))
    while not interview.is_over:
        interview = interview.skip(interview.current.position)
        choice = choose_next(interview)
        if choice is None:
            break
        interview = interview.ask(choice.question, choice.reason, NOW)
    return [turn.question for turn in interview.turns]


def test_own_questions_come_at_every_second_place() -> None:
    origins = [q.origin for q in _asked(with_own_questions(a_plan(), OWN), 6)]
    assert [at for at, origin in enumerate(origins) if origin is Origin.OWN] == [2, 4]


@pytest.mark.parametrize("length", [3, 4, 5, 8])
def test_all_own_questions_are_asked_before_the_end(length: int) -> None:
    asked = _asked(with_own_questions(a_plan(), OWN), length)
    assert [q.text for q in asked if q.origin is Origin.OWN] == list(OWN)


def test_own_questions_are_kept_once_without_empty_lines() -> None:
    plan = with_own_questions(a_plan(), ("  Why   this town? ", "", " ", "Why this town?"))
    own = [q.text for q in plan.questions if q.origin is Origin.OWN]
    assert own == ["Why this town?"]


def test_own_question_is_asked_without_what_no_database_takes() -> None:
    (own, *_) = with_own_questions(a_plan(), ("Why \ud800 this \0town?",)).questions
    assert own.text == "Why ? this town?"


def test_very_long_own_question_is_cut() -> None:
    (own, *_) = with_own_questions(a_plan(), ("why " * 2000,)).questions
    assert len(own.text) == MAX_OWN_CHARACTERS


def test_plan_without_own_questions_stays_as_it_is() -> None:
    assert with_own_questions(a_plan(), ()) == a_plan()


# Which question comes next


def _next(interview: Interview) -> Question:
    choice = choose_next(interview.go_on_unscored())
    assert choice is not None
    return choice.question


def test_question_made_for_the_candidate_goes_before_the_bank() -> None:
    assert _next(an_answered_interview().add_planned(PLANNED)) == PLANNED


def test_bank_follows_where_no_planned_question_is_left() -> None:
    interview = an_answered_interview().add_planned(PLANNED).go_on_unscored()
    interview = interview.ask(PLANNED, "Made for you.", NOW).skip(2)
    choice = choose_next(interview)
    assert choice is not None
    assert choice.question.origin is Origin.BANK


def test_reason_says_that_a_question_was_made_for_the_candidate() -> None:
    choice = choose_next(an_answered_interview().add_planned(PLANNED).go_on_unscored())
    assert choice is not None
    assert "made for you" in choice.reason


# What it will take


def test_spending_counts_a_call_for_each_answer_and_two_more() -> None:
    assert expected_spending(8).calls == 10


def test_spending_grows_with_the_interview() -> None:
    short, long = expected_spending(3), expected_spending(15)
    assert short.least_tokens < short.most_tokens < long.most_tokens
    assert short.least_tokens < long.least_tokens


def test_cost_is_told_at_the_price_of_a_million_tokens() -> None:
    assert Spending(10, 500_000, 2_000_000).cost(3.0) == (1.5, 6.0)


def test_phase_stays_while_questions_come() -> None:
    assert an_answered_interview().add_planned(PLANNED).phase is Phase.PROCESSING
