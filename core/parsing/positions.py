"""Jobs, from the lines of a resume's experience section."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from core.domain.profile import Position
from core.parsing.dates import DateRange
from core.parsing.entries import COMPLETE, PART, Entry, Item, find_entries
from core.parsing.headings import JobHeading, read_job_heading
from core.parsing.lines import Line

_INDEPENDENT = re.compile(
    r"freelance|freiberuf|self[\s-]?employed|selbst|indépendant|autónomo", re.IGNORECASE
)
_MONTHS_BETWEEN_ROLES = 2
_MONTHS_A_YEAR = 12
_FAR_AHEAD = 12 * 9999  # in months: no end


@dataclass(frozen=True, slots=True)
class _Job:
    entry: Entry
    heading: JobHeading


def find_positions(lines: Sequence[Line], today: date) -> tuple[Position, ...]:
    """The jobs in the order of the resume.

    A single date is a job's start. An employer named once above several titles belongs to all of them.
    """
    entries = find_entries(lines, today, _quality)
    jobs = [_Job(entry, read_job_heading(entry.cells)) for entry in entries]
    if not _is_title_first(jobs):
        jobs = [
            replace(job, heading=read_job_heading(job.entry.cells, is_title_first=False))
            for job in jobs
        ]
    return tuple(map(_position, _with_companies(list(_merged(jobs)))))


def _quality(cells: Sequence[Sequence[str]]) -> int:
    return read_job_heading(cells).quality


def _is_title_first(jobs: Iterable[_Job]) -> bool:
    """The order of title and employer in the headings whose words tell them apart."""
    orders = [job.heading.is_title_first for job in jobs]
    return orders.count(True) >= orders.count(False)


def _merged(jobs: Sequence[_Job]) -> Iterator[_Job]:
    """The jobs; a heading without a date that names none is text of the job before it."""
    is_dated = any(job.entry.when for job in jobs)
    held: _Job | None = None
    for job in jobs:
        if _stands_alone(job, is_dated):
            if held is not None:
                yield held
            held = job
        elif held is not None:
            held = replace(held, entry=_extended(held.entry, job.entry))
    if held is not None:
        yield held


def _stands_alone(job: _Job, is_section_dated: bool) -> bool:
    """Whether it is a job of its own, or an employer whose titles follow."""
    heading = job.heading
    if job.entry.when is not None:
        return bool(heading.title or heading.company)
    if heading.quality >= COMPLETE:
        return True
    if is_section_dated:
        return heading.quality == PART and bool(heading.company and not job.entry.items)
    return heading.quality == PART and bool(heading.title)


def _extended(entry: Entry, more: Entry) -> Entry:
    heading = (Item("   ".join(chain.from_iterable(more.cells)), is_bullet=False),)
    items = (*entry.items, *heading, *more.items)
    return replace(entry, items=items, lines=(*entry.lines, *more.lines))


def _with_companies(jobs: Sequence[_Job]) -> Iterator[_Job]:
    """The jobs, those without an employer with the one named above them, where it is theirs."""
    employer: _Job | None = None  # named on its own, above several titles
    before: _Job | None = None
    for job, following in zip(jobs, [*jobs[1:], None], strict=False):
        if not job.heading.company:
            above = next((j for j in (employer, before) if j and _is_employed_by(job, j)), None)
            job = _joined(job, above.heading) if above else job  # noqa: PLW2901
        elif _is_over(job, following):
            employer, before = job, None
            continue
        else:
            employer = None
        if job.entry.when is not None or job.heading.title:
            before = job
            yield job


def _joined(job: _Job, employer: JobHeading) -> _Job:
    location = job.heading.location or employer.location
    return replace(job, heading=replace(job.heading, company=employer.company, location=location))


def _is_employed_by(job: _Job, above: _Job) -> bool:
    return _is_over(above, job) or (bool(above.heading.company) and _follow_each_other(above, job))


def _is_over(employer: _Job, job: _Job | None) -> bool:
    """Whether an employer without a title stands above a title without an employer, in its time."""
    if job is None or employer.heading.title or job.heading.company or not job.heading.title:
        return False
    outer, inner = employer.entry.when, job.entry.when
    return outer is None or inner is None or _contains(outer, inner)


def _contains(outer: DateRange, inner: DateRange) -> bool:
    (first, last), (inner_first, inner_last) = _months(outer), _months(inner)
    return first <= inner_first and inner_last <= last


def _follow_each_other(one: _Job, other: _Job) -> bool:
    """Whether two titles were held one right after the other: a promotion."""
    if one.entry.when is None or other.entry.when is None:
        return False
    if _INDEPENDENT.search(one.heading.title + other.heading.title):
        return False
    (first, last), (other_first, other_last) = _months(one.entry.when), _months(other.entry.when)
    return min(abs(first - other_last), abs(other_first - last)) <= _tolerance(one, other)


def _tolerance(*jobs: _Job) -> int:
    """Months that may lie between two roles; a year where one of the dates is only a year."""
    dates = [
        day for job in jobs if job.entry.when for day in (job.entry.when.start, job.entry.when.end)
    ]
    return _MONTHS_BETWEEN_ROLES if all(day.month for day in dates if day) else _MONTHS_A_YEAR


def _months(when: DateRange) -> tuple[int, int]:
    """First and last month, counted from the year 0, as wide as the dates allow."""
    first = _MONTHS_A_YEAR * when.start.year + (when.start.month or 1) if when.start else 0
    if when.is_current or not when.start:
        return first, _FAR_AHEAD
    end = when.end or when.start
    return first, _MONTHS_A_YEAR * end.year + (end.month or _MONTHS_A_YEAR)


def _position(job: _Job) -> Position:
    when, heading = job.entry.when, job.heading
    return Position(
        title=heading.title,
        company=heading.company,
        start=when.start if when else None,
        end=when.end if when else None,
        is_current=when is not None and when.is_current,
        location=heading.location,
        highlights=tuple(item.text for item in job.entry.items),
        span=job.entry.span,
    )
