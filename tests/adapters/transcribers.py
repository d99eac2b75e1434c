"""The transcribers, made to talk to the stub."""

from collections.abc import Callable

from core.adapters.deepgram_transcriber import DeepgramTranscriber
from core.adapters.gemini_transcriber import GeminiTranscriber
from core.adapters.google_web_transcriber import GoogleWebTranscriber
from core.adapters.openai_transcriber import CompatibleTranscriber, OpenAITranscriber
from core.adapters.wall import OPEN_WALL
from core.domain.speech import Hints, Sound, Span, Transcript
from core.speech_ports import Transcriber

KEY = "candidate-4711"
A_SOUND = Sound(bytes(64_000), b"fLaC and so on", (Span(0.2, 1.8),))
HINTS = Hints(("PostgreSQL", "hash map"), "en")

Make = Callable[[str], Transcriber]

MAKERS: dict[str, Make] = {
    "openai": lambda url: OpenAITranscriber(KEY, base_url=f"{url}/v1"),
    "compatible": lambda url: CompatibleTranscriber(KEY, "", f"{url}/v1", OPEN_WALL),
    "gemini": lambda url: GeminiTranscriber(KEY, base_url=url),
    "deepgram": lambda url: DeepgramTranscriber(KEY, base_url=url),
    "google_web": lambda url: GoogleWebTranscriber(f"{url}/speech-api/v2/recognize"),
}


def never() -> bool:
    return False


def heard_by(
    transcriber: Transcriber,
    sound: Sound = A_SOUND,
    hints: Hints = HINTS,
    timeout_seconds: float = 10.0,
) -> Transcript:
    return transcriber.transcribe(sound, hints, timeout_seconds, never)
