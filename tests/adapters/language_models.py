"""The language models of all providers, made to talk to the stub."""

from collections.abc import Callable

from core.adapters.provider_declaration import Access, Declaration
from core.adapters.wall import OPEN_WALL
from core.domain.language_model import ModelRequest, ReplyEnd
from core.ports import LanguageModel
from tests.known_providers import DECLARED
from tests.stub_provider.server import WIRES

KEY = "sk-candidate-4711"
SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"feedback": {"type": "string"}, "level": {"type": "integer"}},
    "required": ["feedback", "level"],
    "additionalProperties": False,
}

Make = Callable[[str], LanguageModel]


# A model of each provider that takes an effort, where there is one.
MODELS = {
    "openai": "gpt-6-luna",
    "anthropic": "claude-sonnet-5-5",
    "gemini": "gemini-3.8-flash",
    "compatible": "gpt-oss",
}


def _maker(declared: Declaration) -> Make:
    id_ = declared.facts.id
    base = next(wire.base_path for wire in WIRES if wire.provider == id_)
    return lambda url: declared.make(Access(KEY, MODELS[id_], f"{url}{base}", OPEN_WALL))


MAKERS: dict[str, Make] = {declared.facts.id: _maker(declared) for declared in DECLARED}


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
