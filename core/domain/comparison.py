"""Two reports side by side: what was higher, what was lower, and whether that may be compared at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.report import Report


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """One value in two interviews, None where there is none; `digits` behind the point are shown."""

    name: str
    earlier: float | None
    later: float | None
    digits: int = 0

    @property
    def difference(self) -> float | None:
        """How much higher the later one is; None unless both are there."""
        if self.earlier is None or self.later is None:
            return None
        return self.later - self.earlier


@dataclass(frozen=True, slots=True)
class Comparison:
    """The values of two reports. `is_same_evaluator` says whether one judged them all.

    With delivery counted in some answers and not in others, one evaluator counts as two.
    """

    values: tuple[ComparedValue, ...]
    is_same_evaluator: bool
    ranges_overlap: bool

    @property
    def sentence(self) -> str:
        """What may be said about the overall scores."""
        overall = self.values[0].difference
        if overall is None:
            return "One of the two has no score, so they cannot be compared."
        if not self.is_same_evaluator:
            return (
                "Different evaluators, or versions, judged the two, or delivery does not count in all "
                "answers of both: their scores are shown, and a difference says little."
            )
        if self.ranges_overlap:
            return "Overall there is no clear difference: the ranges overlap."
        return f"Overall this is {abs(overall):.0f} points {'higher' if overall > 0 else 'lower'}."


def compare(earlier: Report, later: Report, titles: Mapping[str, str]) -> Comparison:
    """Overall score, criteria and the competencies of both; `titles` are those of competencies."""
    criteria = [
        ComparedValue(
            f"{criterion.capitalize()} (1–5)",
            earlier.criteria.get(criterion),
            later.criteria.get(criterion),
            1,
        )
        for criterion in dict.fromkeys([*later.criteria, *earlier.criteria])
    ]
    before = {c.competency: c.score for c in earlier.competencies}
    shared = [
        ComparedValue(titles.get(c.competency, c.competency), before[c.competency], c.score)
        for c in later.competencies
        if c.competency in before
    ]
    one, other = earlier.overall, later.overall
    overall = ComparedValue(
        "Overall (0–100)", one.score if one else None, other.score if other else None
    )
    return Comparison(
        (overall, *criteria, *shared),
        len(earlier.evaluators) == 1 and earlier.evaluators == later.evaluators,
        bool(one and other and one.low <= other.high and other.low <= one.high),
    )
