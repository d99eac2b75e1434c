"""The use cases of taking everything away in one parcel, files and recordings included, and bringing it back."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from core.domain.errors import NotFoundError
from core.domain.interview import Interview
from core.domain.resume import Resume
from core.domain.speech import Recording
from core.ports import InterviewStore
from core.services.exporting import Exporting, History
from core.services.filing import Filing
from core.speech_ports import RecordingStore


@dataclass(frozen=True, slots=True)
class Parcel:
    """A history with what it is told from: the files of resumes by the resume's id, recordings by theirs."""

    history: History
    files: Mapping[UUID, bytes] = field(default_factory=dict)
    recordings: Mapping[UUID, Recording] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parcels:
    """Packs and unpacks what is kept of one candidate, but for keys and tokens."""

    exporting: Exporting
    filing: Filing
    recordings: RecordingStore
    store: InterviewStore

    def pack(self, user_id: UUID) -> Parcel:
        """Everything that is kept of the candidate. StoreError where some of it cannot be read now."""
        history = self.exporting.history(user_id)
        return Parcel(
            history, self._files(user_id), dict(self._recordings(user_id, history.interviews))
        )

    def unpack(self, user_id: UUID, parcel: Parcel) -> int:
        """Bring back what is not there; the number of interviews added. Repeating it adds nothing."""
        added = self.exporting.restore(user_id, parcel.history)
        for interview in parcel.history.interviews:
            self._bring_back_sound(user_id, interview, parcel.recordings)
        if parcel.history.resume:
            self._bring_back_file(user_id, parcel.history.resume, parcel.files)
        return added

    def _files(self, user_id: UUID) -> dict[UUID, bytes]:
        """By resume; a file whose storing broke off is left out."""
        files = {}
        for file in self.filing.files_of(user_id):
            with suppress(NotFoundError):
                files[file.resume_id] = self.filing.content(user_id, file.id)
        return files

    def _recordings(
        self, user_id: UUID, interviews: tuple[Interview, ...]
    ) -> Iterator[tuple[UUID, Recording]]:
        for interview in interviews:
            for recording_id in kept_recordings(interview):
                with suppress(NotFoundError):
                    yield recording_id, self.recordings.recording(user_id, recording_id)

    def _bring_back_sound(
        self, user_id: UUID, interview: Interview, recordings: Mapping[UUID, Recording]
    ) -> None:
        for recording_id in kept_recordings(interview):
            if recording_id in recordings:
                own_id = self._own_interview(user_id, interview.id)
                self.recordings.keep_recording(
                    user_id, own_id, recording_id, recordings[recording_id]
                )

    def _own_interview(self, user_id: UUID, interview_id: UUID) -> UUID:
        """The id that the interview has here: its own, or the one it was brought back under."""
        try:
            return self.store.interview(user_id, interview_id).id
        except NotFoundError:
            return uuid5(user_id, str(interview_id))

    def _bring_back_file(self, user_id: UUID, resume: Resume, files: Mapping[UUID, bytes]) -> None:
        """Where that resume is the current one here, and has no file."""
        current = self.store.latest_resume(user_id)
        own_ids = (resume.id, uuid5(user_id, str(resume.id)))
        if resume.id not in files or current is None or current.id not in own_ids:
            return
        if all(file.resume_id != current.id for file in self.filing.files_of(user_id)):
            self.filing.keep(user_id, current, files[resume.id])


def kept_recordings(interview: Interview) -> tuple[UUID, ...]:
    """The ids of the recordings whose sound was stored, of answers given and of the one under way."""
    takes = [
        take
        for turn in interview.turns
        for part in ((turn.takes,), (attempt.takes for attempt in turn.attempts))
        for of_one in part
        for take in of_one
    ]
    return tuple(dict.fromkeys(take.recording_id for take in takes if take.is_kept))
