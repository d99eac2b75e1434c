"""A paid transcript is not paid for twice: not after a crash, not by two processes, unless it is wanted."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid4

import pytest

from core.adapters.database import open_sqlite
from core.adapters.living_processes import LivingProcesses
from core.adapters.sql_recordings import SqlRecordingStore
from core.adapters.sql_store import SqlStore
from core.config import ROOT
from core.domain.errors import (
    ModelError,
    ModelFault,
    StoreAwayError,
    TranscriptionError,
    TranscriptionInterruptedError,
    TranscriptionUnderWayError,
)
from core.domain.heard import Heard
from core.domain.interview import Interview
from core.domain.speech import (
    Hints,
    Sound,
    TranscriberChoice,
    TranscriberKind,
    Transcript,
)
from core.ports import Change
from core.services.speaking import LEASE_SECONDS, Said, Speaking
from core.services.transcribing import Transcribing
from tests.builders import ALICE, INTERVIEW_ID, a_started_interview
from tests.doubles import FrozenClock, InlineJobs
from tests.speaking_doubles import CHOICE, RECORDING_ID, WEBM, OneTranscriber, SpokenSound

SAID = Said(INTERVIEW_ID, 1, RECORDING_ID, WEBM)
FREE = TranscriberChoice(TranscriberKind.GOOGLE_WEB)
SECONDS = 60.0


class DyingTranscriber(OneTranscriber):
    """Never gets to its answer: the process is killed meanwhile. Leaves a file when it was called."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._called = folder / "called"

    def transcribe(
        self,
        sound: Sound,  # noqa: ARG002 - the port's signature
        hints: Hints,  # noqa: ARG002 - the port's signature
        timeout_seconds: float,  # noqa: ARG002 - the port's signature
        is_cancelled: Callable[[], bool],  # noqa: ARG002 - the port's signature
    ) -> Transcript:
        self._called.touch()
        time.sleep(SECONDS * 3)
        raise AssertionError


def a_speaking(
    folder: Path, transcriber: OneTranscriber, clock: FrozenClock | None = None
) -> Speaking:
    """One process's use cases, on the SQLite file that all of them share."""
    clock = clock or FrozenClock()
    processes = LivingProcesses(folder / "processes")
    engine = open_sqlite(folder / "data" / "interviews.db")
    return Speaking(
        store=SqlStore(engine, clock, processes.is_dead),
        recordings=SqlRecordingStore(engine),
        transcribing=Transcribing(SpokenSound(), transcriber, InlineJobs()),
        find_skills=lambda _text: frozenset(),
        clock=clock,
        owner=processes.owner,
    )


def die_while_transcribing(folder: Path) -> None:
    """What the process does that will be killed."""
    a_speaking(folder, DyingTranscriber(folder)).hear(ALICE, SAID, CHOICE)


def hear(speaking: Speaking, said: Said = SAID, choice: TranscriberChoice = CHOICE) -> object:
    job = speaking.hear(ALICE, said, choice)
    return job.shown if job else None


def calls(speaking: Speaking) -> int:
    transcriber = speaking.transcribing.transcribers
    assert isinstance(transcriber, OneTranscriber)
    return len(transcriber.hints)


@pytest.fixture
def speaking(tmp_path: Path) -> Speaking:
    """A process with an interview in front of its first question."""
    one = a_speaking(tmp_path, OneTranscriber())
    one.store.add_interview(ALICE, a_started_interview())
    return one


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a process left that was killed in the middle of the paid call."""
    folder = tmp_path_factory.mktemp("crashed")
    a_speaking(folder, OneTranscriber()).store.add_interview(ALICE, a_started_interview())
    code = f"from tests.services import test_paid_once as t; t.die_while_transcribing(t.Path({str(folder)!r}))"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    ends_at = time.monotonic() + SECONDS
    while not (folder / "called").exists():
        assert process.poll() is None
        assert time.monotonic() < ends_at
        time.sleep(0.02)
    process.kill()
    process.wait()
    return folder


@pytest.fixture
def killed(crashed: Path, tmp_path: Path) -> Speaking:
    """Another process, on a copy of that."""
    return a_speaking(copytree(crashed, tmp_path / "copy"), OneTranscriber())


def test_after_a_crash_nothing_is_paid_for_again_unasked(killed: Speaking) -> None:
    assert isinstance(hear(killed), TranscriptionInterruptedError)
    assert isinstance(hear(killed), TranscriptionInterruptedError)
    assert calls(killed) == 0


def test_after_a_crash_it_is_sent_again_when_that_is_wanted_and_stored_once(
    killed: Speaking,
) -> None:
    assert isinstance(hear(killed, replace(SAID, may_repeat=True)), Heard)
    assert hear(killed, replace(SAID, may_repeat=True)) is None
    assert len(killed.takes(ALICE, INTERVIEW_ID, 1)) == 1
    assert calls(killed) == 1


def test_after_a_crash_it_is_known_before_anything_is_sent_again(killed: Speaking) -> None:
    assert killed.is_interrupted(ALICE, INTERVIEW_ID, RECORDING_ID)
    hear(killed, replace(SAID, may_repeat=True))
    assert not killed.is_interrupted(ALICE, INTERVIEW_ID, RECORDING_ID)


def test_asking_about_a_recording_that_was_never_sent_holds_nothing_up(speaking: Speaking) -> None:
    assert not speaking.is_interrupted(ALICE, INTERVIEW_ID, RECORDING_ID)
    assert isinstance(hear(speaking), Heard)


def test_after_a_crash_a_free_transcript_is_made_again_at_once(killed: Speaking) -> None:
    assert isinstance(hear(killed, choice=FREE), Heard)


def test_another_recording_is_not_held_up_by_it(killed: Speaking) -> None:
    assert isinstance(hear(killed, replace(SAID, recording_id=uuid4())), Heard)


def test_recording_that_another_process_works_on_is_not_sent_twice(
    tmp_path: Path, speaking: Speaking
) -> None:
    elsewhere = OneTranscriber()

    class Meanwhile(OneTranscriber):
        """Before it hears, the same recording reaches another process."""

        def transcriber(self, user_id: UUID, choice: TranscriberChoice) -> OneTranscriber:  # noqa: ARG002 - the port's signature
            shown = hear(a_speaking(tmp_path, elsewhere))
            assert isinstance(shown, TranscriptionUnderWayError)
            return self

    assert isinstance(hear(a_speaking(tmp_path, Meanwhile())), Heard)
    assert elsewhere.hints == []
    assert len(speaking.takes(ALICE, INTERVIEW_ID, 1)) == 1


def test_failure_that_is_known_lets_it_be_sent_again(tmp_path: Path, speaking: Speaking) -> None:
    failing = OneTranscriber(error=ModelError(ModelFault.TIMED_OUT, "One"))
    assert isinstance(hear(a_speaking(tmp_path, failing)), TranscriptionError)
    assert isinstance(hear(speaking), Heard)


def test_nothing_is_claimed_for_what_is_never_sent(tmp_path: Path, speaking: Speaking) -> None:
    class Silence(SpokenSound):
        def read(self, recording: object) -> Sound:  # noqa: ARG002 - the port's signature
            return Sound(b"\0\0" * 32_000, b"fLaC", ())

    silent = replace(speaking, transcribing=replace(speaking.transcribing, sounds=Silence()))
    hear(silent)
    assert isinstance(hear(a_speaking(tmp_path, OneTranscriber())), Heard)


def test_words_that_were_paid_for_and_not_stored_are_not_paid_for_again_unasked(
    tmp_path: Path, speaking: Speaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_self: object, _user: UUID, _id: UUID, _change: Change) -> Interview:
        raise StoreAwayError

    with monkeypatch.context() as broken:
        broken.setattr(SqlStore, "change_interview", away)
        assert isinstance(hear(speaking), StoreAwayError)
    assert isinstance(hear(speaking), TranscriptionUnderWayError)
    later = FrozenClock()
    later.advance(LEASE_SECONDS + 1)
    assert isinstance(
        hear(a_speaking(tmp_path, OneTranscriber(), later)), TranscriptionInterruptedError
    )
