"""What a proxy says of whom it connects for: believed of configured proxies, taken away of everyone else.

Whatever comes after it sees the client's own address and scheme, and need not ask how it was reached. Pages
see of their connection only its headers, so the address stands in one of those as well.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from core.domain.client_address import Proxies, client_address, is_trusted

ADDRESS_HEADER = "X-Visitor-Address"
"""There only where the address tells one visitor from another; whatever a visitor sends under it is dropped."""

_SECURE = {"http": "https", "ws": "wss", "https": "https", "wss": "wss"}
_ADDRESS = ADDRESS_HEADER.lower().encode()
_TOLD = (b"x-forwarded-", b"forwarded", _ADDRESS)
_SERVERS_OWN_PROXY = "127.0.0.1"
_REWRITTEN_PORT = 0


class ForwardedMiddleware:
    """Wraps the whole app."""

    def __init__(self, app: ASGIApp, proxies: Proxies) -> None:
        """Take the app, and whom to believe."""
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with what is believed taken over and nothing else left."""
        if scope["type"] in ("http", "websocket"):
            scope = {**scope, **self._believed(scope)}
        await self._app(scope, receive, send)

    def _believed(self, scope: Scope) -> Scope:
        headers = Headers(scope=scope)
        told = headers.getlist("x-forwarded-for")
        peer = _peer(scope, told)
        address = client_address(peer, told, self._proxies)
        changes: Scope = {"headers": _cleaned(scope, address)}
        if is_trusted(peer, self._proxies):
            changes["client"] = _client(scope, headers, address)
            if headers.get("x-forwarded-proto", "").split(",")[-1].strip() in ("https", "wss"):
                changes["scheme"] = _SECURE[scope.get("scheme", "http")]
        return changes


def _client(scope: Scope, headers: Headers, address: str) -> tuple[str, int] | None:
    """For whom a proxy connects; nobody in particular where it names nobody."""
    host, port = scope.get("client") or ("", _REWRITTEN_PORT)
    if address:
        return address, port
    return None if "x-forwarded-proto" in headers else (host, port)


def _cleaned(scope: Scope, address: str) -> list[tuple[bytes, bytes]]:
    kept = [(n, v) for n, v in scope["headers"] if not n.lower().startswith(_TOLD)]
    return [*kept, (_ADDRESS, address.encode())] if address else kept


def _peer(scope: Scope, told: list[str]) -> str:
    """The other end of the connection.

    Uvicorn believes everything that comes from the machine itself, and puts what is forwarded in place of
    the other end: the last word that names no end on this machine, with its port or none. Whoever connects
    from elsewhere can write their own end there as well; then it is the last word, and no other is believed.
    """
    host, port = scope.get("client") or ("", _REWRITTEN_PORT)
    hops = [hop.strip() for value in told for hop in value.split(",")]
    others = [hop for hop in hops if hop != _SERVERS_OWN_PROXY]
    last = (others or hops or [""])[-1]
    is_rewritten = (port == _REWRITTEN_PORT and bool(hops)) or f"{host}:{port}" == last
    return _SERVERS_OWN_PROXY if is_rewritten else host
