"""Word documents (DOCX): bytes → text. Runs only in the child process, after the archive was checked.

docx2python knows the numbers of lists, but fails on some good files and repeats or drops text in
others. What it gives is taken if it has exactly the words of a plain walk through the XML; else the
walk's own text is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx2python import docx2python

from core.adapters.document_lines import joined, table_lines
from core.adapters.document_refusals import refusal
from core.adapters.docx_walk import BROKEN, Styles, Walk, walked
from core.domain.document import MAX_CHARACTERS, DocumentKind, DocumentText
from core.domain.errors import Unreadable

_BULLET = "--\t"
_LABEL = re.compile(r"^\t*(?:\w{1,5}\)\t|(?:foot|end)note\d+\)\t?)", re.MULTILINE)
_PLACEHOLDER = re.compile(
    r"----Image alt text---->.*?<(?=----)|----(?:media/|footnote|endnote).*?----"
)
_LINK = re.compile(r'<a href="[^"]*">|</a>')
_WORD = re.compile(r"\w+")


def read_docx(content: bytes) -> DocumentText:
    """The document's text, headers first; empty where it has none.

    Raises:
        UnreadableDocumentError: if its main part is missing or broken.
    """
    try:
        walk = walked(content)
    except BROKEN:
        raise refusal(Unreadable.DAMAGED) from None
    text = walk.text
    if len(text) <= MAX_CHARACTERS:  # docx2python takes long over more than that
        text = _numbered_text(content, walk) or text
    return DocumentText(text, DocumentKind.DOCX)


def _numbered_text(content: bytes, walk: Walk) -> str | None:
    """docx2python's text, or None if it fails or has other words than the walk."""
    try:
        with docx2python(BytesIO(content), duplicate_merged_cells=False) as document:
            headers, footers = document.header_pars, document.footer_pars
            body = document.body_pars + document.footnotes_pars + document.endnotes_pars
    except (*BROKEN, AttributeError, TypeError, RecursionError):
        return None
    text = joined(*(_lines(tables, walk.styles) for tables in (headers, body, footers)))
    return text if _words(_LABEL.sub("", text)) == _words(walk.text) else None


def _lines(tables: list[Any], styles: Styles) -> Iterator[str]:
    """The lines of nested tables → rows → cells → paragraphs; plain text is a table of one cell."""
    for table in tables:
        rows = [[list(_cell_lines(cell, styles)) for cell in row] for row in table]
        if len(rows) == 1 and len(rows[0]) == 1:
            yield from rows[0][0]
        else:
            yield from table_lines(rows)


def _cell_lines(paragraphs: list[Any], styles: Styles) -> Iterator[str]:
    for paragraph in paragraphs:
        text = _LINK.sub("", _PLACEHOLDER.sub("", "".join(paragraph.run_strings)))
        if paragraph.elem is not None and styles.is_heading(paragraph.elem):
            yield ""
        lead = text.lstrip("\t")
        yield from (f"• {lead.removeprefix(_BULLET)}" if lead.startswith(_BULLET) else text).split(
            "\n"
        )


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))
