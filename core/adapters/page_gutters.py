"""Where a page has a gutter (a strip without text that has lines on both sides), and what it parts.

Between two columns the left one is read first. Beside a margin (dates, places, labels) the page is
read row by row, because what stands in a margin belongs to the line it stands next to.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import chain, groupby, pairwise

from core.adapters.page_cells import (
    SAME_BASELINE,
    Cell,
    Row,
    baseline_of,
    rows_of,
    size_of,
    text_of,
    usual_size,
)

_GUTTER = 0.8  # least width, of the font size
_MAX_CELLS = 600  # in a region; a dense page of prose in two columns has some 200
_MIN_ROWS = 2  # on each side
_MIN_COLUMN_ROWS = 3  # on each side; with fewer nothing may speak against columns
_OUT_OF_STEP = 0.2  # of a side's lines; a margin's lines stand level with the text's
_NEARLY_ALL = 0.8  # of a side's lines
_FULL_LINE = 0.85  # of a column's width
_PROSE_LETTERS = 25  # a line
_DATED_LETTERS = 40  # at most, in a line that is a date, a place, or both
_LARGER = 1.1  # than the usual size: a title

_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:present|current|now|today|ongoing)\b|\b\d+ (?:year|month|yr|mo)s?\b",
    re.IGNORECASE,
)
_SECTION_WORDS = frozenset(
    "about academic achievements activities additional and awards background career certificates "
    "certifications competencies contact contacts core courses details education employment "
    "experience expertise fields history hobbies honors info information interests involvement key "
    "knowledge languages me my objective personal portfolio professional profile projects "
    "publications qualifications references relevant selected skills soft strengths summary "
    "technical technologies tools training volunteer volunteering work".split()
)
_MAX_SECTION_WORDS = 4


class Parting(Enum):
    """What the gutter parts in a band of rows."""

    NOTHING = auto()
    COLUMNS = auto()
    LEFT_MARGIN = auto()
    RIGHT_MARGIN = auto()


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that follow each other, the rows left and right of the gutter, and what it parts there."""

    rows: list[Row]
    left: list[Row]
    right: list[Row]
    parting: Parting

    @property
    def cells(self) -> Iterable[Cell]:
        """All of its cells."""
        return chain(*self.rows)


def bands_of(rows: list[Row]) -> list[Band]:
    """A region's rows, cut by the gutter that has most to say; one band where there is none.

    Columns come before margins: a page with a sidebar is cut there first, and each side again.
    """
    best = [Band(rows, [], [], Parting.NOTHING)]
    most = ((0, 0), (0, 0))
    for x in _possible_gutters(rows):
        bands = _cut(rows, x)
        columns = [band for band in bands if band.parting is Parting.COLUMNS]
        margins = [band for band in bands if band.parting.name.endswith("MARGIN")]
        gain = (_gain(columns), _gain(margins))
        if gain > most:
            best, most = bands, gain
    if most[0] == (0, 0):
        return best
    return [band if band.parting is Parting.COLUMNS else _whole(band) for band in best]


def is_dated(row: Row) -> bool:
    """Whether a row is short and holds a date, or how long something took."""
    text = text_of(row)
    return len(text) <= _DATED_LETTERS and _DATED.search(text) is not None


def _whole(band: Band) -> Band:
    return replace(band, parting=Parting.NOTHING)


def _gain(bands: list[Band]) -> tuple[int, int]:
    """How many rows stand on the gutter's poorer side, and how many it divides."""
    poorer = sum(min(len(band.left), len(band.right)) for band in bands)
    return poorer, sum(len(band.rows) for band in bands)


def _possible_gutters(rows: list[Row]) -> list[float]:
    """A point beside every place where a cell begins or ends; none in a drawing or a huge table."""
    if sum(map(len, rows)) > _MAX_CELLS:
        return []
    starts = {round(cell.start) - 1.0 for row in rows for cell in row}
    ends = {round(cell.end) + 1.0 for row in rows for cell in row}
    return sorted(starts | ends)


def _cut(rows: list[Row], x: float) -> list[Band]:
    """Bands of rows: those with a cell that reaches across x, and those that x divides."""
    bands: list[Band] = []
    for crosses, group in groupby(rows, key=lambda row: any(c.start < x < c.end for c in row)):
        found = list(group)
        last = len(found)
        while not crosses and last and _is_title(found[last - 1], found):
            last -= 1  # a title at the end belongs to what follows
        bands += [_band(part, x, crosses=crosses) for part in (found[:last], found[last:]) if part]
    return bands


def _band(rows: list[Row], x: float, *, crosses: bool) -> Band:
    cells = [] if crosses else list(chain(*rows))
    left = rows_of(cell for cell in cells if cell.end <= x)
    right = rows_of(cell for cell in cells if cell.start >= x)
    is_gutter = min(len(left), len(right)) >= _MIN_ROWS and _is_wide_enough(left, right)
    return Band(rows, left, right, _parting(left, right) if is_gutter else Parting.NOTHING)


def _is_wide_enough(left: list[Row], right: list[Row]) -> bool:
    strip = min(row[0].start for row in right) - max(row[-1].end for row in left)
    return strip >= _GUTTER * usual_size(left + right)


def _parting(left: list[Row], right: list[Row]) -> Parting:
    if any(map(_has_section_name, left)) and any(map(_has_section_name, right)):
        return Parting.COLUMNS
    if _are_dates(right, left):
        return Parting.RIGHT_MARGIN
    if _are_dates(left, right):
        return Parting.LEFT_MARGIN
    if _letters(left) < _letters(right):
        side, main, margin = left, right, Parting.LEFT_MARGIN
    else:
        side, main, margin = right, left, Parting.RIGHT_MARGIN
    return Parting.COLUMNS if _are_columns(side, main) else margin


def _are_dates(side: list[Row], main: list[Row]) -> bool:
    """Whether a side is a margin of dates: nearly nothing else, or half of it level with the text."""
    dated = sum(map(is_dated, side))
    return dated >= _NEARLY_ALL * len(side) or (
        dated >= 0.5 * len(side) and not _is_out_of_step(side, main)
    )


def _are_columns(side: list[Row], main: list[Row]) -> bool:
    """Whether two sides are independent, by how the file draws them and how their lines stand."""
    turns = _turns(side, main)
    if min(len(side), len(main)) < _MIN_COLUMN_ROWS:
        return turns == 1 and _out_of_step(side, main) > 0
    return turns <= 2 or _is_out_of_step(side, main) or (_is_prose(side) and _is_prose(main))


def _is_out_of_step(side: list[Row], main: list[Row]) -> bool:
    alone = _out_of_step(side, main)
    return alone >= 2 and alone > _OUT_OF_STEP * len(side)


def _is_title(row: Row, rows: list[Row]) -> bool:
    return len(row) == 1 and (_has_section_name(row) or size_of(row) > _LARGER * usual_size(rows))


def _has_section_name(row: Row) -> bool:
    words = re.findall(r"\w+", row[0].text.lower())
    is_short = len(row) == 1 and 0 < len(words) <= _MAX_SECTION_WORDS
    return is_short and _SECTION_WORDS.issuperset(words)


def _letters(rows: list[Row]) -> int:
    return sum(len(cell.text) for row in rows for cell in row)


def _turns(side: list[Row], main: list[Row]) -> int:
    """How often the file changes sides as it draws: often for a table, once for two columns."""
    drawn = [(cell.order, True) for cell in chain(*side)]
    drawn += [(cell.order, False) for cell in chain(*main)]
    return sum(one != other for (_, one), (_, other) in pairwise(sorted(drawn)))


def _out_of_step(side: list[Row], main: list[Row]) -> int:
    """How many of the side's lines stand beside the main text, but level with none of its lines."""
    levels = [baseline_of(row) for row in main]
    tolerance = SAME_BASELINE * usual_size(side)
    beside = [
        baseline_of(row)
        for row in side
        if min(levels) < baseline_of(row) < max(levels) and not _is_title(row, side)
    ]
    return sum(all(abs(place - level) > tolerance for level in levels) for place in beside)


def _is_prose(rows: list[Row]) -> bool:
    """Whether several lines run on to the right edge, as wrapped sentences do."""
    start = min(row[0].start for row in rows)
    width = max(row[-1].end for row in rows) - start
    full = [row for row in rows if row[-1].end - start >= _FULL_LINE * width]
    return len(full) >= _MIN_COLUMN_ROWS and _letters(full) >= _PROSE_LETTERS * len(full)
