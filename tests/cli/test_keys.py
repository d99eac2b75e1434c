"""Looking after stored keys from a shell."""

from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from core.adapters.aes_vault import AesVault
from core.adapters.database import open_sqlite
from core.adapters.key_ring_file import file_ring
from core.adapters.sql_keys import SqlKeyChecks, SqlKeyStore
from core.domain.key_ring import parse_ring
from core.domain.provider_key import Secret
from tests.builders import ALICE, BOB
from tests.cli.test_commands import run
from tests.doubles import FrozenClock
from tests.key_doubles import KEY, a_stored_key
from tests.known_providers import OPENAI

K1 = f"k1:{b64encode(b'1' * 32).decode()}"
K2 = f"k2:{b64encode(b'2' * 32).decode()}"
WRONG_K1 = f"k1:{b64encode(b'x' * 32).decode()}"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


def _ring(monkeypatch: pytest.MonkeyPatch, *keys: str) -> None:
    monkeypatch.setenv("APP_ENCRYPTION_KEYS", ",".join(keys))


def _store_keys(data_dir: Path, ring: str = "") -> None:
    """A stored key of two candidates each, under the ring's first key or the file's."""
    engine = open_sqlite(data_dir / "interviews.db")
    keys = parse_ring(ring) if ring else file_ring(data_dir / "master.key")
    vault = AesVault(keys, SqlKeyChecks(engine).keep_first)
    for user_id in (ALICE, BOB):
        sealed = vault.seal(user_id, OPENAI, "", Secret(KEY))
        row = replace(a_stored_key(), sealed=sealed)
        SqlKeyStore(engine, FrozenClock()).save_key(user_id, row)
    engine.dispose()


def _opened_with(data_dir: Path, ring: str) -> str:
    engine = open_sqlite(data_dir / "interviews.db")
    vault = AesVault(parse_ring(ring), SqlKeyChecks(engine).keep_first)
    (row,) = SqlKeyStore(engine, FrozenClock()).keys(ALICE)
    engine.dispose()
    return vault.open(ALICE, row.provider, row.base_url, row.sealed).reveal()


def test_status_counts_the_keys_under_each_master_key(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _store_keys(data_dir, K1)
    _ring(monkeypatch, K2, K1)
    done = run(data_dir, "keys", "status")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["k2: 0 stored keys, seals", "k1: 2 stored keys, opens"]


def test_rotation_says_which_master_key_can_be_dropped(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _store_keys(data_dir, K1)
    _ring(monkeypatch, K2, K1)
    done = run(data_dir, "keys", "rotate")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "2 put under k2",
        "k2: 2 stored keys, seals",
        "k1: 0 stored keys, opens; can be dropped from the ring",
    ]
    assert _opened_with(data_dir, K2) == KEY


def test_rotation_leaves_what_it_cannot_read_and_exits_with_1(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _store_keys(data_dir, K1)
    _ring(monkeypatch, K2)
    done = run(data_dir, "keys", "rotate")
    assert done.returncode == 1
    assert "2 cannot be read and were left as they are" in done.stdout
    assert "k1: 2 stored keys, is not in the ring" in done.stdout
    assert _opened_with(data_dir, K1) == KEY


def test_rotation_under_a_mistaken_master_key_is_refused_with_2(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _store_keys(data_dir, K1)
    _ring(monkeypatch, WRONG_K1)
    done = run(data_dir, "keys", "rotate")
    assert done.returncode == 2
    assert "Nothing was changed: k1 is not the master key" in done.stderr
    assert _opened_with(data_dir, K1) == KEY


def test_file_of_a_local_app_is_found_without_a_setting(data_dir: Path) -> None:
    _store_keys(data_dir)
    done = run(data_dir, "keys", "status")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("local-")
    assert ": 2 stored keys, seals" in done.stdout


def test_local_app_moves_from_its_file_to_the_setting(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _store_keys(data_dir)
    _ring(monkeypatch, K2, (data_dir / "master.key").read_text().strip())
    done = run(data_dir, "keys", "rotate")
    assert done.returncode == 0, done.stderr
    assert _opened_with(data_dir, K2) == KEY


def test_without_any_master_key_nothing_is_made(data_dir: Path) -> None:
    done = run(data_dir, "keys", "status")
    assert done.returncode == 2
    assert done.stderr.startswith("No master key is found")
    assert not data_dir.exists()


def test_broken_ring_exits_with_2_and_one_sentence_that_tells_no_key(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ring(monkeypatch, K1, WRONG_K1)
    done = run(data_dir, "resume", "resume.txt")
    assert done.returncode == 2
    assert done.stderr == (
        "The setting APP_ENCRYPTION_KEYS cannot be used: the name k1 stands there twice.\n"
    )


@pytest.mark.parametrize("command", ["status", "rotate"])
def test_no_command_prints_a_key(
    command: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _store_keys(data_dir, K1)
    _ring(monkeypatch, K2, K1)
    done = run(data_dir, "keys", command)
    printed = done.stdout + done.stderr
    secrets = (KEY, KEY[-4:], *(ring.partition(":")[2] for ring in (K1, K2)))
    assert not [secret for secret in secrets if secret in printed]
