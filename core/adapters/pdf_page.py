"""The look of our PDF documents: fonts, styles, and numbered pages."""

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
BODY = "DejaVuSans"
BOLD = "DejaVuSans-Bold"
INK = HexColor("#22282d")
QUIET = HexColor("#5b656d")
ACCENT = HexColor("#1f6a86")
ACCENT_LIGHT = HexColor("#d7e7ed")
SECOND = HexColor("#b0662a")
RULE = HexColor("#d5d2ca")
MARK = "#f6e2b3"
MARGIN = 18 * mm
_PADDING = 6.0
"""Of the frame that text stands in, as reportlab makes it."""
WIDTH = A4[0] - 2 * (MARGIN + _PADDING)
UNKNOWN = "\u25a1"
"""Stands for a character that the font does not have."""


@cache
def prepare_fonts() -> None:
    """Make the fonts known, once in a process; text in them is embedded, and can be searched and copied."""
    for name in (BODY, BOLD):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=BODY, boldItalic=BOLD)


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The styles of text by name."""
    body = ParagraphStyle("body", fontName=BODY, fontSize=9, leading=13.5, textColor=INK)
    made = [
        body,
        ParagraphStyle("title", body, fontName=BOLD, fontSize=20, leading=25, spaceAfter=2),
        ParagraphStyle("quiet", body, fontSize=8, leading=11.5, textColor=QUIET),
        ParagraphStyle("lead", body, fontSize=11.5, leading=16.5, spaceBefore=6),
        ParagraphStyle("score", body, fontName=BOLD, fontSize=27, leading=34, textColor=ACCENT),
        ParagraphStyle(
            "h2",
            body,
            keepWithNext=1,
            fontName=BOLD,
            fontSize=13,
            leading=18,
            spaceBefore=14,
            spaceAfter=4,
        ),
        ParagraphStyle(
            "h3",
            body,
            keepWithNext=1,
            fontName=BOLD,
            fontSize=10,
            leading=14.5,
            spaceBefore=8,
            spaceAfter=2,
        ),
        ParagraphStyle("item", body, leftIndent=11, bulletIndent=2, spaceAfter=2.5),
        ParagraphStyle(
            "answer",
            body,
            leftIndent=8,
            borderPadding=(3, 4, 4, 8),
            backColor=HexColor("#f6f4ef"),
            spaceBefore=5,
            spaceAfter=7,
        ),
        ParagraphStyle("cell", body, fontSize=8, leading=11),
        ParagraphStyle("head", body, fontName=BOLD, fontSize=8, leading=11),
    ]
    return {style.name: style for style in made}


def safe(text: str) -> str:
    """Markup that shows a text as it is; what the font lacks becomes a box."""
    prepare_fonts()
    known = pdfmetrics.getFont(BODY).face.charToGlyph
    shown = "".join(c if c in "\n\t" or ord(c) in known else UNKNOWN for c in text)
    return escape(shown, quote=False).replace("\n", "<br/>")


class NumberedCanvas(Canvas):  # type: ignore[misc] # the package ships no types
    """A canvas that writes “3 of 7” at the foot of each page, once their number is known."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page for the end."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write every page with its number."""
        for number, page in enumerate(self._pages, 1):
            self.__dict__.update(page)
            self._draw_foot(number)
            super().showPage()
        super().save()

    def _draw_foot(self, number: int) -> None:
        self.setFont(BODY, 7.5)
        self.setFillColor(QUIET)
        self.drawString(MARGIN + _PADDING, 10 * mm, "Mock interview report")
        self.drawRightString(A4[0] - MARGIN - _PADDING, 10 * mm, f"{number} of {len(self._pages)}")


def text_of(text: str, style: str = "body") -> Paragraph:
    """A paragraph of plain text in a style."""
    return Paragraph(safe(text), styles()[style])


def bullets(title: str, lines: list[str]) -> list[Flowable]:
    """A heading with its points, which are markup already; nothing without any."""
    if not lines:
        return []
    items = [Paragraph(line, styles()["item"], bulletText="•") for line in lines]
    return [text_of(title, "h3"), *items]


def table_of(head: list[str], rows: list[list[str]], widths: list[float]) -> Table:
    """A table with lines between its rows; its head is repeated on each page."""
    cells = [[text_of(cell, "cell") for cell in row] for row in rows]
    table = Table(
        [[text_of(cell, "head") for cell in head], *cells], colWidths=widths, repeatRows=1
    )
    lines: list[tuple[Any, ...]] = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    table.setStyle(TableStyle(lines))
    return table
