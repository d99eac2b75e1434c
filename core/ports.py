"""What the use cases need from outside, by role. Adapters fulfil these, named by technology."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.domain.document import DocumentText
from core.domain.evaluation import Evaluation
from core.domain.history import InterviewSummary
from core.domain.interview import Interview, InterviewPlan, InterviewSetup
from core.domain.language_model import ModelInfo, ModelRequest, Provider, ReplyEnd
from core.domain.planning import Material
from core.domain.question import Question
from core.domain.resume import Resume


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


class Interviewer(Protocol):
    """Who asks and judges. May be slow, and may be called from any thread."""

    @property
    def name(self) -> str:
        """What evaluations of this interviewer are marked with."""
        ...

    @property
    def lease_seconds(self) -> float:
        """How long one evaluation may take before another worker may repeat it."""
        ...

    def plan(self, setup: InterviewSetup, material: Material) -> InterviewPlan:
        """More questions than will be asked, with an agenda."""
        ...

    def evaluate(self, question: Question, answer: str) -> Evaluation:
        """The judgement of one answer; EvaluationError when none could be had."""
        ...


class LanguageModel(Protocol):
    """One model of one provider, with one candidate's key. May be called from any thread."""

    @property
    def provider(self) -> Provider:
        """Who runs it."""
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

    def change_interview(self, user_id: UUID, interview_id: UUID, change: Change) -> Interview:
        """Load, change and store in one transaction; the new interview.

        Changes of one interview never run side by side, in whatever process. When `change` raises,
        nothing is stored. A change that returns an equal interview writes nothing.
        """
        ...

    def interviews(self, user_id: UUID) -> tuple[InterviewSummary, ...]:
        """Every interview of the candidate in short, the newest first."""
        ...

    def delete_interview(self, user_id: UUID, interview_id: UUID) -> None:
        """Delete an interview with its answers; NotFoundError where there is none."""
        ...

    def asked_question_ids(self, user_id: UUID) -> frozenset[str]:
        """The ids of all questions ever put to the candidate."""
        ...

    def claim_evaluation(
        self, user_id: UUID, key: "AttemptKey", owner: str, now: datetime, until: datetime
    ) -> bool:
        """Take the lease on judging an attempt; False while another holds it or it is judged.

        One atomic compare-and-set on the attempt's row. A lease that has lapsed, or that reaches
        further into the future than `until` (a clock was set back), is free.
        """
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


@dataclass(frozen=True, slots=True)
class AttemptKey:
    """Which answer: interview, position and attempt, both counted from 1."""

    interview_id: UUID
    position: int
    attempt: int


class Job(Protocol):
    """Work that was handed over and goes on whether or not anyone watches."""

    def wait(self, timeout_seconds: float) -> bool:
        """Wait until it is over or the time is; whether it is over."""
        ...


class Jobs(Protocol):
    """Runs work beside the pages, bounded, once for each key at a time."""

    def run(self, user_id: UUID, key: AttemptKey, work: Callable[[], None]) -> Job:
        """Start work for a key, or attach to the work under way for it.

        The caller has made sure that the key is the candidate's. TooManyRequestsError when the queue is
        full.
        """
        ...
