"""The built-in interviewer: plans from our content, judges by rules. No key, no network, no cost."""

from collections.abc import Iterator
from functools import cached_property

from core.domain.content import Content
from core.domain.evaluation import Evaluation
from core.domain.interview import BUILT_IN, Interview, InterviewPlan, InterviewSetup
from core.domain.language_model import Usage
from core.domain.planning import Material, plan_interview
from core.domain.question import Question
from core.evaluation.builtin import BuiltInEvaluator
from core.evaluation.likeness import Likeness
from core.evaluation.text import rarity
from core.ports import Judging, Planning, Watch


class PracticeInterviewer:
    """Fulfils `core.ports.Interviewer` from the content alone."""

    name = BUILT_IN
    lease_seconds = 5.0
    plan_lease_seconds = 5.0
    is_paid = False

    def __init__(self, content: Content) -> None:
        """Take the content; what judging needs of it is made at the first judgement."""
        self._content = content

    def plan(self, setup: InterviewSetup, material: Material) -> InterviewPlan:
        """A plan by rule; the same seed gives the same plan."""
        return plan_interview(setup, self._content, material, Likeness())

    def glance(self, question: Question, answer: str) -> Evaluation:
        """A judgement by key points, structure and text measures, in milliseconds."""
        return self._evaluator.evaluate(question, answer)

    def evaluate(self, judging: Judging, watch: Watch) -> Evaluation:  # noqa: ARG002 - it is there at once
        """The same judgement: the built-in interviewer has no second thoughts."""
        return self.glance(judging.question, judging.answer)

    def questions(self, planning: Planning, watch: Watch) -> Iterator[Question | Usage]:  # noqa: ARG002
        """None: it asks from its plan."""
        return iter(())

    def narrate(self, interview: Interview, watch: Watch) -> None:
        """None: the report is computed."""

    @cached_property
    def _evaluator(self) -> BuiltInEvaluator:
        """How telling each word is, is learned from all questions."""
        return BuiltInEvaluator(self._content.rubrics, _rarity(self._content))


def _rarity(content: Content) -> dict[str, float]:
    return rarity(
        " ".join([q.text, q.reference_answer, *(k.text for k in q.key_points)])
        for q in (*content.questions, content.opener, *(t.question for t in content.templates))
    )
