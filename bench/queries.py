"""Queries and CPU of a page as the history grows: `python -m bench.queries`."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from bench.seeding import Visitor, multiply, seed_visitor
from core.bootstrap import forget_application
from core.config import ROOT

SIZES = (10, 100, 1000)
PAGES = ("practice", "progress", "history", "interview")
_RUNS = 3


def main() -> None:
    """Print a line for each page and each size of history."""
    print("| page | interviews | queries (goal ≤ 3) | CPU of the run, ms |\n|---|---|---|---|")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            data_dir = Path(name) / "var"
            visitor = seed_visitor(data_dir)
            multiply(data_dir, visitor.interview_id, size)
            with application_on(data_dir):
                for page in PAGES:
                    queries, cpu_ms = page_cost(visitor, page)
                    print(f"| {page} | {size} | {queries} | {cpu_ms:.0f} |")


def page_cost(visitor: Visitor, page: str) -> tuple[int, float]:
    """Queries of one run of a page by this visitor, and its CPU in milliseconds, the harness included."""
    visit = AppTest.from_file(str(ROOT / "ui" / "router.py"), default_timeout=60)
    visit.session_state["session_guest_token"] = visitor.token
    visit.query_params["interview"] = str(visitor.interview_id)
    visit.run()
    visit.switch_page(f"../pages/{page}.py")
    visit.query_params["interview"] = str(visitor.interview_id)
    runs = [_measured(visit) for _ in range(_RUNS)]
    if visit.exception or any("could not be shown" in error.value for error in visit.error):
        raise RuntimeError(f"The page {page} failed; its log entry says why.")
    return min(runs)


def _measured(visit: AppTest) -> tuple[int, float]:
    with _counted() as statements:
        before = time.process_time()
        visit.run()
        return len(statements), (time.process_time() - before) * 1000


@contextmanager
def _counted() -> Iterator[list[str]]:
    """The statements sent to any database meanwhile, without the transactions' own."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def application_on(data_dir: Path) -> Iterator[None]:
    """Pages use the store in this folder meanwhile."""
    os.environ |= {"APP_MODE": "local", "DATA_DIR": str(data_dir)}
    forget_application()
    yield
    forget_application()


if __name__ == "__main__":
    main()
