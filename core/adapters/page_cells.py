"""Words with places on a page, put together to cells (words in a run) and rows (what shares a line)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

CELL_SEPARATOR = "   "  # between the parts of one line that stand far apart: a title and its date

BULLETS = "•◦▪▫■□●○‣⁃∙·➢➤►▸▶◆◇❖✓✔✦★❯»"
BULLET_START = re.compile(rf"^[{BULLETS}]\s*(?=\S)")

_RTL = r"[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"  # but digits
_RIGHT_TO_LEFT = re.compile(rf"{_RTL}(?:\s+{_RTL})*")  # glyphs were collected from left to right

# Lengths in units of the font size.
SAME_BASELINE = 0.25
_WORD_GAP = 0.12
_CELL_GAP = 0.8
_BULLET_GAP = 3.0  # a bullet stays with its text
_FAR_GAP = 1.5  # a person sees two things

_ONE_SIZE = 0.85  # sizes nearer than this ratio are the same; a superscript is smaller
_STEP = 0.15  # of the font size; neighbours further out of step stand in two columns
_DEPTH, _HEIGHT = 0.2, 0.7  # of the font size, below and above the baseline
_NEARLY_ALL = 0.8
_SAME_PLACE = 2.0  # points


@dataclass(frozen=True, slots=True)
class Word:
    """A run of glyphs without a space. Lengths in points; `baseline` grows upwards.

    `angle` counts quarter turns; the coordinates of turned text are those in which it runs left to
    right.
    """

    text: str
    start: float
    end: float
    baseline: float
    size: float
    angle: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Neighbouring words on one line. `order` is the place in which the file draws the first."""

    text: str
    start: float
    end: float
    baseline: float
    size: float
    order: int

    @property
    def is_bullet(self) -> bool:
        """Whether it is a bullet whose text stands apart."""
        return self.text in BULLETS


Row = list[Cell]


def cells_by_angle(words: Sequence[Word]) -> list[list[Cell]]:
    """The cells of a page, those that run the same way together, the most frequent way first."""
    ways: dict[int, dict[tuple[str, int, int], Cell]] = {}
    for order, word in enumerate(words):
        # Some files draw a word twice, a hair apart, to make it look bold.
        place = (word.text, round(word.start / _SAME_PLACE), round(word.baseline / _SAME_PLACE))
        cell = Cell(word.text, word.start, word.end, word.baseline, word.size, order)
        ways.setdefault(word.angle, {}).setdefault(place, cell)
    by_frequency = sorted(ways.values(), key=len, reverse=True)
    return [_cells(one_word_each.values()) for one_word_each in by_frequency]


def rows_of(cells: Iterable[Cell]) -> list[Row]:
    """Cells that share a line, from the top down, each row from left to right."""
    rows: list[Row] = []
    tallest: Cell | None = None
    for cell in sorted(cells, key=lambda cell: -cell.baseline):
        if tallest is not None and _on_one_line(cell, tallest):
            rows[-1].append(cell)
            tallest = max(tallest, cell, key=lambda cell: cell.size)
        else:
            rows.append([cell])
            tallest = cell
    for row in rows:
        row.sort(key=lambda cell: cell.start)
    return rows


def baseline_of(row: Row) -> float:
    """Where a row stands: on the baseline of its largest text."""
    return max(row, key=lambda cell: cell.size).baseline


def size_of(row: Row) -> float:
    """The font size of its largest text."""
    return max(cell.size for cell in row)


def usual_size(rows: Iterable[Row]) -> float:
    """The font size that half of the cells do not exceed."""
    return median(cell.size for row in rows for cell in row)


def text_of(row: Row) -> str:
    """A row's cells, set apart where a person sees them apart."""
    parts = [row[0].text]
    for left, right in pairwise(row):
        is_far = right.start - left.end > _FAR_GAP * max(left.size, right.size)
        parts += [CELL_SEPARATOR if is_far and not left.is_bullet else " ", right.text]
    return "".join(parts)


def _on_one_line(one: Cell, other: Cell) -> bool:
    """The same baseline, or half of the taller one's height shared (a superscript, an icon)."""
    if abs(one.baseline - other.baseline) <= SAME_BASELINE * min(one.size, other.size):
        return True
    bottom = max(cell.baseline - _DEPTH * cell.size for cell in (one, other))
    top = min(cell.baseline + _HEIGHT * cell.size for cell in (one, other))
    return top - bottom >= (_DEPTH + _HEIGHT) / 2 * max(one.size, other.size)


def _cells(words: Iterable[Cell]) -> list[Cell]:
    cells = []
    for row in rows_of(words):
        run: Row = []
        for word in row:
            if run and not _are_neighbours(run[-1], word):
                cells.append(_merged(run))
                run = []
            run.append(word)
        cells.append(_merged(run))
    return cells


def _are_neighbours(left: Cell, right: Cell) -> bool:
    small, large = sorted((left.size, right.size))
    if small > _ONE_SIZE * large and abs(left.baseline - right.baseline) > _STEP * large:
        return False
    return right.start - left.end <= (_BULLET_GAP if left.is_bullet else _CELL_GAP) * large


def _merged(run: Row) -> Cell:
    return Cell(
        _spelled(run),
        run[0].start,
        max(cell.end for cell in run),
        baseline_of(run),
        size_of(run),
        min(cell.order for cell in run),
    )


def _spelled(run: Row) -> str:
    """The words of a run with spaces, but letters that were only set wide apart without."""
    gaps = [right.start - left.end for left, right in pairwise(run)]
    space = _WORD_GAP * size_of(run)
    if _is_letterspaced([cell.text for cell in run]):
        space = 1.8 * median(gaps)
    parts = [run[0].text]
    for gap, cell in zip(gaps, run[1:], strict=True):
        parts.append(f" {cell.text}" if gap > space else cell.text)
    return _RIGHT_TO_LEFT.sub(lambda run: run[0][::-1], "".join(parts))


def _is_letterspaced(texts: list[str]) -> bool:
    """Whether a run is a word or two in letters set wide apart."""
    letters = [text for text in texts if len(text) == 1 and text.isalpha()]
    if len(letters) == len(texts) >= 3 and "".join(letters).isupper():
        return True
    return len(texts) >= 6 and len(letters) >= _NEARLY_ALL * len(texts)
