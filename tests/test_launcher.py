"""What the server's start waits for."""

import subprocess
import sys

from core.config import ROOT

LATE = {"core.bootstrap", "sqlalchemy", "pandas", "numpy", "fastapi"}


def test_start_of_the_server_waits_for_none_of_the_large_imports() -> None:
    code = "import sys, app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "streamlit" in loaded
    assert not loaded & LATE
