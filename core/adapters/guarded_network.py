"""Connections that go only where the wall lets them, and keep to the limits of their call in every read.

A name is looked up once, its addresses are checked, and exactly one of those is called: a name that means
something else a moment later gains nothing.
"""

import ssl
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from threading import Thread

import httpcore2

from core.adapters.call_limits import CallLimits
from core.adapters.wall import Resolver, Wall
from core.domain.errors import ModelFault

CONNECT_SECONDS = 10.0
_WRITE_BYTES = 64 * 1024


class CheckedNetwork(httpcore2.NetworkBackend):
    """Looks a name up, checks every address it has, and connects to one of those."""

    def __init__(self, limits: CallLimits, wall: Wall) -> None:
        self._limits = limits
        self._wall = wall
        self._network = wall.network or httpcore2.SyncBackend()

    def connect_tcp(  # noqa: D102 - httpcore's own
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the limits bound it
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        self._limits.check()
        failure: Exception = httpcore2.ConnectError("no address")
        for address in self._checked(host.strip("[]"), port):
            try:
                stream = self._network.connect_tcp(
                    address,
                    port,
                    self._limits.remaining_seconds(CONNECT_SECONDS),
                    local_address,
                    socket_options,
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                self._limits.check()
                failure = error
            else:
                return _LimitedStream(stream, self._limits)
        raise failure

    def _checked(self, host: str, port: int) -> Sequence[str]:
        """The name's addresses; ModelError where one of them may not be called, not only the first."""
        addresses = self._looked_up(host, port)
        if not all(self._wall.lets_through(address) for address in addresses):
            raise self._limits.error(ModelFault.ADDRESS_REFUSED)
        return list(dict.fromkeys(addresses))

    def _looked_up(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a name, in a thread: the look-up of the system knows no time limit."""
        answer: Future[Sequence[str]] = Future()
        Thread(target=_settle, args=(answer, self._wall.resolve, host, port), daemon=True).start()
        while True:
            try:
                return answer.result(self._limits.next_wait_seconds())
            except TimeoutError:
                self._limits.check()
            except (OSError, UnicodeError) as error:
                raise httpcore2.ConnectError("unknown name") from error


class _LimitedStream(httpcore2.NetworkStream):
    """A connection on which nothing takes longer than the limits of its call."""

    def __init__(self, stream: httpcore2.NetworkStream, limits: CallLimits) -> None:
        self._stream = stream
        self._limits = limits

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - see class
        while True:
            self._limits.check()
            try:
                received = self._stream.read(max_bytes, self._limits.next_wait_seconds())
            except httpcore2.ReadTimeout:
                continue
            self._limits.count(len(received))
            return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - see class
        for start in range(0, len(buffer), _WRITE_BYTES):
            self._limits.check()
            part = buffer[start : start + _WRITE_BYTES]
            self._stream.write(part, self._limits.remaining_seconds())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - see class
    ) -> httpcore2.NetworkStream:
        seconds = self._limits.remaining_seconds(CONNECT_SECONDS)
        return _LimitedStream(
            self._stream.start_tls(ssl_context, server_hostname, seconds), self._limits
        )

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _settle(answer: "Future[Sequence[str]]", resolve: Resolver, host: str, port: int) -> None:
    try:
        answer.set_result(resolve(host, port))
    except (OSError, UnicodeError) as error:
        answer.set_exception(error)
