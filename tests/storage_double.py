"""A stand-in for Supabase Storage, as its REST interface is documented; it can be told to fail.

Nothing of it was compared with the real service.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

KEY = "sb_secret_only_for_tests"
BUCKET = "resumes"
_BASE = "/storage/v1"


@dataclass
class Stored:
    """One object of the bucket."""

    content: bytes
    media_type: str
    created_at: datetime
    id: str = field(default_factory=lambda: str(uuid4()))


class StorageDouble:
    """One project with one bucket, on a port of this machine.

    `status` is answered to everything from then on; `cut` breaks the line off in the middle of a reply.
    """

    def __init__(self) -> None:
        self.objects: dict[str, Stored] = {}
        self.is_public = False
        self.status = 0
        self.is_cut = False
        self.calls: list[tuple[str, str, dict[str, str]]] = []
        self.tokens: dict[str, str] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "StorageDouble":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, bytes]:
        """The status and the body of a reply."""
        self.calls.append((method, path, headers))
        if self.status:
            return self.status, b'{"message": "told to fail"}'
        parts = urlsplit(path)
        route = unquote(parts.path).removeprefix(_BASE)
        if method == "GET" and route.startswith("/object/sign/"):
            return self._signed(route, parse_qs(parts.query).get("token", [""])[0])
        if headers.get("authorization") != f"Bearer {KEY}" or headers.get("apikey") != KEY:
            return 403, b'{"error": "Unauthorized"}'
        return self._known(method, route, headers, body)

    def _known(
        self, method: str, route: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, bytes]:
        if (method, route) == ("GET", f"/bucket/{BUCKET}"):
            return 200, json.dumps({"id": BUCKET, "public": self.is_public}).encode()
        if (method, route) == ("POST", f"/object/list/{BUCKET}"):
            return 200, json.dumps(self._listed(json.loads(body))).encode()
        if (method, route) == ("DELETE", f"/object/{BUCKET}"):
            for name in json.loads(body)["prefixes"]:
                self.objects.pop(name, None)
            return 200, b"[]"
        if method == "POST" and route.startswith(f"/object/sign/{BUCKET}/"):
            return self._sign(route.removeprefix(f"/object/sign/{BUCKET}/"))
        if method == "POST" and route.startswith(f"/object/{BUCKET}/"):
            name = route.removeprefix(f"/object/{BUCKET}/")
            self.objects[name] = Stored(body, headers["content-type"], datetime.now(UTC))
            return 200, json.dumps({"Key": f"{BUCKET}/{name}"}).encode()
        return 404, b'{"message": "Bucket not found"}'

    def _sign(self, name: str) -> tuple[int, bytes]:
        if name not in self.objects:
            return (
                400,
                b'{"statusCode": "404", "error": "not_found", "message": "Object not found"}',
            )
        token = uuid4().hex
        self.tokens[token] = name
        signed = f"/object/sign/{BUCKET}/{name}?token={token}"
        return 200, json.dumps({"signedURL": signed}).encode()

    def _signed(self, route: str, token: str) -> tuple[int, bytes]:
        name = route.removeprefix(f"/object/sign/{BUCKET}/")
        if self.tokens.get(token) != name or name not in self.objects:
            return 400, b'{"error": "InvalidJWT"}'
        return 200, self.objects[name].content

    def _listed(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """One level under the prefix: folders without an id, files with one."""
        inside = {
            name.removeprefix(asked["prefix"]): stored
            for name, stored in self.objects.items()
            if name.startswith(asked["prefix"])
        }
        level: dict[str, dict[str, Any]] = {}
        for name, stored in sorted(inside.items()):
            first, _, rest = name.partition("/")
            made = stored.created_at.isoformat().replace("+00:00", "Z")
            facts = {"id": stored.id, "created_at": made}
            level[first] = {"name": first, **({"id": None} if rest else facts)}
        return list(level.values())[asked["offset"] :][: asked["limit"]]


def _handler(double: StorageDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, reply = double.answer(self.command, self.path, headers, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(reply) + 10 * double.is_cut))
            self.end_headers()
            self.wfile.write(reply)

        do_GET = do_POST = do_DELETE = _serve  # noqa: N815 - names that the library looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Nothing."""

    return Handler
