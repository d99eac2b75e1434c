"""Google's Gemini models, asked through google-genai."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from core.adapters.model_line import ModelLine, required_key
from core.adapters.provider_declaration import Declaration
from core.adapters.thinking_room import output_limit
from core.domain.language_model import (
    Effort,
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
    from google import genai
    from google.genai.types import (
        ContentDict,
        GenerateContentConfig,
        GenerateContentResponse,
        GenerateContentResponseUsageMetadata,
        Model,
        PartDict,
        ThinkingConfig,
    )

GEMINI_URL = "https://generativelanguage.googleapis.com"
_API_VERSION = "v1"
_ENDS_IN_VERSION = re.compile(r"(.+)/(v\d+[a-z0-9]*)/*")
NAME = "Gemini"
_LISTED_AT_MOST = 1000
_MODEL_PREFIX = "models/"
# The aliases stand for models of these families; `low` is the least that all of them take.
# https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/thinking
_THINKS_BY_LEVEL = re.compile(r"gemini-([3-9]|(pro|flash|flash-lite)-latest)")
_THINKS_BY_BUDGET = re.compile(r"gemini-2\.5")
_BUDGETS = {
    Effort.LOW: 512,
    Effort.MEDIUM: -1,
}  # tokens that every 2.5 takes; -1: as many as it likes
_STOPS = {
    "STOP": StopReason.COMPLETE,
    "MAX_TOKENS": StopReason.TRUNCATED,
    "CONTINUATION": StopReason.TRUNCATED,
    "MALFORMED_RESPONSE": StopReason.TRUNCATED,
    "OTHER": StopReason.TRUNCATED,
}

FACTS = ProviderFacts(
    id=Provider("gemini"),
    label=NAME,
    place=3,
    key_steps=(
        "1. Sign in at aistudio.google.com with a Google account.\n"
        "2. Choose *Get API key* and copy it.\n"
        "3. There is a free tier with limits per minute and day; what you send on it may be used to "
        "improve Google's products."
    ),
    taste=ModelTaste(
        judges=r"gemini-",
        not_text=r"tts|image|robotics|lyria|omni|live|audio|transcribe|embedding|computer-use|banana|customtools",
        fast=(
            r"gemini-3\.8-flash",
            r"gemini-[3-9][\d.]*-flash",
            r"gemini-flash-latest",
            r"gemini-[\d.]+-flash(-lite)?",
        ),
        strong=(
            r"gemini-4-hydrogen",
            r"gemini-pro-latest",
            r"gemini-[3-9][\d.]*-pro(-preview)?",
            r"gemini-[\d.]+-pro",
        ),
    ),
    key_forms=(KeyForm("AIza", "a Google key"),),
)


class GeminiModel:
    """One Gemini model."""

    provider = FACTS.id
    label = FACTS.label

    def __init__(self, api_key: str, model: str, base_url: str = GEMINI_URL) -> None:
        """Take the candidate's key and the model's id; ModelError where the key is empty.

        An address may end in the version of the API that is spoken there, `/v1beta`.
        """
        self._key = required_key(api_key, NAME)
        import google.genai  # noqa: F401 - imported here so that the first call need not

        self.model = model
        self._base_url, self._api_version = _address(base_url)
        self._line = ModelLine(
            NAME,
            {"x-goog-api-key": self._key},
            sdk=("google", "google_genai"),
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
                self._sdk(http).models.list(config={"page_size": _LISTED_AT_MOST}).page
            )
        )

    def _talk(self, request: ModelRequest, http: "httpx2.Client") -> Iterator[str | ReplyEnd]:
        stop, used = None, Usage()
        turn: ContentDict = {"role": "user", "parts": _parts(request)}
        chunks = self._sdk(http).models.generate_content_stream(
            model=self.model,
            contents=[turn],
            config=_config(self.model, request),
        )
        for chunk in chunks:
            yield from _texts(chunk)
            stop = _stop(chunk) or stop
            used = usage_told(chunk.usage_metadata, used)
        if stop is not None:  # what was used comes last, so the end is known only now
            yield ReplyEnd(stop, used)

    def _sdk(self, http: "httpx2.Client") -> "genai.Client":
        return gemini_sdk(self._key, http, self._base_url, self._api_version)


def gemini_sdk(key: str, http: "httpx2.Client", base_url: str, api_version: str) -> "genai.Client":
    """A client on an HTTP client of ours; nothing of it is the host's."""
    from google import genai

    from core.adapters.guarded_http import tls_context

    return genai.Client(
        api_key=key,
        vertexai=False,
        http_options=genai.types.HttpOptions(
            base_url=base_url,
            api_version=api_version,
            httpx_client=http,
            httpx_async_client=_unused_client(),
            async_client_args={"ssl": tls_context()},
        ),
    )


@cache
def _unused_client() -> "httpx2.AsyncClient":
    """Never used; without one the SDK makes its own, from the environment, in 30 ms."""
    import httpx2

    from core.adapters.guarded_http import tls_context

    return httpx2.AsyncClient(trust_env=False, verify=tls_context())


def _address(url: str) -> tuple[str, str]:
    """The address without a version at its end, and that version or the usual one."""
    found = _ENDS_IN_VERSION.fullmatch(url)
    return (found[1], found[2]) if found else (url, _API_VERSION)


def _config(model: str, request: ModelRequest) -> "GenerateContentConfig":
    from google.genai.types import AutomaticFunctionCallingConfig, GenerateContentConfig

    return GenerateContentConfig(
        system_instruction=request.instructions,
        response_mime_type="application/json",
        response_json_schema=request.schema,
        max_output_tokens=output_limit(request),
        thinking_config=_thinking(model, request.effort),
        automatic_function_calling=AutomaticFunctionCallingConfig(disable=True),
        automatic_continuation=False,  # else the SDK sends further paid requests by itself
    )


def _thinking(model: str, effort: Effort) -> "ThinkingConfig | None":
    from google.genai.types import ThinkingConfig, ThinkingLevel

    if _THINKS_BY_LEVEL.match(model):
        return ThinkingConfig(thinking_level=ThinkingLevel[effort.name])
    if _THINKS_BY_BUDGET.match(model):
        return ThinkingConfig(thinking_budget=_BUDGETS[effort])
    return None


def _parts(request: ModelRequest) -> "list[PartDict]":
    parts: list[PartDict] = []
    if request.attachment is not None:
        parts.append(
            {
                "inline_data": {
                    "data": request.attachment.content,
                    "mime_type": request.attachment.media_type,
                }
            }
        )
    texts = [text for text in (request.stable, request.volatile) if text]
    parts.extend({"text": text} for text in texts)
    return parts


def _texts(chunk: "GenerateContentResponse") -> Iterator[str]:
    """The reply's text in one piece of the stream, without the model's thoughts."""
    for candidate in (chunk.candidates or ())[:1]:
        parts = candidate.content.parts if candidate.content is not None else None
        for part in parts or ():
            if part.text and not part.thought:
                yield part.text


def _stop(chunk: "GenerateContentResponse") -> StopReason | None:
    if chunk.prompt_feedback is not None and chunk.prompt_feedback.block_reason is not None:
        return StopReason.REFUSED
    for candidate in (chunk.candidates or ())[:1]:
        if candidate.finish_reason is not None:
            return _STOPS.get(candidate.finish_reason.value, StopReason.REFUSED)
    return None


def usage_told(told: "GenerateContentResponseUsageMetadata | None", before: Usage) -> Usage:
    """What a reply took, or what was known before where it does not say."""
    if told is None:
        return before
    thoughts = told.thoughts_token_count or 0
    return Usage(
        input_tokens=told.prompt_token_count or 0,
        cached_tokens=told.cached_content_token_count or 0,
        output_tokens=(told.candidates_token_count or 0) + thoughts,
        reasoning_tokens=thoughts,
    )


def _listed(models: "Iterable[Model]") -> tuple[ModelInfo, ...]:
    found = (
        _info(model) for model in models if "generateContent" in (model.supported_actions or ())
    )
    return tuple(info for info in found if FACTS.taste.can_judge(info.id))


def _info(model: "Model") -> ModelInfo:
    model_id = (model.name or "").removeprefix(_MODEL_PREFIX)
    return ModelInfo(model_id, model.display_name or model_id)


PROVIDER = Declaration(
    facts=FACTS,
    make=lambda access: GeminiModel(access.key, access.model, access.address or GEMINI_URL),
    key_patterns=(
        r"AIza[A-Za-z0-9_-]{8,}",
        r"AQ\.[A-Za-z0-9_-]{16,}",
    ),
)
