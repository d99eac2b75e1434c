"""Deepgram's transcription endpoint, asked for fillers too; times and confidence of every word."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pydantic import BaseModel

from core.adapters.model_line import ModelLine, required_key
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import Provider
from core.domain.provider import ModelTaste, ProviderFacts
from core.domain.speech import HeardWord, Hints, Sound, Span, Transcript

if TYPE_CHECKING:
    import httpx2

DEEPGRAM_URL = "https://api.deepgram.com"
NAME = "Deepgram"
MODEL = "nova-3"
MAX_TERMS = 100
KEY_PATTERNS = (r"\b[0-9a-f]{40}\b",)
_HEADERS = {"Content-Type": "audio/flac"}

FACTS = ProviderFacts(
    id=Provider("deepgram"),
    label=NAME,
    place=90,
    key_steps=(
        "1. Sign up at console.deepgram.com; new accounts have some credit.\n"
        "2. Open *API Keys*, create a key and copy it: it is shown once."
    ),
    taste=ModelTaste(judges="(?!)"),
    runs_models=False,
)


class _Word(BaseModel):
    word: str
    start: float
    end: float
    confidence: float
    punctuated_word: str | None = None


class _Alternative(BaseModel):
    transcript: str
    confidence: float
    words: list[_Word] = []


class _Channel(BaseModel):
    alternatives: list[_Alternative]


class _Results(BaseModel):
    channels: list[_Channel]


class _Reply(BaseModel):
    results: _Results


class DeepgramTranscriber:
    """Deepgram's general model."""

    name = NAME

    def __init__(self, api_key: str, model: str = "", base_url: str = "") -> None:
        """Take the candidate's key; ModelError where it is empty."""
        key = required_key(api_key, NAME)
        self._model = model or MODEL
        self._base_url = base_url or DEEPGRAM_URL
        self._line = ModelLine(NAME, {"Authorization": f"Token {key}"}, sdk=())

    def check_key(self) -> None:
        """Ask for the key's projects, which costs nothing; ModelError where the key is refused."""
        self._line.ask(lambda http: http.get(f"{self._base_url}/v1/projects").content)

    def transcribe(
        self, sound: Sound, hints: Hints, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Transcript:
        """See `core.speech_ports.Transcriber`."""
        asked: list[tuple[str, str | int | float | bool | None]] = [
            ("model", self._model),
            ("language", hints.language),
            ("filler_words", "true"),
            ("punctuate", "true"),
            *(("keyterm", term) for term in hints.terms[:MAX_TERMS]),
        ]

        def ask(http: "httpx2.Client") -> _Reply:
            url = f"{self._base_url}/v1/listen"
            answer = http.post(url, params=asked, content=sound.flac, headers=_HEADERS)
            return _Reply.model_validate_json(answer.content)

        return _transcript(self._line.ask(ask, timeout_seconds, is_cancelled), hints.language)


def _transcript(reply: _Reply, language: str) -> Transcript:
    heard = next((c.alternatives[0] for c in reply.results.channels if c.alternatives), None)
    if heard is None:
        raise ModelError(ModelFault.MALFORMED, NAME)
    return Transcript(
        heard.transcript.strip(),
        NAME,
        tuple(
            HeardWord(
                word.punctuated_word or word.word, Span(word.start, word.end), word.confidence
            )
            for word in heard.words
        ),
        language,
        heard.confidence,
        fillers_reliable=True,
    )
