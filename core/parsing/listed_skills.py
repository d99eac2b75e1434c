"""Skills that a resume lists but the lexicon does not know, kept as they are written."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from core.domain.profile import Skill, Span
from core.parsing.lines import Line

CATEGORY = "As written"
_LABEL = re.compile(r"^[^:,;|]{2,40}:\s+")
_ITEM = re.compile(r"[^,;|•·]+")
_BRACKETS = re.compile(r"\([^)]*\)?")
_LONGEST_ITEM = 40
_MOST_WORDS = 4
_FEWEST_ITEMS = 3
_PROSE = re.compile(
    r"\b(a|an|the|i|my|our|with|for|to|from|in|of the|is|are|was|have|has|years?|ability|able|"
    r"knowledge|experience|experienced|excellent|strong|good|proficient|fluent|native)\b|\d{4}",
    re.IGNORECASE,
)
"""Words of sentences and of self-praise: an item with one of them is no name of a skill."""


def find_listed_skills(
    lines: Iterable[Line], known: Sequence[Skill], nearest: Callable[[str], str]
) -> tuple[Skill, ...]:
    """The items of comma lists in a skills section that are no known skill, each once.

    `nearest` names the known skill that one may be a slip of. Only lists of `_FEWEST_ITEMS` and more with short items count, so that sentences are left alone.
    """
    taken = [span for skill in known for span in skill.spans]
    names = {skill.name.casefold() for skill in known}
    found: dict[str, Skill] = {}
    for line in lines:
        for name, span in _items(line):
            is_known = name.casefold() in names or any(span.overlaps(other) for other in taken)
            if not is_known:
                found.setdefault(
                    name.casefold(), Skill(name, CATEGORY, spans=(span,), near=nearest(name))
                )
    return tuple(found.values())


def _items(line: Line) -> Iterator[tuple[str, Span]]:
    """The items of a line that is a list of names, with where they stand."""
    label = _LABEL.match(line.content)
    start = line.mark + (label.end() if label else 0)
    text = _BRACKETS.sub(lambda found: " " * len(found.group()), line.text)
    pieces = list(_ITEM.finditer(text, start))
    if len(pieces) < _FEWEST_ITEMS:
        return
    for piece in pieces:
        name = piece.group().strip(" .")
        if _is_name(name):
            first = line.start + piece.start() + piece.group().index(name)
            yield name, Span(first, first + len(name))


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        1 < len(name) <= _LONGEST_ITEM
        and 0 < len(words) <= _MOST_WORDS
        and any(char.isalpha() for char in name)
        and not _PROSE.search(name)
    )
