"""OpenAI's two formats: Responses, and the chat completions that others speak as well."""

import json
from collections.abc import Iterator
from typing import Any

from tests.stub_provider.script import Status, Stop, StubRequest, StubUsage
from tests.stub_provider.wire import Headers, event, texts

_CODES = {
    401: ("invalid_request_error", "invalid_api_key"),
    402: ("billing_error", "billing_hard_limit_reached"),
    404: ("invalid_request_error", "model_not_found"),
    429: ("requests", "rate_limit_exceeded"),
}
_FINISHES = {Stop.COMPLETE: "stop", Stop.TRUNCATED: "length", Stop.REFUSED: "content_filter"}


def _error(status: Status) -> dict[str, Any]:
    kind, code = _CODES.get(status.code, ("server_error", None))
    if status.no_credit:
        kind = code = "insufficient_quota"
    return {"error": {"message": "The stub says no.", "type": kind, "param": None, "code": code}}


def _models() -> dict[str, Any]:
    listed: list[tuple[str, str | None]] = [
        ("gpt-6-luna", None),
        ("gpt-6.2-sol", None),
        ("gpt-5-mini", "2026-12-11"),
        ("gpt-6-realtime", None),
        ("text-embedding-4", None),
    ]
    return {
        "object": "list",
        "data": [
            {"id": id_, "object": "model", "created": 1, "owned_by": "stub", "shutdown_date": date}
            for id_, date in listed
        ],
    }


class ResponsesWire:
    """POST /v1/responses."""

    provider = "openai"
    base_path = "/v1"

    def read(self, path: str, headers: Headers, body: dict[str, Any]) -> StubRequest:
        text_format = body.get("text", {}).get("format", {})
        return StubRequest(
            provider=self.provider,
            model=body.get("model", ""),
            instructions=body.get("instructions") or "",
            user_text="\n".join(texts(turn.get("content")) for turn in body.get("input", [])),
            schema=text_format.get("schema"),
            body=body,
            headers=headers,
            path=path,
        )

    def begin(self, request: StubRequest, usage: StubUsage | None) -> Iterator[bytes]:
        response = self._response("in_progress", "", usage) | {"model": request.model}
        yield self._event("response.created", {"response": response})
        yield self._event("response.in_progress", {"response": response})

    def piece(self, text: str) -> bytes:
        return self._event("response.output_text.delta", _place() | {"delta": text})

    def end(self, stop: Stop, text: str, usage: StubUsage | None) -> Iterator[bytes]:
        if stop is Stop.REFUSED:
            yield self._event("response.refusal.delta", _place() | {"delta": "No."})
            yield self._event("response.refusal.done", _place() | {"refusal": "No."})
        else:
            yield self._event("response.output_text.done", _place() | {"text": text})
        if stop is Stop.TRUNCATED:
            response = self._response("incomplete", text, usage)
            response["incomplete_details"] = {"reason": "max_output_tokens"}
            yield self._event("response.incomplete", {"response": response})
        else:
            response = self._response("completed", text, usage)
            yield self._event("response.completed", {"response": response})

    def late_error(self) -> bytes:
        response = self._response("failed", "", None)
        response["error"] = {"code": "server_error", "message": "The stub is overloaded."}
        return self._event("response.failed", {"response": response})

    error = staticmethod(_error)
    models = staticmethod(_models)

    def _event(self, kind: str, data: dict[str, Any]) -> bytes:
        return event({"type": kind, "sequence_number": 0} | data, kind)

    def _response(self, status: str, text: str, usage: StubUsage | None) -> dict[str, Any]:
        message = {
            "type": "message",
            "id": "msg_1",
            "role": "assistant",
            "status": status,
            "content": [{"type": "output_text", "text": text, "annotations": []}],
        }
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 1,
            "status": status,
            "error": None,
            "incomplete_details": None,
            "output": [message],
            "usage": usage
            and {
                "input_tokens": usage.input_tokens,
                "input_tokens_details": {"cached_tokens": usage.cached_tokens},
                "output_tokens": usage.output_tokens,
                "output_tokens_details": {"reasoning_tokens": usage.reasoning_tokens},
                "total_tokens": usage.input_tokens + usage.output_tokens,
            },
        }


def _place() -> dict[str, Any]:
    return {"item_id": "msg_1", "output_index": 0, "content_index": 0, "logprobs": []}


def _schema_in_words(instructions: str) -> dict[str, Any] | None:
    """The schema that instructions end with, as a model would read it."""
    _, _, written = instructions.partition("by this JSON schema:\n")
    schema: dict[str, Any] | None = json.loads(written) if written else None
    return schema


class ChatWire:
    """POST /v1/chat/completions."""

    provider = "compatible"
    base_path = "/v1"

    def read(self, path: str, headers: Headers, body: dict[str, Any]) -> StubRequest:
        said = {turn["role"]: texts(turn.get("content")) for turn in body.get("messages", [])}
        response_format = body.get("response_format", {})
        return StubRequest(
            provider=self.provider,
            model=body.get("model", ""),
            instructions=said.get("system", ""),
            user_text=said.get("user", ""),
            schema=response_format.get("json_schema", {}).get("schema")
            or _schema_in_words(said.get("system", "")),
            body=body,
            headers=headers,
            path=path,
        )

    def begin(self, request: StubRequest, usage: StubUsage | None) -> Iterator[bytes]:  # noqa: ARG002
        yield self._chunk({"role": "assistant", "content": ""})

    def piece(self, text: str) -> bytes:
        return self._chunk({"content": text})

    def end(self, stop: Stop, text: str, usage: StubUsage | None) -> Iterator[bytes]:  # noqa: ARG002
        yield self._chunk({}, _FINISHES[stop])
        if usage is not None:
            yield event(self._frame([]) | {"usage": self._usage(usage)})
        yield b"data: [DONE]\n\n"

    def late_error(self) -> bytes:
        return event({"error": {"message": "The stub is overloaded.", "type": "server_error"}})

    error = staticmethod(_error)
    models = staticmethod(_models)

    def _usage(self, usage: StubUsage) -> dict[str, Any]:
        return {
            "prompt_tokens": usage.input_tokens,
            "prompt_tokens_details": {"cached_tokens": usage.cached_tokens},
            "completion_tokens": usage.output_tokens,
            "completion_tokens_details": {"reasoning_tokens": usage.reasoning_tokens},
            "total_tokens": usage.input_tokens + usage.output_tokens,
        }

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> bytes:
        return event(self._frame([{"index": 0, "delta": delta, "finish_reason": finish}]))

    def _frame(self, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": "chat_1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "stub",
            "choices": choices,
        }
