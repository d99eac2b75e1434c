"""The four language models, made to talk to the stub."""

from collections.abc import Callable

from core.adapters.anthropic_model import AnthropicModel
from core.adapters.compatible_model import CompatibleModel
from core.adapters.gemini_model import GeminiModel
from core.adapters.openai_model import OpenAIModel
from core.adapters.wall import OPEN_WALL
from core.domain.language_model import ModelRequest, ReplyEnd
from core.ports import LanguageModel

KEY = "sk-candidate-4711"
SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"feedback": {"type": "string"}, "level": {"type": "integer"}},
    "required": ["feedback", "level"],
    "additionalProperties": False,
}

Make = Callable[[str], LanguageModel]


def _openai(url: str) -> LanguageModel:
    return OpenAIModel(KEY, "gpt-6-luna", f"{url}/v1")


def _anthropic(url: str) -> LanguageModel:
    return AnthropicModel(KEY, "claude-sonnet-5-5", url)


def _gemini(url: str) -> LanguageModel:
    return GeminiModel(KEY, "gemini-3.8-flash", url)


def _compatible(url: str) -> LanguageModel:
    return CompatibleModel(KEY, "gpt-oss", f"{url}/v1", OPEN_WALL)


MAKERS: dict[str, Make] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "gemini": _gemini,
    "compatible": _compatible,
}


def a_request(
    *, stable: str = "The stable part.", volatile: str = "The volatile part.", cache_key: str = ""
) -> ModelRequest:
    return ModelRequest(
        instructions="Judge fairly.",
        stable=stable,
        volatile=volatile,
        schema=SCHEMA,
        schema_name="judgement",
        max_output_tokens=700,
        cache_key=cache_key,
    )


def never() -> bool:
    return False


def reply_of(
    model: LanguageModel, request: ModelRequest | None = None, timeout_seconds: float = 10.0
) -> tuple[str, ReplyEnd]:
    """The whole text and the end of one reply."""
    *texts, end = model.stream(request or a_request(), timeout_seconds, never)
    assert isinstance(end, ReplyEnd)
    return "".join(text for text in texts if isinstance(text, str)), end
