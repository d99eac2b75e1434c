"""Text as it comes in a word processor's file, put together to lines: paragraphs, rows of tables, boxes."""

from core.adapters.document_lines import table_lines


class Flow:
    """The lines of one place: the body, the headers, a text box."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.characters = 0
        self._lines: list[str] = []
        self._texts: list[str] = []
        self._boxes: list[str] = []
        self._cell: list[str] = []
        self._row: list[list[str]] = []

    def write(self, text: str) -> None:
        """Go on in the paragraph."""
        self._texts.append(text)
        self.characters += len(text)

    def place(self, inner: "Flow") -> None:
        """Take in what stood in a group of its own: a box follows the paragraph that it hangs on."""
        if isinstance(inner, Label):
            self.write(inner.mark())
        else:
            self._boxes += inner.lines()

    def end_paragraph(self, *, is_in_table: bool = False, is_heading: bool = False) -> None:
        """End the paragraph; one in a table is part of a cell that is not at its end yet."""
        if not is_in_table:
            self.end_row()
        lines = self._cell if is_in_table else self._lines
        lines += [""] * is_heading
        lines += _whole("".join(self._texts)).split("\n")
        lines += self._boxes
        self._texts, self._boxes = [], []

    def end_cell(self) -> None:
        """End the cell with its last paragraph."""
        self.end_paragraph(is_in_table=True)
        self._row.append(self._cell)
        self._cell = []

    def end_row(self) -> None:
        """End the row of a table, if there is one."""
        self._lines += table_lines([[*self._row, self._cell]])
        self._cell, self._row = [], []

    def end(self) -> None:
        """End what is still open."""
        if self._texts or self._boxes:
            self.end_paragraph()
        self.end_row()

    def lines(self) -> list[str]:
        """All lines, to the end."""
        self.end()
        return self._lines


class Label(Flow):
    """The sign before an item of a list."""

    def mark(self) -> str:
        """A number with what belongs to it; a bullet for any other sign, such as one of Wingdings."""
        text = " ".join(self.lines()).strip()
        is_number = any(map(str.isalnum, text)) and (len(text) > 1 or text.isdecimal())
        return f"{text} " if is_number else "• "


def _whole(text: str) -> str:
    """Characters that were written as two halves (surrogates) put together; single halves left out."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
