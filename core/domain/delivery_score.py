"""Delivery as a part of the score, only where the candidate has it counted.

Only figures with a sourced threshold enter: the pace and the fillers (`core.domain.delivery.FACTS`). Nothing
that depends on a voice, an accent or thinking time does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.domain.answer_delivery import Measures, answer_measures, deliveries_of
from core.domain.delivery import FACTS, Measure
from core.domain.evaluation import DeliveryShare, Evaluation, ScoreRange
from core.domain.heard import Take
from core.domain.rubric import Criterion
from core.domain.scoring import highest_score
from core.domain.turn import Turn

DELIVERY_WEIGHT = 0.1
"""Our own choice, and small: what is said counts nine times as much as how."""
HARMFUL_FILLERS = 12.0
"""So many a minute did harm; up to five did none: Laske & DiGennaro Reed 2024, doi 10.1002/jaba.1093."""


def pace_points(words_per_minute: float) -> float:
    """0–100: all of them from 100 to 165 words a minute, outside in proportion to the nearer bound.

    No source says how fast it gets worse outside. Half of the lower bound, or twice the upper one, is 50.
    """
    known = FACTS[Measure.PACE].comfortable
    if known is None or known.low is None or known.high is None or words_per_minute <= 0:
        return 0.0
    return 100.0 * min(1.0, words_per_minute / known.low, known.high / words_per_minute)


def filler_points(fillers_per_minute: float) -> float:
    """0–100: all of them up to 5 a minute, none from 12 on, and a straight line between the two."""
    known = FACTS[Measure.FILLERS].comfortable
    harmless = known.high if known and known.high is not None else 0.0
    share = (HARMFUL_FILLERS - fillers_per_minute) / (HARMFUL_FILLERS - harmless)
    return 100.0 * min(1.0, max(0.0, share))


def delivery_points(measures: Measures) -> float | None:
    """The mean of those two that are known, 0–100; None where neither is."""
    pace, fillers = measures.get(Measure.PACE), measures.get(Measure.FILLERS)
    found = [pace_points(pace)] if pace is not None else []
    found += [filler_points(fillers)] if fillers is not None else []
    return sum(found) / len(found) if found else None


def with_delivery(evaluation: Evaluation, takes: Iterable[Take]) -> Evaluation:
    """The judgement with delivery's part in its overall score; unchanged where nothing is known of it.

    What is wrong stays wrong, however well it is said: the cap on incorrect answers holds.
    """
    measures = answer_measures(deliveries_of(takes))
    content, points = evaluation.overall, delivery_points(measures)
    if content is None or points is None:
        return evaluation
    most = max(content.score, highest_score(_correctness(evaluation)))
    share = DeliveryShare(
        points,
        DELIVERY_WEIGHT,
        content,
        measures.get(Measure.PACE),
        measures.get(Measure.FILLERS),
    )
    return replace(evaluation, overall=_mixed(content, points, most), delivery=share)


def _mixed(content: ScoreRange, points: float, most: float) -> ScoreRange:
    """The weighted mean; the range is narrower by the same weight, for the rates are measured."""

    def mixed(score: float) -> float:
        return (1 - DELIVERY_WEIGHT) * score + DELIVERY_WEIGHT * points

    score = min(mixed(content.score), most)
    high = max(score, mixed(content.high))
    return ScoreRange(score, min(score, mixed(content.low)), high)


def _correctness(evaluation: Evaluation) -> float | None:
    levels = (j.level for j in evaluation.criteria if j.criterion is Criterion.CORRECTNESS)
    return next(levels, None)


def moved(evaluation: Evaluation) -> float:
    """By how many points delivery moved an answer's score; 0 where it does not count."""
    if evaluation.overall is None or evaluation.delivery is None:
        return 0.0
    return evaluation.overall.score - evaluation.delivery.content.score


@dataclass(frozen=True, slots=True)
class DeliveryEffect:
    """What delivery did to an interview's overall score: in how many of the judged answers, by how much."""

    counted: int
    judged: int
    points: float

    @property
    def sentence(self) -> str:
        """The same, for the candidate."""
        return (
            f"As you chose, delivery is a tenth of the score: in {self.counted} of {self.judged} judged "
            f"answers. It moved the overall score by {_signed(self.points)} points."
        )


def delivery_effect(turns: Iterable[Turn]) -> DeliveryEffect | None:
    """None where delivery counts in no answer."""
    judged = [turn.evaluation for turn in turns if turn.evaluation and turn.evaluation.overall]
    counted = sum(evaluation.delivery is not None for evaluation in judged)
    if not counted:
        return None
    points = sum(moved(evaluation) for evaluation in judged) / len(judged)
    return DeliveryEffect(counted, len(judged), points)


def delivery_told(evaluation: Evaluation) -> str:
    """What delivery did to one answer's score, for the candidate; empty where it does not count."""
    share = evaluation.delivery
    if share is None:
        return ""
    rates = (
        (Measure.PACE, share.words_per_minute, "words"),
        (Measure.FILLERS, share.fillers_per_minute, "filler words"),
    )
    told = " and ".join(
        f"{rate:.{FACTS[measure].decimals}f} {what} a minute"
        for measure, rate, what in rates
        if rate is not None
    )
    return (
        f"Delivery is a tenth of this score, as you chose: {told} make {share.points:.0f} of 100. It "
        f"moved the score by {_signed(moved(evaluation))} points, from {share.content.score:.1f}."
    )


def _signed(points: float) -> str:
    rounded = round(points, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0"
