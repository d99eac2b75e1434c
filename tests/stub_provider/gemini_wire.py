"""Gemini's format: streamGenerateContent."""

from collections.abc import Iterator
from typing import Any

from tests.stub_provider.script import Status, Stop, StubRequest, StubUsage
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

    def begin(self, request: StubRequest, usage: StubUsage | None) -> Iterator[bytes]:  # noqa: ARG002
        thought = {"text": "Let me think.", "thought": True}
        yield event({"candidates": [{"content": {"role": "model", "parts": [thought]}}]})

    def piece(self, text: str) -> bytes:
        return event({"candidates": [{"content": {"role": "model", "parts": [{"text": text}]}}]})

    def end(self, stop: Stop, text: str, usage: StubUsage | None) -> Iterator[bytes]:  # noqa: ARG002
        data: dict[str, Any] = {"candidates": [{"finishReason": _FINISHES[stop]}]}
        if usage is not None:
            data["usageMetadata"] = {
                "promptTokenCount": usage.input_tokens,
                "cachedContentTokenCount": usage.cached_tokens,
                "candidatesTokenCount": usage.output_tokens - usage.reasoning_tokens,
                "thoughtsTokenCount": usage.reasoning_tokens,
                "totalTokenCount": usage.input_tokens + usage.output_tokens,
            }
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
