"""The built-in interviewer: plans from our content, judges by rules. No key, no network, no cost.

What it judges with is imported at the first plan or judgement, since it takes a while: the first page does
without.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from core.domain.content import Content
from core.domain.evaluation import Evaluation
from core.domain.interview import Interview
from core.domain.interview_plan import InterviewPlan
from core.domain.interview_setup import InterviewSetup
from core.domain.interviewer_choice import BUILT_IN
from core.domain.language_model import Usage
from core.domain.planning import Material, plan_interview
from core.domain.question import Question
from core.ports import Judging, Planning, Watch

if TYPE_CHECKING:
    from core.evaluation.builtin import BuiltInEvaluator
    from core.evaluation.grader import Fitted
    from core.evaluation.reading import Learned


class PracticeInterviewer:
    """Fulfils `core.ports.Interviewer` from the content alone."""

    name = BUILT_IN
    lease_seconds = 5.0
    plan_lease_seconds = 5.0
    is_paid = False

    def __init__(self, content: Content, grader_folder: Path) -> None:
        """Take the content, and the folder of the grader; both are read when they are first needed."""
        self._content = content
        self._grader_folder = grader_folder
        self._reading = Lock()
        self._read: Learned | None = None

    def load(self) -> None:
        """Read what the first judgement would have to wait for; from any thread."""
        self._learned()

    @property
    def fitted(self) -> "Fitted":
        """What the grader learned from people's grades."""
        return self._learned().grader.fitted

    def plan(self, setup: InterviewSetup, material: Material) -> InterviewPlan:
        """A plan by rule; the same seed gives the same plan."""
        from core.evaluation.likeness import Likeness

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
    def _evaluator(self) -> "BuiltInEvaluator":
        from core.evaluation.builtin import BuiltInEvaluator

        return BuiltInEvaluator(self._content.rubrics, self._rarity, self._learned)

    @cached_property
    def _rarity(self) -> dict[str, float]:
        return content_rarity(self._content)

    def _learned(self) -> "Learned":
        from core.adapters.grader_file import read_fitted
        from core.adapters.word_vectors import WordTable
        from core.evaluation.grader import Grader
        from core.evaluation.other_words import OtherWords
        from core.evaluation.reading import Learned
        from core.evaluation.topics import Topics

        with self._reading:  # two threads must not read it twice
            if self._read is None:
                vectors = WordTable.bundled()
                grader = Grader(vectors, read_fitted(self._grader_folder))
                topics = Topics(_questions(self._content), vectors, self._rarity)
                self._read = Learned(grader, topics, OtherWords(vectors, self._rarity))
            return self._read


def content_rarity(content: Content) -> dict[str, float]:
    """How telling each stem is, 0–1, learned from all questions."""
    from core.evaluation.text import rarity

    return rarity(
        " ".join([q.text, q.reference_answer, *(k.text for k in q.key_points)])
        for q in _questions(content)
    )


def _questions(content: Content) -> tuple[Question, ...]:
    return (*content.questions, content.opener, *(t.question for t in content.templates))
