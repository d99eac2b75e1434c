"""What servers send that speak more or less as OpenAI does, in the forms that their documents and users tell."""

import json

import pytest

from core.adapters.providers.compatible import CompatibleModel
from core.adapters.thinking_aloud import ThinkingAloud
from core.adapters.wall import OPEN_WALL
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import StopReason, Usage
from tests.adapters.language_models import KEY, SCHEMA, reply_of
from tests.stub_provider.script import Raw, Status, StubUsage
from tests.stub_provider.server import StubProvider

REPLY = '{"feedback": "Good.", "level": 4}'
DONE = b"data: [DONE]\n\n"


@pytest.fixture
def model(stub: StubProvider) -> CompatibleModel:
    return CompatibleModel(KEY, "qwen/qwen3-8b", stub.url_v1, OPEN_WALL)


def sse(*events: object) -> bytes:
    return b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in events)


def chunk(content: object = None, finish: str | None = None, **more: object) -> dict[str, object]:
    delta = {} if content is None else {"content": content}
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more}


def fault_of(model: CompatibleModel) -> ModelError:
    with pytest.raises(ModelError) as caught:
        reply_of(model)
    return caught.value


# Thoughts


@pytest.mark.parametrize(
    "text",
    [
        f"<think>\nThe {{answer}} is good.\n</think>\n\n{REPLY}",
        f"The template opened the thought. {{}}</think>{REPLY}",
        f"[THINK]Hm.[/THINK]{REPLY}",
        f"<think></think>```json\n{REPLY}\n```",
    ],
    ids=["opened", "not opened", "Mistral", "fenced"],
)
def test_thoughts_before_the_reply_are_left_out(
    model: CompatibleModel, stub: StubProvider, text: str
) -> None:
    stub.then(text)
    said, end = reply_of(model)
    assert said.strip().strip("`").removeprefix("json").strip() == REPLY
    assert end.stop is StopReason.COMPLETE


def test_thoughts_are_left_out_wherever_the_stream_cuts_them() -> None:
    text = f"<think>Hm.</think>{REPLY}"
    for size in range(1, len(text)):
        thoughts = ThinkingAloud()
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        assert "".join(map(thoughts.without, pieces)) + thoughts.rest() == REPLY


def test_thoughts_that_never_end_are_no_reply(model: CompatibleModel, stub: StubProvider) -> None:
    stub.then(Raw(sse(chunk("<think>And so on"), chunk(finish="length")) + DONE))
    said, end = reply_of(model)
    assert (said, end.stop) == ("", StopReason.TRUNCATED)


def test_mark_within_the_reply_stays(model: CompatibleModel, stub: StubProvider) -> None:
    text = '{"feedback": "Close it with </think>."}'
    stub.then(text)
    assert reply_of(model)[0] == text


def test_words_before_the_reply_are_handed_on(model: CompatibleModel, stub: StubProvider) -> None:
    stub.then(f"Here it is: {REPLY}")
    assert reply_of(model)[0] == f"Here it is: {REPLY}"


def test_thoughts_in_a_field_of_their_own_are_left_out(
    model: CompatibleModel, stub: StubProvider
) -> None:
    thought = {"choices": [{"index": 0, "delta": {"reasoning_content": "Hm.", "content": None}}]}
    stub.then(Raw(sse(thought, chunk(REPLY), chunk(finish="stop")) + DONE))
    assert reply_of(model)[0] == REPLY


def test_thoughts_in_a_list_of_parts_are_left_out(
    model: CompatibleModel, stub: StubProvider
) -> None:
    thought = [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}]
    text = [{"type": "text", "text": REPLY}]
    stub.then(Raw(sse(chunk(thought), chunk(text), chunk(finish="stop")) + DONE))
    assert reply_of(model)[0] == REPLY


# Streams


def test_comments_in_the_stream_are_passed_over(model: CompatibleModel, stub: StubProvider) -> None:
    waiting = b": OPENROUTER PROCESSING\n\n"
    stub.then(Raw(waiting * 2 + sse(chunk(REPLY)) + waiting + sse(chunk(finish="stop")) + DONE))
    assert reply_of(model)[0] == REPLY


def test_stream_may_end_without_its_last_word(model: CompatibleModel, stub: StubProvider) -> None:
    stub.then(Raw(sse(chunk(REPLY), chunk(finish="stop"))))
    assert reply_of(model)[1].stop is StopReason.COMPLETE


@pytest.mark.parametrize(
    ("reason", "stop"),
    [
        ("eos_token", StopReason.COMPLETE),
        ("stop_sequence", StopReason.COMPLETE),
        ("model_length", StopReason.TRUNCATED),
        ("", None),
    ],
)
def test_other_words_for_the_end_are_known(
    model: CompatibleModel, stub: StubProvider, reason: str, stop: StopReason | None
) -> None:
    stub.then(Raw(sse(chunk(REPLY), chunk(finish=reason)) + DONE))
    if stop is None:
        assert fault_of(model).fault is ModelFault.INTERRUPTED
    else:
        assert reply_of(model)[1].stop is stop


def test_piece_without_a_delta_says_nothing(model: CompatibleModel, stub: StubProvider) -> None:
    bare: list[object] = [{"index": 0, "finish_reason": "stop"}]
    stub.then(Raw(sse(chunk(REPLY), {"choices": bare}) + DONE))
    assert reply_of(model)[0] == REPLY


def test_usage_may_lack_a_part(model: CompatibleModel, stub: StubProvider) -> None:
    usage = {"prompt_tokens": 7, "completion_tokens": None, "total_tokens": 9}
    stub.then(Raw(sse(chunk(REPLY), chunk(finish="stop", usage=usage)) + DONE))
    assert reply_of(model)[1].usage == Usage(7)


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        ({"error": {"code": 502, "message": "Provider disconnected"}, **chunk("", "error")}, ModelFault.OVERLOADED),
        ({"error": {"code": 429, "message": "Slow down"}}, ModelFault.RATE_LIMITED),
        ({"error": {"code": 400, "type": "BadRequestError", "message": "No."}}, ModelFault.BAD_REQUEST),
        (chunk(finish="error"), ModelFault.INTERRUPTED),
        (chunk(finish="insufficient_system_resource"), ModelFault.OVERLOADED),
    ],
    ids=["OpenRouter", "limit", "vLLM", "bare", "DeepSeek"],
)  # fmt: skip
def test_error_within_the_stream_is_told(
    model: CompatibleModel, stub: StubProvider, event: object, fault: ModelFault
) -> None:
    stub.then(Raw(sse(chunk(REPLY), event) + DONE))
    assert fault_of(model).fault is fault


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"error": {"code": 402, "message": "Insufficient credits"}}, ModelFault.NO_CREDIT),
        ({"error": "Unexpected endpoint or method. (POST /chat/completions)"}, ModelFault.MALFORMED),
    ],
    ids=["OpenRouter", "LM Studio"],
)  # fmt: skip
def test_error_that_comes_as_a_success_is_told(
    model: CompatibleModel, stub: StubProvider, body: object, fault: ModelFault
) -> None:
    stub.then(Raw(json.dumps(body).encode(), "application/json; charset=utf-8"))
    assert fault_of(model).fault is fault


# Forms of the request


def test_refused_form_is_followed_by_simpler_ones(
    model: CompatibleModel, stub: StubProvider
) -> None:
    stub.then(Status(400), Status(400), Status(422), Status(400))
    reply_of(model)
    first, second, third, fourth, last = (asked.body for asked in stub.requests)
    assert (first["response_format"]["type"], first["max_tokens"]) == ("json_schema", 700)
    assert (second["response_format"]["type"], "max_tokens" in second) == ("json_schema", False)
    assert third.keys() == first.keys() - {"stream_options"}
    assert fourth["response_format"] == {"type": "json_object"}
    assert not last.keys() & {"response_format", "max_tokens", "stream_options"}


def test_schema_that_no_field_carries_stands_in_the_instructions(
    model: CompatibleModel, stub: StubProvider
) -> None:
    stub.then(*[Status(400)] * 3)
    reply_of(model)
    carried, _, _, in_words = (asked.instructions for asked in stub.requests)
    assert "JSON" not in carried
    assert in_words.endswith(json.dumps(SCHEMA))


@pytest.mark.parametrize("refused", range(5))
def test_reply_has_its_shape_in_every_form(
    model: CompatibleModel, stub: StubProvider, refused: int
) -> None:
    stub.then(*[Status(400)] * refused)
    assert json.loads(reply_of(model)[0]).keys() == {"feedback", "level"}


def test_form_that_was_taken_comes_first_the_next_time(
    model: CompatibleModel, stub: StubProvider
) -> None:
    stub.then(*[Status(400)] * 3)
    reply_of(model)
    reply_of(CompatibleModel("another-key", model.model, stub.url_v1, OPEN_WALL))
    assert stub.requests[-1].body["response_format"] == {"type": "json_object"}
    assert len(stub.requests) == 5


def test_another_model_of_the_server_begins_anew(
    model: CompatibleModel, stub: StubProvider
) -> None:
    stub.then(*[Status(400)] * 3)
    reply_of(model)
    reply_of(CompatibleModel(KEY, "another-model", stub.url_v1, OPEN_WALL))
    assert stub.requests[-1].body["response_format"]["type"] == "json_schema"


def test_request_that_is_refused_in_every_form_is_told(
    model: CompatibleModel, stub: StubProvider
) -> None:
    stub.then(*[Status(400)] * 5)
    assert fault_of(model).fault is ModelFault.BAD_REQUEST
    reply_of(model)
    assert stub.requests[-1].body["response_format"]["type"] == "json_schema"


def test_other_refusals_are_not_tried_again(model: CompatibleModel, stub: StubProvider) -> None:
    stub.then(Status(404))
    assert fault_of(model).fault is ModelFault.MODEL_UNKNOWN
    assert len(stub.requests) == 1


# A prompt that was cut


def from_ollama(read: int) -> Raw:
    usage = {"prompt_tokens": read, "completion_tokens": 30}
    ollama = {"system_fingerprint": "fp_ollama"}
    return Raw(sse(chunk(REPLY, **ollama), chunk(finish="stop", usage=usage, **ollama)) + DONE)


@pytest.mark.parametrize("read", [2050, 4096, 4098, 16_386, 32_768])
def test_reply_to_a_part_of_the_prompt_is_not_taken(
    model: CompatibleModel, stub: StubProvider, read: int
) -> None:
    stub.then(from_ollama(read))
    error = fault_of(model)
    assert (error.fault, error.usage) == (ModelFault.TOO_LONG, Usage(read, 0, 30))


@pytest.mark.parametrize("read", [0, 1, 120, 2049, 3_398, 4_095])
def test_reply_to_a_whole_prompt_is_taken(
    model: CompatibleModel, stub: StubProvider, read: int
) -> None:
    stub.then(from_ollama(read))
    assert reply_of(model)[1].usage.input_tokens == read


def test_other_servers_cut_nothing(model: CompatibleModel, stub: StubProvider) -> None:
    stub.usage = StubUsage(4096, 0, 30, 0)
    assert reply_of(model)[1].usage.input_tokens == 4096


# Addresses and lists of models


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_address_may_end_as_people_enter_it(stub: StubProvider, ending: str) -> None:
    reply_of(CompatibleModel("", "a-model", f"{stub.url}{ending}", OPEN_WALL))
    assert stub.requests[0].path == "/v1/chat/completions"


def test_path_of_an_address_is_kept(stub: StubProvider) -> None:
    model = CompatibleModel("", "a-model", f"{stub.url}/api/v1", OPEN_WALL)
    stub.then(Raw(json.dumps({"data": []}).encode(), "application/json"))
    model.models()
    assert stub.requests[0].path == "/api/v1/models"


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ([{"id": "meta/llama"}, {"id": "qwen"}], ["meta/llama", "qwen"]),
        ({"object": "list", "data": None}, []),
        ({"models": [{"name": "a"}], "data": [{"id": "a"}]}, ["a"]),
    ],
    ids=["Together", "Ollama without a model", "llama.cpp"],
)
def test_list_of_models_may_come_in_another_form(
    model: CompatibleModel, stub: StubProvider, body: object, ids: list[str]
) -> None:
    stub.then(Raw(json.dumps(body).encode(), "application/json"))
    assert [info.id for info in model.models()] == ids


@pytest.mark.parametrize(
    "body", [{"error": "Unexpected endpoint"}, {"data": 7}, 7, {"data": [{"name": "a"}]}, "no"], ids=str
)  # fmt: skip
def test_list_that_is_none_is_malformed(
    model: CompatibleModel, stub: StubProvider, body: object
) -> None:
    stub.then(Raw(json.dumps(body).encode(), "application/json"))
    with pytest.raises(ModelError) as caught:
        model.models()
    assert caught.value.fault is ModelFault.MALFORMED
