"""The words of a page as lines in the order in which a person reads them. Geometry, no file format."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise, takewhile
from statistics import median

from core.adapters.page_cells import (
    BULLET_START,
    CELL_SEPARATOR,
    Cell,
    Row,
    Word,
    baseline_of,
    cells_by_angle,
    rows_of,
    size_of,
    text_of,
    usual_size,
)
from core.adapters.page_gutters import Band, Parting, bands_of, is_dated

_BLOCK_GAP = 1.25  # of the page's usual distance between lines
_TITLE = 1.1  # of the size above: a title, which a smaller gap sets apart
_NAME = 1.5  # of the usual size: what a person reads first
_INDENT = 1.0  # of the font size: a bullet's text, also where the bullet itself is drawn

_SOFT_HYPHEN = "\u00ad"
_BROKEN_WORD = re.compile(rf"([^\W\d_]+)([-\u2010{_SOFT_HYPHEN}])$")
_LOWER_START = re.compile(r"[a-zß-öø-ÿ]\S*")
_COMPOUND_STARTS = frozenset({"all", "co", "cross", "end", "multi", "non", "self", "well"})


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    baseline: float
    size: float


def text_of_page(words: Sequence[Word]) -> str:
    """The page's text: one line a visual line, a blank line between blocks, bullets as “• ”."""
    texts = (_joined(_read(cells)) for cells in cells_by_angle(words))
    return "\n\n".join(text for text in texts if text)


def _read(cells: Iterable[Cell]) -> list[_Line]:
    """The lines of a region; what the gutter leaves whole is looked at again on its own."""
    bands = bands_of(rows_of(cells))
    if len(bands) == 1 and bands[0].parting is Parting.NOTHING:
        return [_line(row) for row in bands[0].rows]
    lines: list[_Line] = []
    for is_whole, group in groupby(bands, key=lambda band: band.parting is Parting.NOTHING):
        if is_whole:
            lines += _read(cell for band in group for cell in band.cells)
        else:
            lines += chain(*map(_read_parted, group))
    return lines


def _read_parted(band: Band) -> list[_Line]:
    if band.parting is not Parting.COLUMNS:
        return _margin_lines(band)
    name = _leading_name(band)
    right = band.right[len(name) :]
    return [_line(row) for row in name] + _read(chain(*band.left)) + _read(chain(*right))


def _leading_name(band: Band) -> list[Row]:
    """The large name at the head of the right column, which is read before a sidebar on the left."""
    large = _NAME * usual_size(band.rows)
    if any(size_of(row) > large for row in band.left):
        return []
    return list(takewhile(lambda row: size_of(row) > large, band.right))


def _line(row: Row) -> _Line:
    text = BULLET_START.sub("• ", text_of(row))
    return _Line(text, baseline_of(row), size_of(row))


# Margins


@dataclass(slots=True)
class _Entry:
    """A row of the main text, and the rows of the margin that belong to it."""

    main: Row
    margin: list[Row]

    @property
    def is_bullet(self) -> bool:
        return bool(self.main) and BULLET_START.match(text_of(self.main)) is not None

    @property
    def goes_on(self) -> bool:
        """Whether it begins in the middle of a sentence."""
        return bool(self.main) and _LOWER_START.match(text_of(self.main)) is not None


def _margin_lines(band: Band) -> list[_Line]:
    """Rows with their margin; a place or date beside an entry's bullets goes up to its heading."""
    is_left = band.parting is Parting.LEFT_MARGIN
    side = chain(*(band.left if is_left else band.right))
    entries = _entries(band.rows, {cell.order for cell in side})
    heading = 0
    for index, entry in enumerate(entries):
        above = entries[heading:index]
        is_sentence = not is_left and _is_sentence(entry, entries[index + 1 : index + 2], above)
        if not above or not (is_sentence or _is_in_list(entry, above[0])):
            heading = index
        elif entry.margin:
            above[0].margin += entry.margin
            entry.margin = []
    return list(chain(*(_entry_lines(entry, is_left=is_left) for entry in entries)))


def _entries(rows: list[Row], in_margin: set[int]) -> list[_Entry]:
    entries = []
    for row in rows:
        margin = [cell for cell in row if cell.order in in_margin]
        main = [cell for cell in row if cell.order not in in_margin]
        entries.append(_Entry(main, [margin] if margin else []))
    return entries


def _is_in_list(entry: _Entry, heading: _Entry) -> bool:
    """Whether a row is a bullet, or set in from its heading as one."""
    if entry.is_bullet or not entry.main or not heading.main:
        return entry.is_bullet
    first, text = heading.main[0], entry.main[0]
    return text.start >= first.start + _INDENT * text.size and first.size < _NAME * text.size


def _is_sentence(entry: _Entry, below: list[_Entry], above: list[_Entry]) -> bool:
    """Whether a row goes on with a sentence, or begins one that the next row goes on with.

    A heading over two lines does so too, but has a date of its own.
    """
    if entry.goes_on:
        return True
    dated = [item for item in (entry, *above) if any(map(is_dated, item.margin))]
    is_text = not any(item.is_bullet for item in above) and not (entry in dated and len(dated) > 1)
    return is_text and any(item.goes_on for item in below)


def _entry_lines(entry: _Entry, *, is_left: bool) -> list[_Line]:
    if not entry.main:
        return [_line(row) for row in entry.margin]
    line = _line(entry.main)
    notes = [text_of(row) for row in entry.margin]
    if is_left:
        return [replace(line, text=CELL_SEPARATOR.join(filter(None, [" ".join(notes), line.text])))]
    first = replace(line, text=CELL_SEPARATOR.join([line.text, *notes[:1]]))
    return [first, *(replace(line, text=note) for note in notes[1:])]


# Lines


def _joined(lines: list[_Line]) -> str:
    """The lines as text, with a blank line where the gap is clearly larger than usual."""
    pitches = [above.baseline - below.baseline for above, below in pairwise(lines)]
    usual = median([pitch for pitch in pitches if pitch > 0] or [0.0])
    texts = [lines[0].text] if lines else []
    for above, line in pairwise(lines):
        if _starts_block(above, line, usual):
            texts += ["", line.text]
            continue
        texts[-1], rest = _unhyphenated(texts[-1], line.text)
        if rest:
            texts.append(rest)
    return "\n".join(texts)


def _starts_block(above: _Line, line: _Line, usual: float) -> bool:
    pitch = above.baseline - line.baseline
    is_title = line.size > _TITLE * above.size and pitch > usual
    return pitch < 0 or pitch > _BLOCK_GAP * usual or is_title


def _unhyphenated(above: str, line: str) -> tuple[str, str]:
    """Two lines, with a word that was divided between them back in one piece on the first."""
    broken = _BROKEN_WORD.search(above)
    rest = _LOWER_START.match(line)
    if broken is None or rest is None:
        return above, line
    start, hyphen = broken.groups()
    is_compound = start.lower() in _COMPOUND_STARTS and len(rest[0]) > 3
    kept = hyphen if is_compound and hyphen != _SOFT_HYPHEN else ""
    return above[: broken.start(2)] + kept + rest[0], line[rest.end() :].lstrip()
