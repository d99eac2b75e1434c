import json
from datetime import UTC, datetime

import pytest

from core.adapters.model_faults import ErrorAnswer, fault_of_status, fault_told
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
        (413, ModelFault.BAD_REQUEST),
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
