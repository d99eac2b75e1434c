"""What is said to a candidate whose document cannot be read: what is wrong, and what to do."""

from core.domain.document import MAX_BYTES
from core.domain.errors import Unreadable, UnreadableDocumentError

_SENTENCES = {
    Unreadable.EMPTY_FILE: "This file is empty. Choose the file again, or paste the text.",
    Unreadable.TOO_LARGE: (
        f"This file is larger than {MAX_BYTES // 1024**2} MB. "
        "Save it without its pictures, or paste the text."
    ),
    Unreadable.UNKNOWN_TYPE: (
        "This is not a file that can be read: PDF, Word, OpenDocument text, RTF, Markdown, plain text. "
        "Save it as PDF or DOCX, or paste the text."
    ),
    Unreadable.UNSUPPORTED_TYPE: (
        "Files of this type cannot be read. Save it as PDF or DOCX, or paste the text."
    ),
    Unreadable.PASSWORD: (
        "This document is protected by a password. "
        "Save a copy without the password, or paste the text."
    ),
    Unreadable.DAMAGED: (
        "This document is damaged or built in an unusual way. "
        "Open it and save it again as PDF or DOCX, or paste the text."
    ),
    Unreadable.UNSAFE: (
        "This document is packed in a way that is not safe to open. "
        "Save it again as PDF or DOCX, or paste the text."
    ),
    Unreadable.NO_TEXT: (
        "This document holds no text. Paste the text instead, or choose another file."
    ),
    Unreadable.TOO_SLOW: (
        "This document takes too long to read. "
        "Save a simpler copy as PDF or DOCX, or paste the text."
    ),
    Unreadable.TOO_HEAVY: (
        "This document needs too much memory to read. "
        "Save a simpler copy as PDF or DOCX, or paste the text."
    ),
    Unreadable.BUSY: (
        "Other documents are being read right now. Try again in a moment, or paste the text."
    ),
}


def refusal(cause: Unreadable, sentence: str = "") -> UnreadableDocumentError:
    """The error for a cause, with the usual sentence or one that knows more."""
    return UnreadableDocumentError(cause, sentence or _SENTENCES[cause])


def unsupported(what: str) -> UnreadableDocumentError:
    """The error for a type that is known, told with its article, but not read."""
    return refusal(
        Unreadable.UNSUPPORTED_TYPE,
        f"This is {what}, which cannot be read here. Save it as PDF or DOCX, or paste the text.",
    )
