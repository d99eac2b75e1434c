"""Events of the providers' own streams beyond text: waiting, thinking, and what came of the prompt."""

import json

import pytest

from core.adapters.providers.anthropic import AnthropicModel
from core.adapters.providers.gemini import GeminiModel
from core.adapters.providers.openai import OpenAIModel
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import StopReason, Usage
from core.ports import LanguageModel
from tests.adapters.language_models import KEY, reply_of
from tests.stub_provider.script import Raw
from tests.stub_provider.server import StubProvider

PLACE = {"item_id": "m", "output_index": 0, "content_index": 0, "sequence_number": 0}


def named(*events: dict[str, object]) -> Raw:
    lines = (f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)
    return Raw("".join(lines).encode())


def fault_of(model: LanguageModel) -> ModelFault:
    with pytest.raises(ModelError) as caught:
        reply_of(model)
    return caught.value.fault


@pytest.fixture
def openai(stub: StubProvider) -> OpenAIModel:
    return OpenAIModel(KEY, "gpt-6-luna", stub.url_v1)


@pytest.fixture
def claude(stub: StubProvider) -> AnthropicModel:
    return AnthropicModel(KEY, "claude-haiku-5-5", stub.url)


@pytest.fixture
def gemini(stub: StubProvider) -> GeminiModel:
    return GeminiModel(KEY, "gemini-3.8-flash", stub.url)


# OpenAI


def delta(text: str) -> dict[str, object]:
    return {"type": "response.output_text.delta", "delta": text, "logprobs": [], **PLACE}


def test_signs_of_life_and_thoughts_are_passed_over(
    openai: OpenAIModel, stub: StubProvider
) -> None:
    thought = {
        "type": "response.reasoning_summary_text.delta",
        "delta": "Hm.",
        "summary_index": 0,
        **PLACE,
    }
    ended: dict[str, object] = {"id": "r", "status": "completed", "output": [], "usage": None}
    stub.then(
        named(
            {"type": "keepalive", "sequence_number": 3},
            thought,
            delta("{}"),
            {"type": "keepalive", "sequence_number": 4},
            {"type": "response.of_a_kind_to_come", "sequence_number": 5},
            {"type": "response.completed", "response": ended, "sequence_number": 6},
        )
    )
    assert reply_of(openai)[0] == "{}"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("rate_limit_exceeded", ModelFault.RATE_LIMITED),
        ("invalid_prompt", ModelFault.REFUSED),
        ("bio_policy", ModelFault.REFUSED),
        ("invalid_image", ModelFault.BAD_REQUEST),
        ("image_file_too_large", ModelFault.TOO_LONG),
        ("server_error", ModelFault.OVERLOADED),
    ],
)
def test_failed_response_tells_why(
    openai: OpenAIModel, stub: StubProvider, code: str, fault: ModelFault
) -> None:
    error = {"code": code, "message": "No."}
    response = {"id": "r", "status": "failed", "error": error, "output": []}
    stub.then(named({"type": "response.failed", "response": response, "sequence_number": 1}))
    assert fault_of(openai) is fault


@pytest.mark.parametrize(
    "event",
    [
        {"type": "error", "code": "context_length_exceeded", "message": "No.", "sequence_number": 2},
        {"type": "error", "error": {"code": "context_length_exceeded", "message": "No."}},
    ],
    ids=["flat", "nested"],
)  # fmt: skip
def test_error_event_tells_why(
    openai: OpenAIModel, stub: StubProvider, event: dict[str, object]
) -> None:
    stub.then(named(event))
    assert fault_of(openai) is ModelFault.TOO_LONG


def test_response_that_a_filter_cut_is_refused(openai: OpenAIModel, stub: StubProvider) -> None:
    details = {"reason": "content_filter"}
    response = {"id": "r", "status": "incomplete", "incomplete_details": details, "output": []}
    stub.then(named(delta("{"), {"type": "response.incomplete", "response": response}))
    assert reply_of(openai)[1].stop is StopReason.REFUSED


# Anthropic


def claude_s(*between: dict[str, object], stop: str = "end_turn") -> Raw:
    message = {"id": "m", "role": "assistant", "content": [], "usage": {"input_tokens": 7}}
    ended = {"stop_reason": stop, "stop_sequence": None}
    return named(
        {"type": "message_start", "message": message | {"type": "message", "model": "c"}},
        {"type": "ping"},
        *between,
        {"type": "message_delta", "delta": ended, "usage": {"output_tokens": 9}},
        {"type": "message_stop"},
    )


def block(index: int, content: dict[str, object], *deltas: dict[str, object]) -> list[dict[str, object]]:  # fmt: skip
    return [
        {"type": "content_block_start", "index": index, "content_block": content},
        *({"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas),
        {"type": "content_block_stop", "index": index},
    ]


def test_thinking_of_claude_is_passed_over(claude: AnthropicModel, stub: StubProvider) -> None:
    thinking = block(
        0,
        {"type": "thinking", "thinking": "", "signature": ""},
        {"type": "thinking_delta", "thinking": "Hm. {"},
        {"type": "signature_delta", "signature": "c2ln"},
    )
    hidden = block(1, {"type": "redacted_thinking", "data": "eA=="})
    text = block(2, {"type": "text", "text": ""}, {"type": "text_delta", "text": "{}"})
    stub.then(claude_s(*thinking, *hidden, *text))
    assert reply_of(claude)[0] == "{}"


@pytest.mark.parametrize(
    ("reason", "stop"),
    [
        ("end_turn", StopReason.COMPLETE),
        ("max_tokens", StopReason.TRUNCATED),
        ("model_context_window_exceeded", StopReason.TRUNCATED),
        ("pause_turn", StopReason.TRUNCATED),
        ("refusal", StopReason.REFUSED),
    ],
)
def test_each_end_of_claude_is_known(
    claude: AnthropicModel, stub: StubProvider, reason: str, stop: StopReason
) -> None:
    stub.then(claude_s(stop=reason))
    end = reply_of(claude)[1]
    assert (end.stop, end.usage) == (stop, Usage(7, 0, 9))


# Gemini


def gemini_s(*chunks: dict[str, object]) -> Raw:
    return Raw("".join(f"data: {json.dumps(chunk)}\r\n\r\n" for chunk in chunks).encode())


@pytest.mark.parametrize("reason", ["SAFETY", "PROHIBITED_CONTENT", "OTHER", "BLOCKLIST"])
def test_blocked_prompt_of_gemini_is_refused(
    gemini: GeminiModel, stub: StubProvider, reason: str
) -> None:
    used = {"promptTokenCount": 7, "totalTokenCount": 7}
    stub.then(gemini_s({"promptFeedback": {"blockReason": reason}, "usageMetadata": used}))
    end = reply_of(gemini)[1]
    assert (end.stop, end.usage) == (StopReason.REFUSED, Usage(7))


@pytest.mark.filterwarnings("ignore:A_REASON_TO_COME")
@pytest.mark.parametrize(
    ("reason", "stop"),
    [
        ("STOP", StopReason.COMPLETE),
        ("MAX_TOKENS", StopReason.TRUNCATED),
        ("RECITATION", StopReason.REFUSED),
        ("A_REASON_TO_COME", StopReason.REFUSED),
    ],
)
def test_each_end_of_gemini_is_known(
    gemini: GeminiModel, stub: StubProvider, reason: str, stop: StopReason
) -> None:
    parts = [{"text": "", "thoughtSignature": "c2ln"}]
    last = {"content": {"role": "model", "parts": parts}, "finishReason": reason, "index": 0}
    text = {"content": {"role": "model", "parts": [{"text": "{}"}]}, "index": 0}
    stub.then(gemini_s({"candidates": [text]}, {"candidates": [last]}))
    said, end = reply_of(gemini)
    assert (said, end.stop) == ("{}", stop)


def test_gemini_is_not_asked_to_go_on_behind_our_back(
    gemini: GeminiModel, stub: StubProvider
) -> None:
    parts = [{"text": "{"}]
    last = {"content": {"role": "model", "parts": parts}, "finishReason": "CONTINUATION"}
    stub.then(gemini_s({"candidates": [last | {"continuationToken": "c2ln"}]}))
    assert reply_of(gemini)[1].stop is StopReason.TRUNCATED
    assert len(stub.requests) == 1


def test_gemini_without_a_candidate_or_a_reason_is_interrupted(
    gemini: GeminiModel, stub: StubProvider
) -> None:
    stub.then(gemini_s({"usageMetadata": {"promptTokenCount": 7}}))
    assert fault_of(gemini) is ModelFault.INTERRUPTED


def test_error_in_the_middle_of_gemini_s_stream_tells_why(
    gemini: GeminiModel, stub: StubProvider
) -> None:
    error = {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}
    text = {"content": {"role": "model", "parts": [{"text": "{"}]}}
    stub.then(gemini_s({"candidates": [text]}, {"error": error}))
    assert fault_of(gemini) is ModelFault.OVERLOADED
