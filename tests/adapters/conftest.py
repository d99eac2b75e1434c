from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.adapters.database import open_sqlite
from core.adapters.postgres_schema import open_postgres
from tests.hosted_database import HostedDatabase
from tests.stub_provider.server import StubProvider


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with StubProvider() as running:
        yield running


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "interviews.db"


@pytest.fixture
def sqlite_engine(sqlite_path: Path) -> Iterator[Engine]:
    engine = open_sqlite(sqlite_path)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shared_postgres_engine(shared_postgres: HostedDatabase) -> Iterator[Engine]:
    engine = open_postgres(shared_postgres.url)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(postgres: HostedDatabase, shared_postgres_engine: Engine) -> Engine:
    """The app's engine on the hosted database, which has no rows."""
    assert postgres.url
    return shared_postgres_engine


@pytest.fixture(params=["sqlite", "postgres"])
def sql_engine(request: pytest.FixtureRequest) -> Engine:
    """An engine on an empty database, of either kind."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine
