"""What a page costs: CPU of a rerun, time to first paint, memory of a session.

`python -m bench.weight`. What involves a clock is a ratio against a bare Streamlit app that is measured in
the same run, on the same machine, with the same configuration.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Browser, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from bench.seeding import Visitor, seed_visitor
from core.services.accounts import COOKIE_NAME
from scripts.ensure_chromium import find_chromium
from tests.e2e.server import Server

RERUNS = 60
SESSIONS = 40
STARTS = 3
IDLE_CPU_SECONDS = 0.05
"""A server at rest uses less in a second."""
QUIET_SECONDS = 4
"""So long in a row it must be at rest: on a loaded machine one that works may have to wait for a while."""
_TIMEOUT_SECONDS = 60
_BARE = """import streamlit as st
st.title("A bare page")
st.text_area("Your answer")
st.button("Submit")
"""


def main() -> None:
    """Measure everything and print it beside its goal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(_BARE, "utf-8")
        visitor = seed_visitor(folder / "ours")
        ours = Server(folder / "ours")
        bare = Server(folder / "bare", str(folder / "bare.py"))
        with _running(ours), _running(bare):
            wait_until_warm(ours, visitor)
            _print_reruns(ours, bare, visitor)
            _print_sessions(ours, visitor)
        _print_starts(folder)


def _print_reruns(ours: Server, bare: Server, visitor: Visitor) -> None:
    our_ms, bare_ms = _rerun_cpu_ms(ours, visitor), _rerun_cpu_ms(bare, None)
    print(
        f"rerun of the interview page: {our_ms:.1f} ms of CPU, of a bare page {bare_ms:.1f} ms: "
        f"{our_ms / bare_ms:.1f}× (goal ≤ 3×)"
    )


def _print_sessions(ours: Server, visitor: Visitor) -> None:
    one = _session_mb(ours, visitor)
    print(f"memory of one more session: {one:.2f} MB (goal ≤ 0.5 MB)")
    print(f"memory of the server after {SESSIONS} sessions: {_rss_mb(ours):.0f} MB")


def _print_starts(folder: Path) -> None:
    ours, bare = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for n in range(STARTS):
            bare.append(
                _first_paint_seconds(browser, Server(folder / f"b{n}", str(folder / "bare.py")))
            )
            ours.append(_first_paint_seconds(browser, Server(folder / f"o{n}")))
        browser.close()
    print(
        f"start to first paint: {median(ours):.1f} s, of a bare app {median(bare):.1f} s: "
        f"{median(ours) / median(bare):.2f}× (goal ≤ 1.5×)"
    )


def wait_until_warm(server: Server, visitor: Visitor) -> None:
    """A server imports what later pages need after the first page; wait until that is over."""
    with page_session(server, visitor) as session:
        rerun_page(session, visitor)
    quiet = 0
    while quiet < QUIET_SECONDS:
        used = _cpu_seconds(server)
        time.sleep(1)
        quiet = quiet + 1 if _cpu_seconds(server) - used <= IDLE_CPU_SECONDS else 0


def _rerun_cpu_ms(server: Server, visitor: Visitor | None) -> float:
    """CPU milliseconds of the whole server process for one rerun, over many of them."""
    with page_session(server, visitor) as session:
        for _ in range(5):
            rerun_page(session, visitor)
        before = _cpu_seconds(server)
        for _ in range(RERUNS):
            rerun_page(session, visitor)
        return (_cpu_seconds(server) - before) / RERUNS * 1000


def _session_mb(server: Server, visitor: Visitor) -> float:
    """What one more open page adds to the server's memory, over many of them."""
    with ExitStack() as opened:
        rerun_page(opened.enter_context(page_session(server, visitor)), visitor)
        before = _rss_mb(server)
        for _ in range(SESSIONS - 1):
            rerun_page(opened.enter_context(page_session(server, visitor)), visitor)
        return (_rss_mb(server) - before) / (SESSIONS - 1)


@contextmanager
def page_session(server: Server, visitor: Visitor | None) -> Iterator[ClientConnection]:
    """A browser's connection, as the page opens it."""
    with connect(
        server.url.replace("http", "ws") + "/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=Origin(server.url),
        additional_headers={"Cookie": f"{COOKIE_NAME}={visitor.token}"} if visitor else {},
        max_size=None,
    ) as connection:
        yield connection


def rerun_page(session: ClientConnection, visitor: Visitor | None) -> None:
    """Ask for a rerun of the page and wait until its script has finished."""
    message = BackMsg()
    message.rerun_script.page_name = "interview" if visitor else ""
    message.rerun_script.query_string = f"interview={visitor.interview_id}" if visitor else ""
    session.send(message.SerializeToString())
    kind = None
    while kind != "script_finished":
        reply = ForwardMsg()
        reply.ParseFromString(session.recv(timeout=_TIMEOUT_SECONDS, decode=False))
        kind = reply.WhichOneof("type")


def _first_paint_seconds(browser: Browser, server: Server) -> float:
    """From the start of the process to a heading and a button that a visitor sees."""
    began = time.monotonic()
    with _running(server):
        page = browser.new_page()
        page.goto(server.url)
        page.locator("h1").first.wait_for()
        page.get_by_role("button", name="S").first.wait_for()  # Submit there, Start interview here
        taken = time.monotonic() - began
        page.close()
    return taken


@contextmanager
def _running(server: Server) -> Iterator[None]:
    try:
        server.start()
        yield
    finally:
        server.kill()


def _cpu_seconds(server: Server) -> float:
    times = psutil.Process(server.pid).cpu_times()
    return float(times.user + times.system)


def _rss_mb(server: Server) -> float:
    return float(psutil.Process(server.pid).memory_info().rss / 2**20)


if __name__ == "__main__":
    main()
