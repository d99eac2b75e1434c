"""The built-in interviewer: plans from our content, judges by rules. No key, no network, no cost."""

from pathlib import Path
from threading import Lock

from core.adapters.grader_file import read_fitted
from core.adapters.word_vectors import WordTable
from core.domain.content import Content
from core.domain.evaluation import Evaluation
from core.domain.interview import InterviewPlan, InterviewSetup
from core.domain.planning import Material, plan_interview
from core.domain.question import Question
from core.evaluation.builtin import NAME, BuiltInEvaluator, Learned
from core.evaluation.grader import Fitted, Grader
from core.evaluation.text import rarity
from core.evaluation.topics import Topics


class PracticeInterviewer:
    """Fulfils `core.ports.Interviewer` from the content alone."""

    name = NAME
    lease_seconds = 5.0

    def __init__(self, content: Content, grader_folder: Path) -> None:
        """Take the content, and the folder of the grader, which is read when it is first needed.

        How telling each word is, is learned from all questions of the content.
        """
        self._content = content
        self._grader_folder = grader_folder
        self._reading = Lock()
        self._read: Learned | None = None
        self._evaluator = BuiltInEvaluator(content.rubrics, content_rarity(content), self._learned)

    def load(self) -> None:
        """Read what the first judgement would have to wait for, about 0.3 s; from any thread."""
        self._learned()

    @property
    def fitted(self) -> Fitted:
        """What the grader learned from people's grades."""
        return self._learned().grader.fitted

    def plan(self, setup: InterviewSetup, material: Material) -> InterviewPlan:
        """A plan by rule; the same seed gives the same plan."""
        return plan_interview(setup, self._content, material)

    def evaluate(self, question: Question, answer: str) -> Evaluation:
        """A judgement by key points, structure and text measures, in milliseconds."""
        return self._evaluator.evaluate(question, answer)

    def _learned(self) -> Learned:
        with self._reading:  # two threads must not read it twice
            if self._read is None:
                vectors = WordTable.bundled()
                grader = Grader(vectors, read_fitted(self._grader_folder))
                self._read = Learned(grader, Topics(_questions(self._content), vectors))
            return self._read


def content_rarity(content: Content) -> dict[str, float]:
    """How telling each stem is, 0–1, learned from all questions."""
    return rarity(
        " ".join([q.text, q.reference_answer, *(k.text for k in q.key_points)])
        for q in _questions(content)
    )


def _questions(content: Content) -> tuple[Question, ...]:
    return (*content.questions, content.opener, *(t.question for t in content.templates))
