"""Launcher: the pages and the REST API in one process.

`streamlit run app.py`, `python app.py` and `uvicorn app:app` all work.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.forwarded import ForwardedMiddleware
from api.guest_cookie import GuestCookieMiddleware
from api.page_addresses import PageAddressMiddleware
from core.config import ROOT, settings
from ui.first_page import wait_for_first_page

ICON = ROOT / "ui" / "icon.png"
WARM_AFTER_SECONDS = 5.0
"""Without a visitor the warming begins then."""


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, object]]:
    """Warm what the first visitor would wait for, beside the server's start."""
    Thread(target=_warm, daemon=True, name="warm").start()
    yield {}


def _warm() -> None:
    """Import and read what the pages need, then take it out of the garbage collector's rounds.

    What the first page needs at once, while its visitor's browser still loads Streamlit; the rest when
    that page is drawn: both would share one interpreter.
    """
    from core import bootstrap

    bootstrap.application()
    wait_for_first_page(WARM_AFTER_SECONDS)
    import pandas  # noqa: F401 - the imports are the point
    import plotly.graph_objects  # noqa: F401

    bootstrap.warm()
    _rest()
    gc.collect()
    gc.freeze()


def _rest() -> ASGIApp:
    from api.rest import rest

    return rest()


async def api(scope: Scope, receive: Receive, send: Send) -> None:
    """The REST API, imported at its first request: a page does not need its framework.

    In a thread, because importing takes a while and pages must not wait for it.
    """
    rest = await run_in_threadpool(_rest)
    await rest(scope, receive, send)


async def shared(request: Request) -> Response:
    """A report that a candidate shares by a link: a page of its own, without Streamlit and without a cookie."""
    return await run_in_threadpool(_shared, request.path_params["secret"])


def _shared(secret: str) -> Response:
    from api.shared_page import shared_page

    return shared_page(secret)


async def healthz(_request: Request) -> Response:
    """Whether the process answers, for hosts that ask."""
    return JSONResponse({"status": "ok"})


async def favicon(_request: Request) -> Response:
    """The browser tab's picture, in place of Streamlit's.

    As a page's setting it would cost each run a look into the file, and the first one numpy and Pillow.
    """
    return FileResponse(ICON)


async def session(request: Request) -> Response:
    """Begins and ends a browser's session, imported when the first one does."""
    from api import sessions

    return await sessions.session(request)


def handle_script_error(error: Exception) -> bool:
    """Tell a page's error in a sentence, imported when there is one: the server's start need not wait."""
    from ui import errors

    return errors.handle_script_error(error)


# Hosts hand settings over as secrets; Streamlit would read them only after this module.
st.secrets.load_if_toml_exists()

app = st.App(
    "ui/router.py",
    lifespan=lifespan,
    routes=[
        Route("/healthz", healthz),
        Route("/favicon.png", favicon),
        Route("/shared/{secret:path}", shared),
        Route("/session", session, methods=["POST", "DELETE"]),
        Mount("/api", app=api),
    ],
    on_script_error=handle_script_error,
    middleware=[
        Middleware(ForwardedMiddleware, proxies=settings().proxies),
        Middleware(GuestCookieMiddleware, is_hosted=settings().is_hosted),
        Middleware(PageAddressMiddleware),
    ],
)

if __name__ == "__main__":
    app.run()
