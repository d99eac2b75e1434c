"""What a proxy says of whom it connects for: believed of configured proxies, taken away of everyone else.

Whatever comes after it sees the client's own address and scheme, and need not ask how it was reached. The
server itself believes the machine's own addresses; that happened before.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from core.domain.proxies import Proxies

_SECURE = {"http": "https", "ws": "wss", "https": "https", "wss": "wss"}
_TOLD = (b"x-forwarded-", b"forwarded")


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
        kept = [(n, v) for n, v in scope["headers"] if not n.lower().startswith(_TOLD)]
        changes: Scope = {"headers": kept}
        host, port = scope.get("client") or ("", 0)
        if not self._proxies.trust(host):
            return changes
        headers = Headers(scope=scope)
        changes["client"] = self._client(headers, host, port)
        if headers.get("x-forwarded-proto", "").split(",")[-1].strip() in ("https", "wss"):
            changes["scheme"] = _SECURE[scope.get("scheme", "http")]
        return changes

    def _client(self, headers: Headers, host: str, port: int) -> tuple[str, int] | None:
        """For whom a proxy connects; nobody in particular where it names nobody."""
        named = self._proxies.client_of(headers.get("x-forwarded-for", ""))
        if named:
            return named, port
        return None if "x-forwarded-proto" in headers else (host, port)
