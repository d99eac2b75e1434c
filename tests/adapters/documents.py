"""Small documents made on the spot, and where the measuring data lies."""

import os
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

BENCH_DATA = Path(os.environ.get("BENCH_DATA", Path(__file__).parents[2] / "../shared/data"))
needs_bench_data = pytest.mark.skipif(
    not BENCH_DATA.is_dir(), reason="the measuring data (BENCH_DATA) is not here"
)

WIDTH, HEIGHT = 595, 842
Placed = tuple[float, float, str] | tuple[float, float, str, float]
"""Where a text begins in points from the lower left, the text, and its size if not 10."""


def pdf_of(
    *pages: Sequence[Placed], locked_by: str | None = None, turn: int = 0, form: bool = False
) -> bytes:
    """A PDF that draws these texts in this order; in a form XObject if asked."""
    file = BytesIO()
    lock = None if locked_by is None else StandardEncryption(locked_by, ownerPassword="owner")
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), encrypt=lock)
    for number, page in enumerate(pages):
        canvas.setPageRotation(turn)
        if form:
            canvas.beginForm(f"form{number}")
        for x, y, text, *size in page:
            canvas.setFont("Helvetica", size[0] if size else 10)
            canvas.drawString(x, y, text)
        if form:
            canvas.endForm()
            canvas.doForm(f"form{number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def column(
    x: float, lines: Iterable[str], top: float = 780, lead: float = 14, size: float = 10
) -> list[Placed]:
    """Lines below each other; an empty one leaves its place blank."""
    return [(x, top - row * lead, text, size) for row, text in enumerate(lines) if text]


def right_aligned(x: float, y: float, text: str) -> Placed:
    """A text that ends at x."""
    return (x - 4.9 * len(text), y, text)


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = f'xmlns:w="{_WORD}" xmlns:r="{_RELATION}"'


def relations_of(targets: dict[str, str]) -> str:
    """A .rels part: target → kind."""
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items())
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{items}</Relationships>'


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run; a tab becomes a tab element."""
    runs = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in text.split("\t"))
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{runs}</w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of cells, each of which is given as its paragraphs' XML."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx_parts(
    body: str, parts: dict[str, tuple[str, str]] | None = None, names: str = _NAMES
) -> dict[str, str]:
    """The files of a DOCX; `parts` adds name → (kind, inner XML) beside the main one."""
    parts = parts or {}
    related = {name: kind for name, (kind, _) in parts.items()}
    root = {"header": "hdr", "footer": "ftr", "styles": "styles", "footnotes": "footnotes"}
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations_of({"word/document.xml": "officeDocument"}),
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations_of(related),
    }
    for name, (kind, inner) in parts.items():
        files[f"word/{name}"] = f"<w:{root[kind]} {_NAMES}>{inner}</w:{root[kind]}>"
    return files


def docx_of(
    body: str, parts: dict[str, tuple[str, str]] | None = None, names: str = _NAMES
) -> bytes:
    """A DOCX with this body."""
    return zip_of(docx_parts(body, parts, names))


_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_ODT_NAMES = " ".join(
    f'xmlns:{name}="{_OPEN}:{space}"'
    for name, space in {
        "office": "office:1.0",
        "style": "style:1.0",
        "text": "text:1.0",
        "table": "table:1.0",
        "draw": "drawing:1.0",
        "svg": "svg-compatible:1.0",
    }.items()
)


def odt_parts(body: str, styles: str = "", automatic: str = "") -> dict[str, str]:
    """The files of an ODT; `styles` is the inner XML of styles.xml, `automatic` styles of the body."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODT_NAMES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {_ODT_NAMES}>{styles}</office:document-styles>",
        "META-INF/manifest.xml": "<manifest/>",
    }


def odt_of(body: str, styles: str = "", automatic: str = "") -> bytes:
    """An ODT with this body."""
    return zip_of(odt_parts(body, styles, automatic))


def zip_of(files: dict[str, str]) -> bytes:
    """An archive of these files."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()
