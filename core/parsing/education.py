"""Studies, from the lines of a resume's education section."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from core.domain.profile import Education, PartialDate
from core.parsing.dates import DateRange
from core.parsing.entries import COMPLETE, NOTHING, PART, Entry, find_entries
from core.parsing.headings import comma_parts, parts_of, without_places
from core.parsing.lines import Line
from core.parsing.vocabulary import names_degree, names_institution, split_degree

_Cells = Sequence[Sequence[str]]
_AT_SCHOOL = re.compile(r"\s(?:at|from|an der|am|à l['\u2019]|en la)\s(?=.)")
_MOST_INSTITUTIONS = 2  # a university and its school


def find_education(lines: Sequence[Line], today: date) -> tuple[Education, ...]:
    """The studies in the order of the resume; a single date is their end."""
    entries = (part for entry in find_entries(lines, today, _quality) for part in _parted(entry))
    return tuple(filter(None, map(_education, entries)))


def _quality(cells: _Cells) -> int:
    institution, degree = _read(cells)
    if institution and degree:
        return COMPLETE
    return PART if institution or degree else NOTHING


def _parted(entry: Entry) -> Iterator[Entry]:
    """An entry without a date may hold several studies, each with an institution or a degree."""
    held: list[tuple[str, ...]] = []
    for cells in entry.cells:
        if held and entry.when is None and _quality([*held, cells]) and _repeats(held, cells):
            yield replace(entry, cells=tuple(held))
            held = []
        held.append(cells)
    yield replace(entry, cells=tuple(held))


def _repeats(held: _Cells, cells: Sequence[str]) -> bool:
    """Whether a line names again what the lines before it name."""
    has, more = " ".join(map(" ".join, held)), " ".join(cells)
    return any(names(has) and names(more) for names in (names_institution, names_degree))


def _education(entry: Entry) -> Education | None:
    institution, degree = _read(entry.cells)
    if not institution and not degree:
        return None
    start, end = _years(entry.when)
    return Education(institution, degree, start, end, entry.span)


def _read(cells: _Cells) -> tuple[str, str]:
    """Institution and degree of a heading: what names a school, and all else but the place."""
    parts, _ = without_places(parts_of(cells))
    pieces = [p for part in parts for piece in comma_parts(part) for p in _at_school(piece)]
    schools = [piece for piece in pieces if names_institution(piece)]
    named = [piece for piece in schools if not names_degree(piece)] or schools
    if not named:
        return _read_unnamed(parts)
    institution = ", ".join(named[:_MOST_INSTITUTIONS])
    return institution, ", ".join(piece for piece in pieces if piece not in named)


def _at_school(part: str) -> list[str]:
    """A degree and the school it is from, as two parts: "BSc at Some College", "BSc Some College"."""
    at = _AT_SCHOOL.search(part)
    if at is not None and names_institution(part[at.end() :]):
        return [part[: at.start()], part[at.end() :]]
    degree, rest = split_degree(part)
    return [degree, rest] if degree and names_institution(rest) else [part]


def _read_unnamed(parts: Sequence[str]) -> tuple[str, str]:
    """No word names a school: it is the part that names no degree, where there is just one."""
    degrees = [part for part in parts if names_degree(part)]
    others = [part for part in parts if not names_degree(part)]
    if not degrees:
        return "", ""
    return (others[0] if len(others) == 1 else ""), ", ".join(degrees)


def _years(when: DateRange | None) -> tuple[PartialDate | None, PartialDate | None]:
    if when is None:
        return None, None
    return (None, when.start) if when.is_single else (when.start, when.end)
