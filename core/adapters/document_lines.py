"""Parts and tables of a document as lines: table rows read like rows, layout tables like columns."""

from collections.abc import Iterable, Sequence

from core.adapters.page_cells import CELL_SEPARATOR

Cell = Sequence[str]
"""The paragraphs of a cell; a blank one is an empty line."""

_SHORT_CELL = 2  # paragraphs, at most
_SHORT_TEXT = 40  # characters: a date, a place, a label


def joined(headers: Iterable[str], body: Iterable[str], footers: Iterable[str]) -> str:
    """All lines, a blank one between the parts; what headers or footers repeat comes once."""
    parts = (dict.fromkeys(headers), body, dict.fromkeys(footers))
    return "\n\n".join("\n".join(lines) for lines in parts)


def table_lines(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """The lines of a table; a row of single paragraphs is one line, its cells set apart."""
    return [line for row in rows for line in _row_lines(row)]


def _row_lines(row: Sequence[Cell]) -> list[str]:
    cells = [texts for cell in row if (texts := _stripped(cell))]
    long = [index for index, cell in enumerate(cells) if not _is_short(cell)]
    if len(long) > 1:
        return [line for cell in cells for line in ("", *cell)]
    body = cells[long[0]] if long else []
    firsts = [cell[0] if cell is body else " ".join(cell) for cell in cells]
    return [CELL_SEPARATOR.join(firsts), *body[1:]] if firsts else []


def _is_short(cell: list[str]) -> bool:
    """Whether a cell only notes something beside the others: a label, a place, a date."""
    if len(cell) == 1:
        return True
    return len(cell) <= _SHORT_CELL and all(len(text) <= _SHORT_TEXT for text in cell)


def _stripped(cell: Cell) -> list[str]:
    """The cell's paragraphs without blank ones at its edges."""
    texts = list(cell)
    while texts and not texts[0].strip():
        texts.pop(0)
    while texts and not texts[-1].strip():
        texts.pop()
    return texts
