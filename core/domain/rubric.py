"""What answers are judged on: criteria, their levels, and how much each counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.question import Kind

LOWEST_LEVEL = 1
HIGHEST_LEVEL = 5
NEAR = 0.5
"""A level no further than this from a described one is told by its words."""


class Criterion(StrEnum):
    """One of the five things every answer is judged on."""

    CORRECTNESS = "correctness"
    CLARITY = "clarity"
    COMMUNICATION = "communication"
    DEPTH = "depth"
    COMPLETENESS = "completeness"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a level lies among the described ones (1, 3 and 5).

    `nearest` is the described level at most half a level away; else the level is between two and it is
    the lower one. `following` is the described level to reach next, None at the top.
    """

    nearest: int
    is_between: bool
    following: int | None


def standing(level: float, described: Iterable[int]) -> Standing:
    """Where a level of 1–5 lies among described levels, the lowest of which is 1."""
    steps = sorted(described)
    nearest = min(steps, key=lambda step: abs(step - level))
    is_between = abs(nearest - level) > NEAR
    if is_between:
        nearest = max(step for step in steps if step <= level)
    return Standing(nearest, is_between, next((s for s in steps if s > nearest), None))


@dataclass(frozen=True, slots=True)
class Rubric:
    """How answers to one kind of question are judged.

    `weights` are shares of the overall score and sum to 1. `descriptors` say in words what levels 1, 3
    and 5 look like for each criterion.
    """

    kind: Kind
    weights: Mapping[Criterion, float]
    descriptors: Mapping[Criterion, Mapping[int, str]]

    def standing(self, criterion: Criterion, level: float) -> Standing:
        """Where a level lies among those that are described for the criterion."""
        return standing(level, self.descriptors[criterion])
