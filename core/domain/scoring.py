"""Numbers from judgements, computed in code and never taken from an evaluator's prose.

A level 1–5 becomes 0–100 by (level − 1) × 25. Criteria that were not assessed are left out and the
weights of the others count in proportion.
"""

from collections.abc import Iterable, Mapping
from math import sqrt

from core.domain.evaluation import CriterionJudgement, ScoreRange
from core.domain.rubric import HIGHEST_LEVEL, LOWEST_LEVEL, Criterion
from core.domain.turn import Turn

POINTS_PER_LEVEL = 25.0
INCORRECT_CAP = 20.0
"""The most an answer gets whose correctness rounds to 1: fluent nonsense is still nonsense."""


def clamped_level(level: float) -> float:
    """The level, within 1–5."""
    return min(max(level, float(LOWEST_LEVEL)), float(HIGHEST_LEVEL))


def points(level: float) -> float:
    """0–100 for a level of 1–5."""
    return (clamped_level(level) - LOWEST_LEVEL) * POINTS_PER_LEVEL


def level_of(score: float) -> float:
    """The level, 1–5, that an overall score of 0–100 stands for: the way back from `points`."""
    return LOWEST_LEVEL + score / POINTS_PER_LEVEL


def overall_score(
    judgements: Iterable[CriterionJudgement], weights: Mapping[Criterion, float]
) -> float | None:
    """The weighted mean of the assessed criteria, 0–100 and unrounded; None when none is assessed."""
    assessed = {j.criterion: j.level for j in judgements if j.level is not None}
    total = sum(weights[criterion] for criterion in assessed)
    if not total:
        return None
    score = sum(points(level) * weights[criterion] for criterion, level in assessed.items()) / total
    return min(score, highest_score(assessed.get(Criterion.CORRECTNESS)))


def highest_score(correctness: float | None) -> float:
    """The most that an answer of this level of correctness gets, 0–100; None where not assessed."""
    is_wrong = correctness is not None and correctness < LOWEST_LEVEL + 0.5
    return INCORRECT_CAP if is_wrong else 100.0


def score_range(score: float, half_width: float) -> ScoreRange:
    """The score with `half_width` points to either side, within 0–100."""
    return ScoreRange(score, max(0.0, score - half_width), min(100.0, score + half_width))


def interview_range(turns: Iterable[Turn]) -> ScoreRange | None:
    """The mean of the scored answers' overall scores; None when no answer has a score.

    Skipped, failed and void answers are left out, never counted as zero. The half-width is that of a
    mean of independent errors: the root of the summed squares of the single half-widths, over n.
    """
    return mean_range(t.evaluation.overall for t in turns if t.evaluation and t.evaluation.overall)


def mean_range(ranges: Iterable[ScoreRange]) -> ScoreRange | None:
    """The mean of scores with its range, as `interview_range` tells it; None without any."""
    found = list(ranges)
    if not found:
        return None
    half_width = sqrt(sum(half_width_of(r) ** 2 for r in found)) / len(found)
    return score_range(sum(r.score for r in found) / len(found), half_width)


def criterion_means(turns: Iterable[Turn]) -> dict[Criterion, float]:
    """The mean level of each criterion over the answers where it was assessed."""
    levels: dict[Criterion, list[float]] = {}
    for turn in turns:
        for judgement in turn.evaluation.criteria if turn.evaluation else ():
            if judgement.level is not None:
                levels.setdefault(judgement.criterion, []).append(judgement.level)
    return {criterion: sum(found) / len(found) for criterion, found in levels.items()}


def half_width_of(found: ScoreRange) -> float:
    """How far the farther bound lies from the score."""
    return max(found.score - found.low, found.high - found.score)
