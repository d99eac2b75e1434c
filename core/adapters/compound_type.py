"""Which document a compound file (OLE) holds: the packing of old Office programs and of encryption.

It is built like a small disk. Its directory's entries lie at multiples of their length; each names a
stream and tells where it begins.
"""

import struct
from dataclasses import dataclass

from core.adapters.document_refusals import refusal, unsupported
from core.domain.document import DocumentKind
from core.domain.errors import Unreadable

_WORD = "WordDocument"
_OTHER_STREAMS = {
    "Workbook": "an Excel workbook",
    "Book": "an Excel workbook",
    "PowerPoint Document": "a PowerPoint presentation",
    "VisioDocument": "a Visio drawing",
    "Quill": "a Publisher document",
    "__properties_version1.0": "an Outlook message",
}
_ENCRYPTED_PACKAGE = "EncryptedPackage"  # a newer Office document under a password
_RIGHTS_MANAGED = "\tDRMContent"
_RIGHTS_SENTENCE = (
    "This document is locked by rights management. "
    "Save a copy without that protection, or paste the text."
)

_HEADER_BYTES = 512
_SECTOR_SHIFT_AT = 30
_ENTRY_BYTES = 128
_NAME_LENGTH_AT, _MAX_NAME_BYTES = 64, 64
_START_AND_SIZE_AT = 116
_KINDS = (_STORAGE, _STREAM, _ROOT) = (1, 2, 5)

_SMALL_STREAM_BYTES = 4096  # a stream below this size lies in small sectors inside the root's
_SMALL_SECTOR_BYTES = 64
_WORD_FLAGS_AT = 10  # in the stream WordDocument
_IS_ENCRYPTED = 0x0100


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name in the directory: a stream, a storage (folder) or the root. The size is in bytes."""

    name: str
    kind: int
    first_sector: int
    size: int


def kind_of_compound(content: bytes) -> DocumentKind:
    """DOC, if it is one that is not locked.

    Raises:
        UnreadableDocumentError: if it is another document, or locked.
    """
    entries = _directory(content)
    names = [entry.name for entry in entries]
    if _RIGHTS_MANAGED in names:
        raise refusal(Unreadable.PASSWORD, _RIGHTS_SENTENCE)
    # What is embedded in a document stands behind it.
    main = next((name for name in names if name == _WORD or name in _OTHER_STREAMS), None)
    if main is None and _ENCRYPTED_PACKAGE in names:
        raise refusal(Unreadable.PASSWORD)
    if main != _WORD:
        raise unsupported(_OTHER_STREAMS.get(main or "", "an Office file of another kind"))
    if _word_flags(content, entries) & _IS_ENCRYPTED:
        raise refusal(Unreadable.PASSWORD)
    return DocumentKind.DOC


def _directory(content: bytes) -> list[_Entry]:
    """What looks like an entry, in the order of the file."""
    places = range(_HEADER_BYTES, len(content) - _ENTRY_BYTES + 1, _ENTRY_BYTES)
    return [entry for place in places if (entry := _entry_at(content, place))]


def _entry_at(content: bytes, place: int) -> _Entry | None:
    length, kind = struct.unpack_from("<HB", content, place + _NAME_LENGTH_AT)
    if kind not in _KINDS or not 2 < length <= _MAX_NAME_BYTES or length % 2:
        return None
    name = content[place : place + length - 2].decode("utf-16-le", errors="replace")
    return _Entry(name, kind, *struct.unpack_from("<II", content, place + _START_AND_SIZE_AT))


def _word_flags(content: bytes, entries: list[_Entry]) -> int:
    """The flags at the beginning of the Word stream; 0 where the file ends before them."""
    (shift,) = struct.unpack_from("<H", content, _SECTOR_SHIFT_AT)
    word = next(entry for entry in entries if entry.name == _WORD)
    place = (word.first_sector + 1) << shift
    if word.size < _SMALL_STREAM_BYTES:
        root = next((entry for entry in entries if entry.kind == _ROOT), word)
        place = ((root.first_sector + 1) << shift) + word.first_sector * _SMALL_SECTOR_BYTES
    flags = content[place + _WORD_FLAGS_AT : place + _WORD_FLAGS_AT + 2]
    return int.from_bytes(flags, "little")
