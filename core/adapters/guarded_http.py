"""The HTTP client that every call to a provider goes through.

It takes nothing from the environment, follows no redirect, sends only the headers that a provider needs
with the candidate's key as the only credential, and turns every failure into a ModelError.
"""

import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import httpcore2
import httpx2

from core.adapters.call_limits import CallLimits
from core.adapters.guarded_network import CheckedNetwork
from core.adapters.model_faults import ErrorAnswer
from core.adapters.wall import Wall
from core.domain.errors import ModelError, ModelFault

_MAX_ERROR_BYTES = 64 * 1024
_FIRST_REDIRECT = 300
_SENT_HEADERS = frozenset({"host", "accept", "content-type", "content-length", "transfer-encoding"})
_OWN_HEADERS = (
    (b"User-Agent", b"ai-mock-interview"),
    # A small compressed reply can unpack into an endless one.
    (b"Accept-Encoding", b"identity"),
    (b"Connection", b"close"),
)


def guarded_client(
    credentials: Mapping[str, str],
    limits: CallLimits,
    wall: Wall,
    sent_headers: frozenset[str] = frozenset(),
) -> httpx2.Client:
    """A client for one call; `credentials` are the headers that carry the key. To be closed.

    `sent_headers` are those, in lower case, that are sent besides the usual ones.
    """
    return httpx2.Client(
        transport=GuardedTransport(credentials, limits, wall, sent_headers),
        trust_env=False,
        follow_redirects=False,
        timeout=None,  # the limits bound every wait
    )


class GuardedTransport(httpx2.BaseTransport):
    """Sends a request over checked connections and turns every failure into a ModelError."""

    def __init__(
        self,
        credentials: Mapping[str, str],
        limits: CallLimits,
        wall: Wall,
        sent_headers: frozenset[str] = frozenset(),
    ) -> None:
        """Take the headers that carry the key, the limits of the call, and what may be called and sent."""
        self._sent_headers = _SENT_HEADERS | sent_headers
        self._credentials = credentials
        self._limits = limits
        self._wall = wall
        self._pool = httpcore2.ConnectionPool(
            ssl_context=tls_context(), network_backend=CheckedNetwork(limits, wall)
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer where it is a success; ModelError in every other case."""
        if request.url.scheme != "https" and not self._wall.allow_private:
            raise self._limits.error(ModelFault.ADDRESS_REFUSED)
        with _network_errors(self._limits, ModelFault.UNREACHABLE):
            answer = self._pool.handle_request(self._as_sent(request))
        response = httpx2.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, self._limits),
            extensions=answer.extensions,
        )
        self._refuse(response)
        return response

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    def _as_sent(self, request: httpx2.Request) -> httpcore2.Request:
        """The request without headers that the environment or an SDK added, and with the key."""
        needed = [
            (name, value)
            for name, value in request.headers.raw
            if name.decode("ascii").lower() in self._sent_headers
        ]
        key = [(name.encode(), value.encode()) for name, value in self._credentials.items()]
        return httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=[*needed, *_OWN_HEADERS, *key],
            content=_content(request),
        )

    def _refuse(self, response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()
            raise self._limits.error(ModelFault.MALFORMED)
        if response.status_code >= _FIRST_REDIRECT:
            raise self._told(response)

    def _told(self, response: httpx2.Response) -> ModelError:
        """What an answer that is an error says; its status counts even where its body breaks off."""
        body = b""
        try:
            for piece in response.iter_raw():
                body += piece
                if len(body) > _MAX_ERROR_BYTES:
                    break
        except ModelError as error:
            if error.fault is not ModelFault.INTERRUPTED:
                raise
        finally:
            response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return ErrorAnswer(response.status_code, headers, body).as_model_error(
            self._limits.provider
        )


class _Body(httpx2.SyncByteStream):
    """What an answer holds, piece by piece."""

    def __init__(self, answer: httpcore2.Response, limits: CallLimits) -> None:
        self._answer = answer
        self._limits = limits

    def __iter__(self) -> Iterator[bytes]:
        with _network_errors(self._limits, ModelFault.INTERRUPTED):
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@cache
def tls_context() -> ssl.SSLContext:
    """One for the process: reading the certificates takes about 0.1 s."""
    return httpx2.create_ssl_context(trust_env=False)


@contextmanager
def _network_errors(limits: CallLimits, fault: ModelFault) -> Iterator[None]:
    """Whatever the network does wrong is this fault, unless the limits were reached."""
    broken = False
    try:
        yield
    except (
        httpcore2.NetworkError,
        httpcore2.TimeoutException,
        httpcore2.ProtocolError,
        httpcore2.UnsupportedProtocol,
    ):
        broken = True
    if broken:  # outside of the handler: the error must not carry the request with it
        limits.check()
        raise limits.error(fault)


def _content(request: httpx2.Request) -> Iterable[bytes]:
    if not isinstance(request.stream, httpx2.SyncByteStream):
        raise TypeError("a request of the synchronous client has a synchronous body")
    return request.stream
