import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from sqlalchemy import URL, make_url

from tests.hosted_database import HostedDatabase
from tests.postgres_server import PostgresServer

# How long one example takes says more about the machine than about the code.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[URL]:
    """A superuser's address of a Postgres: TEST_DATABASE_URL, else a server that is started for it."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    server = PostgresServer()
    try:
        server.start()
        yield server.url("postgres", "postgres")
    finally:
        server.remove()


@pytest.fixture(scope="session")
def shared_postgres(postgres_url: URL) -> Iterator[HostedDatabase]:
    """One migrated database for all tests of this process."""
    database = HostedDatabase.migrated(postgres_url)
    yield database
    database.drop()


@pytest.fixture
def postgres(shared_postgres: HostedDatabase) -> HostedDatabase:
    """The migrated database, without rows."""
    shared_postgres.empty()
    return shared_postgres
