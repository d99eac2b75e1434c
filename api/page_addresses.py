"""Leads who types a page's address by hand to that page: in any case, and by a likely word.

Streamlit knows the first page by the bare address only, and every page by one spelling; for anything else
it shows a dialog that the page was not found.
"""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

FIRST_PAGE = ""
PAGES = frozenset(
    {
        *("preparation", "progress", "stories", "history", "settings", "account"),
        *("interview", "report"),
    }
)
"""As the router names them, the first page apart."""
_LIKELY = {
    **dict.fromkeys(("practice", "practise", "home", "index", "start"), FIRST_PAGE),
    **dict.fromkeys(("interviews", "reports"), "history"),
    **dict.fromkeys(("prepare", "preparations"), "preparation"),
    **dict.fromkeys(("login", "signin", "sign-in", "profile"), "account"),
    **dict.fromkeys(("keys", "privacy", "setting"), "settings"),
    "story": "stories",
}


def page_meant(path: str) -> str | None:
    """The address of the page that a path means, None where it is that already or means no page.

    Paths below a page are none: there Streamlit looks for its own server.
    """
    word = path.strip("/").lower()
    page = word if word in PAGES else _LIKELY.get(word)
    return None if page is None or f"/{page}" == path else f"/{page}"


class PageAddressMiddleware:
    """Wraps the whole app, Streamlit's own routes included."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a browser on to the page that was meant; pass everything else on."""
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        meant = page_meant(scope["path"]) if is_read else None
        if meant is None:
            await self._app(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        address = f"{scope.get('root_path', '')}{meant}"
        await RedirectResponse(f"{address}?{query}" if query else address)(scope, receive, send)
