"""Gives each browser its guest cookie with the first page it loads, and headers that every reply has.

The cookie is set on the first HTML reply, so that it is already in the websocket's handshake and a visit
is one candidate from its first second. Scripts cannot read it (HttpOnly). Who only reads a shared report
gets none.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.cookies import new_guest_cookie
from api.shared_address import is_shared
from core.services.accounts import cookie_name, is_guest_token


class GuestCookieMiddleware:
    """Wraps the whole app, Streamlit's own routes included."""

    def __init__(self, app: ASGIApp, *, is_hosted: bool) -> None:
        """Take the app, and whether strangers reach it (then the cookie needs https)."""
        self._app = app
        self._is_hosted = is_hosted
        self._name = cookie_name(is_hosted=is_hosted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; add headers to its reply."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_known = self._is_known(Headers(scope=scope).get("cookie", ""))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(scope, message, is_known=is_known)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _is_known(self, cookies: str) -> bool:
        """Whether the request carries a guest cookie of ours, whatever else stands in the header."""
        pairs = (part.strip().partition("=") for part in cookies.split(";"))
        return any(name == self._name and is_guest_token(value) for name, _, value in pairs)

    def _add_headers(self, scope: Scope, message: Message, *, is_known: bool) -> None:
        headers = MutableHeaders(scope=message)
        headers["X-Content-Type-Options"] = "nosniff"
        headers.setdefault("Referrer-Policy", "same-origin")
        is_page = headers.get("content-type", "").startswith("text/html")
        if is_page and scope["method"] == "GET" and not is_known and not is_shared(scope["path"]):
            headers.append("Set-Cookie", new_guest_cookie(is_hosted=self._is_hosted))
            headers["Cache-Control"] = "no-store"
