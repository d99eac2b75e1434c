"""The pen that follows a PDF page's content and notes the words it draws.

pypdf parses the file and its fonts. Its own text modes are not enough here: reading order needs the
width of every glyph, and the plain mode gives none while the layout mode leaves out forms.
"""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pypdf.generic import ContentStream, DictionaryObject, StreamObject

from core.adapters.page_cells import Word
from core.adapters.pdf_fonts import DAMAGE, Fonts, PdfFont, numbers_in, resolved

# In units of the font size.
_WORD_GAP = 0.16  # wider than kerning, narrower than any space
_OVERLAP = 0.5  # a pen that moved back further is drawing something else
_OFF_LINE = 0.4  # further from the word's baseline is another line

_MAX_FORM_DEPTH = 8
_MAX_FORMS = 500  # a page
_MARGIN = 5.0  # points beyond the page's edge that may still be seen

_SYMBOL_FONT_BULLETS = "\uf0b7\uf0a7\uf0a8\uf076\uf0d8\uf0fc"
_DELETE = "\x7f"  # the code at which Windows' encoding shows a bullet
_CONTROLS_AND_ICONS = [*range(0x20), 0xFFFD, *range(0xE000, 0xF900)]
_LETTERS = dict.fromkeys(_CONTROLS_AND_ICONS) | dict.fromkeys(
    map(ord, _SYMBOL_FONT_BULLETS + _DELETE), "•"
)


class Matrix(NamedTuple):
    """The six numbers of an affine map, in PDF's order; (x, y) → (ax + cy + e, bx + dy + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, outer: "Matrix") -> "Matrix":
        """The map that does this one first and `outer` after it."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lands."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def form_matrix(form: StreamObject) -> Matrix:
    """The map from a form's space to the space that it is drawn in."""
    numbers = numbers_in(resolved(form, "/Matrix"), 6)
    return Matrix(*numbers) if numbers else Matrix()


@dataclass(slots=True)
class _State:
    """What `q` saves and `Q` brings back."""

    to_page: Matrix
    font: PdfFont | None = None
    size: float = 0.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


class Pen:
    """Follows the content stream's operators and collects the words that are drawn."""

    def __init__(
        self, pdf: Any, fonts: Fonts, to_page: Matrix, page_size: tuple[float, float]
    ) -> None:
        """`to_page` maps the content's space to the upright page of this width and height."""
        self.words: list[Word] = []
        self._pdf = pdf
        self._width, self._height = page_size
        self._state = _State(to_page)
        self._stack: list[_State] = []
        self._line = Matrix()  # where the current line of text starts
        self._text = Matrix()  # where the next glyph goes
        self._word: _OpenWord | None = None
        self._resources = DictionaryObject()
        self._fonts = fonts
        self._replacements: list[str | None] = []  # one for each open span: what it stands for
        self._open_forms: set[int] = set()
        self._forms_drawn = 0
        self._handlers: dict[bytes, Callable[[list[Any]], None]] = {
            b"q": self._save,
            b"Q": self._restore,
            b"cm": self._concatenate,
            b"BT": self._begin_text,
            b"Tf": self._set_font,
            b"Tc": self._setter("letter_space"),
            b"Tw": self._setter("word_space"),
            b"TL": self._setter("leading"),
            b"Ts": self._setter("rise"),
            b"Tz": self._set_stretch,
            b"Td": self._move,
            b"TD": self._move_and_lead,
            b"Tm": self._place,
            b"T*": self._next_line,
            b"Tj": self._show,
            b"TJ": self._show_spaced,
            b"'": self._next_line_and_show,
            b'"': self._space_and_show,
            b"BDC": self._begin_span,
            b"BMC": self._begin_plain_span,
            b"EMC": self._end_span,
            b"Do": self._draw_named,
        }

    def draw(self, content: Any, resources: Any) -> None:
        """Run one content stream (a page's or a form's) from start to end."""
        outer, depth = self._resources, len(self._stack)
        if isinstance(resources, DictionaryObject):
            self._resources = resources
        try:
            for operands, operator in ContentStream(content, self._pdf, "bytes").operations:
                handler = self._handlers.get(operator)
                if handler is not None and isinstance(operands, list):
                    handler(operands)
        finally:
            self._close_word()
            del self._stack[depth:]
            self._resources = outer

    def draw_form(self, form: StreamObject, placed: Matrix | None = None) -> None:
        """Draw a form, unless it draws itself or the page has far too many."""
        if id(form) in self._open_forms or len(self._open_forms) >= _MAX_FORM_DEPTH:
            return
        self._forms_drawn += 1
        if self._forms_drawn > _MAX_FORMS:
            return
        before = replace(self._state)
        self._state.to_page = form_matrix(form).then(placed or Matrix()).then(before.to_page)
        self._open_forms.add(id(form))
        with suppress(*DAMAGE):  # one broken form must not take the page with it
            self.draw(form, resolved(form, "/Resources"))
        self._open_forms.discard(id(form))
        self._state = before

    def _draw_named(self, operands: list[Any]) -> None:
        form = self._resource("/XObject", operands[0]) if operands else None
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            self.draw_form(form)

    def _resource(self, kind: str, name: Any) -> Any:
        named = resolved(self._resources, kind)
        return resolved(named, name) if isinstance(named, DictionaryObject) else None

    def _save(self, _: list[Any]) -> None:
        self._stack.append(replace(self._state))

    def _restore(self, _: list[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _concatenate(self, operands: list[Any]) -> None:
        if numbers := numbers_in(operands, 6):
            self._state.to_page = Matrix(*numbers).then(self._state.to_page)

    def _begin_text(self, _: list[Any]) -> None:
        self._line = self._text = Matrix()

    def _set_font(self, operands: list[Any]) -> None:
        if len(operands) < 2:
            return
        self._state.font = self._fonts.font(self._resource("/Font", operands[0]))
        if numbers := numbers_in(operands[1:], 1):
            self._state.size = numbers[0]

    def _setter(self, name: str) -> Callable[[list[Any]], None]:
        def set_number(operands: list[Any]) -> None:
            if numbers := numbers_in(operands, 1):
                setattr(self._state, name, numbers[0])

        return set_number

    def _set_stretch(self, operands: list[Any]) -> None:
        if numbers := numbers_in(operands, 1):
            self._state.stretch = numbers[0] / 100

    def _move(self, operands: list[Any]) -> None:
        if numbers := numbers_in(operands, 2):
            self._line = self._text = Matrix(e=numbers[0], f=numbers[1]).then(self._line)

    def _move_and_lead(self, operands: list[Any]) -> None:
        if numbers := numbers_in(operands, 2):
            self._state.leading = -numbers[1]
        self._move(operands)

    def _place(self, operands: list[Any]) -> None:
        if numbers := numbers_in(operands, 6):
            self._line = self._text = Matrix(*numbers)

    def _next_line(self, _: list[Any]) -> None:
        self._move([0.0, -self._state.leading])

    def _next_line_and_show(self, operands: list[Any]) -> None:
        self._next_line(operands)
        self._show(operands)

    def _space_and_show(self, operands: list[Any]) -> None:
        if numbers := numbers_in(operands, 2):
            self._state.word_space, self._state.letter_space = numbers
        self._next_line(operands)
        self._show(operands[2:])

    def _begin_span(self, operands: list[Any]) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, str):
            properties = self._resource("/Properties", properties)
        actual = None
        if isinstance(properties, DictionaryObject):
            actual = resolved(properties, "/ActualText")
        self._replacements.append(_one_word(actual))

    def _begin_plain_span(self, _: list[Any]) -> None:
        self._replacements.append(None)

    def _end_span(self, _: list[Any]) -> None:
        if self._replacements:
            self._replacements.pop()

    def _show(self, operands: list[Any]) -> None:
        if operands and isinstance(operands[0], bytes):
            self._draw_glyphs(operands[0])

    def _show_spaced(self, operands: list[Any]) -> None:
        if not operands or not isinstance(operands[0], list):
            return
        state = self._state
        for item in operands[0]:
            if isinstance(item, bytes):
                self._draw_glyphs(item)
            elif isinstance(item, int | float):
                self._advance(-float(item) / 1000 * state.size * state.stretch)

    def _advance(self, distance: float) -> None:
        self._text = Matrix(e=distance).then(self._text)

    def _draw_glyphs(self, shown: bytes) -> None:
        state = self._state
        if state.font is None:
            return
        for glyph in state.font.glyphs(shown):
            width = glyph.width * state.size * state.stretch
            self._draw_glyph(self._spoken(glyph.text), width)
            spacing = state.letter_space + (state.word_space if glyph.is_space else 0.0)
            self._advance(width + spacing * state.stretch)

    def _spoken(self, text: str) -> str:
        """The glyph's text, or what the file says it stands for (once a marked span)."""
        for index in range(len(self._replacements) - 1, -1, -1):
            actual = self._replacements[index]
            if actual is not None:
                self._replacements[index] = ""
                return actual
        return text

    def _draw_glyph(self, text: str, width: float) -> None:
        state = self._state
        matrix = self._text.then(state.to_page)
        x, y = matrix.apply(0.0, state.rise)
        if text.isspace() or not self._is_on_page(x, y):
            self._close_word()
            return
        scale = math.hypot(matrix.a, matrix.b)
        size = abs(state.size) * (math.hypot(matrix.c, matrix.d) or scale)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
        along, across = _turned(x, y, angle)
        if self._word is None or not self._word.takes(along, across, size, angle):
            self._close_word()
            self._word = _OpenWord(along, along, across, size, angle)
        self._word.texts.append(text.translate(_LETTERS))
        self._word.end = max(self._word.end, along + width * scale)

    def _is_on_page(self, x: float, y: float) -> bool:
        return -_MARGIN <= x <= self._width + _MARGIN and -_MARGIN <= y <= self._height + _MARGIN

    def _close_word(self) -> None:
        word, self._word = self._word, None
        if word is not None and word.size > 0 and (text := "".join(word.texts)):
            self.words.append(
                Word(text, word.start, word.end, word.baseline, word.size, word.angle)
            )


@dataclass(slots=True)
class _OpenWord:
    """A word that may still grow by glyphs that follow closely on its line."""

    start: float
    end: float
    baseline: float
    size: float
    angle: int
    texts: list[str] = field(default_factory=list)

    def takes(self, along: float, across: float, size: float, angle: int) -> bool:
        reach = max(size, self.size)
        is_level = angle == self.angle and abs(across - self.baseline) <= _OFF_LINE * reach
        return is_level and -_OVERLAP * reach <= along - self.end <= _WORD_GAP * reach


def _turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """Coordinates in which text turned by so many quarters runs left to right."""
    match quarter:
        case 1:
            return y, -x
        case 2:
            return -x, -y
        case 3:
            return -y, x
        case _:
            return x, y


def _one_word(value: Any) -> str | None:
    """The text that a span says it stands for (a ligature, a hyphen), if no more than a word.

    The content stream gives it as bytes, in UTF-16 or nearly Latin-1.
    """
    if isinstance(value, bytes):
        is_utf16 = value.startswith(b"\xfe\xff")
        value = value[2:].decode("utf-16-be", "replace") if is_utf16 else value.decode("latin-1")
    return value if isinstance(value, str) and len(value.split()) <= 1 else None
