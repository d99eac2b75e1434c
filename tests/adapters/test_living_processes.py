import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.adapters.living_processes import KEPT_SECONDS, LivingProcesses
from core.config import ROOT

_CODE = """
import sys, time
from pathlib import Path
from core.adapters.living_processes import LivingProcesses
mine = LivingProcesses(Path(sys.argv[1]))
print(mine.owner, flush=True)
time.sleep(60)
"""

Other = Callable[[], tuple[subprocess.Popen[str], str]]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Other]:
    """Starts another process that joins; the process and its owner id."""
    started: list[subprocess.Popen[str]] = []

    def start() -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-c", _CODE, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        started.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_other_process_lives_until_it_is_killed(tmp_path: Path, other: Other) -> None:
    mine = LivingProcesses(tmp_path)
    process, owner = other()
    assert not mine.is_dead(owner)
    process.kill()
    process.wait()
    assert mine.is_dead(owner)


def test_paused_process_lives(tmp_path: Path, other: Other) -> None:
    mine = LivingProcesses(tmp_path)
    process, owner = other()
    os.kill(process.pid, signal.SIGSTOP)
    assert not mine.is_dead(owner)


def test_one_that_joins_after_the_death_knows_it(tmp_path: Path, other: Other) -> None:
    process, owner = other()
    process.kill()
    process.wait()
    assert LivingProcesses(tmp_path).is_dead(owner)


def test_process_knows_itself_as_living(tmp_path: Path) -> None:
    mine = LivingProcesses(tmp_path)
    assert not mine.is_dead(mine.owner)


def test_child_that_is_started_does_not_keep_the_lock(tmp_path: Path, other: Other) -> None:
    gone = LivingProcesses(tmp_path)
    owner = gone.owner
    other()
    del gone
    assert LivingProcesses(tmp_path).is_dead(owner)


@pytest.mark.parametrize(
    "owner", ["0b9a1d52-3a51-4d3e-9c8e-5f3a7d1c2b4e", "a worker", "../interviews.db", ""]
)
def test_owner_that_left_no_file_counts_as_living(tmp_path: Path, owner: str) -> None:
    (tmp_path.parent / "interviews.db").touch()
    assert not LivingProcesses(tmp_path).is_dead(owner)


def test_folder_that_cannot_be_made_leaves_everyone_living(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    mine = LivingProcesses(tmp_path / "file" / "processes")
    assert not mine.is_dead(mine.owner)


def test_files_of_the_long_dead_are_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "0d6b1c4e-8f0a-4b57-9d3e-2f1f5f0f7a11"
    left.touch()
    LivingProcesses(tmp_path)
    assert left.exists()
    long_ago = time.time() - KEPT_SECONDS - 1
    os.utime(left, (long_ago, long_ago))
    LivingProcesses(tmp_path)
    assert not left.exists()


def test_file_of_a_process_that_lived_long_is_kept_when_it_dies(tmp_path: Path) -> None:
    left = tmp_path / "0d6b1c4e-8f0a-4b57-9d3e-2f1f5f0f7a11"
    left.touch()
    os.utime(left, (0, 0))
    assert LivingProcesses(tmp_path).is_dead(left.name)


def test_file_of_the_living_stays_however_old(tmp_path: Path) -> None:
    mine = LivingProcesses(tmp_path)
    (tmp_path / mine.owner).write_text("gone")
    os.utime(tmp_path / mine.owner, (0, 0))
    LivingProcesses(tmp_path)
    assert (tmp_path / mine.owner).exists()
