"""Every transcriber × everything that can go wrong, through the service: told, kept, never made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from core.adapters.patience import Patience
from core.adapters.patient_transcriber import PatientTranscriber
from core.adapters.sound_reader import ChildProcessSoundReader
from core.domain.errors import (
    BadRecording,
    InterviewError,
    ModelFault,
    TranscriptionError,
    UnusableRecordingError,
)
from core.domain.heard import Heard
from core.domain.speech import (
    MAX_RECORDING_BYTES,
    Hints,
    Recording,
    Sound,
    TranscriberChoice,
    TranscriberKind,
    TranscriberOffer,
    Unheard,
    recording_of,
)
from core.services import transcribing
from core.services.transcribing import Transcribing
from core.speech_ports import SoundReader, Transcriber
from tests.adapters.transcribers import A_SOUND, KEY, MAKERS, Make
from tests.builders import ALICE
from tests.doubles import InlineJobs
from tests.faults.conftest import Pauses
from tests.speech.sounds import encoded, needs_espeak, silence, spoken, wav
from tests.stub_provider.script import Mishap, Status
from tests.stub_transcriber import SAID, StubTranscriber, Turn

ANY = Recording(b"", recording_of(wav(silence(0.1))).kind)
SHORT_SECONDS = 0.4


class FixedSound:
    def read(self, _recording: Recording) -> Sound:
        return A_SOUND


@dataclass
class OneTranscriber:
    one: Transcriber

    def offers(self, _user_id: UUID) -> tuple[TranscriberOffer, ...]:
        return ()

    def transcriber(self, _user_id: UUID, _choice: TranscriberChoice) -> Transcriber:
        return self.one


@dataclass
class Drill:
    """A transcriber of the product on the stub; `pauses` counts the seconds it would have waited."""

    transcriber: Transcriber
    stub: StubTranscriber
    pauses: Pauses

    def hear(self, recording: Recording = ANY, sounds: SoundReader | None = None) -> Heard:
        patience = Patience(self.pauses.sleep, self.pauses.now, lambda: 0.0)
        patient = PatientTranscriber(self.transcriber, patience)
        service = Transcribing(sounds or FixedSound(), OneTranscriber(patient), InlineJobs())
        choice = TranscriberChoice(TranscriberKind.OPENAI)
        return service.transcribe(ALICE, recording, Hints(("Redis",)), choice)


@pytest.fixture(params=list(MAKERS.values()), ids=list(MAKERS))
def drill(request: pytest.FixtureRequest) -> Iterator[Drill]:
    make: Make = request.param
    with StubTranscriber() as stub:
        yield Drill(make(stub.url), stub, Pauses())


@dataclass(frozen=True)
class Cell:
    """What goes wrong each time, what the candidate is told, how often it was asked and how long waited."""

    turn: Turn
    fault: ModelFault
    told: str
    requests: int = 1
    slept: float = 0.0


OVERLOADED = "{name} is overloaded or has a fault of its own just now."
CELLS = {
    "400": Cell(Status(400), ModelFault.BAD_REQUEST, "{name} could not use this recording."),
    "401": Cell(Status(401), ModelFault.KEY_REFUSED, "{name} does not accept this key."),
    "402": Cell(Status(402), ModelFault.NO_CREDIT, "{name} says that this key has no credit left."),
    "403": Cell(Status(403), ModelFault.FORBIDDEN, "{name} does not let this key transcribe."),
    "404": Cell(Status(404), ModelFault.MODEL_UNKNOWN, "{name} does not know the model"),
    "429": Cell(
        Status(429), ModelFault.RATE_LIMITED, "{name} takes no more recordings just now.", 3, 1.5
    ),
    "429 with a wait": Cell(
        Status(429, {"retry-after": "7"}),
        ModelFault.RATE_LIMITED,
        "{name} takes no more recordings just now. Your recording is kept: send it again in about "
        "7 seconds,",
        3,
        14.0,
    ),
    "429 with a wait beyond the deadline": Cell(
        Status(429, {"retry-after": "3600"}), ModelFault.RATE_LIMITED, "{name} takes no more"
    ),
    "500": Cell(Status(500), ModelFault.OVERLOADED, OVERLOADED, 3, 1.5),
    "503": Cell(Status(503), ModelFault.OVERLOADED, OVERLOADED, 3, 1.5),
    "redirect": Cell(
        Status(307, {"location": "http://127.0.0.1:9/"}), ModelFault.ADDRESS_REFUSED, "The"
    ),
    "dropped before the reply": Cell(
        Mishap.DROP_AT_ONCE, ModelFault.UNREACHABLE, "{name} could not be reached.", 3, 1.5
    ),
    "dropped within the reply": Cell(
        Mishap.DROP, ModelFault.INTERRUPTED, "The line to {name} broke", 3, 1.5
    ),
    "no JSON": Cell(
        Mishap.GARBAGE, ModelFault.MALFORMED, "{name} gave a reply that is no transcript."
    ),
    "another form": Cell(
        Mishap.END_EARLY, ModelFault.MALFORMED, "{name} gave a reply that is no transcript."
    ),
    "endless": Cell(
        Mishap.FLOOD, ModelFault.MALFORMED, "{name} gave a reply that is no transcript."
    ),
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_failure_is_told_and_nothing_is_made_up(drill: Drill, cell: Cell) -> None:
    drill.stub.then(*[cell.turn] * 5)
    with pytest.raises(TranscriptionError) as caught:
        drill.hear()
    name = drill.transcriber.name
    assert str(caught.value).startswith(cell.told.format(name=name))
    assert "Your recording is kept" in str(caught.value)
    assert KEY not in str(caught.value)
    asked = (len(drill.stub.sent), round(drill.pauses.seconds, 1))
    assert (caught.value.fault, *asked) == (cell.fault, cell.requests, cell.slept)


def test_silent_service_is_given_up(drill: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcribing, "TRANSCRIBE_SECONDS", SHORT_SECONDS)
    drill.stub.then(Mishap.HANG)
    with pytest.raises(TranscriptionError, match="took too long to answer") as caught:
        drill.hear()
    assert caught.value.fault is ModelFault.TIMED_OUT


@pytest.mark.parametrize("turn", [Status(500), Status(429), Mishap.DROP_AT_ONCE, Mishap.DROP])
def test_passing_failure_is_not_noticed(drill: Drill, turn: Turn) -> None:
    drill.stub.then(turn)
    heard = drill.hear()
    assert heard.transcript is not None
    assert (heard.transcript.text, len(drill.stub.sent)) == (SAID, 2)


def test_empty_reply_is_no_words(drill: Drill) -> None:
    drill.stub.then("")
    assert drill.hear() == Heard(unheard=Unheard.NO_WORDS)
    assert len(drill.stub.sent) == 1


@needs_espeak
def test_truncated_recording_is_heard_as_far_as_it_goes(drill: Drill) -> None:
    whole = encoded(spoken(), "webm", "libopus")
    heard = drill.hear(recording_of(whole[: len(whole) // 2]), ChildProcessSoundReader())
    assert heard.transcript is not None
    assert heard.flags


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", BadRecording.EMPTY),
        (b"%PDF-1.7 no recording", BadRecording.UNKNOWN_KIND),
        (b"RIFF1234WAVE" + bytes(MAX_RECORDING_BYTES + 2**20), BadRecording.TOO_LARGE),
        (b"\x1aE\xdf\xa3" + bytes(100), BadRecording.DAMAGED),
    ],
    ids=["empty", "wrong format", "26 MB", "damaged"],
)
def test_unusable_recording_is_sent_nowhere(
    drill: Drill, content: bytes, cause: BadRecording
) -> None:
    with pytest.raises(UnusableRecordingError) as caught:
        drill.hear(recording_of(content), ChildProcessSoundReader())
    assert (caught.value.cause, drill.stub.sent) == (cause, [])


def test_silence_is_sent_nowhere(drill: Drill) -> None:
    heard = drill.hear(recording_of(wav(silence(3))), ChildProcessSoundReader())
    assert (heard.unheard, drill.stub.sent) == (Unheard.NO_SPEECH, [])


def test_failures_carry_no_request_with_the_key(drill: Drill) -> None:
    drill.stub.then(Status(401))
    with pytest.raises(InterviewError) as caught:
        drill.hear()
    error: BaseException | None = caught.value
    while error is not None:
        assert KEY not in repr(error)
        error = error.__cause__
