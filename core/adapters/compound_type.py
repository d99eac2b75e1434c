"""Which document a compound file (OLE) holds: an old Word document, another one, or a locked one."""

from core.adapters.compound_file import BROKEN, CompoundFile
from core.adapters.document_refusals import refusal, unsupported
from core.domain.document import DocumentKind
from core.domain.errors import Unreadable

_WORD = "WORDDOCUMENT"
_OTHERS = {
    "WORKBOOK": "an Excel workbook",
    "BOOK": "an Excel workbook",
    "POWERPOINT DOCUMENT": "a PowerPoint presentation",
    "VISIODOCUMENT": "a Visio drawing",
    "QUILL": "a Publisher document",
    "__PROPERTIES_VERSION1.0": "an Outlook message",
}
_WORD_FLAGS = slice(10, 12)
_IS_ENCRYPTED = 0x0100
_ENCRYPTED_PACKAGE = "ENCRYPTEDPACKAGE"  # holds a newer Office document under a password
_RIGHTS = "\tDRMCONTENT"
_RIGHTS_SENTENCE = (
    "This document is locked by rights management. "
    "Save a copy without that protection, or paste the text."
)


def kind_of_compound(content: bytes) -> DocumentKind:
    """DOC, if it is one that is not locked.

    Raises:
        UnreadableDocumentError: if it is another document, locked or damaged.
    """
    names, main, flags = _looked_through(content)
    if _RIGHTS in names:
        raise refusal(Unreadable.PASSWORD, _RIGHTS_SENTENCE)
    if flags & _IS_ENCRYPTED or (not main and _ENCRYPTED_PACKAGE in names):
        raise refusal(Unreadable.PASSWORD)
    if main != _WORD:
        raise unsupported(_OTHERS.get(main, "an Office file of another kind"))
    return DocumentKind.DOC


def _looked_through(content: bytes) -> tuple[list[str], str, int]:
    """The names of the streams, the first that tells a type, and the flags if that is Word's."""
    try:
        file = CompoundFile(content)
        main = next((name for name in file.names if name == _WORD or name in _OTHERS), "")
        flags = file.stream(_WORD)[_WORD_FLAGS] if main == _WORD else b""
    except BROKEN:
        raise refusal(Unreadable.DAMAGED) from None
    return file.names, main, int.from_bytes(flags, "little")
