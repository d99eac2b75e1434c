"""A document that was read: its text, before anything is concluded from it."""

from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a file is, by its bytes and not by its name."""

    PDF = "PDF"
    DOCX = "DOCX"
    DOC = "DOC"
    ODT = "ODT"
    RTF = "RTF"
    MARKDOWN = "Markdown"
    TEXT = "text"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class DocumentText:
    """Plain text in reading order, one line a visual line, blank lines between blocks.

    At most `MAX_CHARACTERS` long; `is_truncated` says that pages or characters were left out. Free of
    control and bidirectional formatting characters.
    """

    text: str
    kind: DocumentKind
    pages: int | None = None
    is_truncated: bool = False


MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = 20
MAX_CHARACTERS = 200_000
