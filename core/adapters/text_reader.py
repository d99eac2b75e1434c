"""Plain text files: bytes → text, with the encoding found out."""

import codecs
import re

from core.domain.document import DocumentKind, DocumentText

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]")  # but tabs, line and page breaks
_MAX_CONTROLS = 0.005  # of all characters: more is no text


def decoded(content: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 with a mark, or Windows-1252; None if it is no text."""
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if _looks_like_text(text) else None
    return None


def read_text(content: bytes) -> DocumentText:
    """The document's text as it stands; empty where nothing can be decoded."""
    return DocumentText(decoded(content) or "", DocumentKind.TEXT)


def _looks_like_text(text: str) -> bool:
    return "\0" not in text and len(_CONTROL.findall(text)) <= _MAX_CONTROLS * len(text)
