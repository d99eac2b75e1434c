"""What is usual in how a candidate speaks: their own earlier answers, and nobody else's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from core.domain.answer_delivery import Measures, answer_measures, deliveries_of
from core.domain.delivery import Measure
from core.domain.history import AnswerSummary
from core.domain.interview import Interview

FEWEST_EARLIER = 2
"""With fewer answers before it nothing is called usual."""
MOST_EARLIER = 10
"""So many spoken answers count, the last ones: one changes with practice."""
MOST_INTERVIEWS = 20
"""They are looked for in so many interviews."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The median of a measure over the last `count` spoken answers that tell it."""

    value: float
    count: int


def usual(measure: Measure, earlier: Iterable[Measures]) -> Usual | None:
    """What was usual; None where too few earlier answers tell it."""
    told = [one[measure] for one in earlier if measure in one]
    return Usual(median(told), len(told)) if len(told) >= FEWEST_EARLIER else None


def spoken_before(
    interview: Interview, position: int, earlier: Sequence[Sequence[AnswerSummary]]
) -> tuple[Measures, ...]:
    """The last spoken answers before the question at `position`, the newest first.

    Those of this interview, then those of `earlier` interviews, which come newest first. Of several
    attempts at a question the newest counts.
    """
    before = reversed(interview.turns[: position - 1])
    here = (answer_measures(deliveries_of(t.latest.takes)) for t in before if t.latest)
    there = (answer.spoken for answers in earlier for answer in _newest(answers))
    return tuple(measures for measures in (*here, *there) if measures)[:MOST_EARLIER]


def _newest(answers: Sequence[AnswerSummary]) -> list[AnswerSummary]:
    """One answer for each question, the last question first."""
    newest = {answer.position: answer for answer in answers}
    return [newest[position] for position in sorted(newest, reverse=True)]
