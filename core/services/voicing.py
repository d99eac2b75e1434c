"""The use case of an interviewer with a voice of its own: a question becomes sound beside the page."""

import logging
from dataclasses import dataclass
from uuid import UUID

from core.domain.errors import (
    InterviewError,
    ModelError,
    ModelFault,
    NotFoundError,
    StoreError,
    VoiceError,
)
from core.domain.interview import Interview
from core.domain.language_model import NO_USAGE, Usage
from core.domain.voice import MAX_VOICED_CHARACTERS, Voiced, VoiceOffer, checked_voice
from core.ports import InterviewStore, Job, Jobs, Watch, WorkKey, WorkKind
from core.speech_ports import Voices

SPEAK_SECONDS = 15.0
"""A question that is not heard by then has been read."""
_CAPPED = (
    "Your limit of tokens for this interview is reached, so the questions are not spoken on your key any "
    "more. Your browser's own voice goes on, where it has one."
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Voicing:
    """Has questions spoken. Asked once for each, never again by itself: the text is there anyway."""

    store: InterviewStore
    voices: Voices
    jobs: Jobs

    def offers(self, user_id: UUID) -> tuple[VoiceOffer, ...]:
        """The voices that can be chosen, and which of them have their key."""
        return self.voices.offers(user_id)

    def speak(self, user_id: UUID, interview: Interview, text: str) -> Job:
        """Have the current question spoken beside the page; the job shows `Voiced`, or an InterviewError.

        TooManyRequestsError when the queue is full.
        """
        key = WorkKey(interview.id, interview.current.position, kind=WorkKind.VOICE)
        return self.jobs.run(
            user_id, key, lambda watch: self._shown(user_id, interview, text, watch)
        )

    def _shown(self, user_id: UUID, interview: Interview, text: str, watch: Watch) -> None:
        """Do the job's work; what goes wrong is shown."""
        try:
            watch.show(self._voiced(user_id, interview, text, watch))
        except InterviewError as error:
            watch.show(error)
        except Exception as error:  # noqa: BLE001 - the boundary of a job: told, never lost
            _log.error("Speaking failed: %s", type(error).__name__)
            watch.show(VoiceError(ModelFault.MALFORMED, "The voice"))

    def _voiced(self, user_id: UUID, interview: Interview, text: str, watch: Watch) -> Voiced:
        if interview.is_capped:
            raise InterviewError(_CAPPED)
        voice = self.voices.gemini(user_id)
        try:
            voiced = voice.speak(text[:MAX_VOICED_CHARACTERS], SPEAK_SECONDS, watch.is_cancelled)
        except ModelError as error:
            self._count(user_id, interview, error.usage)
            raise VoiceError(error.fault, error.provider) from None
        self._count(user_id, interview, voiced.usage)
        return checked_voice(voiced, voice.name)

    def _count(self, user_id: UUID, interview: Interview, usage: Usage) -> None:
        """Add what it took to the interview's tokens; a voice is not lost for a count that is."""
        if usage == NO_USAGE:
            return
        try:
            self.store.change_interview(user_id, interview.id, lambda i: i.spend(usage))
        except NotFoundError:
            return  # deleted meanwhile
        except StoreError as error:
            _log.warning("Tokens of a voice were not counted: %s", type(error).__name__)
