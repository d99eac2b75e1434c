"""What a file is, by its bytes and never by its name."""

import re

from core.adapters.archive_type import kind_of_archive
from core.adapters.compound_type import kind_of_compound
from core.adapters.document_refusals import refusal, unsupported
from core.adapters.markdown_reader import looks_like_markdown
from core.adapters.text_reader import decoded
from core.domain.document import DocumentKind
from core.domain.errors import Unreadable

_HEAD = 1024  # bytes in which a file says what it is
_PDF_MARK = b"%PDF-"
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_2_MARK = b"\xdb\xa5-\0"  # before compound files
_RTF_MARK = b"{\\rtf"
_BEFORE_TEXT = b"\xef\xbb\xbf \t\r\n"  # a mark of UTF-8, and white space
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)

# What begins so is such a file; the first match counts.
_MARKS = tuple(
    (re.compile(pattern, re.DOTALL), what)
    for pattern, what in (
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|8BPS\0", "a picture"),
        (rb"RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)", "a picture"),
        (rb"RIFF.{4}|OggS\0|ID3[\x02-\x04]|fLaC\0|\xff[\xfb\xf3\xf2]|\x1aE\xdf\xa3", "a recording"),
        (rb".{4}ftyp|FORM.{4}AIF|#!AMR", "a recording"),
        (rb"MZ(?=.{0,62}\0)|\x7fELF|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|#!", "a program"),
        (rb"7z\xbc\xaf|Rar!\x1a|\x1f\x8b|BZh\d1AY|\xfd7zXZ|.{257}ustar", "an archive"),
        (rb"%!PS", "a PostScript file"),
        (rb"MIME-Version:", "a saved web page or e-mail"),
        (rb"(?:\xef\xbb\xbf)?\s*<\?xml", "an XML file"),
    )
)


def kind_of(content: bytes) -> DocumentKind:
    """What a file is; an archive is also checked to be safe to unpack.

    Raises:
        UnreadableDocumentError: if it is empty, locked, of a type that is not read, or an unsafe
            archive.
    """
    if not content:
        raise refusal(Unreadable.EMPTY_FILE)
    if content.startswith(_ZIP_MARKS):
        return kind_of_archive(content)
    if content.startswith(_COMPOUND_MARK):
        return kind_of_compound(content)
    if content.startswith(_WORD_2_MARK):
        return DocumentKind.DOC
    head = content[:_HEAD]
    if head.lstrip(_BEFORE_TEXT).startswith(_RTF_MARK):
        return DocumentKind.RTF
    _refuse_other_types(head)
    return DocumentKind.PDF if _PDF_MARK in head else _kind_of_text(content)


def _refuse_other_types(head: bytes) -> None:
    if head.lstrip(_BEFORE_TEXT).startswith(b"<") and _HTML.search(head):
        raise unsupported("a web page")
    for mark, what in _MARKS:
        if mark.match(head):
            raise unsupported(what)


def _kind_of_text(content: bytes) -> DocumentKind:
    text = decoded(content)
    if text is None:
        raise refusal(Unreadable.UNKNOWN_TYPE)
    return DocumentKind.MARKDOWN if looks_like_markdown(text) else DocumentKind.TEXT
