"""Access tokens from a shell."""

from pathlib import Path

import pytest

from core.adapters.database import open_sqlite
from core.adapters.sql_tokens import SqlTokenStore
from core.adapters.system_clock import SystemClock
from core.domain.access import Access, Scope
from core.services.accounts import LOCAL_CANDIDATE
from core.services.tokens import Tokens
from tests.cli.test_commands import run


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


def _access(data_dir: Path, text: str) -> Access | None:
    engine = open_sqlite(data_dir / "interviews.db")
    found = Tokens(SqlTokenStore(engine), SystemClock()).access(text)
    engine.dispose()
    return found


def test_token_is_printed_alone_and_is_the_local_candidates(data_dir: Path) -> None:
    done = run(data_dir, "token")
    assert (done.returncode, done.stderr) == (0, "")
    access = _access(data_dir, done.stdout.removesuffix("\n"))
    assert access is not None
    assert (access.user_id, access.scopes) == (LOCAL_CANDIDATE, tuple(Scope))


def test_read_only_token_may_only_read(data_dir: Path) -> None:
    access = _access(data_dir, run(data_dir, "token", "--read-only").stdout.strip())
    assert access is not None
    assert access.scopes == (Scope.READ,)


def test_listed_token_can_be_revoked(data_dir: Path) -> None:
    text = run(data_dir, "token", "--name", "mine").stdout.strip()
    line = run(data_dir, "token", "--list").stdout
    assert line.strip().endswith("mine")
    assert text not in line
    assert run(data_dir, "token", "--revoke", line.split()[0]).returncode == 0
    assert _access(data_dir, text) is None


@pytest.mark.parametrize("token_id", ["x", "00000000-0000-4000-8000-000000000000"])
def test_token_that_is_not_there_is_told_as_such(data_dir: Path, token_id: str) -> None:
    done = run(data_dir, "token", "--revoke", token_id)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(".\n")


def test_token_that_would_last_too_long_is_refused(data_dir: Path) -> None:
    assert run(data_dir, "token", "--days", "400").returncode == 2
