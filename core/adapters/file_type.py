"""What a file is, by its bytes and never by its name, and whether an archive is safe to unpack."""

import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import PureWindowsPath

from core.adapters.document_refusals import refusal
from core.adapters.text_reader import decoded
from core.domain.document import DocumentKind
from core.domain.errors import Unreadable, UnreadableDocumentError

MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 64 * 1024**2
MAX_XML_PART_BYTES = 16 * 1024**2

_HEAD = 1024  # bytes in which a file says what it is
_PDF_MARK = b"%PDF-"
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_CONTENT_TYPES = "[Content_Types].xml"
_WORD_MAIN_PART = re.compile(
    rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled\w*)"
    rb"\.main\+xml"
)
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_ENCRYPTED = 0x1  # flag bit of an archive's entry
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    EOFError,
    LookupError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)

_OLD_WORD = (
    "This is an old Word document (.doc) or one protected by a password. "
    "Save it as PDF or DOCX without a password, or paste the text."
)
# What begins so is such a file; the first match counts.
_MARKS = tuple(
    (re.compile(pattern, re.DOTALL), what)
    for pattern, what in (
        (rb"\{\\rtf", "an RTF document"),
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
_OTHER_ARCHIVES = {
    "mimetype": "an OpenDocument file or an e-book",
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "Index/Document.iwa": "a Pages document",
}


def kind_of(content: bytes) -> DocumentKind:
    """What a file is; a Word document is also checked to be safe to unpack.

    Raises:
        UnreadableDocumentError: if it is empty, of a type that is not read, or an unsafe archive.
    """
    if not content:
        raise refusal(Unreadable.EMPTY_FILE)
    if content.startswith(_ZIP_MARKS):
        return _kind_of_archive(content)
    _refuse_other_types(content[:_HEAD])
    if _PDF_MARK in content[:_HEAD]:
        return DocumentKind.PDF
    if decoded(content) is not None:
        return DocumentKind.TEXT
    raise refusal(Unreadable.UNKNOWN_TYPE)


def _refuse_other_types(head: bytes) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(Unreadable.UNSUPPORTED_TYPE, _OLD_WORD)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _HTML.search(head):
        raise _unsupported("a web page")
    for mark, what in _MARKS:
        if mark.match(head):
            raise _unsupported(what)


def _unsupported(what: str) -> UnreadableDocumentError:
    return refusal(
        Unreadable.UNSUPPORTED_TYPE,
        f"This is {what}, which cannot be read here. Save it as PDF or DOCX, or paste the text.",
    )


def _kind_of_archive(content: bytes) -> DocumentKind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_other_archives(archive, {entry.filename for entry in entries})
            _check_entries(entries)
            for entry in filter(_is_xml, entries):
                _check_declarations(archive.read(entry))
    except UnreadableDocumentError:
        raise
    except _BROKEN_ARCHIVE:
        raise refusal(Unreadable.DAMAGED) from None
    return DocumentKind.DOCX


def _refuse_other_archives(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Only an archive whose list of contents names a Word document is one."""
    has_types = _CONTENT_TYPES in names
    if has_types and archive.getinfo(_CONTENT_TYPES).file_size > MAX_XML_PART_BYTES:
        raise refusal(Unreadable.UNSAFE)
    if has_types and _WORD_MAIN_PART.search(archive.read(_CONTENT_TYPES)):
        return
    what = next((what for name, what in _OTHER_ARCHIVES.items() if name in names), "an archive")
    raise _unsupported(what)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refusal(Unreadable.PASSWORD)
    is_too_much = (
        len(entries) > MAX_ENTRIES
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES
        or any(entry.file_size > MAX_XML_PART_BYTES for entry in entries if _is_xml(entry))
    )
    if is_too_much or len(set(names)) < len(names) or any(map(_leads_out, names)):
        raise refusal(Unreadable.UNSAFE)


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _leads_out(name: str) -> bool:
    """Whether a path is absolute, or climbs out of the folder it would be unpacked into."""
    path = PureWindowsPath(name)  # knows both kinds of slash, and drives
    return bool(path.anchor) or ".." in path.parts


def _check_declarations(part: bytes) -> None:
    """Word never declares a document type or an entity; attacks on XML readers do."""
    if _DECLARATION.search(part.replace(b"\0", b"")):  # UTF-16 is read as well
        raise refusal(Unreadable.UNSAFE)
