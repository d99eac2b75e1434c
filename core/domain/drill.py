"""A drill: a short interview made of the questions that are due. It never comes to a closing question."""

from collections.abc import Iterable
from dataclasses import replace

from core.domain.interview_setup import Focus, InterviewSetup, TimeLimits, Way
from core.domain.practice import PracticeItem
from core.domain.question import Question
from core.domain.role import RoleDefinition

DRILL_QUESTIONS = 3
"""About five minutes: one to two minutes to answer each, and the feedback to read."""
ANY_ROLE = "Any role"
DRILL_REASON = "It is due: an answer of yours to this question left something open."


def drill_questions(items: Iterable[PracticeItem]) -> tuple[Question, ...]:
    """The questions of the first items, each once."""
    questions = {item.question.id: item.question for item in items}
    return tuple(questions.values())[:DRILL_QUESTIONS]


def drill_setup(
    setup: InterviewSetup, role: RoleDefinition | None, length: int, *, has_resume: bool
) -> InterviewSetup:
    """The set-up as a drill's: with feedback after each answer, and without limits of time."""
    return replace(
        setup,
        role_title=role.title if role else setup.role_title or ANY_ROLE,
        role_id=role.id if role else "",
        has_resume=has_resume,
        focus=Focus.MIXED,
        length=length,
        way=Way.COACH,
        limits=TimeLimits(),
        company_id="",
        company_name="",
        is_self_rated=False,
        is_drill=True,
    )
