"""OpenAI's models, asked through its Responses API."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from core.adapters.attachments import PDF_NAME, as_data_url, is_pdf
from core.adapters.model_line import ModelLine, error_told, required_key, tokens_told
from core.adapters.openai_sdk import openai_sdk
from core.adapters.provider_declaration import Declaration
from core.adapters.thinking_room import output_limit
from core.domain.language_model import (
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
    from openai.types import Model
    from openai.types.responses import (
        Response,
        ResponseInputContentParam,
        ResponseUsage,
    )
    from openai.types.responses.response_create_params import (
        ResponseCreateParamsStreaming,
    )

OPENAI_URL = "https://api.openai.com/v1"
NAME = "OpenAI"
# Models that reason, by family; their chat and pro variants take other efforts or none.
_REASONS = re.compile(r"(gpt-[5-9]|o[3-9])(?!.*(chat|pro))")

FACTS = ProviderFacts(
    id=Provider("openai"),
    label=NAME,
    place=1,
    key_steps=(
        "1. Sign in at platform.openai.com and open *API keys*.\n"
        "2. Create a new secret key and copy it; it begins with `sk-`.\n"
        "3. Add a few dollars of credit under *Billing*. A ChatGPT subscription does not include this."
    ),
    taste=ModelTaste(
        judges=r"gpt-([4-9]|\d\d)|o[3-9]",
        # The first GPT-4 takes no schema for its reply.
        not_text=r"audio|image|realtime|transcribe|tts|search|codex|live|research|instruct|^gpt-4(-|$)",
        fast=(r"gpt-6[\d.]*-luna", r"gpt-[5-9][\d.]*-luna", r"gpt-[4-9][\d.]*o?-mini"),
        strong=(
            r"gpt-6\.2-sol",
            r"gpt-6[\d.]*-sol",
            r"gpt-6[\d.]*-terra",
            r"gpt-[5-9][\d.]*-(sol|terra)",
            r"gpt-[5-9][\d.]*",
        ),
    ),
    key_forms=(KeyForm("sk-", "an OpenAI key"),),
)


class OpenAIModel:
    """One model of OpenAI's. Nothing that is sent is kept there for later (`store` is off)."""

    provider = FACTS.id
    label = FACTS.label

    def __init__(self, api_key: str, model: str, base_url: str = OPENAI_URL) -> None:
        """Take the candidate's key and the model's id; ModelError where the key is empty."""
        key = required_key(api_key, NAME)
        import openai.resources.responses.responses  # noqa: F401 - else the first call pays for it

        self.model = model
        self._line = ModelLine(NAME, {"Authorization": f"Bearer {key}"}, sdk=("openai",))
        self._sdk = openai_sdk(key, base_url)

    def stream(
        self, request: ModelRequest, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Iterator[str | ReplyEnd]:
        """See `core.ports.LanguageModel`."""
        return self._line.stream(partial(self._talk, request), timeout_seconds, is_cancelled)

    def models(self) -> tuple[ModelInfo, ...]:
        """See `core.ports.LanguageModel`."""
        return self._line.ask(lambda http: _listed(self._sdk(http_client=http).models.list().data))

    def _talk(self, request: ModelRequest, http: "httpx2.Client") -> Iterator[str | ReplyEnd]:
        is_refused = False
        sdk = self._sdk(http_client=http)
        # As one piece: the SDK goes through every argument otherwise, longer than sending takes.
        body = _body(self.model, request)
        with sdk.responses.create(stream=True, extra_body=body) as events:
            for event in events:
                match event.type:
                    case "response.output_text.delta":
                        yield event.delta
                    case "response.refusal.delta" | "response.refusal.done":
                        is_refused = True
                    case "response.completed" | "response.incomplete":
                        yield ReplyEnd(
                            _stop(event.response, is_refused), _usage(event.response.usage)
                        )
                    case "response.failed":
                        raise error_told(_plain(event.response.error), NAME)
                    case "error":
                        raise error_told(_plain(event), NAME)
                    case _:
                        pass  # progress of no interest here


def _body(model: str, request: ModelRequest) -> "ResponseCreateParamsStreaming":
    body: ResponseCreateParamsStreaming = {
        "model": model,
        "instructions": request.instructions,
        "input": [{"role": "user", "content": _content(request)}],
        "text": {
            "format": {
                "type": "json_schema",
                "name": request.schema_name,
                "strict": True,
                "schema": request.schema,
            }
        },
        "max_output_tokens": output_limit(request),
        "store": False,
        "stream": True,
    }
    if _REASONS.match(model):
        body["reasoning"] = {"effort": request.effort.value}
    if request.cache_key:
        body["prompt_cache_key"] = request.cache_key
    return body


def _content(request: ModelRequest) -> "list[ResponseInputContentParam]":
    content: list[ResponseInputContentParam] = []
    attachment = request.attachment
    if attachment is not None and is_pdf(attachment):
        content.append(
            {"type": "input_file", "filename": PDF_NAME, "file_data": as_data_url(attachment)}
        )
    elif attachment is not None:
        content.append(
            {"type": "input_image", "detail": "auto", "image_url": as_data_url(attachment)}
        )
    texts = [text for text in (request.stable, request.volatile) if text]
    content.extend({"type": "input_text", "text": text} for text in texts)
    return content


def _stop(response: "Response", is_refused: bool) -> StopReason:
    if is_refused:
        return StopReason.REFUSED
    if response.status == "completed":
        return StopReason.COMPLETE
    details = response.incomplete_details
    if details is not None and details.reason == "content_filter":
        return StopReason.REFUSED
    return StopReason.TRUNCATED


def _usage(usage: "ResponseUsage | None") -> Usage:
    return Usage(
        input_tokens=tokens_told(usage, "input_tokens"),
        cached_tokens=tokens_told(usage, "input_tokens_details", "cached_tokens"),
        output_tokens=tokens_told(usage, "output_tokens"),
        reasoning_tokens=tokens_told(usage, "output_tokens_details", "reasoning_tokens"),
    )


def _plain(told: object) -> object:
    """An SDK's error object as a plain mapping."""
    return vars(told) if told is not None else None


def _listed(models: "Iterable[Model]") -> tuple[ModelInfo, ...]:
    return tuple(_info(model) for model in models if FACTS.taste.can_judge(model.id))


def _info(model: "Model") -> ModelInfo:
    return ModelInfo(model.id, model.id, _date(model.shutdown_date))


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


PROVIDER = Declaration(
    facts=FACTS,
    make=lambda access: OpenAIModel(access.key, access.model, access.address or OPENAI_URL),
    key_patterns=(
        r"(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{8,}",
        r"sk-(?=[A-Za-z0-9_-]{0,60}\d)[A-Za-z0-9_-]{16,}",
    ),
)
