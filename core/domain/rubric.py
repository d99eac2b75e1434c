"""What answers are judged on: criteria, their levels, and how much each counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.question import Kind

LOWEST_LEVEL = 1
HIGHEST_LEVEL = 5


class Criterion(StrEnum):
    """One of the five things every answer is judged on."""

    CORRECTNESS = "correctness"
    CLARITY = "clarity"
    COMMUNICATION = "communication"
    DEPTH = "depth"
    COMPLETENESS = "completeness"


@dataclass(frozen=True, slots=True)
class Rubric:
    """How answers to one kind of question are judged.

    `weights` are shares of the overall score and sum to 1. `descriptors` say in words what levels 1, 3
    and 5 look like for each criterion.
    """

    kind: Kind
    weights: Mapping[Criterion, float]
    descriptors: Mapping[Criterion, Mapping[int, str]]

    def descriptor(self, criterion: Criterion, level: float) -> str:
        """The words of the described level (1, 3 or 5) at or below `level`."""
        described = self.descriptors[criterion]
        return described[max(step for step in described if step <= max(level, LOWEST_LEVEL))]
