"""How an old Word document (DOC) sets its text: what is hidden, what is a heading or in a table.

Changes to the default stand as small instructions (sprms), each a code and an operand. Runs of text share
a list of them; pages of the main stream hold such lists with the places where their runs begin.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from core.adapters.compound_file import BROKEN

_PAGE_BYTES = 512
_PAGE_NUMBER = 0x3FFFFF  # bits
_PARAGRAPH_ITEM_BYTES, _CHARACTER_ITEM_BYTES = 13, 1

_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09
_IN_TABLE, _ENDS_ROW = 0x2416, 0x2417
_LEVEL, _LIST = 0x2640, 0x460B
_TABLE_DEFINITION, _TAB_STOPS = 0xD608, 0xC615
_OPERAND_BYTES = (1, 1, 2, 4, 2, 2, 0, 3)  # by the three highest bits of the code; 0: length ahead

_HEADING_STYLES = range(1, 10)
_BODY_LEVEL = 9
_PARAGRAPH_STYLE = 1


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """What matters of a paragraph's looks."""

    is_heading: bool = False
    is_listed: bool = False
    is_in_table: bool = False
    ends_row: bool = False


class Runs:
    """Lists of instructions by place: bytes from the start of the main stream."""

    def __init__(self, main: bytes, table: bytes, *, of_paragraphs: bool) -> None:
        """Read all pages that a table of the runs of paragraphs, or of characters, names."""
        item_bytes = _PARAGRAPH_ITEM_BYTES if of_paragraphs else _CHARACTER_ITEM_BYTES
        count = max(len(table) - 4, 0) // 8
        pages = struct.unpack(f"<{count}I", table[4 * (count + 1) : 4 * (2 * count + 1)])
        self._runs = sorted(
            run for page in pages for run in _runs_in(main, page & _PAGE_NUMBER, item_bytes)
        )
        self._starts = [start for start, _, _ in self._runs]

    def at(self, place: int) -> bytes:
        """The instructions for what stands at a place, if there are any."""
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place >= self._runs[index][1]:
            return b""
        return self._runs[index][2]

    def unseen(self) -> Iterator[tuple[int, int]]:
        """From where to where text is hidden, deleted with changes tracked, or stands for a symbol."""
        for start, end, packed in self._runs:
            instructions = dict(_instructions(packed))
            is_hidden = any(instructions.get(code) == b"\1" for code in (_DELETED, _HIDDEN))
            if is_hidden or _SYMBOL in instructions:
                yield start, end


def _runs_in(main: bytes, number: int, item_bytes: int) -> Iterator[tuple[int, int, bytes]]:
    """The runs on a page: start, end, instructions (of a paragraph: its style's number ahead)."""
    page = main[number * _PAGE_BYTES : (number + 1) * _PAGE_BYTES]
    with suppress(*BROKEN):  # text without a format is still text
        count = page[-1]
        places = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            at = 2 * page[4 * (count + 1) + index * item_bytes]
            yield places[index], places[index + 1], _packed(page, at, item_bytes) if at else b""


def _packed(page: bytes, at: int, item_bytes: int) -> bytes:
    """A list with its length ahead: for characters in bytes, for paragraphs in pairs of bytes."""
    if item_bytes == _CHARACTER_ITEM_BYTES:
        return page[at + 1 : at + 1 + page[at]]
    if page[at]:
        return page[at + 1 : at + 2 * page[at]]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]


def _instructions(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """Codes with operands, as far as they are understood."""
    at = 0
    while at + 2 < len(packed):
        (code,) = struct.unpack_from("<H", packed, at)
        at += 2
        size = _OPERAND_BYTES[code >> 13]
        if code == _TABLE_DEFINITION or (code == _TAB_STOPS and packed[at] == 0xFF):
            return  # long ones come last
        if not size:
            size, at = packed[at], at + 1
        yield code, packed[at : at + size]
        at += size


class Styles:
    """The paragraph styles: which are headings, which are lists, their parents' ways included."""

    def __init__(self, sheet: bytes) -> None:
        """Read a style sheet."""
        header_bytes, count, self._base_bytes = struct.unpack_from("<HHH", sheet.ljust(6, b"\0"))
        self._parents: dict[int, int] = {}
        self._formats: dict[int, bytes] = {}
        at = 2 + header_bytes
        with suppress(*BROKEN):
            for number in range(count):
                (size,) = struct.unpack_from("<H", sheet, at)
                self._add(number, sheet[at + 2 : at + 2 + size])
                at += 2 + size + size % 2

    def format_of(self, packed: bytes) -> ParagraphFormat:
        """How a paragraph looks, given its style's number and its own instructions."""
        if len(packed) < 2:
            return ParagraphFormat()
        line = self._line_of(int.from_bytes(packed[:2], "little"))
        inherited = (self._formats.get(style, b"") for style in reversed(line))
        instructions: dict[int, bytes] = {}
        for changes in (*inherited, packed[2:]):
            instructions |= _instructions(changes)
        level = instructions.get(_LEVEL, bytes((_BODY_LEVEL,)))[0]
        return ParagraphFormat(
            is_heading=level < _BODY_LEVEL or any(style in _HEADING_STYLES for style in line),
            is_listed=any(instructions.get(_LIST, b"")),
            is_in_table=any(instructions.get(_IN_TABLE, b"")),
            ends_row=any(instructions.get(_ENDS_ROW, b"")),
        )

    def _line_of(self, number: int) -> list[int]:
        """A style, its parent, and so on."""
        line: list[int] = []
        while number in self._parents and number not in line:
            line.append(number)
            number = self._parents[number]
        return line

    def _add(self, number: int, style: bytes) -> None:
        if len(style) < self._base_bytes + 2:
            return  # a place without a style
        kind_and_parent, counts = struct.unpack_from("<HH", style, 2)
        if kind_and_parent & 0xF != _PARAGRAPH_STYLE:
            return
        self._parents[number] = kind_and_parent >> 4
        (name_length,) = struct.unpack_from("<H", style, self._base_bytes)
        at = self._base_bytes + 2 + 2 * name_length + 2
        if counts & 0xF and at + 4 <= len(style):
            (size,) = struct.unpack_from("<H", style, at)
            self._formats[number] = style[at + 4 : at + 2 + size]  # its own number comes first
