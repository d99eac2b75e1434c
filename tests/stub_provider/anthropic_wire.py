"""Anthropic's format: Messages."""

from collections.abc import Iterator
from typing import Any

from tests.stub_provider.script import Status, Stop, StubRequest, StubUsage
from tests.stub_provider.wire import Headers, event, texts

_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
    529: "overloaded_error",
}
_STOPS = {Stop.COMPLETE: "end_turn", Stop.TRUNCATED: "max_tokens", Stop.REFUSED: "refusal"}


class MessagesWire:
    """POST /v1/messages."""

    provider = "anthropic"
    base_path = ""

    def read(self, path: str, headers: Headers, body: dict[str, Any]) -> StubRequest:
        output_format = body.get("output_config", {}).get("format", {})
        return StubRequest(
            provider=self.provider,
            model=body.get("model", ""),
            instructions=texts(body.get("system")),
            user_text="\n".join(texts(turn.get("content")) for turn in body.get("messages", [])),
            schema=output_format.get("schema"),
            body=body,
            headers=headers,
            path=path,
        )

    def begin(self, request: StubRequest, usage: StubUsage | None) -> Iterator[bytes]:
        message: dict[str, Any] = {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": request.model,
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": self._usage(usage) | {"output_tokens": 1},
        }
        yield event({"type": "message_start", "message": message}, "message_start")
        block = {"type": "text", "text": ""}
        start = {"type": "content_block_start", "index": 0, "content_block": block}
        yield event(start, "content_block_start")
        yield event({"type": "ping"}, "ping")

    def piece(self, text: str) -> bytes:
        delta = {"type": "text_delta", "text": text}
        data = {"type": "content_block_delta", "index": 0, "delta": delta}
        return event(data, "content_block_delta")

    def end(self, stop: Stop, text: str, usage: StubUsage | None) -> Iterator[bytes]:  # noqa: ARG002
        yield event({"type": "content_block_stop", "index": 0}, "content_block_stop")
        used = usage or StubUsage(0, 0, 0, 0)
        data = {
            "type": "message_delta",
            "delta": {"stop_reason": _STOPS[stop], "stop_sequence": None},
            "usage": {
                "output_tokens": used.output_tokens,
                "output_tokens_details": {"thinking_tokens": used.reasoning_tokens},
            },
        }
        yield event(data, "message_delta")
        yield event({"type": "message_stop"}, "message_stop")

    def late_error(self) -> bytes:
        return event(self.error(Status(529)), "error")

    def error(self, status: Status) -> dict[str, Any]:
        kind = _TYPES.get(status.code, "api_error")
        message = "The stub says no."
        if status.no_credit:
            message = "Your credit balance is too low."
        return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "r"}

    def models(self) -> dict[str, Any]:
        listed = [
            ("claude-haiku-5-5", "active", None),
            ("claude-sonnet-5-5", "active", None),
            ("claude-sonnet-4-5", "deprecated", "2026-11-30T00:00:00Z"),
            ("claude-3-opus", "retired", "2026-01-05T00:00:00Z"),
        ]
        return {
            "data": [
                {
                    "type": "model",
                    "id": id_,
                    "display_name": id_.title(),
                    "created_at": "2026-01-01T00:00:00Z",
                    "lifecycle": lifecycle,
                    "retires_at": retires_at,
                }
                for id_, lifecycle, retires_at in listed
            ],
            "has_more": False,
            "first_id": None,
            "last_id": None,
        }

    def _usage(self, usage: StubUsage | None) -> dict[str, Any]:
        if usage is None:
            return {"input_tokens": 0}
        return {  # the provider's own number leaves the cached ones out
            "input_tokens": usage.input_tokens - usage.cached_tokens,
            "cache_read_input_tokens": usage.cached_tokens,
            "cache_creation_input_tokens": 0,
        }
