"""The use case of having a resume read by the candidate's own model, beside the page."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from core.domain.document import DocumentKind, DocumentText
from core.domain.errors import InterviewError
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Attachment
from core.domain.profile import CandidateProfile
from core.domain.resume import Resume
from core.ports import (
    Clock,
    InterviewStore,
    Job,
    Jobs,
    ResumeReader,
    ResumeReaders,
    Watch,
    WorkKey,
    WorkKind,
)

_log = logging.getLogger(__name__)
_MARKS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}
_STOPPED = "Reading stopped unexpectedly. Your resume is as it was; try again, or go on without."

Read = Callable[[ResumeReader, Watch], Resume]


def attachment_of(content: bytes) -> Attachment | None:
    """A file that a model can look at itself: a PDF or a picture, told by its first bytes."""
    for mark, media_type in _MARKS.items():
        if content.startswith(mark):
            return Attachment(content, media_type)
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return Attachment(content, "image/webp") if is_webp else None


@dataclass(frozen=True, slots=True)
class ResumeReading:
    """Has resumes read by a candidate's model. The job shows the stored Resume, or an InterviewError.

    It is paid, so it starts only when the candidate asks for it, and is not repeated.
    """

    store: InterviewStore
    readers: ResumeReaders
    jobs: Jobs
    clock: Clock

    def read(self, user_id: UUID, choice: InterviewerChoice, resume: Resume) -> Job:
        """Have the stored resume read once more by a model."""
        return self._run(
            user_id,
            choice,
            resume.id,
            lambda reader, watch: reader.read(resume, watch.is_cancelled),
        )

    def read_scan(self, user_id: UUID, choice: InterviewerChoice, attachment: Attachment) -> Job:
        """Have a file read that holds no text: it is sent to the model's provider."""
        empty = DocumentText("", DocumentKind.PDF)
        resume = Resume(uuid4(), empty, CandidateProfile(), self.clock.now())
        return self._run(
            user_id,
            choice,
            resume.id,
            lambda reader, watch: reader.read_scan(resume, attachment, watch.is_cancelled),
        )

    def _run(self, user_id: UUID, choice: InterviewerChoice, resume_id: UUID, read: Read) -> Job:
        key = WorkKey(resume_id, kind=WorkKind.RESUME)
        return self.jobs.run(user_id, key, lambda watch: self._work(user_id, choice, read, watch))

    def _work(self, user_id: UUID, choice: InterviewerChoice, read: Read, watch: Watch) -> None:
        """The job; what goes wrong is shown, and nothing stored is changed by it."""
        try:
            resume = read(self.readers.reader(user_id, choice), watch)
            kept = replace(resume, uploaded_at=self.clock.now())
            self.store.save_resume(user_id, kept)
            watch.show(kept)
        except InterviewError as error:
            watch.show(error)
        except Exception as error:  # noqa: BLE001 - the boundary of a job: told, never lost
            _log.error("Reading a resume failed: %s", type(error).__name__)
            watch.show(InterviewError(_STOPPED))
