"""The built-in evaluator's levels, criterion by criterion, each with its reason and its quotes."""

from collections.abc import Sequence

from core.domain.evaluation import CriterionJudgement, KeyPointFinding
from core.domain.rubric import HIGHEST_LEVEL, LOWEST_LEVEL, Criterion
from core.evaluation.evidence import UNQUOTED_CEILING, Quotes, most_developed
from core.evaluation.measures import Measured, clarity, communication, depth, full_length
from core.evaluation.reading import Reading
from core.evaluation.remarks import made_said, main_point_said, story_said
from core.evaluation.story import is_story

_HOW_IS_NOT_JUDGED = (
    "Not assessed: with a reference answer alone, what is said is judged, not how it is told."
)


def judgements(
    reading: Reading, findings: Sequence[KeyPointFinding], quotes: Quotes
) -> list[CriterionJudgement]:
    """A judgement of each criterion; by a reference alone only of what is said."""
    made = sorted({f.evidence_index for f in findings if f.evidence_index is not None})
    quoted = tuple(made)
    if reading.points is not None:
        return _graded_judgements(reading, reading.points, findings, quotes)
    relevance = min(1.0, reading.covered_share / 0.4)
    full = full_length(reading.question.reference_answer)
    opening = (quotes.index(reading.told[0]),) if quoted else ()
    developed = (quotes.index(most_developed(reading)),) if quoted else ()
    return [
        _judgement(Criterion.CORRECTNESS, _correctness(reading), quoted),
        _judgement(Criterion.CLARITY, _gated(clarity(reading.relevant), relevance), quoted[:1]),
        _judgement(Criterion.COMMUNICATION, _gated(_telling(reading), relevance), opening),
        _judgement(Criterion.DEPTH, _gated(depth(reading.relevant, full), relevance), developed),
        _judgement(Criterion.COMPLETENESS, _completeness(reading, findings), quoted),
    ]


def _graded_judgements(
    reading: Reading, grade: float, findings: Sequence[KeyPointFinding], quotes: Quotes
) -> list[CriterionJudgement]:
    """The grade speaks of what is said; nothing was learned about how it is told."""
    quoted = tuple(range(len(quotes.evidence)))
    said = {
        Criterion.CORRECTNESS: main_point_said(reading),
        Criterion.COMPLETENESS: made_said(findings),
    }
    return [
        _judgement(criterion, Measured(grade / 100, said[criterion]), quoted)
        if criterion in said
        else CriterionJudgement(criterion, None, _HOW_IS_NOT_JUDGED)
        for criterion in Criterion
    ]


def _judgement(
    criterion: Criterion, measured: Measured, evidence: tuple[int, ...]
) -> CriterionJudgement:
    level = LOWEST_LEVEL + (HIGHEST_LEVEL - LOWEST_LEVEL) * min(1.0, max(0.0, measured.value))
    if not evidence:
        level = min(level, UNQUOTED_CEILING)
    return CriterionJudgement(criterion, level, measured.said, evidence)


def _gated(measured: Measured, relevance: float) -> Measured:
    """How well it is told counts only as far as it is about the question."""
    return Measured(measured.value * (0.3 + 0.7 * relevance), measured.said)


def _correctness(reading: Reading) -> Measured:
    if not reading.matches:
        return Measured(0.0, "There is no reference to compare with.")
    share, core = reading.covered_share, reading.core_share
    value = 0.5 * min(1.0, core / 0.95) + 0.5 * min(1.0, share / 0.85)
    if is_story(reading.question):
        value = 0.65 * min(1.0, share / 0.85) + 0.35 * reading.story_share
        value *= reading.on_topic * min(1.0, share / 0.15)
    return Measured(value, main_point_said(reading))


def _completeness(reading: Reading, findings: Sequence[KeyPointFinding]) -> Measured:
    value = min(1.0, reading.covered_share / 0.95)
    said = made_said(findings)
    if is_story(reading.question):
        value = 0.75 * min(1.0, reading.covered_share / 0.95) + 0.25 * reading.story_share
        value *= reading.on_topic
        said += f" {story_said(reading)}" if reading.tells_star else ""
    return Measured(value, said)


def _telling(reading: Reading) -> Measured:
    """Communication; a list of terms has no thread."""
    measured = communication(reading.relevant, full_length(reading.question.reference_answer))
    if reading.is_list:
        return Measured(0.0, "It is a list of terms, without sentences to follow.")
    return measured
