"""What the adapters of all providers share: one call, from opening the line to its one end."""

import json
import logging
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from core.adapters.call_limits import CallLimits
from core.adapters.model_faults import fault_in_stream, wait_told
from core.adapters.wall import OPEN_WALL, Wall
from core.domain.errors import ModelError, ModelFault
from core.domain.key_forms import MAX_KEY_CHARACTERS
from core.domain.language_model import ReplyEnd

if TYPE_CHECKING:
    import httpx2

SILENCE_SECONDS = 60.0  # models think without a word
LISTING_SECONDS = 15.0
MOST_TOKENS = 100_000_000
"""More than any reply takes; what is told beyond it is no count."""
_HTTP = ("httpx2", "httpcore2")
# The SDKs take what comes without a look, so a reply of another shape is noticed where it is read.
_OF_ANOTHER_SHAPE = (
    json.JSONDecodeError,
    UnicodeDecodeError,
    AttributeError,
    LookupError,
    TypeError,
)
_log = logging.getLogger(__name__)

_T = TypeVar("_T")
Talk = Callable[["httpx2.Client"], Iterator[str | ReplyEnd]]


class ModelLine:
    """The way to one provider with one key. Every call has a client and limits of its own."""

    def __init__(
        self,
        provider: str,
        credentials: Mapping[str, str],
        wall: Wall = OPEN_WALL,
        silence_seconds: float = SILENCE_SECONDS,
        *,
        sdk: Collection[str],
        sent_headers: Collection[str] = (),
    ) -> None:
        """Take the provider's name for people, the headers that carry the key, and what may be called.

        `silence_seconds` is how long a provider may say nothing at all before it counts as gone. `sdk`
        are the top packages of its SDK and their loggers: errors from there are the provider's and not
        ours. `sent_headers` are headers, in lower case, that it needs besides the usual ones.
        """
        self.provider = provider
        self._credentials = credentials
        self._wall = wall
        self._silence_seconds = silence_seconds
        self._packages = frozenset({*sdk, "httpx2", "pydantic_core"})
        self._sent_headers = frozenset(sent_headers)
        from core.adapters.guarded_http import tls_context

        tls_context()  # else the first call pays for it
        # Their records hold addresses, headers or whole requests at the finer levels.
        for name in (*sdk, *_HTTP):
            logging.getLogger(name).setLevel(logging.WARNING)

    def stream(
        self, talk: Talk, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Iterator[str | ReplyEnd]:
        """What `talk` yields up to its end; ModelError for all that goes wrong, and where no end comes."""
        limits = CallLimits(self.provider, timeout_seconds, self._silence_seconds, is_cancelled)
        with closing(self._run(talk, limits)) as pieces:
            for piece in pieces:
                limits.check()
                if isinstance(piece, ReplyEnd):
                    yield piece
                    return
                if not isinstance(piece, str):
                    raise ModelError(ModelFault.MALFORMED, self.provider)
                if piece:
                    yield piece
        raise ModelError(ModelFault.INTERRUPTED, self.provider)

    def ask(
        self,
        question: Callable[["httpx2.Client"], _T],
        timeout_seconds: float = LISTING_SECONDS,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> _T:
        """The answer to a question that is answered at once or, within the time, after a silence."""
        limits = CallLimits(self.provider, timeout_seconds, timeout_seconds, is_cancelled)
        with closing(self._run(lambda http: iter([question(http)]), limits)) as answers:
            return next(answers)

    def _run(
        self, talk: Callable[["httpx2.Client"], Iterator[_T]], limits: CallLimits
    ) -> Generator[_T, None, None]:
        failure = None
        try:
            with self._client(limits) as http:
                yield from talk(http)
        except Exception as error:
            failure = _as_model_error(error, self.provider, self._packages)
            if failure is None:
                raise
        if failure is not None:  # outside of the handler: SDK errors hold the request with its key
            raise failure

    def _client(self, limits: CallLimits) -> "httpx2.Client":
        from core.adapters.guarded_http import guarded_client

        return guarded_client(self._credentials, limits, self._wall, self._sent_headers)


def required_key(api_key: str, provider: str) -> str:
    """The key without the space around it; ModelError where none is left or no header can hold it.

    An SDK that is given an empty key takes the host's own from the environment.
    """
    key = api_key.strip()
    usable = key.isascii() and key.isprintable() and " " not in key
    if not key or len(key) > MAX_KEY_CHARACTERS or not usable:
        raise ModelError(ModelFault.KEY_REFUSED, provider)
    return key


def error_told(told: object, provider: str) -> ModelError:
    """The error that a provider reports within a stream it had begun."""
    return ModelError(fault_in_stream(told) or ModelFault.INTERRUPTED, provider, wait_told(told))


def tokens_told(told: object, *path: str) -> int:
    """A number of tokens within what a provider tells of them; 0 where it is none.

    A count that makes no sense must not cost the reply that it came with, which is paid for.
    """
    for name in path:
        told = getattr(told, name, None)
    return told if type(told) is int and 0 < told <= MOST_TOKENS else 0


def _as_model_error(error: Exception, provider: str, packages: frozenset[str]) -> ModelError | None:
    """Whatever an SDK raises as a ModelError; None for an error of our own code."""
    behind = model_error_behind(error)
    if behind is not None:
        return behind
    if isinstance(error, _OF_ANOTHER_SHAPE):
        _log.warning("A reply was not of its provider's shape: %s", type(error).__name__)
        return ModelError(ModelFault.MALFORMED, provider)
    if type(error).__module__.partition(".")[0] not in packages:
        return None
    if isinstance(error, ValueError):  # an event that is not of the provider's own form
        return ModelError(ModelFault.MALFORMED, provider)
    told = getattr(error, "body", None) or getattr(error, "details", None)
    return error_told(told, provider)


def model_error_behind(error: BaseException | None) -> ModelError | None:
    """The ModelError that our client raised, which an SDK may have wrapped in its own."""
    while error is not None:
        if isinstance(error, ModelError):
            return error
        error = error.__cause__ or error.__context__
    return None
