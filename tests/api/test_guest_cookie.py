import asyncio
from http.cookies import SimpleCookie

import pytest
from httpx import ASGITransport, AsyncClient, Headers
from httpx import Response as HttpResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guest_cookie import GuestCookieMiddleware
from core.services.accounts import COOKIE_MAX_AGE_SECONDS, is_guest_token, new_guest_token


async def _page(_: Request) -> Response:
    return HTMLResponse("<title>Practice</title>")


async def _page_with_own_cookie(_: Request) -> Response:
    response = HTMLResponse("<title>Practice</title>")
    response.set_cookie("theme", "dark")
    return response


async def _data(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


_ROUTES = [
    Route("/", _page, methods=["GET", "POST"]),
    Route("/own", _page_with_own_cookie),
    Route("/data", _data),
]


class Browser:
    """Loads pages from the wrapped app and keeps their cookies."""

    def __init__(self, *, is_hosted: bool = False) -> None:
        app: ASGIApp = GuestCookieMiddleware(Starlette(routes=_ROUTES), is_hosted=is_hosted)
        self._client = AsyncClient(
            transport=ASGITransport(app=app),
            base_url="https://app.example.com" if is_hosted else "http://127.0.0.1",
        )

    def get(self, path: str, cookie: str = "") -> HttpResponse:
        headers = Headers({"cookie": cookie} if cookie else {}, encoding="latin-1")
        return self.request("GET", path, headers)

    def request(self, method: str, path: str, headers: Headers | None = None) -> HttpResponse:
        return asyncio.run(self._client.request(method, path, headers=headers))


def _cookies(response: HttpResponse) -> SimpleCookie:
    return SimpleCookie("\r\n".join(response.headers.get_list("set-cookie")))


# --- the cookie ---------------------------------------------------------------------------------


def test_first_page_sets_a_guest_cookie() -> None:
    morsel = _cookies(Browser().get("/"))["guest"]
    assert is_guest_token(morsel.value)


def test_cookie_is_out_of_reach_for_scripts_and_other_sites() -> None:
    morsel = _cookies(Browser().get("/"))["guest"]
    assert morsel["httponly"]
    assert (morsel["samesite"], morsel["path"]) == ("Lax", "/")


def test_cookie_lasts_as_long_as_browsers_allow() -> None:
    morsel = _cookies(Browser().get("/"))["guest"]
    assert int(morsel["max-age"]) == COOKIE_MAX_AGE_SECONDS == 400 * 24 * 3600


def test_hosted_cookie_needs_https_and_belongs_to_this_host_only() -> None:
    (header,) = Browser(is_hosted=True).get("/").headers.get_list("set-cookie")
    assert header.startswith("__Host-guest=")
    assert "; Secure" in header
    assert "domain" not in header.lower()


def test_local_cookie_works_without_https() -> None:
    assert "secure" not in Browser().get("/").headers["set-cookie"].lower()


def test_every_browser_gets_its_own_cookie() -> None:
    tokens = {_cookies(Browser().get("/"))["guest"].value for _ in range(5)}
    assert len(tokens) == 5


def test_page_with_a_new_cookie_is_not_cached() -> None:
    assert Browser().get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("is_hosted", [False, True])
def test_known_browser_keeps_its_cookie(*, is_hosted: bool) -> None:
    browser = Browser(is_hosted=is_hosted)
    browser.get("/")
    assert "set-cookie" not in browser.get("/").headers


def test_page_for_a_known_browser_may_be_cached() -> None:
    browser = Browser()
    browser.get("/")
    assert "cache-control" not in browser.get("/").headers


@pytest.mark.parametrize("value", ["", "short", "a" * 44, "a" * 42 + "!"])
def test_cookie_that_is_none_of_ours_is_replaced(value: str) -> None:
    response = Browser().get("/", cookie=f"guest={value}")
    assert is_guest_token(_cookies(response)["guest"].value)


def test_local_cookie_does_not_count_on_a_host() -> None:
    response = Browser(is_hosted=True).get("/", cookie=f"guest={new_guest_token()}")
    assert "__Host-guest" in _cookies(response)


@pytest.mark.parametrize(
    "other",
    [
        "theme=dark; lang=en",
        'prefs={"a":1}',
        "a[b]=1",
        "x=a b c",
        "novalue",
        "name=J\u00fcrgen",
        "=1",
        'x="open',
        "k(1)=3",
        "a/b=1",
        "@x=1",
        "",
    ],
)
def test_guest_beside_any_other_cookie_of_the_host_is_known(other: str) -> None:
    own = f"guest={new_guest_token()}"
    for cookies in (f"{other}; {own}", f"{own}; {other}"):
        assert "set-cookie" not in Browser().get("/", cookie=cookies).headers


@pytest.mark.parametrize("other", ["k(1)=3", 'x="open', "=1"])
def test_strange_cookie_does_not_stand_for_a_guest(other: str) -> None:
    assert "guest" in _cookies(Browser().get("/", cookie=other))


def test_cookies_of_the_page_itself_stay() -> None:
    assert set(_cookies(Browser().get("/own"))) == {"theme", "guest"}


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_only_loading_a_page_sets_a_cookie(method: str) -> None:
    assert "set-cookie" not in Browser().request(method, "/").headers


@pytest.mark.parametrize("path", ["/data", "/nowhere"])
def test_what_is_no_page_sets_no_cookie(path: str) -> None:
    assert "set-cookie" not in Browser().get(path).headers


def test_what_is_not_http_passes_untouched() -> None:
    passed: list[object] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        await send({"type": "websocket.accept"})

    async def send(message: Message) -> None:
        passed.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    middleware = GuestCookieMiddleware(app, is_hosted=False)
    asyncio.run(middleware({"type": "websocket", "headers": []}, receive, send))
    assert passed == [{"type": "websocket.accept"}]


# --- the headers --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/data", "/nowhere"])
def test_every_reply_has_the_headers(path: str) -> None:
    headers = Browser().get(path).headers
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == (
        "nosniff",
        "same-origin",
    )
