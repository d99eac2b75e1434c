"""Spoken answers: stored before they are shown, and each recording once."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from core.domain.errors import (
    InterviewError,
    ModelError,
    ModelFault,
    NotFoundError,
    UnusableRecordingError,
)
from core.domain.heard import Heard
from core.domain.interview_setup import SpeechSetup
from core.domain.speech import Recording, Sound
from core.services.speaking import MOST_TERMS, Said, Speaking, language_code
from core.services.transcribing import Transcribing
from tests.builders import ALICE, BOB, INTERVIEW_ID, a_resume, a_setup, a_started_interview
from tests.doubles import FrozenClock, InlineJobs, MemoryStore
from tests.speaking_doubles import (
    CHOICE,
    HEARD_TEXT,
    RECORDING_ID,
    WEBM,
    MemoryRecordings,
    OneTranscriber,
    SpokenSound,
    a_take,
)

NOT_STORED = SpeechSetup()
SAID = Said(INTERVIEW_ID, 1, RECORDING_ID, WEBM)


def a_speaking(
    transcriber: OneTranscriber | None = None, speech: SpeechSetup = NOT_STORED
) -> Speaking:
    store = MemoryStore()
    store.add_interview(ALICE, a_started_interview(setup=a_setup(speech=speech)))
    return Speaking(
        store=store,
        recordings=MemoryRecordings(),
        transcribing=Transcribing(
            sounds=SpokenSound(), transcribers=transcriber or OneTranscriber(), jobs=InlineJobs()
        ),
        find_skills=lambda text: frozenset({"SQL"}) if "table" in text else frozenset(),
        clock=FrozenClock(),
        owner="this process",
    )


def hear(speaking: Speaking, said: Said = SAID, user_id: UUID = ALICE) -> object:
    job = speaking.hear(user_id, said, CHOICE)
    return job.shown if job else None


def test_what_was_heard_stands_with_the_question() -> None:
    speaking = a_speaking()
    shown = hear(speaking)
    assert isinstance(shown, Heard)
    takes = speaking.takes(ALICE, INTERVIEW_ID, 1)
    assert [(take.recording_id, take.text) for take in takes] == [(RECORDING_ID, HEARD_TEXT)]


def test_recording_that_was_heard_is_not_sent_again() -> None:
    transcriber = OneTranscriber()
    speaking = a_speaking(transcriber)
    hear(speaking)
    assert hear(speaking) is None
    assert len(transcriber.hints) == 1


def test_recording_that_was_heard_elsewhere_meanwhile_is_not_sent_again() -> None:
    transcriber = OneTranscriber()
    speaking = a_speaking(transcriber)

    class HeardMeanwhile(SpokenSound):
        def read(self, recording: Recording) -> Sound:
            take = a_take("Heard elsewhere.")
            speaking.store.change_interview(ALICE, INTERVIEW_ID, lambda i: i.record_take(1, take))
            return super().read(recording)

    late = replace(speaking, transcribing=replace(speaking.transcribing, sounds=HeardMeanwhile()))
    shown = hear(late)
    assert isinstance(shown, Heard)
    assert shown.transcript is not None
    assert (shown.transcript.text, transcriber.hints) == ("Heard elsewhere.", [])


def test_failure_is_shown_and_nothing_is_stored() -> None:
    speaking = a_speaking(OneTranscriber(error=ModelError(ModelFault.TIMED_OUT, "One")))
    assert isinstance(hear(speaking), InterviewError)
    assert speaking.takes(ALICE, INTERVIEW_ID, 1) == ()


def test_failed_recording_can_be_sent_again() -> None:
    transcriber = OneTranscriber(error=ModelError(ModelFault.TIMED_OUT, "One"))
    speaking = a_speaking(transcriber)
    hear(speaking)
    transcriber.error = None
    assert isinstance(hear(speaking), Heard)


def test_recording_without_words_leaves_no_take() -> None:
    speaking = a_speaking(OneTranscriber(text="  "))
    hear(speaking)
    assert speaking.takes(ALICE, INTERVIEW_ID, 1) == ()


def test_sound_is_not_stored_unasked() -> None:
    speaking = a_speaking()
    hear(speaking)
    [take] = speaking.takes(ALICE, INTERVIEW_ID, 1)
    assert speaking.recording(ALICE, take) is None
    with pytest.raises(NotFoundError):
        speaking.recordings.recording(ALICE, RECORDING_ID)


def test_sound_is_stored_where_the_candidate_says_so() -> None:
    speaking = a_speaking(speech=SpeechSetup(keeps_recordings=True))
    hear(speaking)
    [take] = speaking.takes(ALICE, INTERVIEW_ID, 1)
    recording = speaking.recording(ALICE, take)
    assert recording is not None
    assert recording.content == WEBM


def test_nobody_speaks_in_the_interview_of_another() -> None:
    with pytest.raises(NotFoundError):
        hear(a_speaking(), user_id=BOB)


def test_what_is_no_recording_is_refused_before_anything_is_sent() -> None:
    transcriber = OneTranscriber()
    with pytest.raises(UnusableRecordingError):
        hear(a_speaking(transcriber), replace(SAID, content=b"not a sound"))
    assert transcriber.hints == []


def test_terms_of_the_question_go_as_hints_and_the_resume_behind_them() -> None:
    transcriber = OneTranscriber()
    speaking = a_speaking(transcriber)
    speaking.store.save_resume(ALICE, a_resume())
    hear(speaking, replace(SAID, recording_id=uuid4()))
    [hints] = transcriber.hints
    assert hints.language == "en"
    assert len(hints.terms) <= MOST_TERMS


@pytest.mark.parametrize(
    ("language", "code"), [("English", "en"), ("Deutsch", "de"), ("Elvish", "")]
)
def test_language_has_a_code_or_none(language: str, code: str) -> None:
    assert language_code(language) == code
