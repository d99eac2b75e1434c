from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import Engine

from core.adapters.aes_vault import AesVault
from core.adapters.database import is_postgres
from core.adapters.key_maintenance import SqlKeyMaintenance
from core.adapters.postgres_schema import open_for_maintenance
from core.adapters.sql_keys import SqlKeyChecks, SqlKeyStore
from core.domain.errors import KeyNotStorableError, KeyUnreadableError
from core.domain.language_model import Provider
from core.domain.provider_key import KeyIdCount, KeyIdState, Rotation, Secret
from tests.builders import ALICE, BOB
from tests.doubles import FrozenClock
from tests.hosted_database import HostedDatabase
from tests.key_doubles import KEY, OTHER_KEY, SERVER, a_ring, a_stored_key
from tests.known_providers import COMPATIBLE, OPENAI

_ONE, _TWO = b"1" * 32, b"2" * 32


@pytest.fixture
def engine(sql_engine: Engine) -> Engine:
    """The app's."""
    return sql_engine


@pytest.fixture
def command_line(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The command line's engine on the same database."""
    if not is_postgres(engine):
        yield engine
        return
    postgres: HostedDatabase = request.getfixturevalue("postgres")
    owner = open_for_maintenance(postgres.owner_url)
    yield owner
    owner.dispose()


def _vault(engine: Engine, **keys: bytes) -> AesVault:
    return AesVault(a_ring(**keys), SqlKeyChecks(engine).keep_first)


def _store(
    engine: Engine, vault: AesVault, user_id: UUID, provider: Provider, key: str, base_url: str = ""
) -> None:
    sealed = vault.seal(user_id, provider, base_url, Secret(key))
    row = replace(a_stored_key(provider, sealed), base_url=base_url)
    SqlKeyStore(engine, FrozenClock()).save_key(user_id, row)


def _with_two_keys_under_k1(engine: Engine) -> None:
    old = _vault(engine, k1=_ONE)
    _store(engine, old, ALICE, COMPATIBLE, KEY, SERVER)
    _store(engine, old, BOB, OPENAI, OTHER_KEY)


def _rows(engine: Engine) -> list[object]:
    store = SqlKeyStore(engine, FrozenClock())
    return [*store.keys(ALICE), *store.keys(BOB)]


def _opened(engine: Engine, vault: AesVault, user_id: UUID) -> str:
    (row,) = SqlKeyStore(engine, FrozenClock()).keys(user_id)
    return vault.open(user_id, row.provider, row.base_url, row.sealed).reveal()


def test_census_counts_every_candidates_keys_by_master_key(
    engine: Engine, command_line: Engine
) -> None:
    _with_two_keys_under_k1(engine)
    maintenance = SqlKeyMaintenance(command_line, _vault(command_line, k2=_TWO, k1=_ONE))
    assert maintenance.census() == (
        KeyIdCount("k2", 0, KeyIdState.SEALS),
        KeyIdCount("k1", 2, KeyIdState.OPENS),
    )


def test_census_names_master_keys_that_the_ring_has_not(
    engine: Engine, command_line: Engine
) -> None:
    _with_two_keys_under_k1(engine)
    maintenance = SqlKeyMaintenance(command_line, _vault(command_line, k2=_TWO))
    assert maintenance.census()[1] == KeyIdCount("k1", 2, KeyIdState.MISSING)


def test_census_names_a_mistaken_master_key(engine: Engine, command_line: Engine) -> None:
    _with_two_keys_under_k1(engine)
    maintenance = SqlKeyMaintenance(command_line, _vault(command_line, k1=_TWO))
    assert maintenance.census() == (KeyIdCount("k1", 2, KeyIdState.MISTAKEN),)


def test_all_keys_open_under_the_new_master_key_alone_after_rotation(
    engine: Engine, command_line: Engine
) -> None:
    _with_two_keys_under_k1(engine)
    maintenance = SqlKeyMaintenance(command_line, _vault(command_line, k2=_TWO, k1=_ONE))
    assert maintenance.rewrap() == Rotation(rewrapped=2, unreadable=0)
    new = _vault(engine, k2=_TWO)
    assert [_opened(engine, new, who) for who in (ALICE, BOB)] == [KEY, OTHER_KEY]


def test_old_master_key_can_be_dropped_after_rotation_and_not_before(
    engine: Engine, command_line: Engine
) -> None:
    _with_two_keys_under_k1(engine)
    maintenance = SqlKeyMaintenance(command_line, _vault(command_line, k2=_TWO, k1=_ONE))
    before = [count.can_be_dropped for count in maintenance.census()]
    maintenance.rewrap()
    after = [count.can_be_dropped for count in maintenance.census()]
    assert (before, after) == ([False, False], [False, True])


def test_second_rotation_has_nothing_to_do(engine: Engine, command_line: Engine) -> None:
    _with_two_keys_under_k1(engine)
    maintenance = SqlKeyMaintenance(command_line, _vault(command_line, k2=_TWO, k1=_ONE))
    maintenance.rewrap()
    before = _rows(engine)
    assert maintenance.rewrap() == Rotation(rewrapped=0, unreadable=0)
    assert _rows(engine) == before


def test_keys_that_cannot_be_read_are_counted_and_left_as_they_are(
    engine: Engine, command_line: Engine
) -> None:
    _with_two_keys_under_k1(engine)
    before = _rows(engine)
    maintenance = SqlKeyMaintenance(command_line, _vault(command_line, k2=_TWO))
    assert maintenance.rewrap() == Rotation(rewrapped=0, unreadable=2)
    assert _rows(engine) == before


def test_moved_row_is_not_made_readable_by_rotation(engine: Engine, command_line: Engine) -> None:
    old = _vault(engine, k1=_ONE)
    sealed = old.seal(ALICE, OPENAI, "", Secret(KEY))
    SqlKeyStore(engine, FrozenClock()).save_key(BOB, a_stored_key(sealed=sealed))
    both = _vault(engine, k2=_TWO, k1=_ONE)
    assert SqlKeyMaintenance(command_line, both).rewrap() == Rotation(rewrapped=0, unreadable=1)
    with pytest.raises(KeyUnreadableError):
        _opened(engine, both, BOB)


def test_nothing_is_put_under_a_mistaken_master_key(engine: Engine, command_line: Engine) -> None:
    _with_two_keys_under_k1(engine)
    _vault(engine, k2=_TWO)
    before = _rows(engine)
    with pytest.raises(KeyNotStorableError):
        SqlKeyMaintenance(command_line, _vault(command_line, k2=b"3" * 32, k1=_ONE)).rewrap()
    assert _rows(engine) == before
