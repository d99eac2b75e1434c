"""From which address a request comes, by what the server says of it and what it carries."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from api.visitor_address import VisitorAddressMiddleware
from core.domain.client_address import parse_proxies

VISITOR = b"203.0.113.7"
PROXIES = "127.0.0.1"


def _told(
    client: tuple[str, int], proxies: str = PROXIES, kind: str = "http", **sent: bytes
) -> list[bytes]:
    """What arrives as the address, of a request with these headers."""
    arrived: list[bytes] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        arrived.extend(v for n, v in scope["headers"] if n == b"x-visitor-address")

    async def nothing(_message: Message | None = None) -> Message:
        return {}

    headers = [(name.replace("_", "-").encode(), value) for name, value in sent.items()]
    middleware = VisitorAddressMiddleware(app, parse_proxies(proxies))
    scope = {"type": kind, "headers": headers, "client": client}
    asyncio.run(middleware(scope, nothing, nothing))  # type: ignore[arg-type]  # it sends nothing
    return arrived


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_address_is_told_to_pages_and_api(kind: str) -> None:
    assert _told((VISITOR.decode(), 4711), kind=kind) == [VISITOR]


def test_address_that_a_browser_claims_does_not_arrive() -> None:
    assert _told(("127.0.0.1", 4711), x_visitor_address=b"198.51.100.1") == []


def test_proxy_that_is_named_is_believed() -> None:
    assert _told(("127.0.0.1", 4711), x_forwarded_for=VISITOR) == [VISITOR]


def test_proxy_that_nobody_named_is_not() -> None:
    assert _told(("127.0.0.1", 4711), proxies="", x_forwarded_for=VISITOR) == []


@pytest.mark.parametrize(
    ("client", "forwarded"),
    [
        (("198.51.100.1", 0), b"198.51.100.1"),
        (("198.51.100.1", 999), b"198.51.100.1:999"),
        (("unknown", 0), b"unknown"),
    ],
)
def test_what_the_server_believes_by_itself_is_not(
    client: tuple[str, int], forwarded: bytes
) -> None:
    assert _told(client, proxies="", x_forwarded_for=forwarded) == []


def test_what_the_server_put_in_place_of_a_named_proxy_is_read_anew() -> None:
    forged = b"198.51.100.1, " + VISITOR
    assert _told((VISITOR.decode(), 0), x_forwarded_for=forged) == [VISITOR]
