"""OpenAI's transcription endpoint, at OpenAI and at servers that speak as it does."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.adapters.model_line import ModelLine, required_key
from core.adapters.openai_sdk import openai_sdk
from core.adapters.providers.compatible import NO_KEY, api_root, server_name
from core.adapters.providers.openai import NAME, OPENAI_URL
from core.adapters.wall import PUBLIC_WALL, Wall
from core.domain.errors import ModelError, ModelFault
from core.domain.speech import HeardWord, Hints, Sound, Span, Transcript

if TYPE_CHECKING:
    import httpx2

OPENAI_MODEL = "gpt-transcribe"
COMPATIBLE_MODEL = "whisper-1"
"""A name that servers of this kind understand as their own model."""

MAX_TERMS = 100
_FILE_NAME, _MEDIA_TYPE = "answer.flac", "audio/flac"
# Whisper tells the language by its English name.
_CODES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "polish": "pl", "russian": "ru", "ukrainian": "uk", "turkish": "tr", "arabic": "ar",
    "hindi": "hi", "chinese": "zh", "japanese": "ja", "korean": "ko", "welsh": "cy", "swedish": "sv",
}  # fmt: skip


class OpenAITranscriber:
    """OpenAI's own model. It tells neither times nor confidence, and mostly leaves fillers out."""

    name = NAME

    def __init__(self, api_key: str, model: str = "", base_url: str = "") -> None:
        """Take the candidate's key; ModelError where it is empty."""
        key = required_key(api_key, NAME)
        self._model = model or OPENAI_MODEL
        self._line = ModelLine(NAME, {"Authorization": f"Bearer {key}"}, sdk=("openai",))
        self._sdk = openai_sdk(key, base_url or OPENAI_URL)

    def transcribe(
        self, sound: Sound, hints: Hints, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Transcript:
        """See `core.speech_ports.Transcriber`."""

        def ask(http: "httpx2.Client") -> object:
            return self._sdk(http_client=http).audio.transcriptions.create(
                model=self._model,
                file=(_FILE_NAME, sound.flac, _MEDIA_TYPE),
                response_format="json",
                languages=[hints.language],
                keywords=list(hints.terms[:MAX_TERMS]),
            )

        reply = self._line.ask(ask, timeout_seconds, is_cancelled)
        languages = getattr(reply, "languages", None) or ()
        return Transcript(_text(reply, NAME), NAME, language=languages[0].code if languages else "")


class CompatibleTranscriber:
    """A server that the candidate named, such as a Whisper on their own machine.

    `wall` says what may be called; by default only public addresses over https.
    """

    def __init__(self, api_key: str, model: str, base_url: str, wall: Wall = PUBLIC_WALL) -> None:
        """Take the key (may be empty) and the address that ends before /audio."""
        self.name = server_name(base_url)
        key = required_key(api_key, self.name) if api_key.strip() else NO_KEY
        self._model = model or COMPATIBLE_MODEL
        self._line = ModelLine(self.name, {"Authorization": f"Bearer {key}"}, wall, sdk=("openai",))
        self._sdk = openai_sdk(key, api_root(base_url))

    def transcribe(
        self, sound: Sound, hints: Hints, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Transcript:
        """See `core.speech_ports.Transcriber`."""

        def ask(http: "httpx2.Client") -> object:
            return self._sdk(http_client=http).audio.transcriptions.create(
                model=self._model,
                file=(_FILE_NAME, sound.flac, _MEDIA_TYPE),
                response_format="verbose_json",
                timestamp_granularities=["word", "segment"],
                language=hints.language,
                prompt=", ".join(hints.terms[:MAX_TERMS]),
            )

        reply = self._line.ask(ask, timeout_seconds, is_cancelled)
        text = _text(reply, self.name)
        try:
            return Transcript(
                text,
                self.name,
                _words(reply),
                _language(reply),
                _confidence(reply),
            )
        except (AttributeError, TypeError, ValueError):  # the SDK takes what comes without a look
            raise ModelError(ModelFault.MALFORMED, self.name) from None


def _text(reply: object, name: str) -> str:
    text = getattr(reply, "text", None)
    if not isinstance(text, str):
        raise ModelError(ModelFault.MALFORMED, name)
    return text.strip()


def _words(reply: Any) -> tuple[HeardWord, ...]:
    told = getattr(reply, "words", None) or ()
    return tuple(
        HeardWord(str(word.word).strip(), Span(float(word.start), float(word.end))) for word in told
    )


def _language(reply: object) -> str:
    told = str(getattr(reply, "language", None) or "").lower()
    return told if len(told) == len("en") else _CODES.get(told, "")


def _confidence(reply: Any) -> float | None:
    """How likely the words are, from the mean logarithm that Whisper tells of each segment."""
    told = [
        segment.avg_logprob
        for segment in getattr(reply, "segments", None) or ()
        if getattr(segment, "avg_logprob", None) is not None
    ]
    return min(1.0, math.exp(sum(told) / len(told))) if told else None
