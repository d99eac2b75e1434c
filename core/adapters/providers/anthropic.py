"""Anthropic's models, asked through its Messages API."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Literal, cast

from core.adapters.attachments import as_base64, is_pdf
from core.adapters.model_line import ModelLine, required_key, tokens_told
from core.adapters.provider_declaration import Declaration
from core.adapters.thinking_room import output_limit
from core.domain.language_model import (
    Attachment,
    ModelInfo,
    ModelRequest,
    Provider,
    ReplyEnd,
    StopReason,
    Usage,
)
from core.domain.provider import KeyForm, ModelTaste, ProviderFacts

if TYPE_CHECKING:
    import httpx2
    from anthropic.types import (
        Base64ImageSourceParam,
        Base64PDFSourceParam,
        DocumentBlockParam,
        ImageBlockParam,
        MessageDeltaUsage,
        OutputConfigParam,
        TextBlockParam,
    )
    from anthropic.types import ModelInfo as ListedModel
    from anthropic.types import Usage as MessageUsage
    from anthropic.types.message_create_params import MessageCreateParamsStreaming

ANTHROPIC_URL = "https://api.anthropic.com"
NAME = "Claude"
_LISTED_AT_MOST = 1000  # the most that one page of the list holds
# Models that know no effort and would refuse the whole request; all that came after them take one.
# https://platform.claude.com/docs/en/build-with-claude/effort
_KNOWS_NO_EFFORT = re.compile(
    r"claude-(\d|instant|haiku-[34]|sonnet-[34](?!-[6-9])|opus-[34](?!-[5-9]))"
)
_ImageType = Literal["image/jpeg", "image/png", "image/gif", "image/webp"]
_STOPS = {
    "end_turn": StopReason.COMPLETE,
    "stop_sequence": StopReason.COMPLETE,
    "refusal": StopReason.REFUSED,
    "content_filter": StopReason.REFUSED,
}

FACTS = ProviderFacts(
    id=Provider("anthropic"),
    label=NAME,
    place=2,
    key_steps=(
        "1. Sign in at console.anthropic.com and open *API keys*.\n"
        "2. Create a key and copy it; it begins with `sk-ant-`.\n"
        "3. Buy a little credit under *Billing*. A Claude subscription does not include this."
    ),
    taste=ModelTaste(
        judges=r"claude-",
        not_text=r"claude-(1|2|instant)",
        fast=(r"claude-haiku-5-5", r"claude-haiku-[5-9][\d-]*", r"claude-haiku-[\d-]+"),
        strong=(
            r"claude-sonnet-5-5",
            r"claude-sonnet-[5-9][\d-]*",
            r"claude-opus-[5-9][\d-]*",
            r"claude-(sonnet|opus)-[\d-]+",
        ),
    ),
    key_forms=(KeyForm("sk-ant-", "an Anthropic key"),),
)


class AnthropicModel:
    """One model of Anthropic's."""

    provider = FACTS.id
    label = FACTS.label

    def __init__(self, api_key: str, model: str, base_url: str = ANTHROPIC_URL) -> None:
        """Take the candidate's key and the model's id; ModelError where the key is empty."""
        key = required_key(api_key, NAME)
        import anthropic
        import anthropic.resources.messages  # else the first call pays for it

        self.model = model
        self._line = ModelLine(
            NAME,
            # As the SDK sends it since version 2026-10-21 of the API; both ways at once are refused.
            # https://platform.claude.com/docs/en/api/versioning
            {"Authorization": f"Bearer {key}"},
            sdk=("anthropic",),
            sent_headers=("anthropic-version",),
        )
        self._sdk = partial(
            anthropic.Anthropic,
            api_key=key,
            webhook_key="",
            base_url=base_url,
            max_retries=0,
            timeout=None,  # the line bounds every wait
            open_telemetry=False,  # a candidate's text goes to no tracer
        )

    def stream(
        self, request: ModelRequest, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Iterator[str | ReplyEnd]:
        """See `core.ports.LanguageModel`."""
        return self._line.stream(partial(self._talk, request), timeout_seconds, is_cancelled)

    def models(self) -> tuple[ModelInfo, ...]:
        """See `core.ports.LanguageModel`."""
        return self._line.ask(
            lambda http: _listed(
                self._sdk(http_client=http).models.list(limit=_LISTED_AT_MOST).data
            )
        )

    def _talk(self, request: ModelRequest, http: "httpx2.Client") -> Iterator[str | ReplyEnd]:
        stop, used = None, Usage()
        with self._sdk(http_client=http).messages.create(**_body(self.model, request)) as events:
            for event in events:
                match event.type:
                    case "message_start":
                        used = _usage(event.message.usage, used)
                    case "content_block_delta" if event.delta.type == "text_delta":
                        yield event.delta.text
                    case "message_delta":
                        stop = event.delta.stop_reason
                        used = _usage(event.usage, used)
                    case "message_stop" if stop is not None:
                        yield ReplyEnd(_STOPS.get(stop, StopReason.TRUNCATED), used)
                    case _:
                        pass  # progress of no interest here


def _body(model: str, request: ModelRequest) -> "MessageCreateParamsStreaming":
    output: OutputConfigParam = {"format": {"type": "json_schema", "schema": request.schema}}
    if not _KNOWS_NO_EFFORT.match(model):
        output["effort"] = request.effort.value
    return {
        "model": model,
        "system": request.instructions,
        "messages": [{"role": "user", "content": _content(request)}],
        "output_config": output,
        "max_tokens": output_limit(request),
        "stream": True,
    }


def _content(
    request: ModelRequest,
) -> "list[TextBlockParam | ImageBlockParam | DocumentBlockParam]":
    content: list[TextBlockParam | ImageBlockParam | DocumentBlockParam] = []
    if request.attachment is not None:
        content.append(_file(request.attachment))
    if request.stable:  # the mark caches all that comes before it too
        content.append(
            {"type": "text", "text": request.stable, "cache_control": {"type": "ephemeral"}}
        )
    if request.volatile:
        content.append({"type": "text", "text": request.volatile})
    return content


def _file(attachment: Attachment) -> "ImageBlockParam | DocumentBlockParam":
    data = as_base64(attachment)
    if is_pdf(attachment):
        pdf: Base64PDFSourceParam = {
            "type": "base64",
            "media_type": "application/pdf",
            "data": data,
        }
        return {"type": "document", "source": pdf}
    image: Base64ImageSourceParam = {
        "type": "base64",
        "media_type": cast("_ImageType", attachment.media_type),
        "data": data,
    }
    return {"type": "image", "source": image}


def _usage(told: "MessageUsage | MessageDeltaUsage", before: Usage) -> Usage:
    """What is used so far; later events leave out what an earlier one told."""
    cached = tokens_told(told, "cache_read_input_tokens")
    # The provider's own number leaves out what was read from the cache or written to it.
    fresh = tokens_told(told, "input_tokens") + tokens_told(told, "cache_creation_input_tokens")
    thinking = tokens_told(told, "output_tokens_details", "thinking_tokens")
    return Usage(
        input_tokens=max(before.input_tokens, fresh + cached),
        cached_tokens=max(before.cached_tokens, cached),
        output_tokens=tokens_told(told, "output_tokens"),
        reasoning_tokens=max(before.reasoning_tokens, thinking),
    )


def _listed(models: "Iterable[ListedModel]") -> tuple[ModelInfo, ...]:
    return tuple(
        _info(model)
        for model in models
        if model.lifecycle != "retired" and FACTS.taste.can_judge(model.id)
    )


def _info(model: "ListedModel") -> ModelInfo:
    retires_on = model.retires_at.date() if model.retires_at is not None else None
    return ModelInfo(model.id, str(model.display_name or model.id), retires_on)


PROVIDER = Declaration(
    facts=FACTS,
    make=lambda access: AnthropicModel(access.key, access.model, access.address or ANTHROPIC_URL),
    key_patterns=(r"sk-ant-[A-Za-z0-9_-]{8,}",),
)
