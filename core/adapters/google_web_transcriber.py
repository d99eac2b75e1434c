"""Google's recognition for browsers, as the SpeechRecognition package knows it: without a key of one's own.

Unofficial: it has no terms, and may end any day. The package's own call takes the host's proxies, knows
no deadline and goes over plain http; so only its form of request and reply is used, over our own line.
"""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from core.adapters.model_line import ModelLine
from core.domain.errors import ModelError, ModelFault
from core.domain.speech import (
    BYTES_PER_SAMPLE,
    SAMPLES_PER_SECOND,
    Hints,
    Sound,
    Transcript,
)

if TYPE_CHECKING:
    import httpx2
    from speech_recognition.recognizers.google import RequestBuilder

GOOGLE_URL = "https://www.google.com/speech-api/v2/recognize"
NAME = "Google Web Speech"
MAX_PIECE_SECONDS = 30.0
"""It is made for short utterances, so that a longer answer is cut at pauses and sent in pieces."""


class GoogleWebTranscriber:
    """Google's recognition without a key. It takes no terms and leaves fillers and punctuation out."""

    name = NAME

    def __init__(self, url: str = GOOGLE_URL) -> None:
        """Take the address; the line refuses any that is not https, except on one's own machine."""
        self._url = url
        self._line = ModelLine(NAME, {}, sdk=())

    def transcribe(
        self, sound: Sound, hints: Hints, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Transcript:
        """See `core.speech_ports.Transcriber`."""
        from speech_recognition.recognizers.google import create_request_builder

        builder = create_request_builder(endpoint=self._url, language=hints.language)

        def ask(http: "httpx2.Client") -> list[tuple[str, float | None]]:
            return [self._recognized(http, builder, piece) for piece in pieces_of(sound)]

        heard = self._line.ask(ask, timeout_seconds, is_cancelled)
        told = [confidence for _, confidence in heard if confidence is not None]
        return Transcript(
            " ".join(text for text, _ in heard if text),
            NAME,
            language=hints.language,
            confidence=min(told, default=None),
        )

    def _recognized(
        self, http: "httpx2.Client", builder: "RequestBuilder", samples: bytes
    ) -> tuple[str, float | None]:
        """The words in one piece and how sure Google is, where it says so."""
        from speech_recognition import AudioData

        try:
            request = builder.build(AudioData(samples, SAMPLES_PER_SECOND, BYTES_PER_SAMPLE))
        except OSError:  # the package brings no FLAC encoder for this machine, and there is none
            raise ModelError(ModelFault.UNREACHABLE, NAME) from None
        answer = http.post(
            request.full_url, content=request.data, headers=dict(request.header_items())
        )
        return _read(answer.text)


def pieces_of(sound: Sound) -> Iterator[bytes]:
    """The samples in stretches of at most 30 s, cut in the middle of pauses where there are any."""
    cuts = [
        (before.end_seconds + after.start_seconds) / 2 for before, after in pairwise(sound.speech)
    ]
    start = 0.0
    while sound.seconds - start > MAX_PIECE_SECONDS:
        limit = start + MAX_PIECE_SECONDS
        end = max((cut for cut in cuts if start < cut <= limit), default=limit)
        yield _between(sound, start, end)
        start = end
    yield _between(sound, start, sound.seconds)


def _between(sound: Sound, start_seconds: float, end_seconds: float) -> bytes:
    first, last = (
        round(seconds * SAMPLES_PER_SECOND) * BYTES_PER_SAMPLE
        for seconds in (start_seconds, end_seconds)
    )
    return sound.samples[first:last]


def _read(text: str) -> tuple[str, float | None]:
    """The first alternative of a reply, which is one JSON object a line; no words where there is none."""
    try:
        results = [result for line in text.splitlines() for result in json.loads(line)["result"]]
        if not results:
            return "", None
        best = results[0]["alternative"][0]
        confidence = best.get("confidence")
        return str(best["transcript"]), None if confidence is None else float(confidence)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise ModelError(ModelFault.MALFORMED, NAME) from None
