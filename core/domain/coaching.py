"""What follows from a judgement: what to do, what an attempt changed, how well a rating foresaw it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import floor

from core.domain.attempt import Attempt
from core.domain.evaluation import Evaluation, ScoreRange
from core.domain.rubric import Criterion
from core.domain.scoring import clamped_level, level_of
from core.domain.turn import Turn

Advice = Mapping[Criterion, Mapping[int, str]]
"""One thing to do for each criterion and each whole level 1–5; it claims nothing about an answer."""
CLOSE_LEVELS = 0.5
"""A rating this near to the judgement is close to it: a rating has no finer steps than whole levels."""


def advice_for(advice: Advice, criterion: Criterion, level: float) -> str:
    """What to do next at a level: that of the whole level at or below it."""
    return advice[criterion][floor(clamped_level(level))]


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """The levels of one criterion in two judgements, None where it was not assessed."""

    criterion: Criterion
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """How much higher the later level is; None unless both are there."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def criterion_changes(before: Evaluation, after: Evaluation) -> tuple[CriterionChange, ...]:
    """What became of each criterion of the later judgement."""
    levels = {judgement.criterion: judgement.level for judgement in before.criteria}
    return tuple(
        CriterionChange(j.criterion, levels.get(j.criterion), j.level) for j in after.criteria
    )


def rating_gap(attempt: Attempt) -> float | None:
    """By how many levels the candidate's rating lies above the judgement; None unless both are there."""
    if attempt.self_rating is None or attempt.overall is None:
        return None
    return attempt.self_rating - level_of(attempt.overall)


@dataclass(frozen=True, slots=True)
class SelfRating:
    """How the candidate's ratings compare: the mean gap in levels, above zero where they were higher."""

    mean_gap: float
    count: int


def self_rating(turns: Iterable[Turn]) -> SelfRating | None:
    """The mean gap over all attempts that were rated and judged; None without any."""
    found = (rating_gap(attempt) for turn in turns for attempt in turn.attempts)
    gaps = [gap for gap in found if gap is not None]
    return SelfRating(sum(gaps) / len(gaps), len(gaps)) if gaps else None


def shown_range(attempt: Attempt) -> ScoreRange | None:
    """The score with its range; that of two looks without a reason spans both scores."""
    found = attempt.evaluation.overall if attempt.evaluation else None
    scores = [e.overall.score for e in attempt.judgements if e.overall]
    if found is None or attempt.second_look is None or attempt.second_look.reason:
        return found
    return replace(found, low=min(scores), high=max(scores)) if len(scores) > 1 else found
