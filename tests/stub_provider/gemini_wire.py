"""Gemini's format: streamGenerateContent, and generateContent where sound is asked for."""

import json
import math
import struct
import wave
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from tests.stub_provider.script import Mishap, Status, Stop, StubRequest, StubUsage
from tests.stub_provider.wire import Headers, event, texts

_STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
_FINISHES = {Stop.COMPLETE: "STOP", Stop.TRUNCATED: "MAX_TOKENS", Stop.REFUSED: "SAFETY"}


_STOPPED_BY = {Mishap.TRUNCATE: Stop.TRUNCATED, Mishap.REFUSE: Stop.REFUSED}
_RATE = 24_000
SPOKEN_SECONDS = 0.5


def tone() -> bytes:
    """Half a second of a tone, as the WAV file in which Gemini's speech comes."""
    samples = [int(8_000 * math.sin(at * 0.1)) for at in range(int(_RATE * SPOKEN_SECONDS))]
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(_RATE)
        writer.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


def _usage(usage: StubUsage) -> dict[str, int]:
    return {
        "promptTokenCount": usage.input_tokens,
        "cachedContentTokenCount": usage.cached_tokens,
        "candidatesTokenCount": usage.output_tokens - usage.reasoning_tokens,
        "thoughtsTokenCount": usage.reasoning_tokens,
        "totalTokenCount": usage.input_tokens + usage.output_tokens,
    }


class GeminiWire:
    """POST /v1/models/…:streamGenerateContent, or under /v1beta."""

    provider = "gemini"
    base_path = ""

    def read(self, path: str, headers: Headers, body: dict[str, Any]) -> StubRequest:
        return StubRequest(
            provider=self.provider,
            model=path.partition("/models/")[2].partition(":")[0],
            instructions=texts(body.get("systemInstruction", {}).get("parts")),
            user_text="\n".join(texts(turn.get("parts")) for turn in body.get("contents", [])),
            schema=body.get("generationConfig", {}).get("responseJsonSchema"),
            body=body,
            headers=headers,
            path=path,
        )

    def speech(self, request: StubRequest, turn: str | Mishap, usage: StubUsage) -> bytes | None:
        """The body of a reply with speech, None where no sound is asked for."""
        if request.body.get("generationConfig", {}).get("responseModalities") != ["AUDIO"]:
            return None
        if turn is Mishap.GARBAGE:
            return b'{"candidates": no JSON'
        if turn is Mishap.FLOOD:
            return b'"' + b"x" * 20_000_000 + b'"'
        part: dict[str, Any] = {
            "inlineData": {"mimeType": "audio/wav", "data": b64encode(tone()).decode()}
        }
        if turn is Mishap.END_EARLY:
            part = {"text": "Words in place of sound."}
        stop = _STOPPED_BY.get(turn, Stop.COMPLETE) if isinstance(turn, Mishap) else Stop.COMPLETE
        content = {"role": "model", "parts": [part]}
        candidate = {"content": content, "finishReason": _FINISHES[stop]}
        told = {} if turn is Mishap.NO_USAGE else {"usageMetadata": _usage(usage)}
        return json.dumps({"candidates": [candidate], **told}).encode()

    def begin(self, request: StubRequest, usage: StubUsage | None) -> Iterator[bytes]:  # noqa: ARG002
        thought = {"text": "Let me think.", "thought": True}
        yield event({"candidates": [{"content": {"role": "model", "parts": [thought]}}]})

    def piece(self, text: str) -> bytes:
        return event({"candidates": [{"content": {"role": "model", "parts": [{"text": text}]}}]})

    def end(self, stop: Stop, text: str, usage: StubUsage | None) -> Iterator[bytes]:  # noqa: ARG002
        data: dict[str, Any] = {"candidates": [{"finishReason": _FINISHES[stop]}]}
        if usage is not None:
            data["usageMetadata"] = _usage(usage)
        yield event(data)

    def late_error(self) -> bytes:
        return event(self.error(Status(503)))

    def error(self, status: Status) -> dict[str, Any]:
        details = []
        if status.retry_delay:
            kind = "type.googleapis.com/google.rpc.RetryInfo"
            details.append({"@type": kind, "retryDelay": status.retry_delay})
        return {
            "error": {
                "code": status.code,
                "message": "The stub says no.",
                "status": _STATUSES.get(status.code, "UNKNOWN"),
                "details": details,
            }
        }

    def models(self) -> dict[str, Any]:
        listed = [
            ("gemini-3.8-flash", "generateContent"),
            ("gemini-4-hydrogen", "generateContent"),
            ("gemini-3.8-flash-tts", "generateContent"),
            ("gemini-embedding-2", "embedContent"),
        ]
        return {
            "models": [
                {
                    "name": f"models/{id_}",
                    "displayName": id_.title(),
                    "supportedGenerationMethods": [action],
                }
                for id_, action in listed
            ]
        }
