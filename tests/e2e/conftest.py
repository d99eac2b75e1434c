import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from scripts.ensure_chromium import find_chromium
from tests.e2e.drills import DrillServer
from tests.e2e.server import Server
from tests.spawner import spawn

_FEATURES_OFF = (
    # What Playwright switches off itself: Chromium heeds the last such list alone.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    # Pages of the address bar that nobody sees: each new context costs them 0.8 seconds of a processor.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(_FEATURES_OFF)}",
)
WAIT_MS = 30_000


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; one for all tests."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as driver:
        yield driver


def launch(playwright: Playwright, *flags: str) -> Browser:
    """A Chromium, with further flags where a test needs them."""
    path = find_chromium()
    if path is None:
        pytest.fail("No Chromium was found: run `make test`, which says how to get one.")
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all journeys."""
    chromium = launch(playwright)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that many journeys share; each browser context is its own guest."""
    shared = Server(tmp_path_factory.mktemp("shared") / "var", launch=spawn)
    shared.start()
    yield shared
    shared.kill()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Makes servers that a test may kill."""
    made: list[Server] = []

    def make(script: str = "app.py", **environment: str) -> Server:
        made.append(Server(tmp_path / f"var{len(made)}", script, launch=spawn, **environment))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.kill()


@pytest.fixture(scope="session")
def shared_drill_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrillServer]:
    """A server that all drills share; whoever kills it starts it again."""
    shared = DrillServer(tmp_path_factory.mktemp("drills"), GRACE_SECONDS="2")
    yield shared
    shared.release()
    shared.kill()


@pytest.fixture
def drill_server(shared_drill_server: DrillServer) -> Iterator[DrillServer]:
    """The shared server, running, with nothing held before and after."""
    if not shared_drill_server.is_running:
        shared_drill_server.start()
    yield shared_drill_server
    shared_drill_server.release()


@pytest.fixture
def new_visitor(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Makes pages of browsers that know nothing of each other."""
    contexts = []

    def make(width: int = 1280, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """The folder with real resumes to measure with; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("BENCH_DATA", "../shared/data"))
    if not folder.is_dir():
        pytest.skip("BENCH_DATA names no folder: the real documents are not here.")
    return folder
