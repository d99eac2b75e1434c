"""Each adapter, heard by a witness that did not read our code."""

import json

import pytest

from core.adapters.provider_declaration import Access, Declaration
from core.adapters.wall import OPEN_WALL
from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import ReplyEnd, StopReason
from core.ports import LanguageModel
from tests.adapters.language_models import KEY, MODELS, a_request, never, reply_of
from tests.known_providers import DECLARED
from tests.witness.conftest import Witness

pytestmark = pytest.mark.witness


@pytest.fixture(params=DECLARED, ids=lambda declared: declared.facts.id)
def model(request: pytest.FixtureRequest, witness: Witness) -> LanguageModel:
    declared: Declaration = request.param
    url = witness.api_urls[declared.facts.id]
    return declared.make(Access(KEY, MODELS[declared.facts.id], url, OPEN_WALL))


def _fault(model: LanguageModel, volatile: str) -> ModelError:
    with pytest.raises(ModelError) as caught:
        reply_of(model, a_request(volatile=volatile))
    return caught.value


def test_structured_reply_is_streamed(model: LanguageModel) -> None:
    *texts, end = model.stream(a_request(volatile="ANSWER-WELL"), 10, never)
    assert len(texts) > 3
    assert json.loads("".join(map(str, texts)))["level"] == 4
    assert isinstance(end, ReplyEnd)
    assert end.stop is StopReason.COMPLETE


def test_reply_that_is_cut_says_so(model: LanguageModel) -> None:
    assert reply_of(model, a_request(volatile="ANSWER-CUT"))[1].stop is StopReason.TRUNCATED


def test_broken_connection_is_an_interruption(model: LanguageModel) -> None:
    assert _fault(model, "ANSWER-DROP").fault is ModelFault.INTERRUPTED


@pytest.mark.parametrize(
    ("volatile", "fault"),
    [
        ("ANSWER-401", ModelFault.KEY_REFUSED),
        ("ANSWER-429", ModelFault.RATE_LIMITED),
        ("ANSWER-500", ModelFault.OVERLOADED),
    ],
)
def test_status_becomes_its_fault(model: LanguageModel, volatile: str, fault: ModelFault) -> None:
    assert _fault(model, volatile).fault is fault


def test_wait_that_is_asked_for_is_kept(model: LanguageModel) -> None:
    assert _fault(model, "ANSWER-429").retry_after_seconds == 7


def test_chaos_of_rate_limits_is_told(model: LanguageModel, witness: Witness) -> None:
    witness.misbehave(rateLimitRate=1)
    error = _fault(model, "ANSWER-WELL")
    assert (error.fault, error.retry_after_seconds) == (ModelFault.RATE_LIMITED, 1)


def test_chaos_of_server_errors_is_told(model: LanguageModel, witness: Witness) -> None:
    witness.misbehave(dropRate=1)
    assert _fault(model, "ANSWER-WELL").fault is ModelFault.OVERLOADED


def test_chaos_of_malformed_replies_gives_no_reply(model: LanguageModel, witness: Witness) -> None:
    witness.misbehave(malformedRate=1)
    error = _fault(model, "ANSWER-WELL")
    assert error.fault in {ModelFault.MALFORMED, ModelFault.INTERRUPTED}
