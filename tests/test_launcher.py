"""What the server's start waits for."""

import os
import subprocess
import sys
from pathlib import Path

from core.config import ROOT

UNUSED_AT_FIRST = {
    *("numpy", "snowballstemmer"),
    *("core.evaluation", "core.prompting", "core.parsing.lexicon", "core.speech.measuring"),
}
LATE = {"core.bootstrap", "sqlalchemy", "pandas", "numpy", "fastapi"}


def test_start_of_the_server_waits_for_none_of_the_large_imports() -> None:
    code = "import sys, app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "streamlit" in loaded
    assert not loaded & LATE


def test_first_page_waits_for_none_of_what_judges_answers(tmp_path: Path) -> None:
    code = f"""
import sys
from streamlit.testing.v1 import AppTest
AppTest.from_file({str(ROOT / "ui" / "router.py")!r}, default_timeout=60).run()
print(*sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"APP_MODE": "local", "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "core.bootstrap" in loaded
    assert not loaded & UNUSED_AT_FIRST
