"""An interview again: with the same questions, or with those alone that went badly."""

from collections.abc import Iterable
from dataclasses import replace

from core.domain.errors import InvalidInputError
from core.domain.interview import Interview
from core.domain.interview_plan import Emphasis, InterviewPlan
from core.domain.interview_setup import InterviewSetup
from core.domain.question import Question
from core.domain.turn import Turn

WEAK_SCORE = 65.0
"""An answer below it is weak: it is not called solid in the report."""


def weak_questions(turns: Iterable[Turn]) -> tuple[Question, ...]:
    """The questions that were skipped, not answered, or answered with a score below solid.

    What has no score for another reason is not weak. Follow-ups are left out: they make no sense alone.
    """
    roots = (t for t in turns if t.question.is_scored and t.question.parent_id is None)
    return tuple(turn.question for turn in roots if _is_weak(turn))


def _is_weak(turn: Turn) -> bool:
    if not turn.attempts:
        return True
    return turn.overall is not None and turn.overall < WEAK_SCORE


def asked_questions(interview: Interview) -> tuple[Question, ...]:
    """Every scored question in the order it was asked, follow-ups included."""
    return tuple(turn.question for turn in interview.scored_turns)


def fixed_plan(
    questions: tuple[Question, ...], closing: Question, emphases: tuple[Emphasis, ...] = ()
) -> InterviewPlan:
    """Just these questions, one at least, in this order."""
    first, *others = questions
    return InterviewPlan(
        opener=first,
        questions=tuple(others),
        agenda=(),
        closing=closing,
        emphases=emphases,
        is_fixed=True,
    )


def plan_again(
    interview: Interview, questions: tuple[Question, ...]
) -> tuple[InterviewSetup, InterviewPlan]:
    """Set-up and plan that ask just these questions, in this order; InvalidInputError without any."""
    if not questions:
        raise InvalidInputError(
            "questions", "There is no question to ask again. Nothing was started."
        )
    plan = fixed_plan(questions, interview.plan.closing, interview.plan.emphases)
    return replace(interview.setup, length=len(questions)), plan
