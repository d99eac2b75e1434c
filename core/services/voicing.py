"""The use case of an interviewer with a voice of its own: a question becomes sound beside the page."""

import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
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
MOST_KEPT = 16
"""A question's sound is about a megabyte."""
_log = logging.getLogger(__name__)


class LastSounds:
    """What was spoken last in each interview, in memory: a page that is loaded again pays nothing again."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = Lock()
        self._kept: OrderedDict[tuple[UUID, UUID], tuple[str, Voiced]] = OrderedDict()

    def find(self, user_id: UUID, interview_id: UUID, text: str) -> Voiced | None:
        """The sound of this text, where it is what was spoken last; None where it is not known."""
        with self._lock:
            spoken, voiced = self._kept.get((user_id, interview_id), ("", None))
        return voiced if spoken == text else None

    def keep(self, user_id: UUID, interview_id: UUID, text: str, voiced: Voiced) -> None:
        """Keep it in place of the interview's earlier one; the oldest goes where there are too many."""
        with self._lock:
            self._kept[user_id, interview_id] = (text, voiced)
            self._kept.move_to_end((user_id, interview_id))
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Voicing:
    """Has questions spoken. Asked once for each, never again by itself: the text is there anyway."""

    store: InterviewStore
    voices: Voices
    jobs: Jobs
    last_sounds: LastSounds = field(default_factory=LastSounds)

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
        known = self.last_sounds.find(user_id, interview.id, text)
        return known or self._paid(user_id, interview, text, watch)

    def _paid(self, user_id: UUID, interview: Interview, text: str, watch: Watch) -> Voiced:
        if interview.is_capped:
            raise InterviewError(_CAPPED)
        voice = self.voices.gemini(user_id)
        try:
            voiced = voice.speak(text[:MAX_VOICED_CHARACTERS], SPEAK_SECONDS, watch.is_cancelled)
        except ModelError as error:
            self._count(user_id, interview, error.usage)
            raise VoiceError(error.fault, error.provider) from None
        self._count(user_id, interview, voiced.usage)
        checked = checked_voice(voiced, voice.name)
        self.last_sounds.keep(user_id, interview.id, text, checked)
        return checked

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
