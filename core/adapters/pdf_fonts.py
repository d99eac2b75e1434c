"""A PDF font as its reader needs it: bytes in, glyphs with their letters and widths out."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from pypdf._codecs.adobe_glyphs import adobe_glyphs
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject
from pypdf.generic._font import Font

DAMAGE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf raises on broken files: its own errors are only some of them."""

_THOUSANDTH = 0.001  # of the font size: the unit of widths in all fonts but Type 3


class Glyph(NamedTuple):
    """What one code draws: its letters (none for an unknown picture) and its width in font sizes.

    `is_space` marks the one-byte code 32, the only one that word spacing widens.
    """

    text: str
    width: float
    is_space: bool


class PdfFont:
    """One font of a page; every code is worked out once."""

    def __init__(self, resource: DictionaryObject) -> None:
        """Read encoding and widths; any error of pypdf's means that the font cannot be used."""
        self._font = Font.from_font_resource(resource)
        self._unit = _THOUSANDTH
        self._known: dict[str, Glyph] = {}
        if resource.get("/Subtype") == "/Type3":
            self._measure_type3(resource)

    def glyphs(self, shown: bytes) -> Iterator[Glyph]:
        """The glyphs that a string of the page's content draws."""
        encoding = self._font.encoding
        codes = shown.decode(encoding if isinstance(encoding, str) else "latin-1", "replace")
        for code in codes:
            yield self._known.get(code) or self._learn(code)

    def _learn(self, code: str) -> Glyph:
        font, encoding = self._font, self._font.encoding
        is_simple = not isinstance(encoding, str)
        name = code if isinstance(encoding, str) else encoding.get(ord(code), code)
        text = font.character_map.get(name, name)
        width = font.character_widths.get(code, font.character_widths["default"])
        if code == font.space_char:
            width = font.space_width
        glyph = Glyph(letters_of(str(text)), float(width) * self._unit, is_simple and code == " ")
        self._known[code] = glyph
        return glyph

    def _measure_type3(self, resource: DictionaryObject) -> None:
        """Type 3 fonts have a unit of their own, and pypdf leaves out widths where names are odd."""
        matrix = numbers_in(resolved(resource, "/FontMatrix"), 6)
        widths = resolved(resource, "/Widths")
        first = resource.get("/FirstChar", 0)
        if matrix is None or not isinstance(widths, list) or not isinstance(first, int):
            return
        self._unit = abs(matrix[0])
        for code, width in enumerate(widths[:256], start=max(0, int(first))):
            if isinstance(width, int | float):
                self._font.character_widths[chr(code)] = float(width)


class Fonts:
    """The fonts of a document by their dictionaries, each read once for all pages."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[DictionaryObject, PdfFont | None]] = {}

    def font(self, resource: Any) -> PdfFont | None:
        """The font that a dictionary describes; None for a broken one."""
        if not isinstance(resource, DictionaryObject):
            return None
        if id(resource) not in self._known:
            font = None
            with suppress(*DAMAGE):
                font = PdfFont(resource)
            self._known[id(resource)] = (resource, font)  # kept, so that its id stays its own
        return self._known[id(resource)][1]


def letters_of(name: str) -> str:
    """The letters behind a glyph's name (`/f_i`, `/seven.lnum`, `/A.sc`), by Adobe's rules for names.

    A name without letters (an icon's) gives nothing; what is no name is given back.
    """
    if len(name) < 2 or not name.startswith("/"):
        return name
    stem = name[1:].partition(".")[0]
    parts = [adobe_glyphs.get(f"/{part}", "") for part in stem.split("_")]
    return "".join(parts) if all(parts) else ""


def resolved(holder: DictionaryObject, key: str) -> Any:
    """A dictionary's value with its reference followed; None where there is none."""
    value = holder.get(key)
    return value.get_object() if value is not None else None


def numbers_in(operands: Any, count: int) -> list[float] | None:
    """The first `count` operands as numbers, or None where that is not what they are."""
    if not isinstance(operands, list) or len(operands) < count:
        return None
    if not all(isinstance(operand, int | float) for operand in operands[:count]):
        return None
    return [float(operand) for operand in operands[:count]]
