import traceback

import pytest

from core.adapters.model_factory import ModelFactory
from core.adapters.patient_model import PatientModel
from core.adapters.wall import OPEN_WALL
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import Provider
from core.domain.provider_key import Secret
from tests.adapters.language_models import a_request, never, reply_of
from tests.known_providers import COMPATIBLE, DECLARED, KNOWN, PROVIDERS
from tests.stub_provider.script import Status
from tests.stub_provider.server import StubProvider

KEY = Secret("sk-candidate-4711-Zq8vXw2LmN")


def _factory(stub: StubProvider) -> ModelFactory:
    return ModelFactory(DECLARED, OPEN_WALL, stub.api_urls)


@pytest.mark.parametrize("provider", PROVIDERS, ids=str)
def test_model_is_the_providers_and_asks_with_the_candidates_key(
    stub: StubProvider, provider: Provider
) -> None:
    model = _factory(stub).make(provider, KEY, "some-model", stub.own_address(provider))
    reply_of(model)
    (asked,) = stub.requests
    assert (model.provider, model.model) == (provider, "some-model")
    assert (asked.provider, asked.model) == (provider, "some-model")
    assert any(KEY.reveal() in value for value in asked.headers.values())


@pytest.mark.parametrize("provider", PROVIDERS, ids=str)
def test_model_is_patient(stub: StubProvider, provider: Provider) -> None:
    model = _factory(stub).make(provider, KEY, "some-model", stub.own_address(provider))
    assert isinstance(model, PatientModel)


@pytest.mark.parametrize("provider", PROVIDERS, ids=str)
def test_models_are_listed_by_asking_once(stub: StubProvider, provider: Provider) -> None:
    assert _factory(stub).list_models(provider, KEY, stub.own_address(provider))
    assert len(stub.requests) == 1


@pytest.mark.parametrize("provider", PROVIDERS, ids=str)
def test_refused_key_is_told_by_the_listing_without_the_key(
    stub: StubProvider, provider: Provider
) -> None:
    stub.then(Status(401))
    with pytest.raises(ModelError) as caught:
        _factory(stub).list_models(provider, KEY, stub.own_address(provider))
    assert caught.value.fault is ModelFault.KEY_REFUSED
    assert KEY.reveal() not in "".join(traceback.format_exception(caught.value))


def test_candidates_own_server_is_reached_through_the_wall_only(stub: StubProvider) -> None:
    model = ModelFactory(DECLARED).make(COMPATIBLE, KEY, "some-model", stub.url_v1)
    with pytest.raises(ModelError) as caught:
        list(model.stream(a_request(), 5, never))
    assert caught.value.fault is ModelFault.ADDRESS_REFUSED
    assert stub.requests == []


@pytest.mark.parametrize(
    "provider", [facts.id for facts in KNOWN.all if not facts.is_own_server], ids=str
)
def test_empty_key_is_refused_before_anything_is_asked(
    stub: StubProvider, provider: Provider
) -> None:
    with pytest.raises(ModelError) as caught:
        _factory(stub).make(provider, Secret(""), "some-model")
    assert caught.value.fault is ModelFault.KEY_REFUSED
