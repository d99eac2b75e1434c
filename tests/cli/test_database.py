"""Looking after the hosted database from a shell."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL

from core.adapters.aes_vault import AesVault
from core.adapters.migrations import FOLDER
from core.adapters.postgres_schema import open_postgres
from core.adapters.sql_keys import SqlKeyChecks, SqlKeyStore
from core.domain.key_ring import parse_ring
from core.domain.language_model import Provider
from core.domain.provider_key import Secret
from tests.builders import ALICE, BOB
from tests.cli.test_commands import run
from tests.cli.test_keys import K1, K2
from tests.doubles import FrozenClock
from tests.hosted_database import PASSWORD, HostedDatabase
from tests.key_doubles import KEY, a_stored_key


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def bare(postgres_url: URL, monkeypatch: pytest.MonkeyPatch) -> Iterator[HostedDatabase]:
    """A database without our tables, which the settings name."""
    database = HostedDatabase.bare(postgres_url)
    _name(database, monkeypatch)
    yield database
    database.drop()


def _name(database: HostedDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("DATABASE_OWNER_URL", database.owner_url)


def _sealed_keys(database: HostedDatabase, ring: str) -> None:
    """A stored key of two candidates each, under the ring's first key."""
    engine = open_postgres(database.url)
    vault = AesVault(parse_ring(ring), SqlKeyChecks(engine).keep_first)
    for user_id in (ALICE, BOB):
        sealed = vault.seal(user_id, Provider("openai"), "", Secret(KEY))
        row = replace(a_stored_key(), sealed=sealed)
        SqlKeyStore(engine, FrozenClock()).save_key(user_id, row)
    engine.dispose()


def _opened(database: HostedDatabase, ring: str) -> str:
    engine = open_postgres(database.url)
    vault = AesVault(parse_ring(ring), SqlKeyChecks(engine).keep_first)
    (row,) = SqlKeyStore(engine, FrozenClock()).keys(ALICE)
    engine.dispose()
    return vault.open(ALICE, row.provider, row.base_url, row.sealed).reveal()


def test_migrate_names_what_it_applied_and_then_has_nothing_to_do(
    data_dir: Path, bare: HostedDatabase
) -> None:
    assert bare.url
    first, second = (run(data_dir, "database", "migrate") for _ in range(2))
    files = sorted(file.name for file in FOLDER.glob("*.sql"))
    assert first.stdout.splitlines() == [f"{name} applied" for name in files], first.stderr
    assert second.stdout == "Nothing to apply: the database is up to date.\n"
    assert (first.returncode, second.returncode) == (0, 0)


def test_migrate_without_an_owner_says_which_setting_is_missing(
    data_dir: Path, bare: HostedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bare.url
    monkeypatch.delenv("DATABASE_OWNER_URL")
    done = run(data_dir, "database", "migrate")
    assert done.returncode == 2
    assert "set DATABASE_OWNER_URL" in done.stderr


def test_command_before_the_migration_names_the_command_that_is_missing(
    data_dir: Path, bare: HostedDatabase, postgres: HostedDatabase
) -> None:
    assert bare.url != postgres.url
    done = run(data_dir, "interview", "--role", "Tester", given="")
    assert done.returncode == 2
    assert "python -m cli database migrate" in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr


def test_interview_of_the_command_line_is_kept_in_the_hosted_database(
    data_dir: Path, postgres: HostedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    _name(postgres, monkeypatch)
    monkeypatch.delenv("DATABASE_OWNER_URL")
    done = run(
        data_dir, "interview", "--role", "Tester", "--questions", "1", given="/skip\n/skip\n"
    )
    assert done.returncode == 0, done.stderr
    assert postgres.query("select count(*) from interviews") == [(1,)]
    assert not (data_dir / "interviews.db").exists()


def test_all_candidates_keys_are_rotated(
    data_dir: Path, postgres: HostedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    _name(postgres, monkeypatch)
    _sealed_keys(postgres, K1)
    monkeypatch.setenv("APP_ENCRYPTION_KEYS", f"{K2},{K1}")
    done = run(data_dir, "keys", "rotate")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "2 put under k2",
        "k2: 2 stored keys, seals",
        "k1: 0 stored keys, opens; can be dropped from the ring",
    ]
    assert _opened(postgres, K2) == KEY


def test_keys_of_a_hosted_database_need_its_owner(
    data_dir: Path, postgres: HostedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    _name(postgres, monkeypatch)
    monkeypatch.delenv("DATABASE_OWNER_URL")
    monkeypatch.setenv("APP_ENCRYPTION_KEYS", K1)
    done = run(data_dir, "keys", "status")
    assert done.returncode == 2
    assert "set DATABASE_OWNER_URL" in done.stderr


@pytest.mark.parametrize(
    "url", ["postgresql://app_login:{}@127.0.0.1:1/nowhere", "mysql://a:{}@b/c"]
)
def test_no_command_prints_a_password(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(name, url.format(PASSWORD))
    for command in (("database", "migrate"), ("interview", "--role", "Tester")):
        done = run(data_dir, *command)
        assert done.returncode == 2
        assert PASSWORD not in done.stdout + done.stderr
