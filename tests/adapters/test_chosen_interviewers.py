from uuid import UUID

import pytest

from core.adapters.ai_interviewer import AIInterviewer
from core.adapters.chosen_interviewers import ChosenInterviewers
from core.adapters.model_factory import ModelFactory
from core.adapters.wall import OPEN_WALL
from core.domain.errors import KeyMissingError, KeyUnreadableError
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from core.domain.language_model import Provider
from core.domain.provider_key import ProviderKey, Secret
from core.ports import LanguageModel, ResumeReader
from tests.builders import ALICE, BOB, real_content
from tests.doubles import ScriptedInterviewer
from tests.known_providers import COMPATIBLE, DECLARED, OPENAI

PRACTICE = ScriptedInterviewer()
SERVER = "https://models.example.com/v1"
OWN_SERVER = InterviewerChoice(COMPATIBLE, "some-model", SERVER)


class Keys:
    """Alice's key for her own server, and for OpenAI one that does not open any more."""

    def __init__(self, address: str = SERVER) -> None:
        self._address = address

    def open_key(self, user_id: UUID, provider: Provider) -> ProviderKey:
        if user_id == ALICE and provider == OPENAI:
            raise KeyUnreadableError(provider)
        if user_id != ALICE or provider != COMPATIBLE:
            raise KeyMissingError(provider)
        secret = Secret("candidate-4711")
        return ProviderKey(provider, self._address, secret, "some-model", is_stored=False)


def _no_reader(_model: LanguageModel) -> ResumeReader:
    raise AssertionError("nobody asked for a reader")


def _interviewers(keys: Keys | None = None) -> ChosenInterviewers:
    open_key = (keys or Keys()).open_key
    return ChosenInterviewers(
        PRACTICE,
        open_key,
        ModelFactory(DECLARED, OPEN_WALL),
        real_content(),
        lambda _text: (),
        _no_reader,
    )


def test_built_in_interviewer_needs_no_key() -> None:
    assert _interviewers().interviewer(BOB, BUILT_IN_CHOICE) is PRACTICE


def test_model_with_the_candidates_key_is_found() -> None:
    found = _interviewers().interviewer(ALICE, OWN_SERVER)
    assert isinstance(found, AIInterviewer)
    assert found.name == OWN_SERVER.name


def test_another_candidates_key_is_not_used() -> None:
    with pytest.raises(KeyMissingError):
        _interviewers().interviewer(BOB, OWN_SERVER)


@pytest.mark.parametrize("address", ["https://other.example.com/v1", f"{SERVER}/", ""])
def test_key_for_another_address_is_not_sent_to_this_one(address: str) -> None:
    with pytest.raises(KeyMissingError):
        _interviewers(Keys(address)).interviewer(ALICE, OWN_SERVER)


def test_key_that_does_not_open_is_told() -> None:
    with pytest.raises(KeyUnreadableError):
        _interviewers().interviewer(ALICE, InterviewerChoice(OPENAI, "some-model"))
