"""What the use cases of spoken answers need from outside, by role."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from core.domain.speech import (
    Hints,
    Recording,
    Sound,
    TranscriberChoice,
    TranscriberOffer,
    Transcript,
)
from core.domain.voice import Voiced, VoiceOffer


class SoundReader(Protocol):
    """Decodes recordings."""

    def read(self, recording: Recording) -> Sound:
        """The sound of a recording; UnusableRecordingError with a reason where there is none."""
        ...


class RecordingStore(Protocol):
    """Keeps the sound of spoken answers where the candidate wants that. Each sees only their own.

    Failures of the database are StoreError.
    """

    def keep_recording(
        self, user_id: UUID, interview_id: UUID, recording_id: UUID, recording: Recording
    ) -> None:
        """Store a recording with its interview, and delete it with it; a known id changes nothing."""
        ...

    def recording(self, user_id: UUID, recording_id: UUID) -> Recording:
        """One recording; NotFoundError where the candidate has none of that id."""
        ...


class Transcriber(Protocol):
    """Turns speech into text. May be slow, may cost the candidate something, may be called from any thread."""

    @property
    def name(self) -> str:
        """Its name for people, to stand inside a sentence."""
        ...

    def transcribe(
        self, sound: Sound, hints: Hints, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Transcript:
        """What was said, its text empty where no words were found; ModelError where it fails.

        The time bounds the whole call.
        """
        ...


class Voice(Protocol):
    """Turns text into speech. May be slow, costs the candidate something, may be called from any thread."""

    @property
    def name(self) -> str:
        """Its name for people, to begin a sentence with."""
        ...

    def speak(self, text: str, timeout_seconds: float, is_cancelled: Callable[[], bool]) -> Voiced:
        """The text as sound, as it is; ModelError where that fails. The time bounds the whole call."""
        ...


class Voices(Protocol):
    """Knows which voices an interviewer can have beside the browser's own."""

    def offers(self, user_id: UUID) -> tuple[VoiceOffer, ...]:
        """Every voice, the browser's own first."""
        ...

    def gemini(self, user_id: UUID) -> Voice:
        """Gemini's voice with the candidate's own key; an InterviewError where there is none."""
        ...


class Transcribers(Protocol):
    """Knows which transcribers there are, and finds the one that a candidate chose."""

    def offers(self, user_id: UUID) -> tuple[TranscriberOffer, ...]:
        """Every transcriber that can be used here, the ready ones first."""
        ...

    def transcriber(self, user_id: UUID, choice: TranscriberChoice) -> Transcriber:
        """The transcriber, with the candidate's own key; an InterviewError where there is none."""
        ...
