"""Any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM and many hosted ones."""

import json
import math
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from core.adapters.attachments import is_pdf
from core.adapters.chat_chunks import read_chunk
from core.adapters.chat_forms import KnownForms, chat_body
from core.adapters.cut_prompt import is_cut
from core.adapters.model_faults import fault_in_stream
from core.adapters.model_line import ModelLine, model_error_behind, required_key
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
    import openai
    from openai.types.chat import ChatCompletionChunk

NO_KEY = "local"  # sent where a server needs no key: the SDK takes none but a filled one
MAX_LISTED = 1000
MAX_ID_CHARACTERS = 200
# What a form is refused with; a server may count the limit of the reply as a part of the context.
_FORM_FAULTS = frozenset({ModelFault.BAD_REQUEST, ModelFault.TOO_LONG})
_KNOWN_FORMS = KnownForms()
FACTS = ProviderFacts(
    id=Provider("compatible"),
    label="your own server",
    place=4,
    key_steps=(
        "Any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM, OpenRouter. Enter the "
        "address that ends before `/chat/completions`, such as `http://localhost:11434/v1` for Ollama. "
        "A local server needs no key. Models with 8 billion parameters and more judge usefully, with a context of "
        "16,384 tokens or more: Ollama's own 4,096 are too few, so start it with "
        "`OLLAMA_CONTEXT_LENGTH=16384 ollama serve`."
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
        self._address = api_root(base_url)
        self._line = ModelLine(
            name, {"Authorization": f"Bearer {key}"}, wall, math.inf, sdk=("openai",)
        )
        self._sdk = openai_sdk(key, self._address)

    def stream(
        self, request: ModelRequest, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Iterator[str | ReplyEnd]:
        """See `core.ports.LanguageModel`. Of attachments only images can be sent."""
        return self._line.stream(partial(self._talk, request), timeout_seconds, is_cancelled)

    def models(self) -> tuple[ModelInfo, ...]:
        """See `core.ports.LanguageModel`."""
        return self._line.ask(
            lambda http: _listed(
                json.loads(self._sdk(http_client=http).models.with_raw_response.list().text)
            )
        )

    def _talk(self, request: ModelRequest, http: "httpx2.Client") -> Iterator[str | ReplyEnd]:
        """The reply to the first form of the request that the server does not refuse."""
        if request.attachment is not None and is_pdf(request.attachment):
            raise ModelError(ModelFault.BAD_REQUEST, self._name)
        refused: Exception | None = None
        for form in _KNOWN_FORMS.to_try(self._address, self.model):
            try:
                chunks = self._sdk(http_client=http).chat.completions.create(
                    **chat_body(self.model, request, form)
                )
            except Exception as error:
                told = model_error_behind(error)
                if told is None or told.fault not in _FORM_FAULTS:
                    raise
                refused = error
                continue
            _KNOWN_FORMS.note_taken(self._address, self.model, form)
            yield from self._reply(chunks)
            return
        if refused is not None:
            raise refused

    def _reply(self, chunks: "openai.Stream[ChatCompletionChunk]") -> Iterator[str | ReplyEnd]:
        stop, used, thinking, fingerprint = None, Usage(), ThinkingAloud(), None
        with chunks:
            self._refuse_other_than_stream(chunks.response)
            for chunk in chunks:
                text, chunk_stop, used = read_chunk(chunk, self._name, used)
                stop = stop if stop is StopReason.REFUSED else chunk_stop or stop
                fingerprint = chunk.system_fingerprint or fingerprint
                yield thinking.without(text)
        yield thinking.rest()
        if is_cut(fingerprint, used.input_tokens):
            raise ModelError(ModelFault.TOO_LONG, self._name, usage=used)
        if stop is not None:  # what was used comes last, so the end is known only now
            yield ReplyEnd(stop, used)

    def _refuse_other_than_stream(self, response: "httpx2.Response") -> None:
        """ModelError for an answer in one piece: OpenRouter and LM Studio report errors so, as successes.

        https://openrouter.ai/docs/api/reference/errors
        """
        if "json" not in response.headers.get("content-type", ""):
            return
        told = json.loads(response.read())
        raise ModelError(fault_in_stream(told) or ModelFault.MALFORMED, self._name)


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


def api_root(base_url: str) -> str:
    """The address that ends before `/chat/completions`, from what people enter for it.

    Where nothing follows the host it is `/v1`, which local servers mean by it; LM Studio answers a request
    without it as if all was well: https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/618
    """
    import httpx2

    url = httpx2.URL(base_url)
    path = url.path.rstrip("/").removesuffix("/chat/completions")
    return str(url.copy_with(path=path or "/v1"))


def _listed(told: Any) -> tuple[ModelInfo, ...]:
    """The models in a list as OpenAI sends it, or in a bare one, as Together does."""
    models = told["data"] or () if isinstance(told, dict) else told
    ids = [model["id"][:MAX_ID_CHARACTERS] for model in islice(models, MAX_LISTED)]
    return tuple(ModelInfo(id_, id_) for id_ in ids if FACTS.taste.can_judge(id_))


PROVIDER = Declaration(
    facts=FACTS,
    make=lambda access: CompatibleModel(access.key, access.model, access.address, access.wall),
)
