from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application, application, forget_application

ROUTER = Path(__file__).resolve().parents[2] / "ui" / "router.py"


@pytest.fixture(autouse=True, scope="session")
def _installed_components() -> Iterator[None]:
    """Streamlit looks through all installed packages once, and not at every visit."""
    once = cache(manifest_scanner.scan_component_manifests)
    with patch.object(manifest_scanner, "scan_component_manifests", once):
        yield


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Where the application keeps its data; nothing is there yet."""
    return tmp_path / "var"


@pytest.fixture
def app(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """The application that the pages use, on an empty store."""
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    forget_application()
    yield application()
    forget_application()


@pytest.fixture
def visit(app: Application) -> AppTest:  # noqa: ARG001 - the store that the pages find
    """A visit that begins on the first page."""
    return AppTest.from_file(str(ROUTER), default_timeout=30).run()
