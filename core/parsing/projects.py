"""Projects, from the lines of a resume's projects section."""

import re
from collections.abc import Sequence
from datetime import date

from core.domain.profile import Project
from core.parsing.entries import items_of
from core.parsing.lines import Line, covering
from core.parsing.places import is_place
from core.parsing.rows import Row, rows_of

_NAME_END = re.compile(r":\s+|\s+[-\u2013\u2014|\u00b7]\s+|\s{3,}")
_LONGEST_NAME = 80
_MOST_WORDS = 4  # of a name before a colon
_DETAIL = re.compile(
    r"(?:technolog\w*|tech(?:nical)?(?: stack)?|tools?|role|description|team(?: size)?|client|duration|environment"
    r"|responsibilit\w*|links?|github|stack|url|website|skills?|languages?|platform|database|achievements?"
    r"|key \w+|result|impact|goal|task|aufgaben|technologien|rolle|kunde|outils|tecnologías|period|date)\s?:",
    re.IGNORECASE,
)
_PROJECT_LABEL = re.compile(
    r"(?:project(?: name| title)?|projekt|projet|proyecto|title|name)\s?\d*\s?[:.]\s*",
    re.IGNORECASE,
)


def find_projects(lines: Sequence[Line], today: date) -> tuple[Project, ...]:
    """The projects in the order of the resume; a list without headings has one project an item."""
    groups: list[list[Row]] = []
    rows = rows_of(lines, today)
    has_names = any(_names_project(row) for row in rows)
    for row in rows:
        if not groups or _begins(row, groups[-1], has_names):
            groups.append([])
        groups[-1].append(row)
    return tuple(filter(None, map(_project, groups)))


def _begins(row: Row, group: Sequence[Row], has_names: bool) -> bool:
    """Whether a row opens the next project."""
    if not has_names:
        return not row.continues and (row.line.is_bullet or row.line.follows_blank)
    if not _names_project(row) or row.is_margin_only:
        return False
    is_dated_again = row.when is not None and any(before.when for before in group)
    follows_name = group[-1].is_head and not _is_before_colon(row)
    return row.line.follows_blank or not follows_name or is_dated_again


def _names_project(row: Row) -> bool:
    """Whether a row is a heading, text with a date beside it, or text with a name before a colon."""
    if row.line.is_bullet or _DETAIL.match(row.text):
        return False
    return row.is_head or row.when is not None or _is_before_colon(row)


def _is_before_colon(row: Row) -> bool:
    """Whether a row begins with a name and a colon."""
    name, colon, _ = row.text.partition(": ")
    return bool(colon) and len(name.split()) <= _MOST_WORDS and name[:1].isupper()


def _project(rows: Sequence[Row]) -> Project | None:
    first, *rest = rows
    name, description = _split_name(first)
    if not name:
        return None
    items = items_of(rest)
    texts = [description, *(item.text for item in items if not item.is_bullet)]
    return Project(
        name=name,
        description=" ".join(filter(None, texts)),
        highlights=tuple(item.text for item in items if item.is_bullet),
        span=covering([row.line for row in rows]),
    )


def _split_name(row: Row) -> tuple[str, str]:
    """The project's name, and what stands behind it on its line."""
    name, *others = row.cells or (row.text,)
    name = _PROJECT_LABEL.sub("", name, count=1)
    end = _NAME_END.search(name)
    if end and 0 < end.start() <= _LONGEST_NAME:
        name, others = name[: end.start()], [name[end.end() :], *others]
    elif len(name) > _LONGEST_NAME:
        return name[:_LONGEST_NAME].rpartition(" ")[0], name
    return name.strip(" ,;:-"), ", ".join(other for other in others if not is_place(other))
