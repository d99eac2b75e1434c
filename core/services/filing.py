"""The use cases of the files that resumes were read from: keep one on request, hand it back, delete it.

There is never a file without a row that names it, as such a file would be found by nobody who deletes: the row
comes first and goes last. What a crash leaves behind then is a row without a file, which is shown to nobody
and goes with its resume. The one gap (the row goes, with its account, while the file is being stored) is
closed by looking again, and behind that by `sweep`.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from core.custody_ports import FileMaintenance, ResumeFileRows, ResumeFiles
from core.domain.audit import AuditKind
from core.domain.errors import InvalidInputError, NotFoundError, StoreError
from core.domain.resume import Resume
from core.domain.resume_file import ResumeFile, ending_of, fingerprint_of
from core.ports import Clock
from core.services.guarding import Record, unrecorded

_log = logging.getLogger(__name__)
LEFT_OVER_AFTER = timedelta(hours=1)
"""A file that nobody knows and that is this old is not just being stored."""
_NOT_KEPT = (
    "Your resume was read and is kept, but its file could not be stored just now. "
    "Hand the file in again if you want it kept."
)
_CHANGED = "This file is not what you handed in any more, so it is not given out. Delete it, and hand it in again."


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything about the kept files of one candidate at a time."""

    rows: ResumeFileRows
    files: ResumeFiles
    clock: Clock
    record: Record = unrecorded

    def keep(self, user_id: UUID, resume: Resume, content: bytes) -> ResumeFile:
        """Keep the file of a stored resume. StoreError where that failed; the resume stays then."""
        file_id = uuid4()
        kind = resume.document.kind
        file = ResumeFile(
            id=file_id,
            resume_id=resume.id,
            kind=kind,
            size=len(content),
            fingerprint=fingerprint_of(content),
            stored_as=f"{user_id}/{file_id}.{ending_of(kind)}",
            kept_at=self.clock.now(),
        )
        self.rows.add(user_id, file)
        try:
            self.files.put(file.stored_as, content, file.media_type)
        except StoreError as error:
            self._give_up(user_id, file)
            raise StoreError(_NOT_KEPT) from error
        if not self.rows.exists(user_id, file_id):
            self.files.delete([file.stored_as])
            raise NotFoundError("resume")
        return file

    def files_of(self, user_id: UUID) -> tuple[ResumeFile, ...]:
        """What is known of the candidate's files, the newest first."""
        return self.rows.files(user_id)

    def content(self, user_id: UUID, file_id: UUID) -> bytes:
        """A file as it was handed in; NotFoundError where there is none, InvalidInputError where it changed."""
        content = self.files.read(self._file(user_id, file_id).stored_as)
        if fingerprint_of(content) != self._file(user_id, file_id).fingerprint:
            raise InvalidInputError("file", _CHANGED)
        return content

    def delete(self, user_id: UUID, file_id: UUID) -> None:
        """Delete one file; its resume's text stays. NotFoundError where there is none."""
        file = self._file(user_id, file_id)
        self.record(user_id, AuditKind.RESUME_DELETED)
        self.files.delete([file.stored_as])
        self.rows.remove(user_id, file_id)

    def delete_all(self, user_id: UUID) -> None:
        """Delete every file of the candidate's, before their rows go; harmless where there is none."""
        names = [file.stored_as for file in self.rows.files(user_id)]
        if names:
            self.files.delete(names)

    def _file(self, user_id: UUID, file_id: UUID) -> ResumeFile:
        for file in self.rows.files(user_id):
            if file.id == file_id:
                return file
        raise NotFoundError("file")

    def _give_up(self, user_id: UUID, file: ResumeFile) -> None:
        """Whether it was stored is not known: as long as it cannot be deleted, its row stays."""
        with suppress(StoreError):
            self.files.delete([file.stored_as])
            self.rows.remove(user_id, file.id)


@dataclass(frozen=True, slots=True)
class Sweeping:
    """Deletes files that no row names, for the command line."""

    maintenance: FileMaintenance
    files: ResumeFiles
    clock: Clock

    def sweep(self) -> int:
        """Delete what was left over an hour ago or before; how many files that were."""
        found = self.files.names(self.clock.now() - LEFT_OVER_AFTER)
        left_over = sorted(set(found) - self.maintenance.stored_names())
        if left_over:
            self.files.delete(left_over)
            _log.warning("%d files that belonged to nobody were deleted", len(left_over))
        return len(left_over)
