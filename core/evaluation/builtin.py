"""The built-in evaluator: judges by key points made, structure and text measures. No network, no cost.

Where only a reference answer is given, a grader fitted to human grades judges what is said instead, and
how it is told is not assessed. Either reads words, not truth: a fluent wrong statement that uses the
right words is not seen through.
"""

from collections.abc import Callable, Mapping

from core.domain.evaluation import (
    Coverage,
    CriterionJudgement,
    Evaluation,
    Evidence,
    KeyPointFinding,
    Remark,
    ScoreRange,
)
from core.domain.interviewer_choice import BUILT_IN
from core.domain.question import Kind, Question
from core.domain.rubric import LOWEST_LEVEL, Criterion, Rubric
from core.domain.scoring import overall_score, score_range
from core.evaluation import remarks
from core.evaluation.by_reference import is_by_reference
from core.evaluation.evidence import finding_of, quotes_of
from core.evaluation.grader import Bands
from core.evaluation.levels import judgements
from core.evaluation.reading import Learned, Reading, read_by_key_points, read_by_reference
from core.evaluation.text import is_foreign

VERSION = "3"


class BuiltInEvaluator:
    """Judges one answer to one question. Deterministic: the same answer gets the same judgement."""

    def __init__(
        self,
        rubrics: Mapping[Kind, Rubric],
        rarity: Mapping[str, float],
        learned: Callable[[], Learned],
    ) -> None:
        """Take the rubrics by kind, how telling each stem is (0–1), and where to get the rest.

        `learned` is asked at each judgement, so that nothing is read before the first.
        """
        self._rubrics = rubrics
        self._rarity = rarity
        self._learned = learned

    def evaluate(self, question: Question, answer: str) -> Evaluation:
        """The judgement of an answer; void (no score) for one that is not in English."""
        if is_foreign(answer):
            return _void(
                "This answer does not look like English, and the built-in interviewer reads English "
                "only. It is kept, without a score."
            )
        reading = self._read(question, answer)
        return self._no_answer(reading) if reading.is_no_answer else self._judged(reading)

    def _read(self, question: Question, answer: str) -> Reading:
        learned = self._learned()
        if is_by_reference(question):
            return read_by_reference(question, answer, learned.grader)
        return read_by_key_points(question, answer, self._rarity, learned)

    def _judged(self, reading: Reading) -> Evaluation:
        quotes = quotes_of(reading)
        findings = tuple(finding_of(match, quotes) for match in reading.matches)
        criteria = tuple(judgements(reading, findings, quotes))
        return self._evaluation(
            reading,
            criteria,
            evidence=quotes.evidence,
            findings=findings,
            feedback=remarks.feedback(reading, findings),
            strengths=remarks.strengths(findings),
            improvements=remarks.improvements(reading, findings),
            better_answer=remarks.better_answer(reading, findings),
        )

    def _no_answer(self, reading: Reading) -> Evaluation:
        findings = tuple(
            KeyPointFinding(m.key_point.id, m.key_point.text, Coverage.MISSING, m.key_point.weight)
            for m in reading.matches
        )
        reason = "Nothing in it answers the question, so none of its key points is made."
        return self._evaluation(
            reading,
            tuple(CriterionJudgement(c, float(LOWEST_LEVEL), reason) for c in Criterion),
            findings=findings,
            feedback=f"There is no answer to judge here yet. {remarks.better_than_nothing(reading)}",
            improvements=remarks.improvements(reading, findings),
        )

    def _evaluation(
        self,
        reading: Reading,
        criteria: tuple[CriterionJudgement, ...],
        *,
        findings: tuple[KeyPointFinding, ...],
        feedback: str,
        improvements: tuple[Remark, ...],
        evidence: tuple[Evidence, ...] = (),
        strengths: tuple[Remark, ...] = (),
        better_answer: str = "",
    ) -> Evaluation:
        overall = overall_score(criteria, self._rubrics[reading.question.kind].weights)
        return Evaluation(
            evaluator=BUILT_IN,
            version=VERSION,
            overall=None if overall is None else self._range(overall, reading),
            criteria=criteria,
            evidence=evidence,
            key_points=findings,
            feedback=feedback,
            strengths=strengths,
            improvements=improvements,
            better_answer=better_answer,
        )

    def _range(self, overall: float, reading: Reading) -> ScoreRange:
        fitted = self._learned().grader.fitted
        bands: Bands = fitted.by_key_points if reading.points is None else fitted.by_reference
        return score_range(overall, bands.half_width(overall))


def _void(feedback: str) -> Evaluation:
    reason = "Not assessed."
    return Evaluation(
        BUILT_IN,
        VERSION,
        None,
        tuple(CriterionJudgement(criterion, None, reason) for criterion in Criterion),
        feedback=feedback,
    )
