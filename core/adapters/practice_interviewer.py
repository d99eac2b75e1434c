"""The built-in interviewer: plans from our content, judges by rules. No key, no network, no cost."""

from functools import cached_property

from core.domain.content import Content
from core.domain.evaluation import Evaluation
from core.domain.interview import InterviewPlan, InterviewSetup
from core.domain.planning import Material, plan_interview
from core.domain.question import Question
from core.evaluation.builtin import NAME, BuiltInEvaluator
from core.evaluation.text import rarity


class PracticeInterviewer:
    """Fulfils `core.ports.Interviewer` from the content alone."""

    name = NAME
    lease_seconds = 5.0

    def __init__(self, content: Content) -> None:
        """Take the content; what judging needs of it is made at the first judgement."""
        self._content = content

    def plan(self, setup: InterviewSetup, material: Material) -> InterviewPlan:
        """A plan by rule; the same seed gives the same plan."""
        return plan_interview(setup, self._content, material)

    def evaluate(self, question: Question, answer: str) -> Evaluation:
        """A judgement by key points, structure and text measures, in milliseconds."""
        return self._evaluator.evaluate(question, answer)

    @cached_property
    def _evaluator(self) -> BuiltInEvaluator:
        """How telling each word is, is learned from all questions."""
        return BuiltInEvaluator(self._content.rubrics, _rarity(self._content))


def _rarity(content: Content) -> dict[str, float]:
    return rarity(
        " ".join([q.text, q.reference_answer, *(k.text for k in q.key_points)])
        for q in (*content.questions, content.opener, *(t.question for t in content.templates))
    )
