"""Time in and between jobs, counted in months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.domain.profile import PartialDate, Position

SHORTEST_GAP_MONTHS = 6
"""Shorter times between two jobs need no word: notice periods and moves take as long."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Whole months without a job that the resume names, from the first to the last of them."""

    start: PartialDate
    end: PartialDate
    months: int


def career_gaps(positions: Iterable[Position], today: date) -> tuple[Gap, ...]:
    """The times of `SHORTEST_GAP_MONTHS` and more between jobs, the earliest first.

    A date without a month reaches from January (start) to December (end), so that a gap is never
    claimed where the months are not known. The time after the last job counts up to `today`, unless
    that job has no end.
    """
    jobs = sorted(span for position in positions if (span := _months(position, today)))
    gaps: list[Gap] = []
    covered = jobs[0][1] if jobs else 0
    for first, last in [*jobs[1:], (_index(today.year, today.month), 0)]:
        if jobs and first - covered - 1 >= SHORTEST_GAP_MONTHS:
            gaps.append(Gap(_date(covered + 1), _date(first - 1), first - covered - 1))
        covered = max(covered, last)
    return tuple(gaps)


def _months(position: Position, today: date) -> tuple[int, int] | None:
    """The first and last month of a job; one without an end is taken to last."""
    if position.start is None:
        return None
    first = _index(position.start.year, position.start.month or 1)
    if position.end is None:
        return first, max(first, _index(today.year, today.month))
    return first, max(first, _index(position.end.year, position.end.month or 12))


def _index(year: int, month: int) -> int:
    return year * 12 + month - 1


def _date(index: int) -> PartialDate:
    return PartialDate(index // 12, index % 12 + 1)
