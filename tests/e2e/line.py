"""A line between browser and server that a test can cut."""

import socket
from contextlib import suppress
from threading import Lock, Thread

_CHUNK_BYTES = 65_536


class Line:
    """Listens on a port of its own and passes everything on to another one, both ways."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._lock = Lock()
        self._ends: set[socket.socket] = set()
        self._is_cut = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Close every connection, and every new one at once."""
        with self._lock:
            self._is_cut = True
            for end in self._ends:
                _close(end)
            self._ends.clear()

    def mend(self) -> None:
        """Let new connections through."""
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        """Cut it for good."""
        self.cut()
        _close(self._listener)

    def _accept(self) -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                self._connect(self._listener.accept()[0])

    def _connect(self, browser: socket.socket) -> None:
        with self._lock:
            if self._is_cut:
                _close(browser)
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._to))
            except OSError:  # no server is there just now
                _close(browser)
                return
            self._ends |= {browser, server}
        for source, target in ((browser, server), (server, browser)):
            Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):  # one of the ends was closed
            while chunk := source.recv(_CHUNK_BYTES):
                target.sendall(chunk)
        with self._lock:
            self._ends -= {source, target}
        _close(source)
        _close(target)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
