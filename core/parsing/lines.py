"""A resume's text as lines that remember where they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from core.domain.profile import Span

# Text whose line breaks were lost on the way keeps them as runs of spaces; no printed line is longer.
_LONGEST_PRINTED_LINE = 240
_LONGEST_PIECE = 1000  # characters: where a line without any break is cut
_MOST_LINES = 1500  # of twenty closely printed pages; what stands behind is not structured
_LOST_BREAK = re.compile(r"\s{2,}")
_LOST_BLANK_LINE = 4
# A dash between two dates may be lost as well: "2008  2009".
_YEAR_DIGITS = 4
_LOST_DASH_BEFORE = re.compile(r"(?:19|20)\d\d$")
_LOST_DASH_AFTER = re.compile(
    r"(?:[A-Z][a-z]{2,8}\.?,? )?(?:(?:19|20)\d\d\b|present\b)", re.IGNORECASE
)

_WHITE_SPACE = re.compile(r"[^\S ]")
_DASHES = "\u2010-\u2015\u2212"
_BULLET = re.compile(
    "(?:"
    "[\u2022\u2023\u2043\u2219\u25a0\u25a1\u25aa\u25ab\u25b6\u25b8\u25ba\u25cb\u25cf\u25d8\u25e6"
    "\u2605\u2606\u2666\u2713\u2714\u2726\u2756\u27a2\u27a4\u2794\u279c\u00b7\u00bb\u203a\u25c6"
    "\u25c7\ue000-\uf8ff]+\\s*"
    f"|[-*+>o{_DASHES}\u2192](?!\\s+(?:19|20)\\d\\d)(?=\\s)\\s*"
    "|\\(?\\d{1,2}[.)]\\s+(?=[^\\W\\d])"
    ")"
)
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_PAGE_NUMBER = re.compile(
    rf"(?:[^\d]{{1,60}}[-{_DASHES}|\u00b7]\s*)?"
    r"(?:(?:page|seite|página)\s?\d{1,3}(?:\s?(?:of|von|de|sur|/)\s?\d{1,3})?"
    r"|(?P<first>\d{1,2})\s?/\s?(?P<last>\d{1,2}))"
    rf"|[-{_DASHES}|\s]*\d{{1,2}}[-{_DASHES}|\s]*",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\W_]{2,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line without its outer space.

    `text[i]` is the resume's character `start + i`, with any white space shown as a plain one. `mark`
    is the length of the bullet or heading sign it begins with; a list item whose bullet stands on the
    line above has none.
    """

    text: str
    start: int
    mark: int = 0
    is_bullet: bool = False
    follows_blank: bool = False

    @property
    def span(self) -> Span:
        """Where it stands in the resume."""
        return Span(self.start, self.start + len(self.text))

    @property
    def content(self) -> str:
        """The text after the bullet."""
        return self.text[self.mark :]


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines that say something, in order; blank ones, rules and page numbers are left out.

    Of a text far longer than a resume, the first 1,500.
    """
    lines: list[Line] = []
    follows_blank, follows_lone_bullet = True, False
    for start, piece, follows_gap in islice(_pieces(text), _MOST_LINES):
        line = _line(piece, start)
        if line is None or not line.content:
            follows_blank = follows_blank or line is None
            follows_lone_bullet = follows_lone_bullet or line is not None
            continue
        lines.append(
            replace(
                line,
                is_bullet=line.is_bullet or follows_lone_bullet,
                follows_blank=follows_blank or follows_gap,
            )
        )
        follows_blank = follows_lone_bullet = False
    return tuple(lines)


def covering(lines: Sequence[Line]) -> Span | None:
    """The stretch of the resume from the first to the last of these lines."""
    if not lines:
        return None
    return Span(min(line.start for line in lines), max(line.span.end for line in lines))


def _pieces(text: str) -> Iterator[tuple[int, str, bool]]:
    """(offset, text, whether a blank line was lost before it) for each line."""
    offset = 0
    for raw in text.splitlines(keepends=True):
        if len(raw) > _LONGEST_PRINTED_LINE:
            yield from _unflattened(raw, offset)
        else:
            yield offset, raw, False
        offset += len(raw)


def _unflattened(raw: str, offset: int) -> Iterator[tuple[int, str, bool]]:
    start, follows_gap = 0, False
    for gap in _LOST_BREAK.finditer(raw):
        if _is_lost_dash(raw, *gap.span()):
            continue
        yield from _cut(raw, offset, start, gap.start(), follows_gap)
        start = gap.end()
        follows_gap = len(gap.group()) >= _LOST_BLANK_LINE
    yield from _cut(raw, offset, start, len(raw), follows_gap)


def _is_lost_dash(raw: str, start: int, end: int) -> bool:
    return bool(
        _LOST_DASH_BEFORE.search(raw, max(0, start - _YEAR_DIGITS), start)
        and _LOST_DASH_AFTER.match(raw, end)
    )


def _cut(
    raw: str, offset: int, start: int, end: int, follows_gap: bool
) -> Iterator[tuple[int, str, bool]]:
    for first in range(start, end, _LONGEST_PIECE):
        yield (
            offset + first,
            raw[first : min(end, first + _LONGEST_PIECE)],
            follows_gap and first == start,
        )


def _line(piece: str, start: int) -> Line | None:
    text = _WHITE_SPACE.sub(" ", piece)
    stripped = text.strip()
    if not stripped or _is_page_number(stripped) or _RULE.fullmatch(stripped):
        return None
    bullet = _BULLET.match(stripped + " ")
    mark = bullet or _MARKDOWN_HEADING.match(stripped)
    length = min(mark.end(), len(stripped)) if mark else 0
    return Line(
        stripped, start + len(text) - len(text.lstrip()), length, is_bullet=bullet is not None
    )


def _is_page_number(text: str) -> bool:
    """Whether a line is "Page 2 of 3", "Jane Roe – 2/3" or "2"; "on call – 24/7" is not."""
    match = _PAGE_NUMBER.fullmatch(text)
    return match is not None and int(match["first"] or 0) <= int(match["last"] or 0)
