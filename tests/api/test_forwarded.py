"""What a proxy says is believed of configured proxies alone."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.forwarded import ADDRESS_HEADER, ForwardedMiddleware
from core.domain.client_address import parse_proxies

PROXY, STRANGER, CLIENT = "10.0.0.5", "203.0.113.9", "198.51.100.7"


async def _tell(request: Request) -> Response:
    told = sorted(name for name in request.headers if "forwarded" in name)
    client = request.client.host if request.client else ""
    return JSONResponse({"client": client, "scheme": request.url.scheme, "left": told})


def asked(peer: str, trusted: str = "10.0.0.0/24", **headers: str) -> dict[str, object]:
    app = ForwardedMiddleware(Starlette(routes=[Route("/", _tell)]), parse_proxies(trusted))
    sent = {f"X-Forwarded-{name}": value for name, value in headers.items()}
    found: dict[str, object] = TestClient(app, client=(peer, 1)).get("/", headers=sent).json()
    return found


def test_configured_proxy_is_believed() -> None:
    told = asked(PROXY, For=CLIENT, Proto="https")
    assert told == {"client": CLIENT, "scheme": "https", "left": []}


def test_stranger_is_not_believed() -> None:
    told = asked(STRANGER, For="127.0.0.1", Proto="https", Host="evil.example.com")
    assert told == {"client": STRANGER, "scheme": "http", "left": []}


def test_what_the_client_wrote_itself_is_not_believed() -> None:
    assert asked(PROXY, For=f"127.0.0.1, {CLIENT}")["client"] == CLIENT


def test_proxies_in_a_row_are_passed_over() -> None:
    assert asked(PROXY, For=f"{CLIENT}, 10.0.0.6")["client"] == CLIENT


def test_everyone_is_believed_where_that_is_set() -> None:
    assert asked(STRANGER, trusted="*", For=CLIENT, Proto="https")["scheme"] == "https"


def test_proxy_that_names_nobody_connects_for_nobody() -> None:
    assert asked(PROXY, Proto="http")["client"] == ""


@pytest.mark.parametrize("text", ["proxy.example.com", "10.0.0.1/99", "10.0.0.5/24"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_proxies(text)


def _visitor(client: tuple[str, int], proxies: str, kind: str = "http", **sent: str) -> list[str]:
    """What arrives as the visitor's address, of a request with these headers."""
    arrived: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        arrived.extend(Headers(scope=scope).getlist(ADDRESS_HEADER))

    async def nothing(_message: Message | None = None) -> Message:
        return {}

    headers = [(n.replace("_", "-").encode(), v.encode()) for n, v in sent.items()]
    scope = {"type": kind, "scheme": "http", "headers": headers, "client": client}
    middleware = ForwardedMiddleware(app, parse_proxies(proxies))
    asyncio.run(middleware(scope, nothing, nothing))  # type: ignore[arg-type]  # it sends nothing
    return arrived


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_address_is_told_to_pages_and_api(kind: str) -> None:
    assert _visitor(("203.0.113.7", 4711), "127.0.0.1", kind) == ["203.0.113.7"]


def test_address_that_a_browser_claims_does_not_arrive() -> None:
    assert _visitor(("127.0.0.1", 4711), "127.0.0.1", x_visitor_address="198.51.100.1") == []


@pytest.mark.parametrize(
    ("client", "forwarded"),
    [
        (("198.51.100.1", 0), "198.51.100.1"),
        (("198.51.100.1", 999), "198.51.100.1:999"),
        (("unknown", 0), "unknown"),
    ],
)
def test_what_the_server_believes_by_itself_is_not(client: tuple[str, int], forwarded: str) -> None:
    assert _visitor(client, "", x_forwarded_for=forwarded) == []


def test_what_the_server_put_in_place_of_a_named_proxy_is_read_anew() -> None:
    told = _visitor(("203.0.113.7", 0), "127.0.0.1", x_forwarded_for="198.51.100.1, 203.0.113.7")
    assert told == ["203.0.113.7"]


def test_whoever_names_their_own_end_of_the_connection_is_no_proxy() -> None:
    claimed = "203.0.113.7:4711, 198.51.100.1"
    told = _visitor(("203.0.113.7", 4711), "127.0.0.1", x_forwarded_for=claimed)
    assert told == ["203.0.113.7"]


def test_whoever_names_their_own_end_last_is_who_they_are() -> None:
    claimed = "198.51.100.1, 203.0.113.7:4711"
    told = _visitor(("203.0.113.7", 4711), "127.0.0.1", x_forwarded_for=claimed)
    assert told == ["203.0.113.7"]
