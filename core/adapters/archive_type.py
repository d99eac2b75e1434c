"""Which document an archive (zip) holds, and whether it is safe to unpack."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import PureWindowsPath

from core.adapters.document_refusals import refusal, unsupported
from core.domain.document import DocumentKind
from core.domain.errors import Unreadable, UnreadableDocumentError

MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 64 * 1024**2
MAX_XML_PART_BYTES = 16 * 1024**2

_CONTENT_TYPES = "[Content_Types].xml"
_WORD_MAIN_PART = re.compile(
    rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled\w*)"
    rb"\.main\+xml"
)
_MIMETYPE = "mimetype"
_ODT_TYPES = frozenset(
    f"application/vnd.oasis.opendocument.text{form}".encode() for form in ("", "-template")
)
_LONGEST_TYPE = 100  # bytes; the types of ODT are half as long
_MANIFEST = "META-INF/manifest.xml"
_ODT_PARTS = ("content.xml", "styles.xml")  # those that are opened
_OTHER_ARCHIVES = {
    _MIMETYPE: "an OpenDocument file of another kind or an e-book",
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "Index/Document.iwa": "a Pages document",
}
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
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


def kind_of_archive(content: bytes) -> DocumentKind:
    """Whether it is a Word or an OpenDocument text, both checked to be safe to unpack.

    Raises:
        UnreadableDocumentError: if it is neither, locked, damaged or unsafe.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            kind = _kind_of_contents(archive)
            _check_entries(archive.infolist())
            if kind is DocumentKind.ODT:
                _check_manifest(archive)
            _check_declarations(archive, _opened_parts(archive, kind))
    except UnreadableDocumentError:
        raise
    except _BROKEN_ARCHIVE:
        raise refusal(Unreadable.DAMAGED) from None
    return kind


def _kind_of_contents(archive: zipfile.ZipFile) -> DocumentKind:
    """Only an archive that names a Word document or an OpenDocument text as its content is one."""
    names = set(archive.namelist())
    if _CONTENT_TYPES in names and _WORD_MAIN_PART.search(_read(archive, _CONTENT_TYPES)):
        return DocumentKind.DOCX
    if _MIMETYPE in names:
        with archive.open(_MIMETYPE) as file:
            if file.read(_LONGEST_TYPE).strip() in _ODT_TYPES:
                return DocumentKind.ODT
    what = next((what for name, what in _OTHER_ARCHIVES.items() if name in names), "an archive")
    raise unsupported(what)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part's bytes, for what is looked at before or beside the check of all parts."""
    if archive.getinfo(name).file_size > MAX_XML_PART_BYTES:
        raise refusal(Unreadable.UNSAFE)
    return archive.read(name)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refusal(Unreadable.PASSWORD)
    is_too_much = (
        len(entries) > MAX_ENTRIES
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES
        or any(entry.file_size > MAX_XML_PART_BYTES for entry in entries if _is_xml(entry.filename))
    )
    if is_too_much or len(set(names)) < len(names) or any(map(_leads_out, names)):
        raise refusal(Unreadable.UNSAFE)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _leads_out(name: str) -> bool:
    """Whether a path is absolute, or climbs out of the folder it would be unpacked into."""
    path = PureWindowsPath(name)  # knows both kinds of slash, and drives
    return bool(path.anchor) or ".." in path.parts


def _check_manifest(archive: zipfile.ZipFile) -> None:
    """An OpenDocument text with a password has ordinary entries with encrypted bytes."""
    if _MANIFEST in archive.namelist() and b"encryption-data" in _read(archive, _MANIFEST):
        raise refusal(Unreadable.PASSWORD)


def _opened_parts(archive: zipfile.ZipFile, kind: DocumentKind) -> Iterable[str]:
    """All XML of a Word document; of an OpenDocument text, whose manifest may declare a type, two."""
    names = archive.namelist()
    return filter(_is_xml, names) if kind is DocumentKind.DOCX else set(_ODT_PARTS) & set(names)


def _check_declarations(archive: zipfile.ZipFile, parts: Iterable[str]) -> None:
    """No writer declares a document type or an entity in these; attacks on XML readers do."""
    for part in parts:
        if _DECLARATION.search(archive.read(part).replace(b"\0", b"")):  # UTF-16 is read as well
            raise refusal(Unreadable.UNSAFE)
