"""What the four wire formats have in common, and which of them a request speaks."""

import json
from collections.abc import Iterator
from typing import Any, Protocol

from tests.stub_provider.script import Status, Stop, StubRequest, StubUsage

Headers = dict[str, str]


class Wire(Protocol):
    """One provider's format, both ways. `base_path` ends the base address that its SDK is given."""

    provider: str
    base_path: str

    def read(self, path: str, headers: Headers, body: dict[str, Any]) -> StubRequest:
        """The request in our own words."""
        ...

    def begin(self, request: StubRequest, usage: StubUsage | None) -> Iterator[bytes]:
        """The events before the text."""
        ...

    def piece(self, text: str) -> bytes:
        """The event for a piece of text."""
        ...

    def end(self, stop: Stop, text: str, usage: StubUsage | None) -> Iterator[bytes]:
        """The events after the text."""
        ...

    def late_error(self) -> bytes:
        """The event that reports an overload within a stream."""
        ...

    def error(self, status: Status) -> dict[str, Any]:
        """The body of an answer that is an error."""
        ...

    def models(self) -> dict[str, Any]:
        """The list of models."""
        ...


def event(data: dict[str, Any], name: str = "") -> bytes:
    """One server-sent event."""
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(data)}\n\n".encode()


def texts(content: object) -> str:
    """The text of a message's content: a string, or parts of which some hold text."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(part["text"] for part in content if part.get("text"))
    return ""
