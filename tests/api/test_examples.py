"""What docs/examples shows works."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount

from core.bootstrap import Application
from core.config import ROOT
from core.domain.access import Scope
from tests.api.calls import RESUME
from tests.api.serving import served
from tests.builders import ALICE

EXAMPLES = ROOT / "docs" / "examples"
PROGRAMS = {
    "walk.sh": ("sh", str(EXAMPLES / "walk.sh")),
    "client.py": (sys.executable, str(EXAMPLES / "client.py")),
}


@pytest.fixture
def surroundings(app: Application, rest: FastAPI, tmp_path: Path) -> Iterator[dict[str, str]]:
    (tmp_path / "resume.txt").write_bytes(RESUME)
    _, token = app.tokens.make_token(ALICE, "example", tuple(Scope), 1)
    with served(Starlette(routes=[Mount("/api", rest)])) as url:
        yield os.environ | {"API": f"{url}/api", "TOKEN": token}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(PROGRAMS))
def test_example_holds_an_interview(
    name: str, surroundings: dict[str, str], app: Application, tmp_path: Path
) -> None:
    done = subprocess.run(
        [*PROGRAMS[name], str(tmp_path / "resume.txt")],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    (summary,) = app.interviewing.interviews(ALICE)
    assert (summary.is_over, summary.answered) == (True, 1)
    assert "for mid" in done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_example_tells_the_problems_sentence(surroundings: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAMS["walk.sh"], str(tmp_path / "resume.txt")],
        env=surroundings | {"TOKEN": "amip_none"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "This token is not accepted" in done.stdout + done.stderr


def test_every_example_is_run() -> None:
    assert {path.name for path in EXAMPLES.iterdir() if path.is_file()} == set(PROGRAMS)
