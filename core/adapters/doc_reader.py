"""Old Word documents (DOC): bytes → text. Runs only in the child process."""

from collections.abc import Iterable

from core.adapters.compound_file import BROKEN
from core.adapters.doc_converters import converted
from core.adapters.doc_file import DocFile, Paragraph
from core.adapters.document_lines import joined
from core.adapters.text_flow import Flow
from core.domain.document import DocumentKind, DocumentText

_BODY, _FOOTNOTES, _ENDNOTES, _BOXES, _BOXES_OF_MARGINS = 0, 1, 5, 6, 7
_CHARACTERS = str.maketrans({"\x0b": "\n", "\x0e": "\n", "\x1e": "-"})  # others are not seen


def read_doc(content: bytes) -> DocumentText:
    """The document's text, headers first; empty where it has none.

    Raises:
        UnreadableDocumentError: if it is damaged or older than Word 97, and the host has no
            converter that can read it.
    """
    try:
        text = _text(DocFile(content))
    except BROKEN:
        text = converted(content)
    return DocumentText(text, DocumentKind.DOC)


def _text(file: DocFile) -> str:
    headers = [*_lines(file.margins("header")), *_lines(file.story(_BOXES_OF_MARGINS))]
    stories = (_BODY, _BOXES, _FOOTNOTES, _ENDNOTES)
    body = [line for number in stories for line in _lines(file.story(number))]
    return joined(headers, body, _lines(file.margins("footer")))


def _lines(paragraphs: Iterable[Paragraph]) -> list[str]:
    flow = Flow()
    for paragraph in paragraphs:
        looks = paragraph.format
        if looks.ends_row:
            flow.end_row()
            continue
        text = paragraph.text.translate(_CHARACTERS)
        flow.write(
            f"• {text}" if looks.is_listed and not looks.is_heading and text.strip() else text
        )
        if paragraph.ends_cell:
            flow.end_cell()
        else:
            flow.end_paragraph(is_in_table=looks.is_in_table, is_heading=looks.is_heading)
    return flow.lines()
