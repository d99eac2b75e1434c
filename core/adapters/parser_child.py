"""The child process that opens an uploaded file: bytes on stdin, one line of JSON on stdout.

Nothing of a file is looked at before the limits hold, and whatever goes wrong ends in a cause and a
sentence. Imports stay few: the child starts for every document.
"""

import importlib
import json
import logging
import sys
import warnings
from collections.abc import Callable
from typing import Any

from core.adapters.document_refusals import refusal
from core.adapters.file_type import kind_of
from core.adapters.own_limits import limit_resources, limits_asked
from core.adapters.plain_text import plain_text
from core.domain.document import MAX_BYTES, MAX_CHARACTERS, DocumentKind, DocumentText
from core.domain.errors import Unreadable, UnreadableDocumentError

_MAX_FILE_BYTES = MAX_BYTES  # a converter of old documents may keep a copy
_ENOUGH = 2 * MAX_CHARACTERS  # before what is not seen is taken out

# The module is loaded when a file of its kind comes.
_READERS = {
    DocumentKind.PDF: ("core.adapters.pdf_reader", "read_pdf"),
    DocumentKind.DOCX: ("core.adapters.docx_reader", "read_docx"),
    DocumentKind.DOC: ("core.adapters.doc_reader", "read_doc"),
    DocumentKind.ODT: ("core.adapters.odt_reader", "read_odt"),
    DocumentKind.RTF: ("core.adapters.rtf_reader", "read_rtf"),
    DocumentKind.MARKDOWN: ("core.adapters.markdown_reader", "read_markdown"),
    DocumentKind.TEXT: ("core.adapters.text_reader", "read_text"),
}
_SCAN = (
    "This PDF holds pictures of text, not text (a scan). "
    "Paste the text instead, or choose the document that it was made from."
)


def main() -> None:
    """Read stdin under the limits given as arguments: memory in MB, processor time in seconds."""
    limit_resources(*limits_asked(), _MAX_FILE_BYTES)
    logging.disable()
    warnings.simplefilter("ignore")
    answer = answer_for(sys.stdin.buffer.read(MAX_BYTES + 1))
    print(json.dumps(answer))  # noqa: T201 - stdout is how the parent is answered


def answer_for(content: bytes) -> dict[str, Any]:
    """The document's text, or the cause and the sentence for a refusal."""
    try:
        document = _read(content)
    except UnreadableDocumentError as error:
        return _refused(error)
    except MemoryError:
        return _refused(refusal(Unreadable.TOO_HEAVY))
    except Exception:  # noqa: BLE001 - readers of broken files raise nearly anything
        return _refused(refusal(Unreadable.DAMAGED))
    return {
        "text": document.text,
        "kind": document.kind,
        "pages": document.pages,
        "is_truncated": document.is_truncated,
    }


def _refused(error: UnreadableDocumentError) -> dict[str, Any]:
    return {"cause": error.cause, "sentence": error.reason}


def _read(content: bytes) -> DocumentText:
    kind = kind_of(content)
    module, function = _READERS[kind]
    read: Callable[[bytes], DocumentText] = getattr(importlib.import_module(module), function)
    document = read(content)
    text = plain_text(document.text[:_ENOUGH])
    if not any(map(str.isalnum, text)):
        raise refusal(Unreadable.NO_TEXT, _SCAN if kind is DocumentKind.PDF else "")
    is_cut = document.is_truncated or len(document.text) > _ENOUGH or len(text) > MAX_CHARACTERS
    return DocumentText(text[:MAX_CHARACTERS].rstrip(), kind, document.pages, is_cut)
