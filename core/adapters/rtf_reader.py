"""Rich text files (RTF): bytes → text. Runs only in the child process.

Read is every text that a person sees, headers and text boxes included, and nothing that is hidden.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from core.adapters.document_lines import joined
from core.adapters.document_refusals import refusal
from core.adapters.rtf_words import (
    BOXES,
    CHARACTERS,
    CODE_PAGES,
    FOOTERS,
    HEADERS,
    LABELS,
    NOTES,
    SEEN_OPTIONS,
    SYMBOLS,
    UNSEEN,
    encoding_of_charset,
    encoding_of_code_page,
)
from core.adapters.text_flow import Flow, Label
from core.domain.document import MAX_CHARACTERS, DocumentKind, DocumentText
from core.domain.errors import Unreadable

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<symbol>.)"
    r"|(?P<brace>}|{(?:[\r\n]*\\\*)?)|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)",
    re.DOTALL,
)
_MAX_DEPTH = 1_000  # groups within groups; real files have some dozens
_ENOUGH = 2 * MAX_CHARACTERS  # of the body
_BODY_TEXT_LEVEL = 9  # in an outline; below are headings


def read_rtf(content: bytes) -> DocumentText:
    """The document's text; empty where it has none.

    Raises:
        UnreadableDocumentError: if its groups are nested without end.
    """
    reader = _Reader()
    is_whole = reader.read(content.decode("latin-1"))
    return DocumentText(reader.text(), DocumentKind.RTF, is_truncated=not is_whole)


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds between two braces. Without a flow nothing is seen; font None is the default one."""

    flow: Flow | None
    font: int | None = None
    fallback: int = 1  # characters that stand for one in Unicode
    is_hidden: bool = False
    is_in_table: bool = False
    is_heading: bool = False


class _Reader:
    """Reads a file's tokens in their order."""

    def __init__(self) -> None:
        self._body, self._headers, self._footers, self._notes = Flow(), Flow(), Flow(), Flow()
        self._group = _Group(self._body)
        self._outer: list[_Group] = []
        self._code_page = "cp1252"
        self._default_font = 0
        self._encodings: dict[int, str | None] = {}  # of the fonts
        self._bytes = bytearray()  # not decoded yet
        self._skip = 0  # characters of a fallback that are still to come
        self._is_option = False

    def text(self) -> str:
        """All that was read."""
        body = self._body.lines() + self._notes.lines()
        return joined(self._headers.lines(), body, self._footers.lines())

    def read(self, text: str) -> bool:
        """Whether all was read, which is to the end of the outermost group."""
        place = max(text.find("{"), 0)
        while self._body.characters <= _ENOUGH:
            token = _TOKEN.match(text, place)
            if token is None or (token["brace"] == "}" and len(self._outer) == 1):
                self._decode()
                return True
            place = token.end()
            if token["word"] == "bin":
                place += max(int(token["number"] or 0), 0)
            else:
                self._take(token)
        return False

    def _take(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "text":
                self._take_bytes(token["text"].encode("latin-1"))
            case "byte":
                self._take_bytes(bytes.fromhex(token["byte"]))
            case "word" | "number":
                self._take_word(token["word"], int(token["number"]) if token["number"] else None)
            case "symbol":
                self._take_symbol(token["symbol"])
            case "brace":
                self._close() if token["brace"] == "}" else self._open(token["brace"])
            case _:
                pass  # line breaks of the file mean nothing

    def _take_bytes(self, content: bytes) -> None:
        skipped = min(self._skip, len(content))
        self._skip -= skipped
        if self._group.flow and not self._group.is_hidden:
            self._bytes += content[skipped:]

    def _take_symbol(self, symbol: str) -> None:
        if symbol in "\r\n":
            self._end_paragraph()
        elif self._skip:
            self._skip -= 1
        else:
            self._write(SYMBOLS.get(symbol, ""))

    def _take_word(self, word: str, number: int | None) -> None:
        is_left_out = self._is_option and word not in SEEN_OPTIONS
        self._is_option = False
        if word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif is_left_out or word in UNSEEN:
            self._become(replace(self._group, flow=None))
        elif word in CODE_PAGES:
            self._code_page = CODE_PAGES[word]
        elif word in _ACTIONS:
            _ACTIONS[word](self, number)
        elif self._group.flow and (flow := self._flow_of(word)):
            self._become(replace(self._group, flow=flow))

    def _flow_of(self, word: str) -> Flow | None:
        """Where the text of a group goes that begins with this word."""
        if word in BOXES:
            return Flow()
        if word in LABELS:
            return Label()
        shared = ((HEADERS, self._headers), (FOOTERS, self._footers), (NOTES, self._notes))
        return next((flow for words, flow in shared if word in words), None)

    def _open(self, mark: str) -> None:
        """Begin a group; one that begins with a star may be left out by old readers."""
        self._decode()
        self._skip, self._is_option = 0, mark.endswith("*")
        self._outer.append(self._group)
        if len(self._outer) > _MAX_DEPTH:
            raise refusal(Unreadable.DAMAGED)

    def _close(self) -> None:
        """Go back to what held before the group."""
        self._decode()
        self._skip, self._is_option = 0, False
        inner, self._group = self._group.flow, self._outer.pop()
        outer = self._group.flow
        if inner in (self._headers, self._footers, self._notes):
            inner.end()
        elif inner and outer and inner is not outer:
            outer.place(inner)

    def _become(self, group: _Group) -> None:
        """Change what holds, to the end of the group."""
        self._decode()
        self._group = group

    def _write(self, text: str) -> None:
        """Write into the group's flow, if it is seen."""
        self._decode()
        if self._group.flow and not self._group.is_hidden:
            self._group.flow.write(text)

    def _decode(self) -> None:
        """Write the bytes that came since the last other token."""
        if self._bytes and self._group.flow:
            font = self._default_font if self._group.font is None else self._group.font
            encoding = self._encodings.get(font) or self._code_page
            self._group.flow.write(self._bytes.decode(encoding, errors="replace"))
            self._bytes.clear()

    # What words do, with the number behind them

    def _end_paragraph(self, _: int | None = None) -> None:
        self._decode()
        if self._group.flow:
            self._group.flow.end_paragraph(
                is_in_table=self._group.is_in_table, is_heading=self._group.is_heading
            )

    def _end_cell(self, _: int | None) -> None:
        self._decode()
        if self._group.flow:
            self._group.flow.end_cell()

    def _end_row(self, _: int | None) -> None:
        self._decode()
        if self._group.flow:
            self._group.flow.end_row()

    def _begin_paragraph(self, _: int | None) -> None:
        self._become(replace(self._group, is_in_table=False, is_heading=False))

    def _enter_table(self, _: int | None) -> None:
        self._become(replace(self._group, is_in_table=True))

    def _set_level(self, number: int | None) -> None:
        self._become(replace(self._group, is_heading=(number or 0) < _BODY_TEXT_LEVEL))

    def _make_plain(self, _: int | None) -> None:
        self._become(replace(self._group, font=None, is_hidden=False))

    def _hide(self, number: int | None) -> None:
        self._become(replace(self._group, is_hidden=number != 0))

    def _choose_font(self, number: int | None) -> None:
        self._become(replace(self._group, font=number))

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = number or 0

    def _set_charset(self, number: int | None) -> None:
        if self._group.font is not None:
            self._encodings[self._group.font] = encoding_of_charset(number)

    def _set_code_page(self, number: int | None) -> None:
        self._code_page = encoding_of_code_page(number) or self._code_page

    def _set_fallback(self, number: int | None) -> None:
        self._become(replace(self._group, fallback=max(number or 0, 0)))

    def _write_unicode(self, number: int | None) -> None:
        if number is not None:
            self._write(chr(number % 0x10000 if number < 0 else min(number, sys.maxunicode)))
        self._skip = self._group.fallback


_ACTIONS: dict[str, Callable[[_Reader, int | None], None]] = {
    "par": _Reader._end_paragraph,
    "sect": _Reader._end_paragraph,
    "nestrow": _Reader._end_paragraph,
    "cell": _Reader._end_cell,
    "row": _Reader._end_row,
    "pard": _Reader._begin_paragraph,
    "intbl": _Reader._enter_table,
    "outlinelevel": _Reader._set_level,
    "plain": _Reader._make_plain,
    "v": _Reader._hide,
    "deleted": _Reader._hide,
    "f": _Reader._choose_font,
    "deff": _Reader._set_default_font,
    "fcharset": _Reader._set_charset,
    "ansicpg": _Reader._set_code_page,
    "uc": _Reader._set_fallback,
    "u": _Reader._write_unicode,
}
