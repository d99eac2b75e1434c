"""Google's model for speech: a text comes back as sound."""

import wave
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from core.adapters.model_line import ModelLine, required_key
from core.adapters.providers.gemini import GEMINI_URL, NAME, gemini_sdk, usage_told
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import NO_USAGE
from core.domain.voice import Voiced

if TYPE_CHECKING:
    import httpx2

MODEL = "gemini-3.8-flash-lite-tts"
"""Google's choice for reading aloud; the older previews end in December 2026."""
VOICE = "Kore"
API_VERSION = "v1beta"
_CONFIG: Any = {
    "response_modalities": ["AUDIO"],
    "speech_config": {"voice_config": {"prebuilt_voice_config": {"voice_name": VOICE}}},
    "automatic_function_calling": {"disable": True},
    "automatic_continuation": False,
}
_SAMPLES_PER_SECOND = 24_000
_BYTES_PER_SAMPLE = 2


class GeminiVoice:
    """Gemini's speech. Style is not asked for: the text is spoken as it is."""

    name = NAME

    def __init__(self, api_key: str, base_url: str = "") -> None:
        """Take the candidate's key; ModelError where it is empty."""
        self._key = required_key(api_key, NAME)
        self._base_url = base_url or GEMINI_URL
        self._line = ModelLine(NAME, {"x-goog-api-key": self._key}, sdk=("google", "google_genai"))

    def speak(self, text: str, timeout_seconds: float, is_cancelled: Callable[[], bool]) -> Voiced:
        """See `core.speech_ports.Voice`."""

        def ask(http: "httpx2.Client") -> object:
            sdk = gemini_sdk(self._key, http, self._base_url, API_VERSION)
            turn: Any = {"role": "user", "parts": [{"text": text}]}
            return sdk.models.generate_content(
                model=MODEL,
                contents=[turn],
                config=_CONFIG,
            )

        return _voiced(self._line.ask(ask, timeout_seconds, is_cancelled))


def _voiced(reply: Any) -> Voiced:
    """The sound in a reply; ModelError, with what it took all the same, where there is none."""
    usage = usage_told(reply.usage_metadata, NO_USAGE)
    feedback = reply.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        raise ModelError(ModelFault.REFUSED, NAME, usage=usage)
    candidate = reply.candidates[0] if reply.candidates else None
    reason = candidate.finish_reason.value if candidate and candidate.finish_reason else "STOP"
    if reason != "STOP":
        fault = ModelFault.TRUNCATED if reason in ("MAX_TOKENS", "OTHER") else ModelFault.REFUSED
        raise ModelError(fault, NAME, usage=usage)
    content = candidate.content if candidate else None
    sounds = [part.inline_data for part in (content.parts if content else None) or []]
    sound = next((blob for blob in sounds if blob is not None and blob.data), None)
    if sound is None:
        raise ModelError(ModelFault.MALFORMED, NAME, usage=usage)
    return Voiced(_as_wav(sound.data), usage)


def _as_wav(sound: bytes) -> bytes:
    """A WAV file as it is; bare samples, which some models send, with a head before them."""
    if sound[:4] == b"RIFF":
        return sound
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(_BYTES_PER_SAMPLE)
        writer.setframerate(_SAMPLES_PER_SECOND)
        writer.writeframes(sound)
    return file.getvalue()
