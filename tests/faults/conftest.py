import time
from collections.abc import Iterator

import pytest

from core.adapters import model_factory
from core.adapters.patient_model import PatientModel
from core.ports import LanguageModel
from tests.faults.whole_stack import Stack, whole_stack
from tests.known_providers import PROVIDERS


class Pauses:
    """A clock that jumps ahead instead of sleeping; `seconds` is how long it would have slept in all."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return time.monotonic() + self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture(params=PROVIDERS, ids=str, scope="module")
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """One stack for all cells of a provider."""
    with whole_stack(tmp_path_factory.mktemp("data"), request.param) as running:
        yield running


@pytest.fixture
def stack(shared: Stack) -> Stack:
    """The provider's stack, with nothing scripted and nothing remembered."""
    shared.stub.forget()
    return shared


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> Pauses:
    """Lets further tries begin at once; the pauses before them are counted."""
    counted = Pauses()

    def patient(model: LanguageModel) -> LanguageModel:
        return PatientModel(model, counted.sleep, counted.now, lambda: 0.0)

    monkeypatch.setattr(model_factory, "PatientModel", patient)
    return counted
