"""A server that stands in for where an identity provider has its keys."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@contextmanager
def served_keys(replies: Mapping[str, tuple[int, bytes]]) -> Iterator[str]:
    """The address of a server that replies so at these paths; a redirect leads to where all is well."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content = replies.get(self.path, (200, b"elsewhere"))
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
