"""The API over HTTP, on an empty store, with two candidates who each have a token."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.rest import make_rest
from core.bootstrap import Application, application, forget_application
from core.domain.access import Scope
from tests.builders import ALICE, BOB

Client = Callable[..., TestClient]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """The application that the API uses."""
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("API_REQUESTS_PER_MINUTE", "100000")
    forget_application()
    yield application()
    forget_application()


@pytest.fixture
def rest(app: Application) -> FastAPI:
    """The API, as `app.py` mounts it."""
    return make_rest(app.settings)


@pytest.fixture
def client(rest: FastAPI) -> Iterator[Client]:
    """Makes clients with the headers that are given; one server runs for all of them."""
    with TestClient(rest) as first:

        def make(**headers: str) -> TestClient:
            made = TestClient(
                rest,
                headers={name.replace("_", "-"): value for name, value in headers.items()},
                raise_server_exceptions=False,
                client=("127.0.0.1", 50000),
            )
            made.portal = first.portal
            return made

        yield make


@pytest.fixture
def alice(client: Client, app: Application) -> TestClient:
    """A client with a token of Alice's."""
    _, token = app.tokens.make_token(ALICE, "test", tuple(Scope), 30)
    return client(Authorization=f"Bearer {token}")


@pytest.fixture
def bob(client: Client, app: Application) -> TestClient:
    """A client with a token of Bob's."""
    _, token = app.tokens.make_token(BOB, "test", tuple(Scope), 30)
    return client(Authorization=f"Bearer {token}")
