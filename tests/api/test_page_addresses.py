"""Addresses of pages that somebody types by hand."""

import asyncio
import re

import pytest
from httpx import ASGITransport, AsyncClient
from httpx import Response as HttpResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from api.page_addresses import FIRST_PAGE, PAGES, PageAddressMiddleware, page_meant
from core.config import ROOT


async def _page(_: Request) -> Response:
    return HTMLResponse("<title>A page</title>")


def got(path: str, method: str = "GET") -> HttpResponse:
    async def load() -> HttpResponse:
        app = PageAddressMiddleware(Starlette(routes=[Route("/{any:path}", _page)]))
        transport = ASGITransport(app)
        async with AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.request(method, path)

    return asyncio.run(load())


def test_every_page_of_the_router_is_known() -> None:
    router = (ROOT / "ui" / "router.py").read_text("utf-8")
    named = set(re.findall(r'url_path="([a-z]+)"', router))
    assert named - {"practice"} == PAGES


@pytest.mark.parametrize("path", ["/practice", "/Practice", "/practice/", "/home", "/start"])
def test_first_page_is_found_by_its_name(path: str) -> None:
    assert page_meant(path) == f"/{FIRST_PAGE}"


@pytest.mark.parametrize(
    ("path", "page"),
    [("/History", "/history"), ("/settings/", "/settings"), ("/interviews", "/history")],
)
def test_page_is_found_in_any_case_and_by_a_likely_word(path: str, page: str) -> None:
    assert page_meant(path) == page


@pytest.mark.parametrize("path", ["/", "/history", "/nonsense", "/session", "/shared/practice"])
def test_other_addresses_are_left_alone(path: str) -> None:
    assert page_meant(path) is None


def test_paths_below_a_page_stay_with_streamlit() -> None:
    assert page_meant("/history/_stcore/health") is None


def test_what_stands_behind_the_address_goes_along() -> None:
    reply = got("/Report?interview=7")
    assert reply.headers["location"] == "/report?interview=7"


def test_what_is_sent_is_not_sent_on() -> None:
    assert got("/practice", "POST").status_code == 405
