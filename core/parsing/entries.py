"""Jobs, studies and projects as entries: a heading of one or more lines, a date, and what follows.

A date marks an entry. The lines of its heading stand above it, beside it or below it; which of these a
resume does is read off the first entry of a block and then holds for the block.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from core.domain.profile import Span
from core.parsing.dates import DateRange
from core.parsing.lines import Line, covering
from core.parsing.rows import Row, rows_of

_LABEL = re.compile(r"[^:]{2,40}:")
_MOST_UNDATED = 8  # lines of a heading without a date
_MOST_HEADS = 3  # lines of a heading on one side of its date


@dataclass(frozen=True, slots=True)
class Item:
    """A list item or a paragraph, with its wrapped lines joined."""

    text: str
    is_bullet: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """`cells` are the heading's parts, line by line, without the date; `items` what stands below."""

    cells: tuple[tuple[str, ...], ...]
    when: DateRange | None
    items: tuple[Item, ...]
    lines: tuple[Line, ...]

    @property
    def span(self) -> Span | None:
        """Where the whole entry stands."""
        return covering(self.lines)


# How much the cells of a heading tell, line by line: more is better, from `COMPLETE` on it is enough.
Quality = Callable[[Sequence[Sequence[str]]], int]
NOTHING, PART, GUESS, COMPLETE, CERTAIN = range(5)


@dataclass(slots=True)
class _Draft:
    heads: list[Row]
    body: list[Row]

    @property
    def when(self) -> DateRange | None:
        return next((row.when for row in self.heads if row.when), None)


def find_entries(lines: Sequence[Line], today: date, quality: Quality) -> tuple[Entry, ...]:
    """The entries of a section. Those without a date are headings that no date belongs to."""
    drafts: list[_Draft] = []
    for heads, body in _blocks(_lifted(rows_of(lines, today))):
        leading, found = _drafts(heads, quality)
        if leading and drafts:
            drafts[-1].body += leading
        drafts += found
        if drafts:
            drafts[-1].body += body
    return tuple(_entry(draft) for draft in drafts)


def _entry(draft: _Draft) -> Entry:
    return Entry(
        tuple(row.cells for row in draft.heads if row.cells),
        draft.when,
        items_of(draft.body),
        tuple(row.line for row in (*draft.heads, *draft.body)),
    )


def items_of(rows: Sequence[Row]) -> tuple[Item, ...]:
    """The text of rows, an item for each list item and paragraph."""
    items: list[Item] = []
    for row in rows:
        if not row.text or _LABEL.fullmatch(row.text):
            continue
        if items and row.continues:
            items[-1] = replace(items[-1], text=_wrapped(items[-1].text, row.text))
        else:
            items.append(Item(row.text, row.line.is_bullet))
    return tuple(items)


def _wrapped(text: str, more: str) -> str:
    """Two printed lines as one; a soft hyphen at the break was only there for the break."""
    if text.endswith("\u00ad"):
        return text[:-1] + more
    return text + more if text.endswith("-") and text[-2:-1].isalpha() else f"{text} {more}"


# Dates beside or below an entry's text are moved to its heading first.


def _lifted(rows: Sequence[Row]) -> list[Row]:
    lifted: list[Row] = []
    owner: int | None = None  # the last line of the heading that a stray date belongs to
    is_dated = begins_dated = follows_text = False
    for row in rows:
        is_stray = (row.is_margin_only and follows_text) if row.is_head else row.has_margin
        if is_stray and owner is not None and not is_dated:
            lifted[owner] = lifted[owner].joined_by(row)
            lifted.append(row.without_margin())
            is_dated = lifted[owner].when is not None
            continue
        lifted.append(row)
        if row.is_margin_only and follows_text:
            begins_dated = begins_dated or row.when is not None
        elif row.is_head:
            is_dated = (is_dated and not follows_text) or begins_dated or row.when is not None
            owner, follows_text = (owner, False) if row.is_margin_only else (len(lifted) - 1, False)
        if not (row.is_margin_only and follows_text):
            begins_dated, follows_text = False, not row.is_head
    return [row for row in lifted if row.cells or row.text or row.when]


# A block is a run of heading lines and the text below it.


def _blocks(rows: Sequence[Row]) -> list[tuple[list[Row], list[Row]]]:
    blocks: list[tuple[list[Row], list[Row]]] = []
    for row in rows:
        if row.is_head and (not blocks or blocks[-1][1]):
            blocks.append(([], []))
        if not blocks:
            blocks.append(([], []))
        blocks[-1][0 if row.is_head else 1].append(row)
    return blocks


def _drafts(heads: list[Row], quality: Quality) -> tuple[list[Row], list[_Draft]]:
    """The lines before the block's first entry, and its entries."""
    dated = [i for i, row in enumerate(heads) if row.when]
    if not dated:
        return [], [
            _Draft(heads[i : i + _MOST_UNDATED], []) for i in range(0, len(heads), _MOST_UNDATED)
        ]
    above = _lines_above(heads, dated, quality)
    starts = [dated[0] - above]
    for i, previous in zip(dated[1:], dated, strict=False):
        starts.append(i - (_lines_above_next(heads, previous, i, above, quality) if above else 0))
    stops = [*starts[1:], len(heads)]
    drafts = []
    for anchor, start, stop in zip(dated, starts, stops, strict=True):
        below = _unparted(heads, anchor, stop)
        taken = anchor + 1 + _lines_below(heads[start : anchor + 1], below, quality)
        drafts.append(_Draft(heads[start:taken], heads[taken:stop]))
    return heads[: starts[0]], drafts


def _lines_above(heads: Sequence[Row], dated: Sequence[int], quality: Quality) -> int:
    """How many heading lines stand above the date, judged by the block's first entry."""
    first = dated[0]
    stop = dated[1] if len(dated) > 1 else len(heads)
    up, down = _around(heads, first, stop)
    n_up, n_down = _gain(heads[first], up, quality), _gain(heads[first], down, quality)
    quality_up = quality(_cells([*up[:n_up][::-1], heads[first]]))
    quality_down = quality(_cells([heads[first], *down[:n_down]]))
    return n_up if quality_up >= quality_down else 0


def _lines_above_next(
    heads: Sequence[Row], previous: int, i: int, above: int, quality: Quality
) -> int:
    """The same for a later date: as many lines as above the first one, or those of its paragraph."""
    between = heads[max(previous + 1, i - _MOST_HEADS) : i][::-1]
    blank = next((n for n, row in enumerate(between, start=1) if row.line.follows_blank), None)
    if blank is None or heads[i].line.follows_blank:
        return min(above, len(between))
    return _gain(heads[i], between[:blank], quality)


def _around(heads: Sequence[Row], i: int, stop: int) -> tuple[Sequence[Row], Sequence[Row]]:
    """The heading lines above and below a line, nearest first; a blank line on one side only parts."""
    up, down = heads[max(0, i - _MOST_HEADS) : i][::-1], _unparted(heads, i, stop)
    is_closer_below = bool(down) and not down[0].line.follows_blank
    return ([] if heads[i].line.follows_blank and is_closer_below else up), down


def _unparted(heads: Sequence[Row], i: int, stop: int) -> Sequence[Row]:
    """The lines below line `i`, up to a blank one where there is none above it."""
    below = heads[i + 1 : min(stop, i + 1 + _MOST_HEADS)]
    if heads[i].line.follows_blank:
        return below
    return list(takewhile(lambda row: not row.line.follows_blank, below))


def _lines_below(heads: Sequence[Row], below: Sequence[Row], quality: Quality) -> int:
    best, taken = quality(_cells(heads)), 0
    for n, row in enumerate(below, start=1):
        reached = quality(_cells([*heads, *below[:n]]))
        is_better = best < COMPLETE and reached > best
        if is_better or (row.is_margin_only and taken == n - 1):
            best, taken = max(best, reached), n
    return taken


def _gain(anchor: Row, others: Sequence[Row], quality: Quality) -> int:
    """How many of the other lines, from the nearest on, it takes to understand the heading best."""
    best, taken = quality(_cells([anchor])), 0
    for n in range(1, len(others) + 1):
        if best >= COMPLETE:
            break
        reached = quality(_cells([anchor, *others[:n]]))
        if reached > best:
            best, taken = reached, n
    return taken


def _cells(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return [row.cells for row in rows if row.cells]
