"""What an interviewer usually expects at a seniority. Our own judgement, to compare a report with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.question import Seniority
from core.domain.rubric import Criterion
from core.domain.scoring import clamped_level

Levels = Mapping[Criterion, float]


@dataclass(frozen=True, slots=True)
class Expectations:
    """Levels (1–5) by seniority, and what the roles of some ids add to them."""

    seniorities: Mapping[Seniority, Levels] = field(default_factory=dict)
    roles: Mapping[str, Levels] = field(default_factory=dict)

    def of(self, role_id: str, seniority: Seniority) -> dict[Criterion, float]:
        """The level (1–5) that is expected of each criterion; none where nothing is known."""
        added = self.roles.get(role_id, {})
        return {
            criterion: clamped_level(level + added.get(criterion, 0.0))
            for criterion, level in self.seniorities.get(seniority, {}).items()
        }
