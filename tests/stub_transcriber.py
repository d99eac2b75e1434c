"""A server that stands in for every transcriber: five wires on one port, told apart by their paths."""

import json
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.stub_provider.script import Mishap, Status
from tests.stub_server import StubHandler, StubServer

SAID = "I used a hash map because look ups are quick, um, and I measured it."
SURE = 0.93
_WORD_SECONDS = 0.25
_UNUSABLE = {
    Mishap.GARBAGE: b'{"text": no JSON',
    Mishap.END_EARLY: b'{"another": ["form"]}',
    Mishap.FLOOD: b'"' + b"x" * 20_000_000 + b'"',
}

Turn = str | Mishap | Status


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it came over the wire; `headers` by lower-case name."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


class StubTranscriber(StubServer):
    """Hears `said` in every recording, or does as scripted by `then`; remembers what it was sent."""

    def __init__(self, said: str = SAID) -> None:
        self.said = said
        self.sent: list[Sent] = []
        self._script: deque[Turn] = deque()
        super().__init__(_Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def then(self, *turns: Turn) -> Self:
        """Answer the next requests with these, one each; a string is what is heard."""
        self._script.extend(turns)
        return self

    def next_turn(self) -> Turn:
        return self._script.popleft() if self._script else self.said


class _Handler(StubHandler):
    stub: StubTranscriber

    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        self._answer(b"")

    def do_POST(self) -> None:  # noqa: N802 - the base class's name
        self._answer(self.rfile.read(int(self.headers.get("content-length", 0))))

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.stub.sent.append(Sent(parts.path, parse_qs(parts.query), headers, body))
        turn = self.stub.next_turn()
        with suppress(BrokenPipeError, ConnectionResetError):
            self._do(turn, parts.path, body)

    def _do(self, turn: Turn, path: str, body: bytes) -> None:
        match turn:
            case Status():
                told = turn.body or {"error": {"message": f"status {turn.code}"}}
                self._send(turn.code, json.dumps(told).encode(), turn.headers)
            case Mishap.HANG:
                self.stub.is_over.wait()
            case Mishap.DROP_AT_ONCE:
                self.drop()
            case Mishap.DROP:
                self._send(200, _reply(path, body, SAID)[:20], {"Content-Length": "1000"})
                self.drop()
            case Mishap():
                self._send(200, _UNUSABLE[turn], {})
            case str():
                self._send(200, _reply(path, body, turn), {})

    def _send(self, code: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in (
            {"Content-Type": "application/json", "Content-Length": str(len(content))} | headers
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()


def _reply(path: str, body: bytes, said: str) -> bytes:
    if path.endswith("/audio/transcriptions"):
        told = _verbose(said) if b"verbose_json" in body else _openai(said)
    elif path.endswith(":generateContent"):
        told = _gemini(said)
    elif path.endswith("/listen"):
        told = _deepgram(said)
    elif path.endswith("/recognize"):
        return b'{"result":[]}\n' + json.dumps(_google(said)).encode() if said else b'{"result":[]}'
    else:
        told = {"projects": []}
    return json.dumps(told).encode()


def _timed(said: str) -> list[dict[str, Any]]:
    return [
        {"word": word, "start": place * _WORD_SECONDS, "end": (place + 1) * _WORD_SECONDS}
        for place, word in enumerate(said.split())
    ]


def _openai(said: str) -> dict[str, Any]:
    return {"text": said, "languages": [{"code": "en"}] if said else []}


def _verbose(said: str) -> dict[str, Any]:
    segment = {"id": 0, "start": 0.0, "end": 3.0, "text": said, "avg_logprob": -0.0726}
    return {
        "text": said,
        "language": "english",
        "duration": 3.0,
        "words": _timed(said),
        "segments": [segment],
    }


def _gemini(said: str) -> dict[str, Any]:
    part = {"text": said, "audioTranscription": {"languageCode": "en-US"}}
    parts = [part] if said else []
    return {"candidates": [{"finishReason": "STOP", "content": {"role": "model", "parts": parts}}]}


def _deepgram(said: str) -> dict[str, Any]:
    words = [word | {"confidence": SURE} for word in _timed(said)]
    heard = {"transcript": said, "confidence": SURE if said else 0.0, "words": words}
    return {"metadata": {"duration": 3.0}, "results": {"channels": [{"alternatives": [heard]}]}}


def _google(said: str) -> dict[str, Any]:
    heard = {"transcript": said, "confidence": SURE}
    return {"result": [{"alternative": [heard], "final": True}], "result_index": 0}
