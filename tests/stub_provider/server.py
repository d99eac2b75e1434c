"""The stub's server: four wire formats on one port, each told by its path and headers."""

import json
import re
import socket
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Lock
from typing import Any, Self

from core.domain.language_model import Provider
from tests.known_providers import KNOWN
from tests.stub_provider.anthropic_wire import MessagesWire
from tests.stub_provider.gemini_wire import GeminiWire
from tests.stub_provider.openai_wires import ChatWire, ResponsesWire
from tests.stub_provider.replies import fitting_reply
from tests.stub_provider.script import Mishap, Pace, Raw, Status, Stop, StubRequest, StubUsage, Turn
from tests.stub_provider.wire import Wire
from tests.stub_server import StubHandler, StubServer

_OPENAI, _GEMINI, _ANTHROPIC, _CHAT = ResponsesWire(), GeminiWire(), MessagesWire(), ChatWire()
WIRES: tuple[Wire, ...] = (_OPENAI, _ANTHROPIC, _GEMINI, _CHAT)
_BY_PATH: dict[str, Wire] = {
    "/v1/responses": _OPENAI,
    "/v1/chat/completions": _CHAT,
    "/v1/messages": _ANTHROPIC,
}
_FLOOD_BYTES = 64 * 1024 * 1024
_DRIP_SECONDS = 0.05
_TOKEN = re.compile(r"\s*\S{1,6}|\s+")

Reply = Callable[[StubRequest], str]


def tokens_of(text: str) -> list[str]:
    """The text in the pieces in which it is sent."""
    return _TOKEN.findall(text)


class StubProvider(StubServer):
    """A server that answers as `reply` says, or as scripted by `then`, and remembers what it was asked.

    With it as a context manager it runs; `url` is the base of Anthropic and Gemini, `url_v1` that of
    OpenAI and compatible servers. `served_seconds` are how long each streamed reply took, from the
    moment in which its request arrived: reading that is the server's own work.
    """

    def __init__(
        self,
        reply: Reply = fitting_reply,
        pace: Pace | None = None,
        usage: StubUsage | None = None,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.pace = pace or Pace()
        self.usage = usage or StubUsage()
        self.requests: list[StubRequest] = []
        self.served_seconds: list[float] = []
        self._reply = reply
        self._script: deque[Turn] = deque()
        self._lock = Lock()
        self._scheme = "http" if tls is None else "https"
        super().__init__(_Handler, port)
        if tls is not None:
            self.http.socket = tls.wrap_socket(self.http.socket, server_side=True)

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self.port}"

    @property
    def url_v1(self) -> str:
        return f"{self.url}/v1"

    @property
    def api_urls(self) -> dict[str, str]:
        """The base address for each provider's SDK, by the provider's id."""
        return {wire.provider: f"{self.url}{wire.base_path}" for wire in WIRES}

    def own_address(self, provider: Provider) -> str:
        """What a candidate enters as address: something for a server of one's own only."""
        return self.api_urls[provider] if KNOWN.facts(provider).is_own_server else ""

    def then(self, *turns: Turn) -> Self:
        """Answer the next requests with these, one each; a string is a reply's text."""
        self._script.extend(turns)
        return self

    def forget(self) -> None:
        """Drop what was scripted and what was asked."""
        with self._lock:
            self._script.clear()
            self.requests.clear()

    def note(self, request: StubRequest) -> Turn:
        """Remember a request; what to answer it with."""
        with self._lock:
            self.requests.append(request)
            turn = self._script.popleft() if self._script else None
        return self._reply(request) if turn is None else turn


class _Handler(StubHandler):
    stub: StubProvider

    def parse_request(self) -> bool:
        self._asked_at = time.monotonic()
        return super().parse_request()

    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        wire = self._wire()
        turn = self._note(wire, {})
        if isinstance(turn, Status):
            self._send_status(wire, turn)
        elif isinstance(turn, Raw):
            self._send_bytes(200, turn.content, {"Content-Type": turn.content_type})
        elif turn is Mishap.HANG:
            self.stub.is_over.wait()
        else:
            self._send_json(200, wire.models())

    def do_POST(self) -> None:  # noqa: N802 - the base class's name
        wire = self._wire()
        size = int(self.headers.get("content-length", 0))
        turn = self._note(wire, json.loads(self.rfile.read(size) or b"{}"))
        if isinstance(turn, Status):
            self._send_status(wire, turn)
        elif isinstance(turn, Raw):
            self._send_bytes(200, turn.content, {"Content-Type": turn.content_type})
        elif turn is Mishap.HANG:
            self.stub.is_over.wait()
        elif turn is Mishap.DROP_AT_ONCE:
            self.drop()
        else:
            with suppress(BrokenPipeError, ConnectionResetError):
                self._send(wire, turn)

    def _wire(self) -> Wire:
        path = self.path.partition("?")[0]
        if path in _BY_PATH:
            return _BY_PATH[path]
        if "x-goog-api-key" in self.headers or path.startswith("/v1beta/"):
            return _GEMINI
        return _ANTHROPIC if "anthropic-version" in self.headers else _CHAT

    def _note(self, wire: Wire, body: dict[str, Any]) -> Turn:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._request = wire.read(self.path, headers, body)
        return self.stub.note(self._request)

    def _send_status(self, wire: Wire, status: Status) -> None:
        body = wire.error(status) if status.body is None else status.body
        self._send_json(status.code, body, status.headers)

    def _send(self, wire: Wire, turn: str | Mishap) -> None:
        stub = self.stub
        speech = _GEMINI.speech(self._request, turn, stub.usage) if wire is _GEMINI else None
        if speech is None:
            self._send_stream(wire, turn)
        else:
            stub.is_over.wait(stub.pace.first_token_seconds)
            self._send_bytes(200, speech)

    def _send_json(
        self, code: int, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> None:
        self._send_bytes(code, json.dumps(body).encode(), headers)

    def _send_bytes(self, code: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(content)))
        for name, value in ({"Content-Type": "application/json"} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _send_stream(self, wire: Wire, turn: str | Mishap) -> None:
        self._stream(wire, turn)
        self.stub.served_seconds.append(time.monotonic() - self._asked_at)

    def _stream(self, wire: Wire, turn: str | Mishap) -> None:
        stub = self.stub
        stub.is_over.wait(stub.pace.first_token_seconds)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        usage = None if turn is Mishap.NO_USAGE else stub.usage
        for chunk in wire.begin(self._request, usage):
            self._chunk(chunk)
        if isinstance(turn, str):
            self._tell(wire, turn, Stop.COMPLETE, usage)
        else:
            self._go_wrong(wire, turn, usage)

    def _tell(self, wire: Wire, text: str, stop: Stop, usage: StubUsage | None) -> None:
        self._pieces(wire, text)
        for chunk in wire.end(stop, text, usage):
            self._chunk(chunk)
        self._last_chunk()

    def _pieces(self, wire: Wire, text: str) -> None:
        """The text token by token, each when its time has come, however long the last one took."""
        stub = self.stub
        began = time.monotonic()
        for number, token in enumerate(tokens_of(text)):
            if stub.pace.tokens_per_second:
                due = began + number / stub.pace.tokens_per_second
                stub.is_over.wait(max(0.0, due - time.monotonic()))
            self._chunk(wire.piece(token))

    def _go_wrong(self, wire: Wire, mishap: Mishap, usage: StubUsage | None) -> None:
        text = fitting_reply(self._request)
        half = text[: len(text) // 2]
        match mishap:
            case Mishap.NO_USAGE:
                self._tell(wire, text, Stop.COMPLETE, usage)
            case Mishap.TRUNCATE:
                self._tell(wire, half, Stop.TRUNCATED, usage)
            case Mishap.REFUSE:
                self._tell(wire, "", Stop.REFUSED, usage)
            case Mishap.DRIP:
                self._drip(wire)
            case Mishap.FLOOD:
                self._flood(wire)
            case _:
                self._break_off(wire, mishap, half)

    def _break_off(self, wire: Wire, mishap: Mishap, half: str) -> None:
        """End without the provider's end."""
        if mishap is Mishap.LATE_ERROR:
            self._chunk(wire.late_error())
        else:
            self._pieces(wire, half)
        if mishap is Mishap.GARBAGE:
            self._chunk(_event(wire, '{"type": "no JSON'))
        if mishap is Mishap.ANOTHER_SHAPE:
            kind = "response.completed" if wire is _OPENAI else "content_block_delta"
            odd = {"type": kind, "response": 7, "delta": 7, "choices": 7, "candidates": 7}
            self._chunk(_event(wire, json.dumps(odd)))
        if mishap is Mishap.DROP:
            self.drop()
        else:
            self._last_chunk()

    def _drip(self, wire: Wire) -> None:
        while not self.stub.is_over.wait(_DRIP_SECONDS):
            self._chunk(wire.piece("{"))

    def _flood(self, wire: Wire) -> None:
        piece = wire.piece("x" * 60_000)
        for _ in range(_FLOOD_BYTES // len(piece)):
            self._chunk(piece)
        self._last_chunk()

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _last_chunk(self) -> None:
        self.wfile.write(b"0\r\n\r\n")


def _event(wire: Wire, data: str) -> bytes:
    """An event of a stream that no wire would write."""
    name = "event: content_block_delta\n" if wire.provider == "anthropic" else ""
    return f"{name}data: {data}\n\n".encode()


def closed_url() -> str:
    """An address on which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def lines(stub: StubProvider) -> Iterator[str]:
    """Where to find the stub, for a person."""
    for provider, url in stub.api_urls.items():
        yield f"{provider:<12} base URL {url}"
