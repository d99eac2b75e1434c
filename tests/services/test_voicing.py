"""Questions spoken on the candidate's key: counted, never asked for twice, and never in the way."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from core.domain.errors import (
    InterviewError,
    KeyMissingError,
    ModelError,
    ModelFault,
    StoreAwayError,
    VoiceError,
)
from core.domain.interview import Interview
from core.domain.language_model import Usage
from core.domain.voice import MAX_VOICED_CHARACTERS, Voiced, VoiceOffer
from core.services.voicing import MOST_KEPT, LastSounds, Voicing
from tests.builders import ALICE, INTERVIEW_ID, a_setup, a_started_interview
from tests.doubles import InlineJobs, MemoryStore

WAV = b"RIFF\0\0\0\0WAVE and so on"
USAGE = Usage(20, 0, 300)


class OneVoice:
    """A Voice that says the same each time, or fails; and the Voices that know only it."""

    name = "The one voice"

    def __init__(self, outcome: Voiced | Exception | None = None) -> None:
        self.outcome = outcome or Voiced(WAV, USAGE)
        self.asked: list[str] = []
        self.has_key = True

    def speak(
        self,
        text: str,
        timeout_seconds: float,  # noqa: ARG002 - the port's signature
        is_cancelled: Callable[[], bool],  # noqa: ARG002 - the port's signature
    ) -> Voiced:
        self.asked.append(text)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def offers(self, user_id: UUID) -> tuple[VoiceOffer, ...]:  # noqa: ARG002 - the port's signature
        return ()

    def gemini(self, user_id: UUID) -> "OneVoice":  # noqa: ARG002 - the port's signature
        if not self.has_key:
            raise KeyMissingError("Gemini")
        return self


def a_voicing(voice: OneVoice, store: MemoryStore | None = None) -> Voicing:
    store = store or MemoryStore()
    store.add_interview(ALICE, a_started_interview())
    return Voicing(store, voice, InlineJobs())


def shown(voicing: Voicing, text: str = "Why?") -> object:
    interview = voicing.store.interview(ALICE, INTERVIEW_ID)
    return voicing.speak(ALICE, interview, text).shown


def test_question_becomes_sound_and_its_tokens_are_counted() -> None:
    voicing = a_voicing(OneVoice())
    assert shown(voicing) == Voiced(WAV, USAGE)
    assert voicing.store.interview(ALICE, INTERVIEW_ID).tokens_used == 320


def test_fault_is_told_with_what_goes_on_and_its_tokens_are_counted() -> None:
    failure = ModelError(ModelFault.MALFORMED, "The one voice", usage=USAGE)
    voicing = a_voicing(OneVoice(failure))
    error = shown(voicing)
    assert isinstance(error, VoiceError)
    assert "Your browser's own voice goes on" in str(error).replace("your", "Your")
    assert voicing.store.interview(ALICE, INTERVIEW_ID).tokens_used == 320


@pytest.mark.parametrize("fault", ModelFault, ids=str)
def test_every_fault_has_a_sentence(fault: ModelFault) -> None:
    error = shown(a_voicing(OneVoice(ModelError(fault, "Gemini"))))
    assert isinstance(error, VoiceError)
    assert str(error).startswith("Gemini could not speak: ")


@pytest.mark.parametrize("nothing", [b"", b"RIFF\0\0\0\0WAVE", b"<html>no sound here</html>"])
def test_what_is_no_sound_is_not_played(nothing: bytes) -> None:
    assert isinstance(shown(a_voicing(OneVoice(Voiced(nothing)))), VoiceError)


def test_missing_key_is_told() -> None:
    voice = OneVoice()
    voice.has_key = False
    assert isinstance(shown(a_voicing(voice)), KeyMissingError)


def test_what_nobody_thought_of_is_told_without_its_words() -> None:
    error = shown(a_voicing(OneVoice(ValueError("secret"))))
    assert isinstance(error, InterviewError)
    assert "secret" not in str(error)


def test_beyond_the_limit_of_tokens_nothing_is_asked() -> None:
    voice = OneVoice()
    voicing = a_voicing(voice)
    capped = replace(a_started_interview(setup=a_setup(token_cap=10)), usage=USAGE)
    assert "limit of tokens" in str(voicing.speak(ALICE, capped, "Why?").shown)
    assert voice.asked == []


def test_endless_text_is_cut_before_it_is_sent() -> None:
    voice = OneVoice()
    shown(a_voicing(voice), "word " * 10_000)
    assert [len(text) for text in voice.asked] == [MAX_VOICED_CHARACTERS]


def test_voice_comes_also_where_its_tokens_cannot_be_counted() -> None:
    class Away(MemoryStore):
        def change_interview(self, *_: object) -> Interview:
            raise StoreAwayError

    assert isinstance(shown(a_voicing(OneVoice(), Away())), Voiced)


def test_same_question_asked_for_again_is_not_paid_again() -> None:
    voice = OneVoice()
    voicing = a_voicing(voice)
    assert [shown(voicing), shown(voicing)] == [Voiced(WAV, USAGE)] * 2
    assert voice.asked == ["Why?"]
    assert voicing.store.interview(ALICE, INTERVIEW_ID).tokens_used == 320


def test_next_question_is_spoken_anew() -> None:
    voice = OneVoice()
    voicing = a_voicing(voice)
    shown(voicing)
    shown(voicing, "And how?")
    assert voice.asked == ["Why?", "And how?"]


def test_sound_of_one_candidate_is_not_found_by_another() -> None:
    sounds = LastSounds()
    sounds.keep(ALICE, INTERVIEW_ID, "Why?", Voiced(WAV))
    assert sounds.find(INTERVIEW_ID, INTERVIEW_ID, "Why?") is None


def test_oldest_sound_goes_where_there_are_too_many() -> None:
    sounds = LastSounds()
    interviews = [uuid5(INTERVIEW_ID, str(number)) for number in range(MOST_KEPT + 1)]
    for interview in interviews:
        sounds.keep(ALICE, interview, "Why?", Voiced(WAV))
    found = [sounds.find(ALICE, interview, "Why?") is not None for interview in interviews]
    assert found == [False] + [True] * MOST_KEPT
