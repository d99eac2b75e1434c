"""Google's model for transcripts, asked verbatim, so that fillers and repetitions are kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.adapters.model_line import ModelLine, required_key
from core.adapters.providers.gemini import GEMINI_URL, NAME, gemini_sdk
from core.domain.errors import ModelError, ModelFault
from core.domain.speech import Hints, Sound, Transcript

if TYPE_CHECKING:
    import httpx2

MODEL = "gemini-3.5-transcribe"
API_VERSION = "v1beta"
"""Google documents transcripts for this version alone."""

MAX_TERMS = 200
_MEDIA_TYPE = "audio/flac"


class GeminiTranscriber:
    """Gemini's transcripts. Times of words are not asked for: Google says that the text suffers by them."""

    name = NAME

    def __init__(self, api_key: str, model: str = "", base_url: str = "") -> None:
        """Take the candidate's key; ModelError where it is empty."""
        self._key = required_key(api_key, NAME)
        self._model = model or MODEL
        self._base_url = base_url or GEMINI_URL
        self._line = ModelLine(NAME, {"x-goog-api-key": self._key}, sdk=("google", "google_genai"))

    def transcribe(
        self, sound: Sound, hints: Hints, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Transcript:
        """See `core.speech_ports.Transcriber`."""

        def ask(http: "httpx2.Client") -> object:
            sdk = gemini_sdk(self._key, http, self._base_url, API_VERSION)
            audio = {"data": sound.flac, "mime_type": _MEDIA_TYPE}
            turn: Any = {"role": "user", "parts": [{"inline_data": audio}]}
            return sdk.models.generate_content(
                model=self._model,
                contents=[turn],
                config={
                    "audio_transcription_config": _asked(hints),
                    "automatic_function_calling": {"disable": True},
                    "automatic_continuation": False,
                },
            )

        return _transcript(self._line.ask(ask, timeout_seconds, is_cancelled))


def _asked(hints: Hints) -> Any:
    """Verbatim, and the terms where there are any; in the form of the SDK, which nobody else imports."""
    terms = {"custom_vocabulary": list(hints.terms[:MAX_TERMS])} if hints.terms else {}
    return {"mode": "VERBATIM", "language_codes": [hints.language], **terms}


def _transcript(reply: Any) -> Transcript:
    feedback = reply.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        raise ModelError(ModelFault.REFUSED, NAME)
    if not reply.candidates:
        raise ModelError(ModelFault.MALFORMED, NAME)
    candidate = reply.candidates[0]
    reason = candidate.finish_reason.value if candidate.finish_reason is not None else "STOP"
    if reason != "STOP":
        fault = ModelFault.TRUNCATED if reason == "MAX_TOKENS" else ModelFault.REFUSED
        raise ModelError(fault, NAME)
    parts = (candidate.content.parts if candidate.content is not None else None) or []
    text = "".join(_text(part) for part in parts)
    return Transcript(text.strip(), NAME, language=_language(parts), fillers_reliable=True)


def _text(part: Any) -> str:
    if part.thought:
        return ""
    told = part.audio_transcription.text if part.audio_transcription is not None else None
    return part.text or told or ""


def _language(parts: Any) -> str:
    told = (part.audio_transcription for part in parts)
    return next((one.language_code for one in told if one and one.language_code), "")
