"""Any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM and many hosted ones."""

import math
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from core.adapters.attachments import as_data_url, is_pdf
from core.adapters.model_line import ModelLine, required_key, tokens_told
from core.adapters.openai_sdk import openai_sdk
from core.adapters.provider_declaration import Declaration
from core.adapters.thinking_aloud import ThinkingAloud
from core.adapters.wall import PUBLIC_WALL, Wall
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import (
    ModelInfo,
    ModelRequest,
    Provider,
    ReplyEnd,
    StopReason,
    Usage,
)
from core.domain.provider import ModelTaste, ProviderFacts

if TYPE_CHECKING:
    import httpx2
    from openai.types import CompletionUsage, Model
    from openai.types.chat import ChatCompletionChunk, ChatCompletionContentPartParam
    from openai.types.chat.completion_create_params import CompletionCreateParamsStreaming

NO_KEY = "local"  # sent where a server needs no key: the SDK takes none but a filled one
MAX_LISTED = 1000
MAX_ID_CHARACTERS = 200
_STOPS = {"stop": StopReason.COMPLETE, "content_filter": StopReason.REFUSED}

FACTS = ProviderFacts(
    id=Provider("compatible"),
    label="your own server",
    place=4,
    key_steps=(
        "Any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM, OpenRouter. Enter the "
        "address that ends before `/chat/completions`, such as `http://localhost:11434/v1` for Ollama. "
        "A local server needs no key. Models with 8 billion parameters and more judge usefully."
    ),
    taste=ModelTaste(
        judges=r".", not_text=r"embed|whisper|tts|rerank|transcribe|moderation|guard|bge-|\bclip"
    ),
    is_own_server=True,
)


class CompatibleModel:
    """One model of a server that the candidate named.

    `wall` says what may be called; the address comes from a candidate, so by default only public ones
    over https. A server on one's own machine may think in silence as long as the whole call may take.
    """

    provider = FACTS.id
    label = FACTS.label

    def __init__(self, api_key: str, model: str, base_url: str, wall: Wall = PUBLIC_WALL) -> None:
        """Take the key (may be empty), the model's id and the address that ends before /chat."""
        name = server_name(base_url)
        key = required_key(api_key, name) if api_key.strip() else NO_KEY
        import openai.resources.chat.completions.completions  # noqa: F401 - else the first call pays for it

        self.model = model
        self._name = name
        self._line = ModelLine(
            name, {"Authorization": f"Bearer {key}"}, wall, math.inf, sdk=("openai",)
        )
        self._sdk = openai_sdk(key, base_url)

    def stream(
        self, request: ModelRequest, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Iterator[str | ReplyEnd]:
        """See `core.ports.LanguageModel`. Of attachments only images can be sent."""
        return self._line.stream(partial(self._talk, request), timeout_seconds, is_cancelled)

    def models(self) -> tuple[ModelInfo, ...]:
        """See `core.ports.LanguageModel`."""
        return self._line.ask(lambda http: _listed(self._sdk(http_client=http).models.list().data))

    def _talk(self, request: ModelRequest, http: "httpx2.Client") -> Iterator[str | ReplyEnd]:
        if request.attachment is not None and is_pdf(request.attachment):
            raise ModelError(ModelFault.BAD_REQUEST, self._name)
        stop, used, thinking = None, Usage(), ThinkingAloud()
        body = _body(self.model, request)
        with self._sdk(http_client=http).chat.completions.create(**body) as chunks:
            for chunk in chunks:
                text, chunk_stop, used = _read(chunk, used)
                stop = stop if stop is StopReason.REFUSED else chunk_stop or stop
                yield thinking.without(text)
        if stop is not None:  # what was used comes last, so the end is known only now
            yield ReplyEnd(stop, used)


def _read(chunk: "ChatCompletionChunk", before: Usage) -> tuple[str, StopReason | None, Usage]:
    """The text of one piece of the stream, the reason to stop where it has one, what is used so far."""
    used = before if chunk.usage is None else _usage(chunk.usage)
    if not chunk.choices:
        return "", None, used
    choice = chunk.choices[0]
    text = choice.delta.content or ""
    if choice.delta.refusal:
        return text, StopReason.REFUSED, used
    reason = choice.finish_reason
    return text, _STOPS.get(reason, StopReason.TRUNCATED) if reason else None, used


def server_name(base_url: str) -> str:
    """The server as people know it, host and port; ModelError where the address is none.

    A user name or password in the address is refused: it would be sent beside the key.
    """
    import httpx2

    try:
        url = httpx2.URL(base_url)
    except httpx2.InvalidURL:
        url = httpx2.URL()
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise ModelError(ModelFault.ADDRESS_REFUSED, "This server")
    return f"{url.host}:{url.port}" if url.port else url.host


def _body(model: str, request: ModelRequest) -> "CompletionCreateParamsStreaming":
    return {
        "model": model,
        "messages": [
            {"role": "system", "content": request.instructions},
            {"role": "user", "content": _content(request)},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": request.schema_name,
                "strict": True,
                "schema": request.schema,
            },
        },
        "max_tokens": request.max_output_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def _content(request: ModelRequest) -> "str | list[ChatCompletionContentPartParam]":
    """Plain text where there is no image: not every server takes parts."""
    text = "\n\n".join(part for part in (request.stable, request.volatile) if part)
    if request.attachment is None:
        return text
    return [
        {"type": "image_url", "image_url": {"url": as_data_url(request.attachment)}},
        {"type": "text", "text": text},
    ]


def _usage(told: "CompletionUsage") -> Usage:
    return Usage(
        input_tokens=tokens_told(told, "prompt_tokens"),
        cached_tokens=tokens_told(told, "prompt_tokens_details", "cached_tokens"),
        output_tokens=tokens_told(told, "completion_tokens"),
        reasoning_tokens=tokens_told(told, "completion_tokens_details", "reasoning_tokens"),
    )


def _listed(models: "Iterable[Model]") -> tuple[ModelInfo, ...]:
    ids = [model.id[:MAX_ID_CHARACTERS] for model in islice(models, MAX_LISTED)]
    return tuple(ModelInfo(id_, id_) for id_ in ids if FACTS.taste.can_judge(id_))


PROVIDER = Declaration(
    facts=FACTS,
    make=lambda access: CompatibleModel(access.key, access.model, access.address, access.wall),
)
