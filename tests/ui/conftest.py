from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application, application, forget_application

ROUTER = Path(__file__).resolve().parents[2] / "ui" / "router.py"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """The application that the pages use, on an empty store."""
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    forget_application()
    yield application()
    forget_application()


@pytest.fixture
def visit(app: Application) -> AppTest:  # noqa: ARG001 - the store that the pages find
    """A visit that begins on the first page."""
    return AppTest.from_file(str(ROUTER), default_timeout=30).run()
