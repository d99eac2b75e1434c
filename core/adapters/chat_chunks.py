"""One piece of a chat completion's stream, as it comes from servers that speak more or less as OpenAI does."""

from typing import TYPE_CHECKING, Any

from core.adapters.model_line import tokens_told
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import StopReason, Usage

if TYPE_CHECKING:
    from openai.types import CompletionUsage
    from openai.types.chat import ChatCompletionChunk

_STOPS = {
    "stop": StopReason.COMPLETE,
    "content_filter": StopReason.REFUSED,
    # https://huggingface.co/docs/text-generation-inference
    "eos_token": StopReason.COMPLETE,
    "stop_sequence": StopReason.COMPLETE,
}
_FAULTS = {
    "insufficient_system_resource": ModelFault.OVERLOADED,  # https://api-docs.deepseek.com/api/create-chat-completion
    "error": ModelFault.INTERRUPTED,  # https://openrouter.ai/docs/api/reference/streaming
}


def read_chunk(
    chunk: "ChatCompletionChunk", server: str, before: Usage
) -> tuple[str, StopReason | None, Usage]:
    """The text of one piece, the reason to stop where it has one, and what is used so far.

    ModelError where the server says that it failed.
    """
    used = before if chunk.usage is None else _usage(chunk.usage)
    if not chunk.choices:
        return "", None, used
    choice = chunk.choices[0]
    delta = getattr(choice, "delta", None)  # the last piece of some has none
    text = _text(getattr(delta, "content", None))
    if getattr(delta, "refusal", None):
        return text, StopReason.REFUSED, used
    return text, _stop(choice.finish_reason, server), used


def _stop(reason: str | None, server: str) -> StopReason | None:
    if not reason:
        return None
    if reason in _FAULTS:
        raise ModelError(_FAULTS[reason], server)
    return _STOPS.get(reason, StopReason.TRUNCATED)


def _text(content: Any) -> str:
    """The text, without what was thought: models of Mistral send a list of both.

    https://github.com/BerriAI/litellm/issues/16272
    """
    if content is None:
        return ""
    if isinstance(content, list):
        return "".join(str(part["text"]) for part in content if part.get("type") == "text")
    if not isinstance(content, str):
        raise TypeError("content that is no text")
    return content


def _usage(told: "CompletionUsage") -> Usage:
    return Usage(
        input_tokens=tokens_told(told, "prompt_tokens"),
        cached_tokens=tokens_told(told, "prompt_tokens_details", "cached_tokens"),
        output_tokens=tokens_told(told, "completion_tokens"),
        reasoning_tokens=tokens_told(told, "completion_tokens_details", "reasoning_tokens"),
    )
