"""The use cases of a spoken interview: from a recording to words that stand with the question."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from core.domain.errors import (
    KeyMissingError,
    NotFoundError,
    StoreError,
    TranscriberMissingError,
    TranscriptionInterruptedError,
    TranscriptionUnderWayError,
)
from core.domain.heard import Heard, Take
from core.domain.history import AnswerSummary
from core.domain.interview import Interview
from core.domain.speech import (
    Hints,
    Recording,
    TranscriberChoice,
    TranscriberKind,
    recording_of,
)
from core.domain.usual_delivery import MOST_INTERVIEWS
from core.ports import Claim, Clock, InterviewStore, Job, Lease, WorkKey, WorkKind
from core.services.transcribing import TRANSCRIBE_SECONDS, Care, Transcribing
from core.speech_ports import RecordingStore

MOST_TERMS = 60
LEASE_SECONDS = TRANSCRIBE_SECONDS + 30.0
"""The longest that a call may take, with time to store what came of it."""
_LANGUAGE_CODES = {
    "english": "en",
    "deutsch": "de",
    "español": "es",
    "français": "fr",
    "italiano": "it",
    "português": "pt",
    "polski": "pl",
    "हिन्दी": "hi",
}


def language_code(language: str) -> str:
    """The ISO 639-1 code of an interview's language, empty where it is none of ours."""
    return _LANGUAGE_CODES.get(language.strip().lower(), "")


@dataclass(frozen=True, slots=True)
class Said:
    """A recording as it was handed over, towards the answer at a position of an interview.

    `may_repeat` says that the candidate knows that its transcript may be charged again.
    """

    interview_id: UUID
    position: int
    recording_id: UUID
    content: bytes
    may_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Speaking:
    """Spoken answers of one candidate at a time. What was heard is stored before anyone sees it.

    A paid transcript is claimed by a lease before the call, so that neither another process nor a restart
    pays for it again unasked. `owner` names this process in leases. `find_skills` names the known skills
    in a text: they help a transcriber with technical terms.
    """

    store: InterviewStore
    recordings: RecordingStore
    transcribing: Transcribing
    find_skills: Callable[[str], frozenset[str]]
    clock: Clock
    owner: str

    def hear(self, user_id: UUID, said: Said, choice: TranscriberChoice) -> Job | None:
        """Have an answer written down beside the page; None where that is done already.

        The job shows the `Heard`, or an InterviewError. Neither is the same recording sent twice nor what
        was heard in it stored twice. UnusableRecordingError where the content is no recording.
        """
        interview = self.store.interview(user_id, said.interview_id)
        recording = recording_of(said.content)
        known = {take.recording_id for take in interview.turn_at(said.position).takes}
        if said.recording_id in known:
            return None

        def keep(heard: Heard) -> None:
            if heard.transcript:
                is_kept = interview.setup.speech.keeps_recordings
                self._keep(user_id, said, recording, Take(said.recording_id, heard, is_kept))

        hints = self._hints(user_id, interview, said.position)
        may_repeat = said.may_repeat or not choice.kind.is_paid
        care = Care(partial(self._claimed, user_id, said, may_repeat=may_repeat), keep)
        return self.transcribing.start_transcription(
            user_id, said.recording_id, recording, hints, choice, care
        )

    def is_interrupted(self, user_id: UUID, interview_id: UUID, recording_id: UUID) -> bool:
        """Whether a recording was sent, and nobody knows what became of it."""
        key = _key(interview_id, recording_id)
        claim = self.store.claim(user_id, key, self._lease(), may_repeat=False)
        if claim is Claim.TAKEN:  # nobody had it: it was only asked for
            self.store.release(user_id, key)
        return claim is Claim.LAPSED

    def words(self, user_id: UUID, said: Said) -> Take | str | None:
        """What became of this very recording before: a take, the answer that it went into, or nothing.

        Where it is new, the error that any other answer at the position would meet.
        """
        interview = self.store.interview(user_id, said.interview_id)
        turn = interview.turn_at(said.position)
        for attempt in reversed(turn.attempts):
            if _take_of(said, attempt.takes):
                return attempt.answer
        take = _take_of(said, turn.takes)
        if take is None:
            interview.require_open(said.position)
        return take

    def choose_transcriber(
        self, user_id: UUID, interview_id: UUID, kind: TranscriberKind | None
    ) -> TranscriberChoice:
        """Who writes an answer down: `kind` where it is named, else whom the interview was set up with.

        Without either the first that is ready and needs no consent. To name one is to consent.
        KeyMissingError where the one that is named has no key, TranscriberMissingError where there is nobody.
        """
        agreed = self.store.interview(user_id, interview_id).setup.speech.transcriber
        if kind is None and agreed is not None:
            return agreed
        offers = self.transcribing.offers(user_id)
        if kind is not None:
            (named,) = (offer for offer in offers if offer.choice.kind is kind)
            if not named.is_ready:
                raise KeyMissingError(named.label)
            return named.choice
        ready = (offer for offer in offers if offer.is_ready and not offer.needs_consent)
        found = next(ready, None)
        if found is None:
            raise TranscriberMissingError
        return found.choice

    def takes(self, user_id: UUID, interview_id: UUID, position: int) -> tuple[Take, ...]:
        """What was heard so far towards the answer at a position."""
        return self.store.interview(user_id, interview_id).turn_at(position).takes

    def answers_before(
        self, user_id: UUID, interview: Interview
    ) -> tuple[tuple[AnswerSummary, ...], ...]:
        """The answers of the interviews before this one in short, the newest interview first."""
        return self.store.answers_before(user_id, interview.created_at, MOST_INTERVIEWS)

    def recording(self, user_id: UUID, take: Take) -> Recording | None:
        """The sound of a take, None where it was not to be stored, or is not here after a restore."""
        if not take.is_kept:
            return None
        try:
            return self.recordings.recording(user_id, take.recording_id)
        except NotFoundError:
            return None

    @contextmanager
    def _claimed(self, user_id: UUID, said: Said, *, may_repeat: bool) -> Iterator[Heard | None]:
        """Holds the lease; given back once it is known what became of the call, and stored.

        Inside, what the same recording was heard as by one who held the lease before.
        """
        key = _key(said.interview_id, said.recording_id)
        claim = self.store.claim(user_id, key, self._lease(), may_repeat=may_repeat)
        if claim is Claim.LAPSED:
            raise TranscriptionInterruptedError
        if claim is Claim.HELD:
            raise TranscriptionUnderWayError
        try:
            yield self._heard_before(user_id, said)
        except StoreError:
            raise  # paid for and not stored: to be asked before it is paid for again
        except BaseException:
            self.store.release(user_id, key)
            raise
        self.store.release(user_id, key)

    def _lease(self) -> Lease:
        now = self.clock.now()
        return Lease(self.owner, now, now + timedelta(seconds=LEASE_SECONDS))

    def _heard_before(self, user_id: UUID, said: Said) -> Heard | None:
        turn = self.store.interview(user_id, said.interview_id).turn_at(said.position)
        every = (*turn.takes, *(take for attempt in turn.attempts for take in attempt.takes))
        take = _take_of(said, every)
        return take.heard if take else None

    def _keep(self, user_id: UUID, said: Said, recording: Recording, take: Take) -> None:
        """The sound first: a take that names it finds it."""
        if take.is_kept:
            self.recordings.keep_recording(user_id, said.interview_id, said.recording_id, recording)
        self.store.change_interview(
            user_id, said.interview_id, lambda i: i.record_take(said.position, take)
        )

    def _hints(self, user_id: UUID, interview: Interview, position: int) -> Hints:
        """The question's terms first, then the opening's, then the resume's."""
        question = interview.turn_at(position).question
        asked = " ".join(
            (question.text, question.reference_answer, *(p.text for p in question.key_points))
        )
        found = [*question.topics, *sorted(self.find_skills(asked))]
        found += sorted(self.find_skills(interview.setup.job_description))
        resume = self.store.latest_resume(user_id) if interview.setup.has_resume else None
        found += [skill.name for skill in resume.profile.skills] if resume else []
        terms = tuple(dict.fromkeys(found))[:MOST_TERMS]
        return Hints(terms, language_code(interview.setup.language))


def _take_of(said: Said, takes: tuple[Take, ...]) -> Take | None:
    return next((take for take in takes if take.recording_id == said.recording_id), None)


def _key(interview_id: UUID, recording_id: UUID) -> WorkKey:
    return WorkKey(interview_id, kind=WorkKind.TRANSCRIPT, recording_id=recording_id)
