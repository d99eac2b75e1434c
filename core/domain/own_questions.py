"""Questions that the candidate wants to be asked, known by their text alone."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from core.domain.interview_plan import InterviewPlan
from core.domain.question import Kind, Origin, Question
from core.domain.storable_text import in_one_line

MAX_OWN_CHARACTERS = 500
OWN_COMPETENCY = "communication"
"""What an answer to a question of unknown subject shows in any case."""


def with_own_questions(plan: InterviewPlan, texts: Iterable[str]) -> InterviewPlan:
    """The plan with the candidate's own questions, which come first of all."""
    own = tuple(dict.fromkeys(_own_question(text) for text in texts if text.strip()))
    return replace(plan, questions=(*own, *plan.questions)) if own else plan


def _own_question(text: str) -> Question:
    """A question that is known by its text alone: no key points, of middle difficulty."""
    text = in_one_line(text)[:MAX_OWN_CHARACTERS]
    return Question(
        id=f"own-{sha256(text.encode()).hexdigest()[:12]}",
        text=text,
        kind=Kind.TECHNICAL,
        competency=OWN_COMPETENCY,
        difficulty=3,
        origin=Origin.OWN,
        intent="A question of your own.",
    )
