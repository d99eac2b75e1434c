"""A spoken answer: its recording, the sound in it, and the transcript that a transcriber makes of it."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors import BadRecording, UnusableRecordingError
from core.domain.language_model import Provider

MAX_RECORDING_BYTES = 25 * 1024 * 1024
MAX_RECORDING_SECONDS = 600
SAMPLES_PER_SECOND = 16_000
BYTES_PER_SAMPLE = 2
MIN_SPEECH_SECONDS = 0.5
"""With less speech than this a recording is sent nowhere: transcribers make words up of silence."""

MAX_TRANSCRIPT_CHARACTERS = 50_000
"""Several times what can be said in ten minutes."""

SHORTEST_PAUSE_SECONDS = 0.3
"""Shorter silences cannot be told from the ends of words."""


class RecordingKind(StrEnum):
    """What a recording is; the value is its media type."""

    WEBM = "audio/webm"
    MP4 = "audio/mp4"
    WAV = "audio/wav"


@dataclass(frozen=True, slots=True)
class Recording:
    """What a browser recorded. Made by `recording_of`, so it has a size and a kind that are taken."""

    content: bytes
    kind: RecordingKind


def recording_of(content: bytes) -> Recording:
    """The recording in an upload, its kind told by its first bytes; UnusableRecordingError else."""
    if not content:
        raise UnusableRecordingError(BadRecording.EMPTY)
    if len(content) > MAX_RECORDING_BYTES:
        raise UnusableRecordingError(BadRecording.TOO_LARGE)
    return Recording(content, _kind_of(content))


def _kind_of(content: bytes) -> RecordingKind:
    if content[:4] == b"\x1aE\xdf\xa3":  # EBML, the container of Matroska and WebM
        return RecordingKind.WEBM
    if content[4:8] == b"ftyp":
        return RecordingKind.MP4
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return RecordingKind.WAV
    raise UnusableRecordingError(BadRecording.UNKNOWN_KIND)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, in seconds from the beginning of the recording."""

    start_seconds: float
    end_seconds: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end_seconds - self.start_seconds


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording decoded: 16,000 signed 16-bit little-endian mono samples a second.

    `flac` is the same sound as a FLAC file, which is what transcribers are sent: it holds nothing of
    the recording's metadata. `speech` are the stretches in which someone speaks, in order, apart by a pause. With
    `is_cut` the recording was damaged, and only what comes before that is here.
    """

    samples: bytes
    flac: bytes
    speech: tuple[Span, ...]
    is_cut: bool = False

    @property
    def seconds(self) -> float:
        """How long the recording is."""
        return len(self.samples) / (BYTES_PER_SAMPLE * SAMPLES_PER_SECOND)

    @property
    def speech_seconds(self) -> float:
        """How long someone speaks, pauses left out."""
        return sum(span.seconds for span in self.speech)


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One word as a transcriber timed it; `confidence` 0 to 1 where it is told."""

    text: str
    span: Span
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a transcriber heard. Words with times, language and confidence only where it tells them.

    `language` is an ISO 639-1 code such as "en", empty where unknown; `confidence` runs from 0 to 1.
    `fillers_reliable` says whether the transcriber writes down "um" and "uh": most leave them out,
    and then nothing may be said about them. `transcribed_by` names who did it, for people.
    """

    text: str
    transcribed_by: str
    words: tuple[HeardWord, ...] = ()
    language: str = ""
    confidence: float | None = None
    fillers_reliable: bool = False


class TranscriptFlag(StrEnum):
    """Why a transcript should be looked at with care before it is judged."""

    CUT_SHORT = "cut short"
    LOW_CONFIDENCE = "low confidence"
    OTHER_LANGUAGE = "other language"
    REPEATED_PHRASES = "repeated phrases"
    TOO_MANY_WORDS = "too many words"

    @property
    def sentence(self) -> str:
        """What it means and what to do, for the candidate."""
        return _FLAG_SENTENCES[self]


_FLAG_SENTENCES = {
    TranscriptFlag.CUT_SHORT: "This recording is damaged, and only its beginning could be heard. Add what is missing.",
    TranscriptFlag.LOW_CONFIDENCE: "The transcriber was unsure of parts of this. Read it through before you submit it.",
    TranscriptFlag.OTHER_LANGUAGE: "This was heard as another language than the interview's. Check it, or record it again.",
    TranscriptFlag.REPEATED_PHRASES: "The same phrase stands here several times in a row, which transcribers "
    "sometimes make up. Take out what you did not say.",
    TranscriptFlag.TOO_MANY_WORDS: "There are more words here than fit into the time in which you spoke. "
    "Take out what you did not say.",
}


class Unheard(StrEnum):
    """Why there is no transcript although nothing went wrong."""

    NO_SPEECH = "no speech"
    NO_WORDS = "no words"

    @property
    def sentence(self) -> str:
        """What happened and what to do, for the candidate."""
        return _UNHEARD_SENTENCES[self]


_UNHEARD_SENTENCES = {
    Unheard.NO_SPEECH: "We heard nothing, so this recording was sent nowhere. Check that the right microphone is "
    "chosen and not muted, then record again, or type your answer.",
    Unheard.NO_WORDS: "The transcriber found no words in this recording. Listen to it, send it again, or type "
    "your answer.",
}


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps a transcriber: technical terms that may be said, and the expected language (ISO 639-1)."""

    terms: tuple[str, ...] = ()
    language: str = "en"


class TranscriberKind(StrEnum):
    """Who turns speech into text. `COMPATIBLE` is any server with OpenAI's transcription endpoint."""

    OPENAI = "openai"
    GEMINI = "gemini"
    DEEPGRAM = "deepgram"
    COMPATIBLE = "compatible"
    GOOGLE_WEB = "google_web"

    @property
    def is_paid(self) -> bool:
        """Whether a transcript may cost the candidate something."""
        return self is not TranscriberKind.GOOGLE_WEB


@dataclass(frozen=True, slots=True)
class TranscriberChoice:
    """A candidate's choice; without a `model` the transcriber's own preference is used."""

    kind: TranscriberKind
    model: str = ""


@dataclass(frozen=True, slots=True)
class TranscriberOffer:
    """A transcriber that can be chosen here.

    `label` is its name for people, `hears` a sentence on who gets the sound and on whose terms.
    `provider` is whose key it needs, None where it needs none; `is_ready` says whether that key is there.
    `needs_consent` asks for a yes before the first recording is sent.
    """

    choice: TranscriberChoice
    label: str
    hears: str
    provider: Provider | None
    is_ready: bool
    keeps_fillers: bool
    needs_consent: bool = False
