"""Tells the rest of the process from which address a request or a page's connection comes.

Pages see of their connection only its headers, so the address is one of them: whatever a visitor sent
under its name is taken out.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from core.domain.client_address import Proxies, client_address

ADDRESS_HEADER = "X-Visitor-Address"
_NAME = ADDRESS_HEADER.lower().encode()
_FORWARDED_FOR = b"x-forwarded-for"
_SERVERS_OWN_PROXY = "127.0.0.1"
_REWRITTEN_PORT = 0

_Headers = list[tuple[bytes, bytes]]


class VisitorAddressMiddleware:
    """Wraps the whole app. The header is there where the address tells one visitor from another."""

    def __init__(self, app: ASGIApp, proxies: Proxies) -> None:
        """Take the app, and the proxies whose word is taken."""
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or a connection on, with its address."""
        if scope["type"] in ("http", "websocket"):
            scope = {**scope, "headers": self._headers(scope)}
        await self._app(scope, receive, send)

    def _headers(self, scope: Scope) -> _Headers:
        headers = [pair for pair in scope["headers"] if pair[0].lower() != _NAME]
        told = [v.decode("latin-1") for n, v in headers if n.lower() == _FORWARDED_FOR]
        address = client_address(_peer(scope, told), told, self._proxies)
        return [*headers, (_NAME, address.encode())] if address else headers


def _peer(scope: Scope, told: list[str]) -> str:
    """The other end of the connection.

    Uvicorn believes everything that comes from the machine itself, and puts what is forwarded in place of
    the other end. That can be told by what stands there: a forwarded address, with its port or none.
    """
    host, port = scope.get("client") or ("", _REWRITTEN_PORT)
    hops = {hop.strip() for value in told for hop in value.split(",")}
    is_rewritten = (port == _REWRITTEN_PORT and bool(hops)) or f"{host}:{port}" in hops
    return _SERVERS_OWN_PROXY if is_rewritten else host
