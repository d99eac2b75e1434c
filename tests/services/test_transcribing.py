"""Spoken answers become text, or a sentence says why not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest

from core.domain.errors import (
    BadRecording,
    InterviewError,
    KeyMissingError,
    ModelError,
    ModelFault,
    TranscriptionError,
    UnusableRecordingError,
)
from core.domain.heard import Heard
from core.domain.speech import (
    Hints,
    Recording,
    RecordingKind,
    Sound,
    TranscriberChoice,
    TranscriberKind,
    TranscriberOffer,
    Transcript,
    TranscriptFlag,
    Unheard,
)
from core.ports import WorkKey, WorkKind
from core.services.transcribing import Transcribing
from tests.builders import ALICE
from tests.doubles import InlineJobs
from tests.speech.sounds import noise, silence, sound

RECORDING = Recording(b"a recording", RecordingKind.WEBM)
CHOICE = TranscriberChoice(TranscriberKind.OPENAI)
SPEECH = sound(noise(6.0), (1.0, 5.0))
SAID = "I used a hash map because look ups are quick and I measured it."


@dataclass
class FixedSounds:
    outcome: Sound | InterviewError = SPEECH

    def read(self, _recording: Recording) -> Sound:
        if isinstance(self.outcome, InterviewError):
            raise self.outcome
        return self.outcome


@dataclass
class FixedTranscriber:
    outcome: str | Exception = SAID
    name: str = "A transcriber"
    language: str = "en"
    asked: list[Hints] = field(default_factory=list)
    missing_key: bool = False

    def offers(self, _user_id: UUID) -> tuple[TranscriberOffer, ...]:
        return ()

    def transcriber(self, _user_id: UUID, _choice: TranscriberChoice) -> "FixedTranscriber":
        if self.missing_key:
            raise KeyMissingError("OpenAI")
        return self

    def transcribe(
        self,
        _sound: Sound,
        hints: Hints,
        _timeout_seconds: float,
        _is_cancelled: Callable[[], bool],
    ) -> Transcript:
        self.asked.append(hints)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return Transcript(self.outcome, self.name, language=self.language)


def transcribing(
    transcriber: FixedTranscriber, outcome: Sound | InterviewError = SPEECH
) -> Transcribing:
    return Transcribing(FixedSounds(outcome), transcriber, InlineJobs())


def heard(transcriber: FixedTranscriber, outcome: Sound | InterviewError = SPEECH) -> Heard:
    return transcribing(transcriber, outcome).transcribe(ALICE, RECORDING, Hints(), CHOICE)


def test_answer_is_heard_with_its_delivery() -> None:
    result = heard(FixedTranscriber())
    assert result.transcript is not None
    assert result.transcript.text == SAID
    assert result.delivery is not None
    assert result.delivery.words_per_minute == 14 / 4 * 60
    assert (result.flags, result.unheard) == ((), None)


def test_hints_are_handed_on() -> None:
    transcriber = FixedTranscriber()
    hints = Hints(("PostgreSQL",), "en")
    transcribing(transcriber).transcribe(ALICE, RECORDING, hints, CHOICE)
    assert transcriber.asked == [hints]


@pytest.mark.parametrize("silent", [sound(silence(5), (0, 0)), sound(noise(5), (1.0, 1.4))])
def test_recording_without_speech_is_sent_nowhere(silent: Sound) -> None:
    transcriber = FixedTranscriber()
    assert heard(transcriber, silent) == Heard(unheard=Unheard.NO_SPEECH)
    assert transcriber.asked == []


def test_recording_that_cannot_be_read_is_sent_nowhere() -> None:
    transcriber = FixedTranscriber()
    with pytest.raises(UnusableRecordingError):
        heard(transcriber, UnusableRecordingError(BadRecording.DAMAGED))
    assert transcriber.asked == []


@pytest.mark.parametrize("nothing", ["", "  \n"])
def test_transcriber_that_hears_nothing_makes_no_transcript(nothing: str) -> None:
    assert heard(FixedTranscriber(nothing)) == Heard(unheard=Unheard.NO_WORDS)


def test_text_that_nobody_can_have_said_is_no_transcript() -> None:
    with pytest.raises(TranscriptionError, match="a reply that is no transcript"):
        heard(FixedTranscriber("word " * 20_000))


def test_doubt_is_flagged() -> None:
    assert heard(FixedTranscriber(language="de")).flags == (TranscriptFlag.OTHER_LANGUAGE,)


@pytest.mark.parametrize("fault", ModelFault)
def test_every_failure_says_that_the_recording_is_kept(fault: ModelFault) -> None:
    with pytest.raises(TranscriptionError, match="Your recording is kept") as caught:
        heard(FixedTranscriber(ModelError(fault, "A transcriber")))
    assert caught.value.fault is fault
    assert caught.value.__cause__ is None


def test_failure_says_when_to_come_back() -> None:
    failure = ModelError(ModelFault.RATE_LIMITED, "A transcriber", 7.0)
    with pytest.raises(TranscriptionError, match="send it again in about 7 seconds"):
        heard(FixedTranscriber(failure))


def test_missing_key_is_told() -> None:
    with pytest.raises(KeyMissingError):
        heard(FixedTranscriber(missing_key=True))


# Beside the page


def shown_by(transcriber: FixedTranscriber) -> object:
    job = transcribing(transcriber).start_transcription(ALICE, uuid4(), RECORDING, Hints(), CHOICE)
    return job.shown


def test_job_shows_what_was_heard() -> None:
    shown = shown_by(FixedTranscriber())
    assert isinstance(shown, Heard)
    assert shown.transcript is not None


def test_job_shows_what_went_wrong() -> None:
    shown = shown_by(FixedTranscriber(ModelError(ModelFault.OVERLOADED, "A transcriber")))
    assert isinstance(shown, TranscriptionError)


def test_job_shows_what_nobody_thought_of() -> None:
    shown = shown_by(FixedTranscriber(ValueError("secret")))
    assert isinstance(shown, InterviewError)
    assert "secret" not in str(shown)
    assert "Your recording is kept" in str(shown)


def test_recording_has_one_job_at_a_time() -> None:
    jobs = InlineJobs()
    recording_id = uuid4()
    service = Transcribing(FixedSounds(), FixedTranscriber(), jobs)
    service.start_transcription(ALICE, recording_id, RECORDING, Hints(), CHOICE)
    assert jobs.keys == [WorkKey(recording_id, kind=WorkKind.TRANSCRIPT)]
