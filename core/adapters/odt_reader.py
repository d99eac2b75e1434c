"""OpenDocument texts (ODT): bytes → text. Runs only in the child process, after the archive was checked."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from core.adapters.document_lines import joined, table_lines
from core.adapters.document_refusals import refusal
from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.xml_tree import attribute_of, name_of, parsed
from core.domain.document import MAX_CHARACTERS, DocumentKind, DocumentText
from core.domain.errors import Unreadable

_CONTENT, _STYLES = "content.xml", "styles.xml"
_BROKEN = (BadZipFile, EOFError, LookupError, NotImplementedError, ValueError, etree.LxmlError)

_PARAGRAPHS = ("p", "h")
_UNSEEN = frozenset(
    "tracked-changes annotation note-citation title desc ruby-text covered-table-cell forms "
    "hidden-text hidden-paragraph script".split()
)
_HANGING = ("text-box", "note-body", *_PARAGRAPHS)  # in a paragraph, but read after it
_CHARACTERS = {"tab": CELL_SEPARATOR, "line-break": "\n"}
_HIDDEN = ("none", "false")  # as values of an attribute `display`
_SPACE = re.compile(r"[ \t\r\n]+")  # reads as one space; more have elements of their own


def read_odt(content: bytes) -> DocumentText:
    """The document's text, headers first; empty where it has none.

    Raises:
        UnreadableDocumentError: if its main part is missing or broken.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            main = parsed(archive.read(_CONTENT))
            styles = parsed(archive.read(_STYLES)) if _STYLES in archive.namelist() else None
    except _BROKEN:
        raise refusal(Unreadable.DAMAGED) from None
    body = _Walk(_hidden_styles(main) | _hidden_styles(styles, "{*}styles/")).lines(main)
    headers, footers = (_margin_lines(styles, name) for name in ("header", "footer"))
    return DocumentText(joined(headers, body, footers), DocumentKind.ODT)


def _hidden_styles(part: etree._Element | None, within: str = "*/") -> frozenset[str]:
    """The names of a part's styles that hide text; those for its own use, or those for all parts."""
    if part is None:
        return frozenset()
    return frozenset(
        attribute_of(style, "name")
        for style in part.iterfind(f"{within}{{*}}style")
        if any(attribute_of(properties, "display") in _HIDDEN for properties in style)
    )


def _margin_lines(styles: etree._Element | None, name: str) -> Iterator[str]:
    """The lines of all headers, or of all footers, of all kinds of pages."""
    if styles is not None:
        walk = _Walk(_hidden_styles(styles))
        for margin in styles.iter(*(f"{{*}}{name}{page}" for page in ("", "-first", "-left"))):
            yield from walk.lines_of(margin)


class _Walk:
    """Reads a document's elements, but not those in hidden styles."""

    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self._hidden_styles = hidden_styles

    def lines(self, element: etree._Element, bullet: str = "") -> Iterator[str]:
        """The lines of all that stands in an element; `bullet` leads the first one that has text."""
        for child in element:
            for line in self.lines_of(child, bullet):
                bullet = "" if line.strip() else bullet
                yield line

    def lines_of(self, element: etree._Element, bullet: str = "") -> Iterator[str]:
        """The lines of an element itself; none if it is not seen."""
        name = name_of(element)
        if not self._is_seen(element):
            return iter(())
        if name in _PARAGRAPHS:
            return self._paragraph_lines(element, bullet)
        if name == "table":
            return iter(table_lines(self._rows(element)))
        return self.lines(element, "• " if name == "list-item" else bullet)

    def _paragraph_lines(self, paragraph: etree._Element, bullet: str) -> Iterator[str]:
        """The paragraph's own lines, then those of the boxes and notes that hang on it."""
        hanging: list[etree._Element] = []
        text = "".join(self._texts(paragraph, hanging))
        if name_of(paragraph) == "h":
            yield ""
        elif text.strip():
            text = f"{bullet}{text}"
        yield from text.split("\n")
        for element in hanging:
            is_box = name_of(element) not in _PARAGRAPHS
            yield from self.lines(element) if is_box else self._paragraph_lines(element, "")

    def _texts(self, element: etree._Element, hanging: list[etree._Element]) -> Iterator[str]:
        yield _SPACE.sub(" ", element.text or "")
        for child in element:
            name = name_of(child)
            if name in _HANGING:
                hanging.append(child)
            elif name == "s":
                yield " " * _count(child)
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif self._is_seen(child):
                yield from self._texts(child, hanging)
            yield _SPACE.sub(" ", child.tail or "")

    def _rows(self, table: etree._Element) -> Iterator[list[list[str]]]:
        for child in filter(self._is_seen, table):
            if name_of(child) == "table-row":
                yield [list(self.lines(cell)) for cell in filter(self._is_seen, child)]
            elif name_of(child).startswith("table-"):
                yield from self._rows(child)

    def _is_seen(self, element: etree._Element) -> bool:
        if name_of(element) in _UNSEEN or attribute_of(element, "display") in _HIDDEN:
            return False
        return attribute_of(element, "style-name") not in self._hidden_styles


def _count(spaces: etree._Element) -> int:
    number = attribute_of(spaces, "c")
    return min(int(number), MAX_CHARACTERS) if number.isdecimal() else 1
