"""The file that a resume was read from, where its candidate wants it kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from core.domain.document import DocumentKind

_FORMS = {
    DocumentKind.PDF: ("pdf", "application/pdf"),
    DocumentKind.DOCX: (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    DocumentKind.DOC: ("doc", "application/msword"),
    DocumentKind.ODT: ("odt", "application/vnd.oasis.opendocument.text"),
    DocumentKind.RTF: ("rtf", "application/rtf"),
    DocumentKind.MARKDOWN: ("md", "text/markdown"),
    DocumentKind.TEXT: ("txt", "text/plain"),
}
_UNKNOWN_FORM = ("bin", "application/octet-stream")
MEDIA_TYPES = (*(media_type for _, media_type in _FORMS.values()), _UNKNOWN_FORM[1])


@dataclass(frozen=True, slots=True)
class ResumeFile:
    """What is known of a kept file, its content aside. `stored_as` is where it lies, and never shown.

    The name that the candidate gave it is not kept. `fingerprint` is the SHA-256 of its content.
    """

    id: UUID
    resume_id: UUID
    kind: DocumentKind
    size: int
    fingerprint: str
    stored_as: str
    kept_at: datetime

    @property
    def name(self) -> str:
        """What it is called when it is handed back."""
        return f"resume-{self.kept_at:%Y-%m-%d}.{ending_of(self.kind)}"

    @property
    def media_type(self) -> str:
        """What it is, for whoever stores or opens it."""
        return _FORMS.get(self.kind, _UNKNOWN_FORM)[1]


def ending_of(kind: DocumentKind) -> str:
    """The ending of such a file's name."""
    return _FORMS.get(kind, _UNKNOWN_FORM)[0]


def fingerprint_of(content: bytes) -> str:
    """What tells whether a file is still what was handed in."""
    return sha256(content).hexdigest()
