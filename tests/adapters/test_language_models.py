"""What every language model promises, proved over the wire against the stub."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from threading import Event, Thread

import pytest

from core.adapters.providers.anthropic import AnthropicModel
from core.adapters.providers.compatible import CompatibleModel
from core.adapters.providers.gemini import GeminiModel
from core.adapters.providers.openai import OpenAIModel
from core.adapters.wall import OPEN_WALL
from core.domain.errors import ModelError, ModelFault
from core.domain.key_forms import MAX_KEY_CHARACTERS
from core.domain.language_model import Attachment, Effort, ReplyEnd, StopReason, Usage
from core.ports import LanguageModel
from tests.adapters.language_models import KEY, MAKERS, SCHEMA, Make, a_request, never, reply_of
from tests.stub_provider.script import Mishap, Pace, Status, Turn
from tests.stub_provider.server import StubProvider, closed_url

PDF = Attachment(b"%PDF-1.7 invented", "application/pdf")
IMAGE = Attachment(b"\x89PNG invented", "image/png")
PDF_IN_BASE64 = "JVBERi0xLjcgaW52ZW50ZWQ="
IMAGE_IN_BASE64 = "iVBORyBpbnZlbnRlZA=="


@pytest.fixture(params=MAKERS, ids=str)
def make(request: pytest.FixtureRequest) -> Make:
    return MAKERS[request.param]


@pytest.fixture
def model(make: Make, stub: StubProvider) -> LanguageModel:
    return make(stub.url)


def fault_of(model: LanguageModel, timeout_seconds: float = 10.0) -> ModelError:
    with pytest.raises(ModelError) as caught:
        reply_of(model, timeout_seconds=timeout_seconds)
    return caught.value


# Replies


def test_text_comes_in_pieces(model: LanguageModel, stub: StubProvider) -> None:
    text = '{"feedback": "Quite a good answer.", "level": 4}'
    stub.then(text)
    *texts, _ = model.stream(a_request(), 10, never)
    assert len(texts) > 1
    assert "".join(map(str, texts)) == text


def test_pieces_are_handed_on_as_they_come(make: Make) -> None:
    with StubProvider(pace=Pace(tokens_per_second=4)) as slow:
        slow.then("{one two three four five six seven eight nine}")
        pieces = make(slow.url).stream(a_request(), 10, never)
        started = time.monotonic()
        next(pieces)
        assert time.monotonic() - started < 1.8  # the whole takes longer than two seconds


def test_text_beyond_ascii_arrives_unchanged(model: LanguageModel, stub: StubProvider) -> None:
    text = "Größe „42“ – 日本語 🙂 \\u0041"
    stub.then(text)
    assert reply_of(model)[0] == text


def test_reply_ends_once_with_its_usage(model: LanguageModel) -> None:
    *texts, end = model.stream(a_request(), 10, never)
    assert end == ReplyEnd(StopReason.COMPLETE, Usage(120, 100, 30, 10))
    assert not any(isinstance(piece, ReplyEnd) for piece in texts)


@pytest.mark.parametrize(
    ("mishap", "stop"),
    [(Mishap.TRUNCATE, StopReason.TRUNCATED), (Mishap.REFUSE, StopReason.REFUSED)],
    ids=["truncated", "refused"],
)
def test_reason_to_stop_is_told(
    model: LanguageModel, stub: StubProvider, mishap: Mishap, stop: StopReason
) -> None:
    stub.then(mishap)
    assert reply_of(model)[1].stop is stop


def test_missing_usage_counts_as_none(model: LanguageModel, stub: StubProvider) -> None:
    stub.then(Mishap.NO_USAGE)
    assert reply_of(model)[1] == ReplyEnd(StopReason.COMPLETE, Usage())


# Requests


def test_request_carries_model_instructions_and_text(
    model: LanguageModel, stub: StubProvider
) -> None:
    reply_of(model)
    (asked,) = stub.requests
    assert asked.provider == model.provider
    assert asked.model == model.model
    assert asked.instructions == "Judge fairly."
    assert asked.user_text.split() == "The stable part. The volatile part.".split()


def test_schema_is_sent(model: LanguageModel, stub: StubProvider) -> None:
    reply_of(model)
    assert stub.requests[0].schema == SCHEMA


def limits_sent(stub: StubProvider) -> list[int]:
    bodies = (asked.body | asked.body.get("generationConfig", {}) for asked in stub.requests)
    return [
        value for body in bodies for name, value in body.items() if name.lower().endswith("tokens")
    ]


@pytest.mark.parametrize("name", ["openai", "anthropic", "gemini"])
def test_output_limit_leaves_room_to_think(stub: StubProvider, name: str) -> None:
    for effort in Effort:
        reply_of(MAKERS[name](stub.url), replace(a_request(), effort=effort))
    assert limits_sent(stub) == [700 + 6_000, 700 + 12_000]


def test_compatible_server_gets_the_reply_s_limit_alone(stub: StubProvider) -> None:
    reply_of(MAKERS["compatible"](stub.url))  # its models may have little context in all
    assert limits_sent(stub) == [700]


def test_no_sampling_settings_are_sent(model: LanguageModel, stub: StubProvider) -> None:
    reply_of(model)
    sent = json.dumps(stub.requests[0].body)
    assert "temperature" not in sent
    assert "top_p" not in sent


def test_empty_parts_are_left_out(model: LanguageModel, stub: StubProvider) -> None:
    reply_of(model, a_request(stable=""))
    assert stub.requests[0].user_text == "The volatile part."
    assert '""' not in json.dumps(stub.requests[0].body)


def test_key_is_sent_in_one_header_and_nowhere_else(
    model: LanguageModel, stub: StubProvider
) -> None:
    reply_of(model)
    (asked,) = stub.requests
    name = "x-goog-api-key" if asked.provider == "gemini" else "authorization"
    assert KEY in asked.headers.pop(name)
    assert KEY not in json.dumps([asked.headers, asked.path, asked.body])


def test_headers_tell_nothing_of_the_host(model: LanguageModel, stub: StubProvider) -> None:
    reply_of(model)
    assert set(stub.requests[0].headers) <= {
        "host",
        "accept",
        "accept-encoding",
        "anthropic-version",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "user-agent",
        "x-goog-api-key",
    }


def test_image_goes_along(model: LanguageModel, stub: StubProvider) -> None:
    reply_of(model, replace(a_request(), attachment=IMAGE))
    sent = json.dumps(stub.requests[0].body)
    assert IMAGE_IN_BASE64 in sent
    assert "image/png" in sent


@pytest.mark.parametrize("name", ["openai", "anthropic", "gemini"])
def test_pdf_goes_along(stub: StubProvider, name: str) -> None:
    reply_of(MAKERS[name](stub.url), replace(a_request(), attachment=PDF))
    sent = json.dumps(stub.requests[0].body)
    assert PDF_IN_BASE64 in sent
    assert "application/pdf" in sent


def test_compatible_server_gets_no_pdf(stub: StubProvider) -> None:
    compatible = MAKERS["compatible"](stub.url)
    with pytest.raises(ModelError) as caught:
        reply_of(compatible, replace(a_request(), attachment=PDF))
    assert caught.value.fault is ModelFault.BAD_REQUEST
    assert stub.requests == []


def test_base_url_may_end_with_a_slash(make: Make, stub: StubProvider) -> None:
    reply_of(make(stub.url))
    for model in (
        OpenAIModel(KEY, "gpt-6-luna", f"{stub.url}/v1/"),
        AnthropicModel(KEY, "claude-sonnet-5-5", f"{stub.url}/"),
        GeminiModel(KEY, "gemini-3.8-flash", f"{stub.url}/"),
        CompatibleModel(KEY, "gpt-oss", f"{stub.url}/v1/", OPEN_WALL),
    ):
        reply_of(model)
    assert stub.requests[0].path in {asked.path for asked in stub.requests[1:]}


def test_openai_keeps_nothing_for_later(stub: StubProvider) -> None:
    reply_of(MAKERS["openai"](stub.url))
    assert stub.requests[0].body["store"] is False


def test_openai_gets_the_cache_key(stub: StubProvider) -> None:
    reply_of(MAKERS["openai"](stub.url), a_request(cache_key="interview-1"))
    assert stub.requests[0].body["prompt_cache_key"] == "interview-1"


def test_anthropic_caches_up_to_the_stable_part(stub: StubProvider) -> None:
    reply_of(MAKERS["anthropic"](stub.url))
    stable, volatile = stub.requests[0].body["messages"][0]["content"]
    assert stable["cache_control"] == {"type": "ephemeral"}
    assert "cache_control" not in volatile


@pytest.mark.parametrize(
    ("effort", "sent"), [(Effort.LOW, "low"), (Effort.MEDIUM, "medium")], ids=str
)
def test_effort_is_sent_to_models_known_to_take_it(
    stub: StubProvider, effort: Effort, sent: str
) -> None:
    for name in ("openai", "anthropic", "gemini"):
        reply_of(MAKERS[name](stub.url), replace(a_request(), effort=effort))
    openai, anthropic, gemini = (asked.body for asked in stub.requests)
    assert openai["reasoning"] == {"effort": sent}
    assert anthropic["output_config"]["effort"] == sent
    assert list(gemini["generationConfig"]["thinkingConfig"].values()) == [sent.upper()]


@pytest.mark.parametrize(
    "model",
    [
        "claude-haiku-5-5",
        "claude-opus-4-5-20251101",
        "claude-sonnet-4-6",
        "claude-fable-5-1",
        "claude-opus-6",
    ],
)
def test_current_claude_takes_an_effort(stub: StubProvider, model: str) -> None:
    reply_of(AnthropicModel(KEY, model, stub.url))
    assert stub.requests[0].body["output_config"]["effort"] == "low"


@pytest.mark.parametrize("model", ["gemini-flash-latest", "gemini-pro-latest", "gemini-3.1-pro"])
def test_current_gemini_takes_an_effort(stub: StubProvider, model: str) -> None:
    reply_of(GeminiModel(KEY, model, stub.url))
    thinking = stub.requests[0].body["generationConfig"]["thinkingConfig"]
    assert list(thinking.values()) == ["LOW"]


@pytest.mark.parametrize("effort", Effort)
def test_effort_is_not_sent_to_models_that_take_none(stub: StubProvider, effort: Effort) -> None:
    for model in (
        OpenAIModel(KEY, "gpt-4o-mini", stub.url_v1),
        OpenAIModel(KEY, "gpt-5-chat-latest", stub.url_v1),
        AnthropicModel(KEY, "claude-haiku-4-5", stub.url),
        AnthropicModel(KEY, "claude-opus-4-1-20250805", stub.url),
        GeminiModel(KEY, "gemma-4-31b-it", stub.url),
        CompatibleModel(KEY, "gpt-6-luna", stub.url_v1, OPEN_WALL),
    ):
        reply_of(model, replace(a_request(), effort=effort))
    sent = json.dumps([asked.body for asked in stub.requests]).lower()
    assert not any(word in sent for word in ("effort", "thinking", "reasoning"))


@pytest.mark.parametrize(("effort", "budget"), [(Effort.LOW, 512), (Effort.MEDIUM, -1)])
def test_older_gemini_thinks_by_budget(stub: StubProvider, effort: Effort, budget: int) -> None:
    reply_of(GeminiModel(KEY, "gemini-2.5-flash", stub.url), replace(a_request(), effort=effort))
    thinking = stub.requests[0].body["generationConfig"]["thinkingConfig"]
    assert list(thinking.values()) == [budget]


# Faults


STATUSES = [
    (Status(401), ModelFault.KEY_REFUSED),
    (Status(402), ModelFault.NO_CREDIT),
    (Status(403), ModelFault.FORBIDDEN),
    (Status(404), ModelFault.MODEL_UNKNOWN),
    (Status(429), ModelFault.RATE_LIMITED),
    (Status(500), ModelFault.OVERLOADED),
    (Status(503), ModelFault.OVERLOADED),
    (Status(529), ModelFault.OVERLOADED),
    (Status(302, {"Location": "http://127.0.0.1:9/"}), ModelFault.ADDRESS_REFUSED),
]


@pytest.mark.parametrize(("status", "fault"), STATUSES, ids=[str(s.code) for s, _ in STATUSES])
def test_status_becomes_its_fault(
    model: LanguageModel, stub: StubProvider, status: Status, fault: ModelFault
) -> None:
    stub.then(status)
    assert fault_of(model).fault is fault
    assert len(stub.requests) == 1


@pytest.mark.parametrize("name", ["openai", "anthropic", "gemini"])
def test_refused_request_is_not_sent_again(stub: StubProvider, name: str) -> None:
    stub.then(Status(400))
    assert fault_of(MAKERS[name](stub.url)).fault is ModelFault.BAD_REQUEST
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("openai", Status(429, no_credit=True)),
        ("compatible", Status(429, no_credit=True)),
        ("anthropic", Status(400, no_credit=True)),
    ],
)
def test_empty_account_is_told_from_a_rate_limit(
    stub: StubProvider, name: str, status: Status
) -> None:
    stub.then(status)
    assert fault_of(MAKERS[name](stub.url)).fault is ModelFault.NO_CREDIT


def test_gemini_tells_a_wrong_key_with_status_400(stub: StubProvider) -> None:
    details = [{"reason": "API_KEY_INVALID", "domain": "googleapis.com"}]
    body = {"error": {"code": 400, "status": "INVALID_ARGUMENT", "details": details}}
    stub.then(Status(400, body=body))
    assert fault_of(MAKERS["gemini"](stub.url)).fault is ModelFault.KEY_REFUSED


def test_wait_in_the_header_is_kept(model: LanguageModel, stub: StubProvider) -> None:
    stub.then(Status(429, {"Retry-After": "7"}))
    assert fault_of(model).retry_after_seconds == 7


def test_without_a_wait_none_is_made_up(model: LanguageModel, stub: StubProvider) -> None:
    stub.then(Status(429))
    assert fault_of(model).retry_after_seconds is None


def test_gemini_tells_the_wait_in_its_body(stub: StubProvider) -> None:
    stub.then(Status(429, retry_delay="3s"))
    assert fault_of(MAKERS["gemini"](stub.url)).retry_after_seconds == 3


MISHAPS: list[tuple[Turn, ModelFault]] = [
    (Mishap.DROP_AT_ONCE, ModelFault.UNREACHABLE),
    (Mishap.DROP, ModelFault.INTERRUPTED),
    (Mishap.END_EARLY, ModelFault.INTERRUPTED),
    (Mishap.GARBAGE, ModelFault.MALFORMED),
    (Mishap.ANOTHER_SHAPE, ModelFault.MALFORMED),
    (Mishap.FLOOD, ModelFault.MALFORMED),
    (Mishap.LATE_ERROR, ModelFault.OVERLOADED),
]


@pytest.mark.parametrize(
    ("mishap", "fault"), MISHAPS, ids=[str(turn).rpartition(".")[2].lower() for turn, _ in MISHAPS]
)
def test_mishap_becomes_its_fault(
    model: LanguageModel, stub: StubProvider, mishap: Turn, fault: ModelFault
) -> None:
    stub.then(mishap)
    assert fault_of(model).fault is fault


def test_text_before_a_break_is_handed_on(model: LanguageModel, stub: StubProvider) -> None:
    stub.then(Mishap.END_EARLY)
    pieces = model.stream(a_request(), 10, never)
    assert next(pieces)
    with pytest.raises(ModelError):
        list(pieces)


def test_refused_connection_is_unreachable(make: Make) -> None:
    assert fault_of(make(closed_url())).fault is ModelFault.UNREACHABLE


@pytest.mark.parametrize("mishap", [Mishap.HANG, Mishap.DRIP], ids=["hang", "drip"])
def test_deadline_bounds_the_whole_call(
    model: LanguageModel, stub: StubProvider, mishap: Mishap
) -> None:
    stub.then(mishap)
    started = time.monotonic()
    assert fault_of(model, timeout_seconds=0.5).fault is ModelFault.TIMED_OUT
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("mishap", [Mishap.HANG, Mishap.DRIP], ids=["hang", "drip"])
def test_cancellation_from_another_thread_ends_the_call(
    model: LanguageModel, stub: StubProvider, mishap: Mishap
) -> None:
    stub.then(mishap)
    is_asked, is_cancelled = Event(), Event()
    _when(lambda: bool(stub.requests), is_asked, is_cancelled)
    started = time.monotonic()
    with pytest.raises(ModelError) as caught:
        list(model.stream(a_request(), 30, is_cancelled.is_set))
    assert caught.value.fault is ModelFault.CANCELLED
    assert is_asked.is_set()
    assert time.monotonic() - started < 5


def _when(condition: Callable[[], bool], *events: Event) -> None:
    """Set the events, from another thread, as soon as the condition holds."""

    def watch() -> None:
        until = time.monotonic() + 5
        while not condition() and time.monotonic() < until:
            time.sleep(0.005)
        for event in events:
            event.set()

    Thread(target=watch, daemon=True).start()


def test_whoever_stops_reading_closes_the_connection(
    model: LanguageModel, stub: StubProvider
) -> None:
    stub.then(Mishap.DRIP)
    pieces = model.stream(a_request(), 30, never)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]  # all of them are generators
    assert reply_of(model)[1].stop is StopReason.COMPLETE


@pytest.mark.parametrize(
    "turn",
    [Status(401), Status(429), Status(500), Mishap.DROP, Mishap.GARBAGE, Mishap.LATE_ERROR],
    ids=str,
)
def test_no_error_holds_the_key(model: LanguageModel, stub: StubProvider, turn: Turn) -> None:
    stub.then(turn)
    error: BaseException | None = fault_of(model)
    while error is not None:
        assert KEY not in f"{error!r} {error} {vars(error)}"
        assert not hasattr(error, "request")
        error = error.__cause__ or error.__context__


def test_no_log_record_holds_the_key_or_a_text(
    model: LanguageModel, stub: StubProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stub.then("A reply.", Status(500))
    reply_of(model)
    fault_of(model)
    assert not any(word in caplog.text for word in (KEY, "volatile", "A reply"))


@pytest.mark.parametrize("key", ["", "  ", "with space", "schlüssel", "line\nbreak", "x" * 5000])
def test_unusable_key_is_refused_before_any_call(key: str, stub: StubProvider) -> None:
    for make in (OpenAIModel, AnthropicModel, GeminiModel):
        with pytest.raises(ModelError) as caught:
            make(key, "a-model", stub.url)
        assert caught.value.fault is ModelFault.KEY_REFUSED


def test_compatible_server_needs_no_key(stub: StubProvider) -> None:
    reply_of(CompatibleModel("", "gpt-oss", stub.url_v1, OPEN_WALL))
    assert stub.requests[0].headers["authorization"] == "Bearer local"


def test_longest_key_that_can_be_entered_is_sent(stub: StubProvider) -> None:
    longest = "k" * MAX_KEY_CHARACTERS
    reply_of(CompatibleModel(longest, "gpt-oss", stub.url_v1, OPEN_WALL))
    assert stub.requests[0].headers["authorization"] == f"Bearer {longest}"


# The list of models


def test_models_that_can_judge_are_listed(model: LanguageModel) -> None:
    listed = {info.id for info in model.models()}
    known = {
        "openai": {"gpt-6-luna", "gpt-6.2-sol", "gpt-5-mini"},
        "anthropic": {"claude-haiku-5-5", "claude-sonnet-5-5", "claude-sonnet-4-5"},
        "gemini": {"gemini-3.8-flash", "gemini-4-hydrogen"},
        "compatible": {"gpt-6-luna", "gpt-6.2-sol", "gpt-5-mini", "gpt-6-realtime"},
    }
    assert listed == known[model.provider]


@pytest.mark.parametrize(
    ("name", "model_id", "date"),
    [("openai", "gpt-5-mini", "2026-12-11"), ("anthropic", "claude-sonnet-4-5", "2026-11-30")],
)
def test_end_of_a_model_is_told(stub: StubProvider, name: str, model_id: str, date: str) -> None:
    ends = {info.id: info.retires_on for info in MAKERS[name](stub.url).models()}
    assert str(ends[model_id]) == date


def test_listing_with_a_wrong_key_is_refused(model: LanguageModel, stub: StubProvider) -> None:
    stub.then(Status(401))
    with pytest.raises(ModelError) as caught:
        model.models()
    assert caught.value.fault is ModelFault.KEY_REFUSED


@pytest.mark.parametrize(
    "listed",
    [
        {"data": 7, "models": 7},
        {"data": [None], "models": [7]},
        {"data": [{"id": ["gpt-6"]}], "models": [{"supportedGenerationMethods": 7}]},
    ],
    ids=["no list", "no models", "no ids"],
)
def test_list_of_another_shape_is_malformed(
    model: LanguageModel, stub: StubProvider, listed: dict[str, object]
) -> None:
    stub.then(Status(200, body=listed))
    with pytest.raises(ModelError) as caught:
        model.models()
    assert caught.value.fault is ModelFault.MALFORMED


# Servers that a candidate named may send anything


@pytest.mark.parametrize(
    "chunk",
    [
        {"choices": [{"index": 0, "delta": {"content": 42}}]},
        {"choices": [None]},
        {"choices": 7},
    ],
    ids=str,
)
def test_odd_chunk_of_a_compatible_server_is_malformed(
    stub: StubProvider, monkeypatch: pytest.MonkeyPatch, chunk: dict[str, object]
) -> None:
    from tests.stub_provider.openai_wires import ChatWire

    odd = b"data: " + json.dumps(chunk).encode() + b"\n\n"
    monkeypatch.setattr(ChatWire, "piece", lambda _wire, _text: odd)
    assert fault_of(MAKERS["compatible"](stub.url)).fault is ModelFault.MALFORMED


@pytest.mark.parametrize("told", ["much", -3, 1e30, True, [7], {"cached_tokens": "all"}], ids=str)
def test_count_that_makes_no_sense_does_not_cost_the_reply(
    stub: StubProvider, monkeypatch: pytest.MonkeyPatch, told: object
) -> None:
    from tests.stub_provider.openai_wires import ChatWire

    usage = {"prompt_tokens": told, "completion_tokens": 3, "prompt_tokens_details": told}
    monkeypatch.setattr(ChatWire, "_usage", lambda _wire, _usage: usage)
    stub.then("A reply.")
    text, end = reply_of(MAKERS["compatible"](stub.url))
    assert (text, end.usage) == ("A reply.", Usage(output_tokens=3))


@pytest.mark.parametrize(
    "address",
    ["", "llm", "ftp://llm.example", "https://", "https://a:b@llm.example/v1", "https://[::1"],
)
def test_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ModelError) as caught:
        CompatibleModel(KEY, "gpt-oss", address)
    assert caught.value.fault is ModelFault.ADDRESS_REFUSED


@pytest.mark.parametrize(
    ("ending", "version"), [("", "v1"), ("/", "v1"), ("/v1beta", "v1beta"), ("/v1beta/", "v1beta")]
)
def test_gemini_speaks_the_version_that_its_address_ends_in(
    stub: StubProvider, ending: str, version: str
) -> None:
    reply_of(GeminiModel(KEY, "gemini-3.8-flash", f"{stub.url}{ending}"))
    assert stub.requests[0].path.startswith(f"/{version}/models/")


def test_gemini_takes_a_path_before_the_version(stub: StubProvider) -> None:
    reply_of(GeminiModel(KEY, "gemini-3.8-flash", f"{stub.url}/gateway/v1beta"))
    assert stub.requests[0].path.startswith("/gateway/v1beta/models/")
