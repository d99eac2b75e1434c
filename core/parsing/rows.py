"""The lines of a section, each with its date cut out and judged: part of a heading, or text below one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.parsing.dates import DateRange, find_dates
from core.parsing.lines import Line
from core.parsing.places import is_place
from core.parsing.vocabulary import HEAD_WORD, title_score

_CUT = "\t"  # stands where a date was cut out of a line
_CELL_GAP = re.compile(r" {3,}|\t")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_UNIT = r"(?:years?|yrs?|jahre?n?|ans?|años?|months?|mos?|monate?n?|mois|meses|mes|weeks?)\b\.?"
_DURATION = re.compile(
    rf"[(\u00b7,]?\s?\b\d{{1,2}}\+?\s?{_UNIT}(?:,?\s(?:and\s|und\s|et\s|y\s)?\d{{1,2}}\s?{_UNIT})?\)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:job title|position(?: held)?|title|designation|company(?: name)?|employer|organi[sz]ation"
    r"|duration|period|dates?|zeitraum|location|firma|entreprise|empresa|poste|puesto)\s?:\s*",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[^:\t]{2,40}:(?:\s|$)")
_LEFT_OPEN = re.compile(r"\s{0,3}[-\u2010-\u2015]{1,2}(?:\s*$|\s{3,})")
_PRESENT = re.compile(r"present|now|current|today|heute|aujourd.hui|actualidad", re.IGNORECASE)
_EXPECTED = re.compile(
    r"\(?\b(?:expected|anticipated|exp\.|graduat(?:ion|ing|ed)|class of|voraussichtlich)(?: graduation)?"
    r"(?: date)?(?: in)?\s?:?\s*$",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"[(\[][\s,]*\t[\s,]*[)\]]")
_EDGES = " ,;:|\u2013\u2014-\u00b7\u2022/\t*_`"
_ABBREVIATED = re.compile(r"(?:\b(?:inc|ltd|co|corp|jr|sr|dept|univ|[a-z])|\.\w)\.$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_VERB = re.compile(r"(?!Graduated)[^\W\d_]+(?:ed|ing)\s+[a-z]")
_LONGEST_LINE = 240  # of one that may be part of a heading, with all its space
_LONGEST_HEAD = 120
_MOST_WORDS = 16
_FEW_WORDS = 4
_LONG_WORD = 4
_FULL = 0.85  # of the longest line
_SHORTEST_FULL = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A line with what is known of it.

    `cells` are the parts of a heading line that stand far apart, `text` is the line as part of a list
    item or a paragraph, `place` one that stands beside it. `continues` tells that the text began on
    the line before, `is_open` that the line's date ends with a dash.
    """

    line: Line
    cells: tuple[str, ...] = ()
    text: str = ""
    when: DateRange | None = None
    place: str = ""
    is_head: bool = False
    continues: bool = False
    is_open: bool = False

    @property
    def is_margin_only(self) -> bool:
        """Whether it says nothing but when and where."""
        return self.is_head and all(is_place(cell) for cell in self.cells)

    @property
    def has_margin(self) -> bool:
        """Whether a date or a place stands beside its text."""
        return not self.is_head and (self.when is not None or bool(self.place))

    def joined_by(self, stray: "Row") -> "Row":
        """This heading line with the date and place of another line."""
        places = stray.cells if stray.is_head else (stray.place,) if stray.place else ()
        return replace(self, when=self.when or stray.when, cells=(*self.cells, *places))

    def without_margin(self) -> "Row":
        """The line as text only."""
        return Row(self.line, text="" if self.is_head else self.text)


def rows_of(lines: Sequence[Line], today: date) -> tuple[Row, ...]:
    """The rows of a section."""
    lines = [line for line in lines if not _LINK.fullmatch(line.content.strip())]
    full = _full_length(lines)
    has_plain_heads = any(
        not line.is_bullet and (line.follows_blank or i == 0) for i, line in enumerate(lines)
    )
    rows: list[Row] = []
    for line in lines:
        rows.append(
            _row(line, rows, full, today, may_be_head=not line.is_bullet or not has_plain_heads)
        )
        if len(rows) > 1 and rows[-2].is_open:
            rows[-2:] = _closed(*rows[-2:])
    return tuple(rows)


def _row(line: Line, before: Sequence[Row], full: float, today: date, *, may_be_head: bool) -> Row:
    row = _head(line, today) if may_be_head else _text(line, today)
    is_dated_head = row.is_head and row.when is not None and not line.content[0].islower()
    continues = _continues(line, before, full) and not is_dated_head
    if row.is_head and (continues or (line.is_bullet and row.when is None)):
        row = _text(line, today)
    return replace(row, continues=continues)


def _closed(row: Row, following: Row) -> tuple[Row, Row]:
    """Two rows of which the first may hold the beginning of a date and the second its end."""
    begun, end = row.when, following.when
    if begun and end and end.is_single:
        return replace(row, when=replace(begun, end=end.start, is_current=False)), replace(
            following, when=None
        )
    cells = tuple(cell for cell in following.cells if not _PRESENT.fullmatch(cell))
    return row, replace(following, cells=cells)


def _full_length(lines: Sequence[Line]) -> float:
    """The length from which on a line may have been wrapped."""
    texts = (_CELL_GAP.split(line.text, maxsplit=1)[0] for line in lines)
    return max(_SHORTEST_FULL, _FULL * max(map(len, texts), default=0))


def _continues(line: Line, before: Sequence[Row], full: float) -> bool:
    """Whether a line is the rest of a list item or a paragraph that was wrapped."""
    if not before or before[-1].is_head or line.is_bullet or line.follows_blank:
        return False
    if line.content[0].islower() or not line.content[0].isalnum():
        return True
    if _VERB.match(line.content) and not before[-1].line.is_bullet:
        return False
    if len(before[-1].text) < full:
        return False
    return len(line.content) > _LONGEST_HEAD or title_score(line.content) < HEAD_WORD


def _head(line: Line, today: date) -> Row:
    """The line as part of a heading, or as text where it does not look like one."""
    if len(line.content) > _LONGEST_LINE:
        return _text(line, today)
    when, rest = _cut(line.content, today)
    rest = _LABEL.sub("", rest)
    cells = tuple(part for raw in _CELL_GAP.split(rest) if (part := raw.strip(_EDGES)))
    if not line.content.rstrip().endswith(":") and _looks_like_head(" ".join(cells), line):
        text = line.content if cells else ""
        is_open = when is not None and bool(_LEFT_OPEN.match(line.content, when.span.end))
        return Row(line, cells, text, when, is_head=True, is_open=is_open)
    return _text(line, today)


def _cut(content: str, today: date) -> tuple[DateRange | None, str]:
    """The date of a heading, and the line without it."""
    when = _heading_date(content, today)
    if when is None:
        return None, "" if _DURATION.fullmatch(content.strip()) else content
    before = _EXPECTED.sub("", content[: when.span.start])
    rest = before + _CUT + content[when.span.end :]
    return when, _EMPTY_BRACKETS.sub(_CUT, _DURATION.sub("", rest))


def _heading_date(content: str, today: date) -> DateRange | None:
    """The line's first range, else a single date at one of its ends."""
    dates = find_dates(content, today)
    ranges = (when for when in dates if not when.is_single)
    at_edge = (when for when in dates if _is_at_edge(content, when))
    return next(ranges, next(at_edge, None))


def _is_at_edge(content: str, when: DateRange) -> bool:
    """Whether a date stands at an end of the line, far from the rest, or between two separators."""
    before, after = content[: when.span.start].rstrip("("), content[when.span.end :].lstrip(").")
    is_first, is_last = not before.strip(_EDGES), not _DURATION.sub("", after).strip(_EDGES)
    if is_first or is_last or before.endswith("   ") or after.startswith("   "):
        return True
    return before.rstrip()[-1] in _EDGES and after.lstrip()[0] in _EDGES


def _text(line: Line, today: date) -> Row:
    """The line as text, with the date or place that stands beside it."""
    *parts, last = _CELL_GAP.split(line.content.rstrip())
    when = _heading_date(last, today) if parts and len(last) <= _LONGEST_LINE else None
    is_margin = bool(parts) and (
        (when is not None and not _cut(last, today)[1].strip(_EDGES)) or _is_place_or_duration(last)
    )
    if not is_margin:
        return Row(line, text=" ".join((*parts, last)))
    return Row(line, text=" ".join(parts), when=when, place=last if is_place(last) else "")


def _is_place_or_duration(text: str) -> bool:
    return is_place(text) or bool(_DURATION.fullmatch(text.strip()))


def _looks_like_head(text: str, line: Line) -> bool:
    """Whether a text without its date is a name or a title and not a sentence."""
    if not text:
        return True
    words = text.split()
    if len(text) > _LONGEST_HEAD or len(words) > _MOST_WORDS or _LABELLED.match(text):
        return False
    if (text[-1] == "." and not _ABBREVIATED.search(text)) or _VERB.match(text):
        return False
    if line.follows_blank and len(words) <= _FEW_WORDS:
        return True
    return is_capitalised(text) or (title_score(text) > 0 and len(words) <= _FEW_WORDS)


def is_capitalised(text: str) -> bool:
    """Whether at least half of the longer words begin with a capital."""
    words = [word for word in _WORD.findall(text) if len(word) >= _LONG_WORD] or _WORD.findall(text)
    if text[:1].islower():
        return False
    return sum(not word[0].islower() for word in words) * 2 >= len(words)
