"""A plain walk through a Word document's XML: every text that a person sees, once, in its order.

Names are compared without their namespace, so that the strict and the transitional form of the
format read alike.
"""

import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from zipfile import BadZipFile, ZipFile

from lxml import etree

from core.adapters.document_lines import joined, table_lines
from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.xml_tree import attribute_of, name_of, parsed

BROKEN = (BadZipFile, EOFError, LookupError, NotImplementedError, ValueError, etree.LxmlError)
"""What a document with missing or broken parts raises."""

_MAIN, _STYLES = "/officeDocument", "/styles"
_HEADERS = ("/header",)
_FOOTERS = ("/footer",)
_NOTES = ("/diagramData", "/footnotes", "/endnotes")

_UNSEEN = frozenset(
    "del moveFrom delText instrText pPr rPr tblPr tblGrid trPr tcPr sdtPr sectPr".split()
)
_CHARACTERS = {
    "tab": CELL_SEPARATOR,
    "ptab": CELL_SEPARATOR,
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
}
_HEADING_NAMES = ("heading", "title")


@dataclass(frozen=True, slots=True)
class Styles:
    """The ids of the paragraph styles that are set as headings, and as items of a list."""

    headings: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()

    def is_heading(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph stands over others."""
        return _style_of(paragraph) in self.headings

    def is_listed(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is an item of a list, by itself or by its style."""
        numbering = _found(paragraph, "pPr", "numPr", "numId")
        if numbering is not None:
            return _value(numbering) != "0"
        return _style_of(paragraph) in self.lists


@dataclass(frozen=True, slots=True)
class Walk:
    """A document's text, and what is known of its styles."""

    text: str
    styles: Styles


def walked(content: bytes) -> Walk:
    """Read all parts that are seen.

    Raises:
        BROKEN: one of these, if a part is missing or is not XML.
    """
    with ZipFile(BytesIO(content)) as archive:
        main = _related(archive, "", (_MAIN,))[0]
        styles = _read_styles(archive, _related(archive, main, (_STYLES,)))

        def lines_in(kinds: Collection[str]) -> list[str]:
            parts = (parsed(archive.read(name)) for name in _related(archive, main, kinds))
            return [line for part in parts for line in _lines(part, styles)]

        body = [*_lines(parsed(archive.read(main)), styles), *lines_in(_NOTES)]
        return Walk(joined(lines_in(_HEADERS), body, lines_in(_FOOTERS)), styles)


# Parts


def _related(archive: ZipFile, part: str, kinds: Collection[str]) -> list[str]:
    """The parts that a part (the whole archive if empty) refers to as one of these kinds."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive.namelist():
        return []
    names = [
        posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        for relation in parsed(archive.read(relations))
        if relation.get("Type", "").endswith(tuple(kinds))
        and relation.get("TargetMode") != "External"
    ]
    return list(dict.fromkeys(names))


def _read_styles(archive: ZipFile, parts: Iterable[str]) -> Styles:
    styles = [
        style for part in parts for style in parsed(archive.read(part)) if name_of(style) == "style"
    ]
    ids = {attribute_of(style, "styleId"): style for style in styles}
    headings = {
        key
        for key, style in ids.items()
        if _value(_found(style, "name")).lower().startswith(_HEADING_NAMES)
    }
    lists = {key for key, style in ids.items() if _found(style, "pPr", "numPr") is not None}
    return Styles(frozenset(headings), frozenset(lists - headings))


# Elements


def _lines(part: etree._Element, styles: Styles) -> Iterator[str]:
    """The lines of all that stands in a part, tables included."""
    for element in _seen(part):
        if name_of(element) == "p":
            yield from _paragraph_lines(element, styles)
        elif name_of(element) == "tbl":
            rows = [_inside(row, "tc") for row in _inside(element, "tr")]
            yield from table_lines([list(_lines(cell, styles)) for cell in row] for row in rows)
        else:
            yield from _lines(element, styles)


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The nearest elements of a name below this one, also within content controls."""
    for child in _seen(element):
        if name_of(child) == name:
            yield child
        else:
            yield from _inside(child, name)


def _seen(element: etree._Element) -> Iterator[etree._Element]:
    """The children that are seen; of the alternatives for old and new programs, the first."""
    if name_of(element) == "AlternateContent":
        yield from list(element)[:1]
        return
    for child in element:
        if name_of(child) not in _UNSEEN and not _is_hidden(child):
            yield child


def _is_hidden(run: etree._Element) -> bool:
    vanish = _found(run, "rPr", "vanish")
    return vanish is not None and _value(vanish) not in ("0", "false", "off")


def _paragraph_lines(paragraph: etree._Element, styles: Styles) -> Iterator[str]:
    """The paragraph's own lines, then those of the text boxes that hang on it."""
    boxes: list[etree._Element] = []
    text = "".join(_texts(paragraph, boxes))
    if styles.is_heading(paragraph):
        yield ""
    elif text.strip() and styles.is_listed(paragraph):
        text = f"• {text}"
    yield from text.split("\n")
    yield from chain.from_iterable(_lines(box, styles) for box in boxes)


def _texts(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in _seen(element):
        name = name_of(child)
        if name == "t":
            yield child.text or ""
        elif name == "txbxContent":
            boxes.append(child)
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        else:
            yield from _texts(child, boxes)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else attribute_of(element, "val")


def _found(element: etree._Element, *path: str) -> etree._Element | None:
    """The first element down a path of names."""
    found: etree._Element | None = element
    for name in path:
        if found is None:
            return None
        found = next((child for child in found if name_of(child) == name), None)
    return found


def _style_of(paragraph: etree._Element) -> str:
    return _value(_found(paragraph, "pPr", "pStyle"))
