"""Hand-written stand-ins for the ports. They keep what they were given, for tests to look at."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import RLock
from uuid import UUID

import numpy as np

from core.domain.document import DocumentKind, DocumentText
from core.domain.errors import EvaluationError, InterviewError, NotFoundError, StoreError
from core.domain.evaluation import Evaluation
from core.domain.history import InterviewSummary, summary_of
from core.domain.interview import (
    Attempt,
    EvaluationStatus,
    Interview,
    InterviewPlan,
    InterviewSetup,
)
from core.domain.planning import Material
from core.domain.question import Question
from core.domain.resume import Resume
from core.evaluation.terms import Floats
from core.ports import AttemptKey, Change
from tests.builders import NOW, a_plan, an_evaluation


class FrozenClock:
    """A clock that moves only when told."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        """Move on, or back with a negative number."""
        self._now += timedelta(seconds=seconds)


class MemoryStore:
    """An InterviewStore in dictionaries, with one lock around everything."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._interviews: dict[UUID, tuple[UUID, Interview]] = {}
        self._resumes: dict[UUID, tuple[UUID, Resume]] = {}
        self._drafts: dict[UUID, tuple[int, str]] = {}
        self._leases: dict[AttemptKey, datetime] = {}

    def add_interview(self, user_id: UUID, interview: Interview) -> None:
        with self._lock:
            if interview.id in self._interviews:
                raise StoreError("This id is taken.")
            self._interviews[interview.id] = (user_id, interview)

    def interview(self, user_id: UUID, interview_id: UUID) -> Interview:
        with self._lock:
            owner, interview = self._interviews.get(interview_id, (None, None))
            if interview is None or owner != user_id:
                raise NotFoundError("interview")
            return interview

    def change_interview(self, user_id: UUID, interview_id: UUID, change: Change) -> Interview:
        with self._lock:
            before = self.interview(user_id, interview_id)
            after = change(before)
            if after == before:
                return before
            after = replace(after, version=before.version + 1)
            self._interviews[interview_id] = (user_id, after)
            if _attempts(after) > _attempts(before):
                self._drafts.pop(interview_id, None)
            self._end_leases(before, after)
            return after

    def interviews(self, user_id: UUID) -> tuple[InterviewSummary, ...]:
        with self._lock:
            own = [found for owner, found in self._interviews.values() if owner == user_id]
        newest_first = sorted(own, key=lambda i: (-i.created_at.timestamp(), i.id.hex))
        return tuple(summary_of(interview) for interview in newest_first)

    def delete_interview(self, user_id: UUID, interview_id: UUID) -> None:
        with self._lock:
            self.interview(user_id, interview_id)
            del self._interviews[interview_id]
            self._drafts.pop(interview_id, None)
            for key in [key for key in self._leases if key.interview_id == interview_id]:
                del self._leases[key]

    def asked_question_ids(self, user_id: UUID) -> frozenset[str]:
        with self._lock:
            own = [found for owner, found in self._interviews.values() if owner == user_id]
        return frozenset(turn.question.id for interview in own for turn in interview.turns)

    def claim_evaluation(
        self,
        user_id: UUID,
        key: AttemptKey,
        owner: str,  # noqa: ARG002 - the port's signature
        now: datetime,
        until: datetime,
    ) -> bool:
        with self._lock:
            attempt = self._attempt(user_id, key)
            if attempt is None or attempt.status is not EvaluationStatus.PENDING:
                return False
            lease = self._leases.get(key)
            if lease is not None and now < lease <= until:
                return False
            self._leases[key] = until
            return True

    def save_draft(self, user_id: UUID, interview_id: UUID, position: int, text: str) -> None:
        with self._lock:
            if self._owns(user_id, interview_id):
                self._drafts[interview_id] = (position, text)

    def draft(self, user_id: UUID, interview_id: UUID, position: int) -> str:
        with self._lock:
            found, text = self._drafts.get(interview_id, (0, ""))
            return text if found == position and self._owns(user_id, interview_id) else ""

    def save_resume(self, user_id: UUID, resume: Resume) -> None:
        with self._lock:
            owner, _ = self._resumes.get(resume.id, (user_id, None))
            if owner != user_id:
                raise StoreError("This id is taken.")
            self._resumes[resume.id] = (user_id, resume)

    def latest_resume(self, user_id: UUID) -> Resume | None:
        with self._lock:
            own = [resume for owner, resume in self._resumes.values() if owner == user_id]
        return max(own, key=lambda resume: resume.uploaded_at, default=None)

    def delete_resumes(self, user_id: UUID) -> None:
        with self._lock:
            kept = {key: row for key, row in self._resumes.items() if row[0] != user_id}
            self._resumes = kept

    def delete_candidate(self, user_id: UUID) -> None:
        with self._lock:
            self.delete_resumes(user_id)
            for summary in self.interviews(user_id):
                self.delete_interview(user_id, summary.id)

    def _owns(self, user_id: UUID, interview_id: UUID) -> bool:
        return interview_id in self._interviews and self._interviews[interview_id][0] == user_id

    def _attempt(self, user_id: UUID, key: AttemptKey) -> Attempt | None:
        if not self._owns(user_id, key.interview_id):
            return None
        turns = self._interviews[key.interview_id][1].turns
        found = [
            attempt
            for turn in turns
            for attempt in turn.attempts
            if (turn.position, attempt.number) == (key.position, key.attempt)
        ]
        return found[0] if found else None

    def _end_leases(self, before: Interview, after: Interview) -> None:
        """A change of an attempt's outcome frees its lease."""
        known = {attempt for turn in before.turns for attempt in turn.attempts}
        for turn in after.turns:
            for attempt in turn.attempts:
                if attempt not in known:
                    key = AttemptKey(after.id, turn.position, attempt.number)
                    self._leases.pop(key, None)


def _attempts(interview: Interview) -> int:
    return sum(len(turn.attempts) for turn in interview.turns)


class ScriptedInterviewer:
    """Plans what it is given, and judges with the given evaluations in turn, the last one for ever."""

    name = "scripted"
    lease_seconds = 5.0

    def __init__(self, *evaluations: Evaluation, plan: InterviewPlan | None = None) -> None:
        self._evaluations = list(evaluations) or [an_evaluation()]
        self._plan = plan or a_plan()
        self.materials: list[Material] = []
        self.judged: list[tuple[str, str]] = []
        """The question's id and the answer of each judgement asked for."""

    def plan(self, setup: InterviewSetup, material: Material) -> InterviewPlan:  # noqa: ARG002
        self.materials.append(material)
        return self._plan

    def evaluate(self, question: Question, answer: str) -> Evaluation:
        self.judged.append((question.id, answer))
        return self._evaluations.pop(0) if len(self._evaluations) > 1 else self._evaluations[0]


class FailingInterviewer(ScriptedInterviewer):
    """Cannot judge until it is `repaired`."""

    def __init__(self, error: BaseException | None = None) -> None:
        super().__init__()
        self.error = error or EvaluationError("The interviewer is out of reach. Try again later.")
        self.is_broken = True

    def repair(self) -> None:
        self.is_broken = False

    def evaluate(self, question: Question, answer: str) -> Evaluation:
        if self.is_broken:
            raise self.error
        return super().evaluate(question, answer)


class DoneJob:
    """A job that is over."""

    def wait(self, timeout_seconds: float) -> bool:  # noqa: ARG002 - the port's signature
        return True


class InlineJobs:
    """Runs each job at once, in the caller's thread."""

    def __init__(self) -> None:
        self.keys: list[AttemptKey] = []

    def run(self, user_id: UUID, key: AttemptKey, work: Callable[[], None]) -> DoneJob:  # noqa: ARG002
        self.keys.append(key)
        work()
        return DoneJob()


class UnfinishedJob:
    """A job that no one works on."""

    def wait(self, timeout_seconds: float) -> bool:  # noqa: ARG002 - the port's signature
        return False


class IdleJobs:
    """Takes jobs and runs them only on `work_off`, as a pool that is busy with others."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(self, user_id: UUID, key: AttemptKey, work: Callable[[], None]) -> UnfinishedJob:  # noqa: ARG002
        self.waiting.append(work)
        return UnfinishedJob()

    def work_off(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


class RefusingJobs:
    """Takes no job, as a pool whose queue is full."""

    def __init__(self, error: InterviewError) -> None:
        self.error = error

    def run(self, user_id: UUID, key: AttemptKey, work: Callable[[], None]) -> DoneJob:  # noqa: ARG002
        raise self.error


class PlainTextReader:
    """A DocumentReader that takes bytes for UTF-8 text."""

    def read(self, content: bytes) -> DocumentText:
        return DocumentText(content.decode(), DocumentKind.TEXT)


class RefusingReader:
    """A DocumentReader that refuses every file with one error."""

    def __init__(self, error: InterviewError) -> None:
        self.error = error

    def read(self, content: bytes) -> DocumentText:  # noqa: ARG002 - the port's signature
        raise self.error


_ROOM = 1000
"""Dimensions: two for the words whose meaning is told, one for each other word."""


def known_words(**meanings: tuple[float, float]) -> Callable[[Sequence[str]], Floats]:
    """Word vectors in which only the words named have to do with each other."""
    own: dict[str, int] = {}

    def vectors(words: Sequence[str]) -> Floats:
        rows = np.zeros((len(words), _ROOM))
        for row, word in zip(rows, words, strict=True):
            if word in meanings:
                row[:2] = meanings[word]
            else:
                row[2 + own.setdefault(word, len(own))] = 1
        return rows

    return vectors
