"""Hand-written fakes for spoken answers."""

from collections.abc import Callable
from uuid import UUID

from core.domain.delivery import Delivery, Mark, MarkKind, PacePoint
from core.domain.errors import InterviewError, NotFoundError
from core.domain.heard import Heard, Take
from core.domain.language_model import Provider
from core.domain.speech import (
    HeardWord,
    Hints,
    Recording,
    Sound,
    Span,
    TranscriberChoice,
    TranscriberKind,
    TranscriberOffer,
    Transcript,
)
from core.speech_ports import Transcriber

RECORDING_ID = UUID("33333333-0000-4000-8000-000000000005")
WEBM = b"\x1aE\xdf\xa3 and the rest of a recording"
CHOICE = TranscriberChoice(TranscriberKind.DEEPGRAM)
HEARD_TEXT = "Um, I think I measured each step and then I rewrote the slow query."


class SpokenSound:
    """A SoundReader that hears two seconds of silence with speech in the middle."""

    def read(self, recording: Recording) -> Sound:  # noqa: ARG002 - the port's signature
        return Sound(b"\0\0" * 32_000, b"fLaC", (Span(0.4, 1.6),))


class OneTranscriber:
    """A Transcriber that hears the same each time, or fails; and the Transcribers that know only it."""

    name = "The one transcriber"

    def __init__(self, text: str = HEARD_TEXT, error: InterviewError | None = None) -> None:
        self.text = text
        self.error = error
        self.hints: list[Hints] = []

    def transcribe(
        self,
        sound: Sound,  # noqa: ARG002 - the port's signature
        hints: Hints,
        timeout_seconds: float,  # noqa: ARG002 - the port's signature
        is_cancelled: Callable[[], bool],  # noqa: ARG002 - the port's signature
    ) -> Transcript:
        self.hints.append(hints)
        if self.error:
            raise self.error
        return Transcript(self.text, self.name, fillers_reliable=True)

    def offers(self, user_id: UUID) -> tuple[TranscriberOffer, ...]:  # noqa: ARG002 - the port's signature
        return (TranscriberOffer(CHOICE, "One", "One hears it.", Provider("openai"), True, True),)

    def transcriber(self, user_id: UUID, choice: TranscriberChoice) -> Transcriber:  # noqa: ARG002 - the port's signature
        return self


class MemoryRecordings:
    """A RecordingStore in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[UUID, UUID], Recording] = {}

    def keep_recording(
        self,
        user_id: UUID,
        interview_id: UUID,  # noqa: ARG002 - the port's signature
        recording_id: UUID,
        recording: Recording,
    ) -> None:
        self.kept.setdefault((user_id, recording_id), recording)

    def recording(self, user_id: UUID, recording_id: UUID) -> Recording:
        try:
            return self.kept[user_id, recording_id]
        except KeyError:
            raise NotFoundError("recording") from None


def a_take(text: str = HEARD_TEXT, *, is_kept: bool = False) -> Take:
    """A take of half a minute with one filler, one hedge and one pause."""
    words = tuple(
        HeardWord(word, Span(1.0 + at + (at > 7) * 1.5, 1.5 + at + (at > 7) * 1.5))
        for at, word in enumerate(text.split())
    )
    delivery = Delivery(
        seconds=30.0,
        speech_seconds=24.0,
        word_count=len(words),
        words_per_minute=180.0,
        first_word_seconds=1.0,
        pauses=(Span(8.5, 10.5),),
        fillers_per_minute=7.0,
        marks=(Mark(MarkKind.FILLER, 0, 2), Mark(MarkKind.HEDGE, 4, 11)),
        pace=(PacePoint(8.5, 170.0), PacePoint(13.5, 190.0)),
        loudness_db=-20.0,
    )
    transcript = Transcript(text, "The one transcriber", words, "en", 0.9, fillers_reliable=True)
    return Take(RECORDING_ID, Heard(transcript, delivery), is_kept=is_kept)
