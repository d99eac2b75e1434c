import json
from datetime import UTC, datetime

import pytest

from core.adapters.model_faults import (
    ErrorAnswer,
    fault_in_stream,
    fault_of_status,
    fault_told,
)
from core.domain.errors import ModelFault

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


def wait(headers: dict[str, str], body: object = None) -> float | None:
    answer = ErrorAnswer(429, headers, json.dumps(body).encode())
    return answer.as_model_error("OpenAI", NOW).retry_after_seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after-ms": "2500", "retry-after": "9"}, 2.5),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
    ids=str,
)
def test_wait_is_read_from_headers(headers: dict[str, str], seconds: float | None) -> None:
    assert wait(headers) == seconds


def test_wait_is_read_from_anywhere_in_the_body() -> None:
    assert wait({}, {"error": {"details": [{"a": 1}, {"retryDelay": "12.5s"}]}}) == 12.5


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (408, ModelFault.TIMED_OUT),
        (413, ModelFault.TOO_LONG),
        (422, ModelFault.BAD_REQUEST),
        (502, ModelFault.OVERLOADED),
        (504, ModelFault.TIMED_OUT),
    ],
)
def test_rarer_statuses_have_a_fault_too(status: int, fault: ModelFault) -> None:
    assert fault_of_status(status) is fault


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[" * 5000, b"null", b"[1, 2]"])
def test_body_that_says_nothing_leaves_the_status_to_speak(body: bytes) -> None:
    assert ErrorAnswer(500, {}, body).as_model_error("OpenAI").fault is ModelFault.OVERLOADED


def test_status_outweighs_words_that_are_less_exact() -> None:
    told = {"error": {"type": "invalid_request_error"}}
    assert fault_of_status(404, told) is ModelFault.MODEL_UNKNOWN


def test_filter_of_the_provider_is_a_refusal() -> None:
    assert fault_of_status(400, {"error": {"code": "content_filter"}}) is ModelFault.REFUSED


def test_unknown_words_tell_nothing() -> None:
    assert fault_told({"error": {"type": "new_kind_of_trouble"}}) is None


DAILY_QUOTA = {"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}
NO_FREE_TIER = "Quota exceeded for metric: free_tier_requests, limit: 0, model: gemini-3-pro"


@pytest.mark.parametrize(
    ("status", "error", "fault"),
    [
        (429, {"status": "RESOURCE_EXHAUSTED", "details": [DAILY_QUOTA]}, ModelFault.DAY_USED_UP),
        (429, {"message": NO_FREE_TIER, "details": [DAILY_QUOTA]}, ModelFault.FORBIDDEN),
        (400, {"status": "FAILED_PRECONDITION"}, ModelFault.FORBIDDEN),
        (400, {"message": "The input token count exceeds the maximum number of tokens allowed"}, ModelFault.TOO_LONG),
    ],
    ids=["day", "no free tier", "region", "too long"],
)  # fmt: skip
def test_gemini_s_errors_are_told_apart(
    status: int, error: dict[str, object], fault: ModelFault
) -> None:
    assert fault_of_status(status, {"error": error}) is fault


@pytest.mark.parametrize(
    ("status", "error", "fault"),
    [
        (429, {"type": "rate_limit_error", "details": {"error_code": "enforced_spend_limit_reached"}}, ModelFault.NO_CREDIT),
        (400, {"type": "invalid_request_error", "details": {"error_code": "organization_on_hold"}}, ModelFault.FORBIDDEN),
        (400, {"type": "invalid_request_error", "message": "prompt is too long: 210000 tokens"}, ModelFault.TOO_LONG),
        (413, {"type": "request_too_large"}, ModelFault.TOO_LONG),
    ],
    ids=["spend limit", "on hold", "too long", "too large"],
)  # fmt: skip
def test_anthropic_s_errors_are_told_apart(
    status: int, error: dict[str, object], fault: ModelFault
) -> None:
    assert fault_of_status(status, {"type": "error", "error": error}) is fault


@pytest.mark.parametrize(
    ("status", "error", "fault"),
    [
        (429, {"code": "billing_not_active"}, ModelFault.NO_CREDIT),
        (401, {"code": "account_deactivated"}, ModelFault.KEY_REFUSED),
        (400, {"code": "context_length_exceeded"}, ModelFault.TOO_LONG),
        (400, {"code": "invalid_prompt"}, ModelFault.REFUSED),
        (400, {"code": "unsupported_value", "message": "Your organization must be verified to stream this model."}, ModelFault.FORBIDDEN),
        (429, {"code": "rate_limit_exceeded", "message": "Rate limit reached on requests per day (RPD)"}, ModelFault.DAY_USED_UP),
    ],
    ids=["billing", "deactivated", "too long", "flagged", "unverified", "day"],
)  # fmt: skip
def test_openai_s_errors_are_told_apart(
    status: int, error: dict[str, object], fault: ModelFault
) -> None:
    assert fault_of_status(status, {"error": error}) is fault


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (400, {"error": {"code": 400, "type": "exceed_context_size_error", "n_ctx": 4096}}, ModelFault.TOO_LONG),
        (400, {"error": {"message": "This model's maximum context length is 4096 tokens."}}, ModelFault.TOO_LONG),
        (400, {"error": "The model is loaded with context length of only 4096 tokens."}, ModelFault.TOO_LONG),
        (403, {"error": {"code": 403, "metadata": {"flagged_input": "…", "reasons": []}}}, ModelFault.REFUSED),
        (429, {"error": {"code": 429, "message": "Rate limit exceeded: free-models-per-day"}}, ModelFault.DAY_USED_UP),
    ],
    ids=["llama.cpp", "vLLM", "LM Studio", "OpenRouter flagged", "OpenRouter day"],
)  # fmt: skip
def test_other_servers_errors_are_told_apart(
    status: int, body: dict[str, object], fault: ModelFault
) -> None:
    assert fault_of_status(status, body) is fault


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        ({"code": 429, "message": "Provider returned error"}, ModelFault.RATE_LIMITED),
        ({"code": "502", "message": "Provider returned error"}, ModelFault.OVERLOADED),
        ({"code": 400, "type": "BadRequestError"}, ModelFault.BAD_REQUEST),
        ({"code": 7, "message": "Something else"}, None),
        ({"message": "Something else"}, None),
    ],
    ids=["limit", "upstream", "request", "own number", "nothing"],
)
def test_status_within_a_stream_counts(error: dict[str, object], fault: ModelFault | None) -> None:
    assert fault_in_stream({"error": error}) is fault
