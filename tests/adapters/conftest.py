from collections.abc import Iterator

import pytest

from tests.stub_provider.server import StubProvider


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with StubProvider() as running:
        yield running
