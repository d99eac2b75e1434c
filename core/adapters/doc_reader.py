"""Old Word documents (DOC): bytes → text, by a converter that the host has. Runs only in the child.

antiword keeps lists, tabs and every alphabet, but leaves out headers and footers, and refuses very
short documents that Word did not write. Those catdoc reads.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator

from lxml import etree

from core.adapters.document_lines import table_lines
from core.adapters.document_refusals import refusal
from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.xml_tree import parsed
from core.domain.document import DocumentKind, DocumentText
from core.domain.errors import Unreadable

SEARCH_PATH = os.defpath
"""Where converters are looked for: the system's folders, whatever the environment says."""

_MAX_SECONDS = 6.0  # for each converter
_NOT_HERE = (
    "This is an old Word document (.doc), which this server has no converter for. "
    "Save it as PDF or DOCX, or paste the text."
)

_ANTIWORD = ("antiword", "-m", "UTF-8.txt")
_AS_LINES, _AS_DOCBOOK = ("-w", "0", "-"), ("-x", "db", "-")
_TABLE = re.compile(r"(?:^.*\|\n)+", re.MULTILINE)  # one visual line of all cells each
_CELL_EDGE = re.compile(r"[ \t]*\|[ \t]*")
_PLACEHOLDER = re.compile(r"\[pic\]|^-{23}$", re.MULTILINE)  # a picture, the rule above footnotes

_CATDOC = ("catdoc", "-d", "utf-8", "-w")
_FIELD_CODE = re.compile(
    r'\bHYPERLINK +(?:\\[a-z] +)*"[^"\n]*"(?: +\\[a-z]\b(?: +"[^"\n]*")?)*'
    r"|\bFORM(?:TEXT|CHECKBOX|DROPDOWN)\b"
)


def read_doc(content: bytes) -> DocumentText:
    """The document's text; empty where it has none.

    Raises:
        UnreadableDocumentError: if the host has no converter, or none can read it.
    """
    if not (_found(_ANTIWORD[0]) or _found(_CATDOC[0])):
        raise refusal(Unreadable.UNSUPPORTED_TYPE, _NOT_HERE)
    text = _by_antiword(content)
    if not (text and text.strip()):
        text = _by_catdoc(content)
    if text is None:
        raise refusal(Unreadable.DAMAGED)
    return DocumentText(text, DocumentKind.DOC)


def _by_antiword(content: bytes) -> str | None:
    text = _converted(content, *_ANTIWORD, *_AS_LINES)
    if text and _TABLE.search(text):
        text = _with_tables(text, _converted(content, *_ANTIWORD, *_AS_DOCBOOK) or "")
    return text and _PLACEHOLDER.sub("", text)


def _by_catdoc(content: bytes) -> str | None:
    text = _converted(content, *_CATDOC)
    return text and _FIELD_CODE.sub("", text)


# Tables


def _with_tables(text: str, docbook: str) -> str:
    """The text with its tables' lines put in order.

    A line of a table as text may hold parts of several cells; whole cells stand in the DocBook form,
    which in turn has no tabs.
    """
    found, tables = _TABLE.findall(text), list(_docbook_tables(docbook))
    if len(found) != len(tables):
        tables = list(map(_without_edges, found))
    ordered = iter(tables)
    return _TABLE.sub(lambda _: next(ordered), text)


def _without_edges(lines: str) -> str:
    rows = (_CELL_EDGE.split(line.strip("| ")) for line in lines.splitlines())
    return "\n".join(CELL_SEPARATOR.join(filter(None, row)) for row in rows) + "\n"


def _docbook_tables(docbook: str) -> Iterator[str]:
    try:
        book = parsed(docbook.encode())
    except etree.LxmlError:
        return
    for table in book.iter("informaltable"):
        rows = ([_cell(cell) for cell in row.iter("entry")] for row in table.iter("row"))
        yield "\n".join(table_lines(rows)) + "\n"


def _cell(entry: etree._Element) -> list[str]:
    return "".join(map(str, entry.itertext())).strip().split("\n")


# Programs


def _found(program: str) -> str | None:
    return shutil.which(program, path=SEARCH_PATH)


def _converted(content: bytes, program: str, *arguments: str) -> str | None:
    """What a program makes of a document; None if it is not here, fails or takes too long."""
    path = _found(program)
    if path is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, found in the system's folders
            (path, *arguments),
            input=content,  # never by name: nothing is left behind if this process is ended
            capture_output=True,
            timeout=_MAX_SECONDS,
            env={"PATH": SEARCH_PATH, "LANG": "C.UTF-8"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout.decode(errors="replace")
