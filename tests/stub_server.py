"""What stands in for services of others has in common: a quiet server on this machine that can break a line."""

import socket
import struct
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Self

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class StubServer:
    """A server that runs within `with`; `is_over` is set when that is left, for those who wait.

    Its handlers find it as their `stub`.
    """

    def __init__(self, handler: type["StubHandler"], port: int = 0) -> None:
        self.is_over = Event()
        own = type(handler.__name__, (handler,), {"stub": self})
        self.http = _QuietServer(("127.0.0.1", port), own)

    @property
    def port(self) -> int:
        return int(self.http.server_address[1])

    def __enter__(self) -> Self:
        Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.http.shutdown()
        self.http.server_close()


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where the client went away: tests make it."""


class StubHandler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: what was asked is remembered."""

    def drop(self) -> None:
        """Break the connection as a crash does, so that the client notices."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
