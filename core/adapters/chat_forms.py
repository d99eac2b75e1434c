"""The forms of one chat request, from the one that says most to the one that every server takes.

Not every server that speaks as OpenAI does knows all of a request, and those that do not refuse it whole:
DeepSeek knows no schema (https://github.com/llm-exe/llm-exe/issues/662), Groq none while it streams
(https://console.groq.com/docs/structured-outputs), LM Studio no JSON without one
(https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/189), some models no `max_tokens`
(https://docs.litellm.ai/blog/gpt_6_sol_luna) and others none beyond a bound of their own, and Mistral no
`stream_options` (https://github.com/dnakov/anon-kode/issues/53).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.adapters.attachments import as_data_url
from core.domain.language_model import ModelRequest

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionContentPartParam
    from openai.types.chat.completion_create_params import (
        CompletionCreateParamsStreaming,
        ResponseFormat,
    )

_MOST_KNOWN = 500
_IN_WORDS = "\n\nReply with one JSON object and nothing else, by this JSON schema:\n"


@dataclass(frozen=True, slots=True)
class ChatForm:
    """What a request says besides its messages; a schema that no field carries stands in its words."""

    has_schema: bool
    has_json: bool
    has_limit: bool
    asks_usage: bool


_FORMS = (
    ChatForm(has_schema=True, has_json=True, has_limit=True, asks_usage=True),
    ChatForm(has_schema=True, has_json=True, has_limit=False, asks_usage=True),
    ChatForm(has_schema=True, has_json=True, has_limit=True, asks_usage=False),
    ChatForm(has_schema=False, has_json=True, has_limit=True, asks_usage=True),
    ChatForm(has_schema=False, has_json=False, has_limit=False, asks_usage=False),
)


class KnownForms:
    """Which form a server takes for a model, once it is known; nothing of a request or a key is kept."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._first: dict[tuple[str, str], int] = {}

    def to_try(self, address: str, model: str) -> Iterator[ChatForm]:
        """The one that was taken last, then the simpler ones."""
        yield from _FORMS[self._first.get((address, model), 0) :]

    def note_taken(self, address: str, model: str, form: ChatForm) -> None:
        """Begin with this form the next time."""
        if len(self._first) >= _MOST_KNOWN:
            self._first.clear()
        self._first[address, model] = _FORMS.index(form)


def chat_body(
    model: str, request: ModelRequest, form: ChatForm
) -> "CompletionCreateParamsStreaming":
    """The request in a form."""
    in_words = "" if form.has_schema else f"{_IN_WORDS}{json.dumps(request.schema)}"
    body: CompletionCreateParamsStreaming = {
        "model": model,
        "messages": [
            {"role": "system", "content": f"{request.instructions}{in_words}"},
            {"role": "user", "content": _content(request)},
        ],
        "stream": True,
    }
    if form.has_json:
        body["response_format"] = _format(request, form)
    if form.has_limit:
        body["max_tokens"] = request.max_output_tokens
    if form.asks_usage:
        body["stream_options"] = {"include_usage": True}
    return body


def _format(request: ModelRequest, form: ChatForm) -> "ResponseFormat":
    if not form.has_schema:
        return {"type": "json_object"}
    return {
        "type": "json_schema",
        "json_schema": {
            "name": request.schema_name,
            "strict": True,
            "schema": request.schema,
        },
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
