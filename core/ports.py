"""What the use cases need from outside, by role. Adapters fulfil these, named by technology."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from core.domain.document import DocumentText
from core.domain.evaluation import Evaluation
from core.domain.history import AnswerSummary, InterviewSummary
from core.domain.interview import Interview
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import (
    Attachment,
    ModelInfo,
    ModelRequest,
    Provider,
    ReplyEnd,
    Usage,
)
from core.domain.narrative import Narrative
from core.domain.profile import CandidateProfile
from core.domain.question import Question
from core.domain.resume import Resume
from core.domain.turn import Turn


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The current time, aware, in UTC."""
        ...


class DocumentReader(Protocol):
    """Turns an uploaded file into text."""

    def read(self, content: bytes) -> DocumentText:
        """The text of a document; UnreadableDocumentError with a reason where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Judging:
    """One answer to judge, in its interview. `profile` is the candidate's where a resume is kept.

    `dispute` is the candidate's reason why an earlier judgement looks wrong; empty the first time, and
    where the answer is only looked at again.
    """

    interview: Interview
    position: int
    number: int
    profile: CandidateProfile | None = None
    dispute: str = ""

    @property
    def turn(self) -> Turn:
        """The turn that the answer belongs to."""
        return self.interview.turn_at(self.position)

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.turn.question

    @property
    def answer(self) -> str:
        """What was answered."""
        return self.turn.attempts[self.number - 1].answer


@dataclass(frozen=True, slots=True)
class Planning:
    """An interview to make questions for. `asked` are the texts of the last interviews' questions."""

    interview: Interview
    profile: CandidateProfile | None = None
    asked: tuple[str, ...] = ()


class Watch(Protocol):
    """Who may look on while work goes on, and may stop it."""

    def show(self, partial: object) -> None:
        """What there is so far; it replaces what was shown before."""
        ...

    def is_cancelled(self) -> bool:
        """Whether nobody wants the rest."""
        ...


class Interviewer(Protocol):
    """Who asks and judges. May be slow, and may be called from any thread.

    `lease_seconds` bounds each call, and `plan_lease_seconds` that for a plan: after it another worker
    may take the work over. Paid work is never repeated unasked.
    """

    @property
    def name(self) -> str:
        """What evaluations of this interviewer are marked with."""
        ...

    @property
    def lease_seconds(self) -> float:
        """The longest that one call may take."""
        ...

    @property
    def plan_lease_seconds(self) -> float:
        """The longest that making questions may take."""
        ...

    @property
    def is_paid(self) -> bool:
        """Whether a call may cost the candidate something."""
        ...

    def evaluate(self, judging: Judging, watch: Watch) -> Evaluation:
        """The judgement of one answer, shown as `PartialEvaluation` on the way.

        EvaluationError or ModelError when none could be had.
        """
        ...

    def questions(self, planning: Planning, watch: Watch) -> Iterator[Question | Usage]:
        """Questions made for this candidate, each as soon as it is there; at the end what they took.

        None from an interviewer that asks from the plan alone. ModelError when they break off.
        """
        ...

    def narrate(self, interview: Interview, watch: Watch) -> tuple[Narrative, Usage] | None:
        """The report in prose, None from an interviewer that writes none; ModelError where it fails."""
        ...


class Interviewers(Protocol):
    """Finds the interviewer that a candidate chose."""

    def interviewer(self, user_id: UUID, choice: InterviewerChoice) -> Interviewer:
        """The interviewer, with the candidate's own key; an InterviewError where the key is missing."""
        ...


class LanguageModel(Protocol):
    """One model of one provider, with one candidate's key. May be called from any thread."""

    @property
    def provider(self) -> Provider:
        """Who runs it."""
        ...

    @property
    def label(self) -> str:
        """Its provider's name for people."""
        ...

    @property
    def model(self) -> str:
        """The model's id at its provider."""
        ...

    def stream(
        self, request: ModelRequest, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Iterator[str | ReplyEnd]:
        """The reply's text piece by piece, then exactly one `ReplyEnd`.

        One attempt, no retries. `timeout_seconds` bounds the whole of it, however slowly it drips. A
        stream that ends without its provider's end is an error. ModelError for everything that can go
        wrong on the way.
        """
        ...

    def models(self) -> tuple[ModelInfo, ...]:
        """The models that can judge, as the provider lists them; ModelError where the key is refused."""
        ...


Change = Callable[[Interview], Interview]
Follow = Callable[[Interview], None]
"""What is to be stored along with a changed interview."""


class InterviewStore(Protocol):
    """Keeps interviews, resumes and drafts, each its candidate's own.

    Every method takes the candidate's id and sees only that candidate's rows: another's are as good as
    absent. A candidate's own row is made with the first thing stored. Failures of the database are
    StoreError.
    """

    def add_interview(self, user_id: UUID, interview: Interview) -> None:
        """Store a new interview."""
        ...

    def interview(self, user_id: UUID, interview_id: UUID) -> Interview:
        """One interview; NotFoundError where the candidate has none of that id."""
        ...

    def version(self, user_id: UUID, interview_id: UUID) -> int:
        """The version of one interview, read without the rest; errors as of `interview`."""
        ...

    def change_interview(
        self,
        user_id: UUID,
        interview_id: UUID,
        change: Change,
        then: Follow | None = None,
        known: Interview | None = None,
    ) -> Interview:
        """Load, change and store in one transaction; the new interview.

        `known` is the interview as it was read or stored last: while its version is the stored one it
        need not be loaded.

        Changes of one interview never run side by side, in whatever process. `then` gets the interview
        once it is written, and what it stores for the candidate belongs to the same transaction. When
        either raises, nothing is stored. A change that returns an equal interview writes nothing, and
        nothing follows.
        """
        ...

    def interviews(self, user_id: UUID) -> tuple[InterviewSummary, ...]:
        """Every interview of the candidate in short, the newest first."""
        ...

    def at_hand(self, user_id: UUID) -> tuple[InterviewSummary | None, Resume | None]:
        """What can be gone on with: the newest unfinished interview in short, and the latest resume."""
        ...

    def answers(self, user_id: UUID) -> dict[UUID, tuple[AnswerSummary, ...]]:
        """The answers of all interviews of the candidate in short, by the interview's id.

        In the order of questions and attempts; an interview without an answer may be left out.
        """
        ...

    def answers_before(
        self, user_id: UUID, moment: datetime, most: int
    ) -> tuple[tuple[AnswerSummary, ...], ...]:
        """The same of the last interviews that began before a moment, the newest first, at most so many.

        Interviews without an answer are left out and do not count.
        """
        ...

    def delete_interview(self, user_id: UUID, interview_id: UUID) -> None:
        """Delete an interview with its answers; NotFoundError where there is none."""
        ...

    def asked_question_ids(self, user_id: UUID) -> frozenset[str]:
        """The ids of all questions ever put to the candidate."""
        ...

    def claim(
        self,
        user_id: UUID,
        key: "WorkKey",
        lease: "Lease",
        *,
        may_repeat: bool,
        version: int | None = None,
    ) -> "Claim":
        """Take the lease on a piece of work; see `Claim`.

        One atomic compare-and-set. An attempt that is judged already, or not there, is HELD. Where a
        `version` is given and the interview has another one by now, or is gone, it is CHANGED. A lease that has lapsed, or that reaches
        further into the future than a new one would (a clock was set back), is taken over where the work
        `may_repeat`.
        """
        ...

    def release(self, user_id: UUID, key: "WorkKey") -> None:
        """Give the lease on a piece of work back; harmless when there is none."""
        ...

    def asked_questions(self, user_id: UUID, most: int) -> tuple[str, ...]:
        """The texts of the last questions that the candidate answered, the newest first."""
        ...

    def save_draft(self, user_id: UUID, interview_id: UUID, position: int, text: str) -> None:
        """Keep what is being typed; an unknown interview is ignored.

        So is a question before the one whose draft is kept: that comes from a tab left behind.
        """
        ...

    def draft(self, user_id: UUID, interview_id: UUID, position: int) -> str:
        """What was last typed at this position, empty when nothing was since the last answer."""
        ...

    def save_resume(self, user_id: UUID, resume: Resume) -> None:
        """Store a resume, or replace the one with the same id."""
        ...

    def latest_resume(self, user_id: UUID) -> Resume | None:
        """The resume stored last, None when there is none."""
        ...

    def delete_resumes(self, user_id: UUID) -> None:
        """Delete all resumes of the candidate."""
        ...

    def delete_candidate(self, user_id: UUID) -> None:
        """Delete the candidate and everything of theirs."""
        ...


class ResumeReader(Protocol):
    """Reads resumes with understanding. May be slow, and costs the candidate something."""

    def read(self, resume: Resume, is_cancelled: Callable[[], bool]) -> Resume:
        """The resume with a fuller profile; ModelError where it could not be read."""
        ...

    def read_scan(
        self, resume: Resume, attachment: Attachment, is_cancelled: Callable[[], bool]
    ) -> Resume:
        """The resume with text and profile of a file that holds no text; ModelError where it fails."""
        ...


class ResumeReaders(Protocol):
    """Finds the reader that a candidate chose."""

    def reader(self, user_id: UUID, choice: InterviewerChoice) -> ResumeReader:
        """The reader, with the candidate's own key; an InterviewError where there is none."""
        ...


class WorkKind(StrEnum):
    """What is done beside the pages, for an interview, a resume or a recording (whose id the key then has)."""

    EVALUATION = "evaluation"
    PLAN = "plan"
    NARRATIVE = "narrative"
    RESUME = "resume"
    TRANSCRIPT = "transcript"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class WorkKey:
    """Which piece of work: for an evaluation position and attempt, both counted from 1, else 0.

    A `recording_id` tells the transcripts of one interview apart.
    """

    interview_id: UUID
    position: int = 0
    attempt: int = 0
    kind: WorkKind = WorkKind.EVALUATION
    recording_id: UUID | None = None

    @property
    def name(self) -> str:
        """What tells it from other work for the same interview, positions and attempts aside."""
        return f"{self.kind}:{self.recording_id}" if self.recording_id else self.kind.value


@dataclass(frozen=True, slots=True)
class Lease:
    """Who takes a piece of work, when, and until when nobody else may."""

    owner: str
    now: datetime
    until: datetime


class Claim(StrEnum):
    """What became of asking for a piece of work."""

    TAKEN = "taken"
    HELD = "held"
    LAPSED = "lapsed"
    CHANGED = "changed"


class Job(Protocol):
    """Work that was handed over and goes on whether or not anyone watches."""

    def wait(self, timeout_seconds: float) -> bool:
        """Wait until it is over or the time is; whether it is over."""
        ...

    def wait_for_change(self, seen: int, timeout_seconds: float) -> int:
        """Wait until something was shown after the version `seen`, it is over, or the time is.

        The version of what is shown now, counted from 0.
        """
        ...

    @property
    def shown(self) -> object:
        """What the work shows of itself so far, None before anything."""
        ...

    def cancel(self) -> None:
        """Ask the work to stop."""
        ...


class Jobs(Protocol):
    """Runs work beside the pages, bounded, once for each key at a time."""

    def run(self, user_id: UUID, key: WorkKey, work: Callable[[Watch], None]) -> Job:
        """Start work for a key, or attach to the work under way for it.

        The caller has made sure that the key is the candidate's. TooManyRequestsError when the queue is
        full.
        """
        ...

    def under_way(self, user_id: UUID, key: WorkKey) -> Job | None:
        """The candidate's work that waits or runs for a key, None where there is none."""
        ...
