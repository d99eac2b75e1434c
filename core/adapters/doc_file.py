"""The text of an old Word document (DOC, Word 97 to 2003), with the place and the format of each paragraph.

The text lies in pieces in the main stream, in one or two bytes a character. A character's position counts
through all pieces; its place is where it lies, which is what formats are told by.
"""

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from core.adapters.compound_file import CompoundFile
from core.adapters.doc_format import ParagraphFormat, Runs, Styles

_VERSION_AT, _FLAGS_AT, _LENGTHS_AT = 2, 10, 0x4C
_WORD_97 = 0xC1
_SECOND_TABLE = 0x0200  # flag: which of two streams holds the tables
_STYLES_AT, _HEADERS_AT, _CHARACTERS_AT, _PARAGRAPHS_AT, _PIECES_AT = 0xA2, 0xF2, 0xFA, 0x102, 0x1A2

_IS_SMALL, _SMALL_PLACE = 0x40000000, 0x3FFFFFFF  # a piece of one byte a character
_MAX_CHARACTERS = 2_000_000  # with field codes and all that is not seen
_UNSEEN = "\0"

_FIELD_MARK = re.compile("[\x13-\x15]")
_FIELD_BEGINS, _FIELD_RESULTS = "\x13", "\x14"
_PARAGRAPH = re.compile("[^\r\x07\x0c]*([\r\x07\x0c]|\\Z)")
_CELL_MARK = "\x07"

_FOOTNOTE_RULES = 6  # come before the headers and footers
_MARGINS = "header header footer footer header footer".split()  # of a section's kinds of pages


@dataclass(frozen=True, slots=True)
class _Piece:
    position: int
    text: str
    place: int
    width: int  # bytes a character


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's text, and whether a cell of a table ends with it."""

    text: str
    format: ParagraphFormat
    ends_cell: bool


class DocFile:
    """A document's parts ("stories")."""

    def __init__(self, content: bytes) -> None:
        """Read the tables and all text.

        Raises:
            BROKEN: one of these (see compound_file), if that is not possible, or Word is older.
        """
        file = CompoundFile(content)
        self._main = file.stream("WordDocument")
        version, flags = self._number("<H", _VERSION_AT), self._number("<H", _FLAGS_AT)
        if version < _WORD_97:
            raise ValueError("a document of an earlier form")
        self._tables = file.stream("1Table" if flags & _SECOND_TABLE else "0Table")
        self._styles = Styles(self._table(_STYLES_AT))
        self._paragraphs = Runs(self._main, self._table(_PARAGRAPHS_AT), of_paragraphs=True)
        self._pieces = list(self._read_pieces())
        self._positions = [piece.position for piece in self._pieces]
        self._text = _without_field_codes(self._seen_text())
        lengths = struct.unpack_from("<8I", self._main, _LENGTHS_AT)
        self._ends = list(accumulate(lengths))

    def story(self, number: int) -> Iterator[Paragraph]:
        """The paragraphs of a part: 0 the body, 1 footnotes, 5 endnotes, 6 and 7 text boxes."""
        return self._between(([0, *self._ends])[number], self._ends[number])

    def margins(self, name: str) -> Iterator[Paragraph]:
        """The paragraphs of all headers, or of all footers."""
        table = self._table(_HEADERS_AT)
        places = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        first, last = self._ends[1:3]
        for index, (start, end) in enumerate(pairwise(places[_FOOTNOTE_RULES:])):
            if _MARGINS[index % len(_MARGINS)] == name:
                yield from self._between(first + start, min(first + end, last))

    def _between(self, start: int, end: int) -> Iterator[Paragraph]:
        for match in _PARAGRAPH.finditer(self._text, start, end):
            if match[0]:
                packed = self._paragraphs.at(self._place(match.end() - 1))
                text = match[0].replace(_UNSEEN, "")
                yield Paragraph(
                    text.rstrip("\r\x07\x0c"),
                    self._styles.format_of(packed),
                    text.endswith(_CELL_MARK),
                )

    def _place(self, position: int) -> int:
        piece = self._pieces[bisect_right(self._positions, position) - 1]
        return piece.place + (position - piece.position) * piece.width

    # Tables

    def _number(self, form: str, at: int) -> int:
        (number,) = struct.unpack_from(form, self._main, at)
        return int(number)

    def _table(self, at: int) -> bytes:
        """The table whose place and length stand at a place of the main stream."""
        start, length = struct.unpack_from("<II", self._main, at)
        return self._tables[start : start + length]

    def _read_pieces(self) -> Iterator[_Piece]:
        table = self._table(_PIECES_AT)
        while table[0] == 1:  # changes to formats, which pieces may refer to
            table = table[3 + int.from_bytes(table[1:3], "little") :]
        table = table[5:]
        count = (len(table) - 4) // 12
        positions = struct.unpack_from(f"<{count + 1}I", table)
        for index, (start, end) in enumerate(pairwise(positions)):
            if not 0 <= start <= end <= _MAX_CHARACTERS:
                return
            (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)
            yield self._piece(start, end - start, place)

    def _piece(self, position: int, length: int, place: int) -> _Piece:
        """A piece; where the stream ends within it, its text is filled up."""
        width = 1 if place & _IS_SMALL else 2
        start = (place & _SMALL_PLACE) // 2 if width == 1 else place
        content = self._main[start : start + length * width]
        if width == 1:
            text = content.decode("cp1252", errors="replace")
        else:  # a character of two halves counts as two
            text = "".join(map(chr, struct.unpack(f"<{len(content) // 2}H", content)))
        return _Piece(position, text.ljust(length, _UNSEEN), start, width)

    def _seen_text(self) -> str:
        """All text; what is not seen is filled in, so that positions stay."""
        hidden = list(Runs(self._main, self._table(_CHARACTERS_AT), of_paragraphs=False).unseen())
        return "".join(_without(piece, hidden) for piece in self._pieces)


def _without(piece: _Piece, hidden: list[tuple[int, int]]) -> str:
    text, length = piece.text, len(piece.text)
    for places in hidden:
        start, end = ((place - piece.place) // piece.width for place in places)
        start, end = max(start, 0), min(end, length)
        if start < end:
            text = text[:start] + _UNSEEN * (end - start) + text[end:]
    return text


def _without_field_codes(text: str) -> str:
    """The text with the results of fields, but not what they are computed by; positions stay."""
    parts: list[str] = []
    is_code: list[bool] = []  # of the fields that are open
    position = 0
    for mark in _FIELD_MARK.finditer(text):
        part = text[position : mark.start()]
        parts.append(_UNSEEN * len(part) if any(is_code) else part)
        parts.append(_UNSEEN)
        position = mark.end()
        if mark[0] == _FIELD_BEGINS:
            is_code.append(True)
        elif is_code and mark[0] == _FIELD_RESULTS:
            is_code[-1] = False
        elif is_code:
            is_code.pop()
    return "".join((*parts, text[position:]))
