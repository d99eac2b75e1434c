"""The use cases before an interview: read a resume, correct what was read, delete it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from core.domain.audit import AuditKind
from core.domain.document import MAX_CHARACTERS, DocumentKind, DocumentText
from core.domain.errors import InvalidInputError
from core.domain.limits import Limited
from core.domain.profile import CandidateProfile
from core.domain.resume import Resume
from core.ports import Clock, DocumentReader, InterviewStore
from core.services.guarding import Record, Take, unlimited, unrecorded


def _no_files(user_id: UUID) -> None:
    """Have nothing to delete."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """Everything about the candidate's resume.

    `forget_files` deletes the files that resumes were read from: they go before their rows.
    `read_profile` turns text into a profile by rules; `clean` takes invisible characters out of text.
    """

    store: InterviewStore
    documents: DocumentReader
    read_profile: Callable[[str], CandidateProfile]
    clean: Callable[[str], str]
    clock: Clock
    take: Take = unlimited
    record: Record = unrecorded
    forget_files: Callable[[UUID], None] = _no_files

    def read_upload(self, user_id: UUID, content: bytes) -> Resume:
        """The resume in a file that a candidate handed in; TooManyRequestsError, or as `read_resume`."""
        self.take(user_id, Limited.UPLOADS)
        return self.read_resume(content)

    def read_resume(self, content: bytes) -> Resume:
        """The resume in a file's bytes, not stored; UnreadableDocumentError with a reason."""
        return self._resume(self.documents.read(content))

    def read_pasted(self, text: str) -> Resume:
        """The resume in pasted text, not stored; InvalidInputError when there is none."""
        text = self.clean(text).strip()
        if not text:
            raise InvalidInputError(
                "resume", "There is no text yet. Paste your resume, or start without."
            )
        cut = DocumentText(
            text[:MAX_CHARACTERS], DocumentKind.TEXT, None, len(text) > MAX_CHARACTERS
        )
        return self._resume(cut)

    def keep_resume(self, user_id: UUID, resume: Resume) -> Resume:
        """Store a resume; it is the candidate's current one from now on. The resume as stored."""
        kept = replace(resume, uploaded_at=self.clock.now())
        self.store.save_resume(user_id, kept)
        return kept

    def current_resume(self, user_id: UUID) -> Resume | None:
        """The resume stored last."""
        return self.store.latest_resume(user_id)

    def correct_profile(self, user_id: UUID, resume: Resume, profile: CandidateProfile) -> Resume:
        """Store the candidate's correction of what was read; the corrected resume."""
        corrected = replace(resume, profile=profile)
        self.store.save_resume(user_id, corrected)
        return corrected

    def forget_resume(self, user_id: UUID) -> None:
        """Delete the candidate's resumes. Questions already asked about them stay in interviews."""
        self.record(user_id, AuditKind.RESUME_DELETED)
        self.forget_files(user_id)
        self.store.delete_resumes(user_id)

    def _resume(self, document: DocumentText) -> Resume:
        profile = self.read_profile(document.text)
        return Resume(uuid4(), document, profile, self.clock.now())
