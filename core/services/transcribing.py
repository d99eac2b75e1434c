"""The use cases of spoken answers: from a recording to a transcript with its delivery."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from uuid import UUID

from core.domain.errors import InterviewError, ModelError, ModelFault, TranscriptionError
from core.domain.heard import Heard
from core.domain.speech import (
    MAX_TRANSCRIPT_CHARACTERS,
    MIN_SPEECH_SECONDS,
    Hints,
    Recording,
    Sound,
    TranscriberChoice,
    TranscriberOffer,
    Unheard,
)
from core.ports import Job, Jobs, Watch, WorkKey, WorkKind
from core.speech_ports import SoundReader, Transcribers

TRANSCRIBE_SECONDS = 90.0
_STOPPED = (
    "Transcribing stopped unexpectedly. Your recording is kept: send it again, or type your answer."
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Care:
    """What is done so that no transcript is paid for twice.

    `claim` surrounds the call and what is done with its outcome, and raises where the call may not be
    made; inside it tells what was heard meanwhile, which makes the call needless. `keep` stores what was heard before anyone sees it.
    """

    claim: Callable[[], AbstractContextManager[Heard | None]] = nullcontext
    keep: Callable[[Heard], None] = lambda _: None


CARELESS = Care()


@dataclass(frozen=True, slots=True)
class Transcribing:
    """Turns recordings into text. Nothing is stored here, and nothing is sent that holds no speech."""

    sounds: SoundReader
    transcribers: Transcribers
    jobs: Jobs

    def offers(self, user_id: UUID) -> tuple[TranscriberOffer, ...]:
        """The transcribers that can be used here, those ready for this candidate first."""
        return self.transcribers.offers(user_id)

    def start_transcription(
        self,
        user_id: UUID,
        recording_id: UUID,
        recording: Recording,
        hints: Hints,
        choice: TranscriberChoice,
        care: Care = CARELESS,
    ) -> Job:
        """Transcribe beside the page; the job shows the `Heard`, or an InterviewError.

        Under way here, the same recording is not sent twice; `care` sees to it elsewhere and later.
        """

        def work(watch: Watch) -> None:
            watch.show(self.transcribe(user_id, recording, hints, choice, watch.is_cancelled, care))

        return self.jobs.run(user_id, _key(recording_id), lambda watch: _shown(work, watch))

    def under_way(self, user_id: UUID, recording_id: UUID) -> Job | None:
        """The work on a recording that was sent before, None where there is none."""
        return self.jobs.under_way(user_id, _key(recording_id))

    def transcribe(
        self,
        user_id: UUID,
        recording: Recording,
        hints: Hints,
        choice: TranscriberChoice,
        is_cancelled: Callable[[], bool] = lambda: False,
        care: Care = CARELESS,
    ) -> Heard:
        """What was said and how, or why there is nothing.

        Raises:
            UnusableRecordingError: where the recording gives no sound; nothing was sent.
            TranscriptionError: where the transcriber fails; nothing was made up.
            KeyMissingError, KeyUnreadableError: where the transcriber needs a key that is not there.
        """
        sound = self.sounds.read(recording)
        if sound.speech_seconds < MIN_SPEECH_SECONDS:
            return Heard(unheard=Unheard.NO_SPEECH)
        with care.claim() as known:
            if known is not None:
                return known
            heard = self._sent(user_id, sound, hints, choice, is_cancelled)
            care.keep(heard)
        return heard

    def _sent(
        self,
        user_id: UUID,
        sound: Sound,
        hints: Hints,
        choice: TranscriberChoice,
        is_cancelled: Callable[[], bool],
    ) -> Heard:
        """What came back from the transcriber."""
        from core.speech.flags import flags_of  # the first page does without
        from core.speech.measuring import measured

        try:
            transcriber = self.transcribers.transcriber(user_id, choice)
            transcript = transcriber.transcribe(sound, hints, TRANSCRIBE_SECONDS, is_cancelled)
        except ModelError as error:
            raise TranscriptionError(
                error.fault, error.provider, error.retry_after_seconds
            ) from None
        if len(transcript.text) > MAX_TRANSCRIPT_CHARACTERS:
            raise TranscriptionError(ModelFault.MALFORMED, transcriber.name)
        if not transcript.text.strip():
            return Heard(unheard=Unheard.NO_WORDS)
        return Heard(
            transcript, measured(sound, transcript), flags_of(sound, transcript, hints.language)
        )


def _key(recording_id: UUID) -> WorkKey:
    return WorkKey(recording_id, kind=WorkKind.TRANSCRIPT)


def _shown(work: Callable[[Watch], None], watch: Watch) -> None:
    """Do a job's work; what goes wrong is shown."""
    try:
        work(watch)
    except InterviewError as error:
        watch.show(error)
    except Exception as error:  # noqa: BLE001 - the boundary of a job: told, never lost
        _log.error("Transcribing failed: %s", type(error).__name__)
        watch.show(InterviewError(_STOPPED))
