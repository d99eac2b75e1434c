"""Time in and between jobs, counted in months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.domain.profile import Education, PartialDate, Position

SHORTEST_GAP_MONTHS = 6
"""Shorter times between two jobs need no word: notice periods and moves take as long."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Whole months without a job that the resume names, from the first to the last of them."""

    start: PartialDate
    end: PartialDate
    months: int


def career_gaps(
    positions: Iterable[Position], education: Iterable[Education], today: date
) -> tuple[Gap, ...]:
    """The times of `SHORTEST_GAP_MONTHS` and more with neither job nor study, the earliest first.

    Time before the first job is no gap, and a study without an end is not counted.
    A date without a month reaches from January (start) to December (end), so that a gap is never
    claimed where the months are not known. The time after the last job counts up to `today`, unless
    that job has no end.
    """
    jobs = sorted(span for position in positions if (span := _job(position, today)))
    if not jobs:
        return ()
    studies = [span for entry in education if (span := _study(entry))]
    gaps: list[Gap] = []
    covered = jobs[0][0] - 1
    for first, last in sorted([*jobs, *studies, (_index(today.year, today.month), 0)]):
        if first - covered - 1 >= SHORTEST_GAP_MONTHS:
            gaps.append(Gap(_date(covered + 1), _date(first - 1), first - covered - 1))
        covered = max(covered, last)
    return tuple(gaps)


def _study(entry: Education) -> tuple[int, int] | None:
    """The first and last month of a study whose time is known."""
    if entry.start is None or entry.end is None:
        return None
    first = _index(entry.start.year, entry.start.month or 1)
    return first, max(first, _index(entry.end.year, entry.end.month or 12))


def _job(position: Position, today: date) -> tuple[int, int] | None:
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
