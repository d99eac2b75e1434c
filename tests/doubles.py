"""Hand-written stand-ins for the ports. They keep what they were given, for tests to look at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import RLock
from uuid import UUID

import numpy as np

from core.domain.attempt import Attempt, EvaluationStatus
from core.domain.audit import AuditEvent
from core.domain.document import DocumentKind, DocumentText
from core.domain.errors import EvaluationError, InterviewError, NotFoundError, StoreError
from core.domain.evaluation import Evaluation
from core.domain.history import AnswerSummary, InterviewSummary, answers_of, summary_of
from core.domain.interview import Interview
from core.domain.interview_plan import InterviewPlan
from core.domain.interview_setup import InterviewSetup
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Usage
from core.domain.limits import Rule, taken, wait_seconds
from core.domain.narrative import Narrative
from core.domain.planning import Material
from core.domain.question import Question
from core.domain.resume import Resume
from core.evaluation.terms import Floats
from core.ports import (
    Change,
    Claim,
    Follow,
    Interviewer,
    Judging,
    Lease,
    Planning,
    Watch,
    WorkKey,
    WorkKind,
)
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
        self._leases: dict[WorkKey, datetime] = {}

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

    def version(self, user_id: UUID, interview_id: UUID) -> int:
        return self.interview(user_id, interview_id).version

    def change_interview(
        self,
        user_id: UUID,
        interview_id: UUID,
        change: Change,
        then: Follow | None = None,
        known: Interview | None = None,
    ) -> Interview:
        with self._lock:
            before = self.interview(user_id, interview_id)
            if known is not None and known.version == before.version:
                assert known == before, "an interview known at a version is what was stored then"
            after = change(before)
            if after == before:
                return before
            after = replace(after, version=before.version + 1)
            if then:
                then(after)
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

    def at_hand(self, user_id: UUID) -> tuple[InterviewSummary | None, Resume | None]:
        unfinished = (summary for summary in self.interviews(user_id) if not summary.is_over)
        return next(unfinished, None), self.latest_resume(user_id)

    def answers(self, user_id: UUID) -> dict[UUID, tuple[AnswerSummary, ...]]:
        with self._lock:
            own = [found for owner, found in self._interviews.values() if owner == user_id]
        return {interview.id: answers_of(interview) for interview in own if answers_of(interview)}

    def answers_before(
        self, user_id: UUID, moment: datetime, most: int
    ) -> tuple[tuple[AnswerSummary, ...], ...]:
        found = self.answers(user_id)
        before = [s.id for s in self.interviews(user_id) if s.created_at < moment and s.id in found]
        return tuple(found[interview_id] for interview_id in before[:most])

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

    def asked_questions(self, user_id: UUID, most: int) -> tuple[str, ...]:
        with self._lock:
            own = [found for owner, found in self._interviews.values() if owner == user_id]
        answered = [
            (turn.attempts[-1].submitted_at, turn.question.text)
            for interview in own
            for turn in interview.turns
            if turn.attempts
        ]
        newest_first = [
            text for _, text in sorted(answered, key=lambda pair: pair[0], reverse=True)
        ]
        return tuple(dict.fromkeys(newest_first))[:most]

    def claim(
        self,
        user_id: UUID,
        key: WorkKey,
        lease: Lease,
        *,
        may_repeat: bool,
        version: int | None = None,
    ) -> Claim:
        with self._lock:
            if key.kind is WorkKind.EVALUATION:
                attempt = self._attempt(user_id, key)
                if attempt is None or attempt.status is not EvaluationStatus.PENDING:
                    return Claim.HELD
            owner, interview = self._interviews.get(key.interview_id, (None, None))
            stored = interview.version if interview and owner == user_id else None
            if version not in (None, stored):
                return Claim.CHANGED
            until = self._leases.get(key)
            if until is not None and lease.now < until <= lease.until:
                return Claim.HELD
            if until is not None and not may_repeat:
                return Claim.LAPSED
            self._leases[key] = lease.until
            return Claim.TAKEN

    def release(self, user_id: UUID, key: WorkKey) -> None:
        with self._lock:
            if self._owns(user_id, key.interview_id):
                self._leases.pop(key, None)

    def save_draft(self, user_id: UUID, interview_id: UUID, position: int, text: str) -> None:
        with self._lock:
            kept_position, _ = self._drafts.get(interview_id, (0, ""))
            if self._owns(user_id, interview_id) and kept_position <= position:
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

    def _attempt(self, user_id: UUID, key: WorkKey) -> Attempt | None:
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
        """A change of an attempt's status frees its lease."""
        known = {
            (turn.position, attempt.number): attempt.status
            for turn in before.turns
            for attempt in turn.attempts
        }
        for turn in after.turns:
            for attempt in turn.attempts:
                if known.get((turn.position, attempt.number)) is not attempt.status:
                    key = WorkKey(after.id, turn.position, attempt.number)
                    self._leases.pop(key, None)


def _attempts(interview: Interview) -> int:
    return sum(len(turn.attempts) for turn in interview.turns)


class ScriptedInterviewer:
    """Judges with the given evaluations in turn, the last one for ever; plans what it is given."""

    name = "scripted"
    lease_seconds = 5.0
    plan_lease_seconds = 15.0

    def __init__(
        self,
        *evaluations: Evaluation,
        plan: InterviewPlan | None = None,
        planned: Sequence[Question | Usage | InterviewError] = (),
        narrative: Narrative | InterviewError | None = None,
        is_paid: bool = False,
    ) -> None:
        self._evaluations = list(evaluations) or [an_evaluation()]
        self._plan = plan or a_plan()
        self._planned = planned
        self._narrative = narrative
        self.is_paid = is_paid
        self.materials: list[Material] = []
        self.plannings: list[Planning] = []
        self.judged: list[tuple[str, str]] = []
        """The question's id and the answer of each judgement asked for."""
        self.disputes: list[str] = []
        """What each judgement was told of an objection."""

    def plan(self, setup: InterviewSetup, material: Material) -> InterviewPlan:  # noqa: ARG002 - the port's signature
        self.materials.append(material)
        return self._plan

    def evaluate(self, judging: Judging, watch: Watch) -> Evaluation:  # noqa: ARG002 - the port's signature
        self.judged.append((judging.question.id, judging.answer))
        self.disputes.append(judging.dispute)
        return self._evaluations.pop(0) if len(self._evaluations) > 1 else self._evaluations[0]

    def questions(self, planning: Planning, watch: Watch) -> Iterator[Question | Usage]:  # noqa: ARG002 - the port's signature
        self.plannings.append(planning)
        for made in self._planned:
            if isinstance(made, InterviewError):
                raise made
            yield made

    def narrate(self, interview: Interview, watch: Watch) -> tuple[Narrative, Usage] | None:  # noqa: ARG002 - the port's signature
        if isinstance(self._narrative, InterviewError):
            raise self._narrative
        return (self._narrative, Usage(10, 0, 5)) if self._narrative else None


class FailingInterviewer(ScriptedInterviewer):
    """Cannot judge until it is `repaired`."""

    def __init__(self, error: BaseException | None = None) -> None:
        super().__init__()
        self.error = error or EvaluationError("The interviewer is out of reach. Try again later.")
        self.is_broken = True

    def repair(self) -> None:
        self.is_broken = False

    def evaluate(self, judging: Judging, watch: Watch) -> Evaluation:
        if self.is_broken:
            raise self.error
        return super().evaluate(judging, watch)


class OneInterviewer:
    """Gives everyone the same interviewer, whatever they chose; or refuses."""

    def __init__(self, interviewer: Interviewer, error: InterviewError | None = None) -> None:
        self._interviewer = interviewer
        self.error = error
        self.choices: list[InterviewerChoice] = []

    def interviewer(self, user_id: UUID, choice: InterviewerChoice) -> Interviewer:  # noqa: ARG002 - the port's signature
        self.choices.append(choice)
        if self.error:
            raise self.error
        return self._interviewer


class SilentJob:
    """A job that shows nothing: as a watch nobody looks at, and as a job that is over or never is."""

    shown: object = None

    def __init__(self, *, is_over: bool) -> None:
        self._is_over = is_over

    def wait(self, timeout_seconds: float) -> bool:  # noqa: ARG002 - the port's signature
        return self._is_over

    def wait_for_change(self, seen: int, timeout_seconds: float) -> int:  # noqa: ARG002 - the port's signature
        return seen

    def cancel(self) -> None:
        """Nothing: no one works on it."""

    def show(self, partial: object) -> None:
        self.shown = partial

    def is_cancelled(self) -> bool:
        return False


class InlineJobs:
    """Runs each job at once, in the caller's thread."""

    def __init__(self) -> None:
        self.keys: list[WorkKey] = []

    def under_way(self, user_id: UUID, key: WorkKey) -> SilentJob | None:  # noqa: ARG002 - the port's signature
        return None

    def run(self, user_id: UUID, key: WorkKey, work: Callable[[Watch], None]) -> SilentJob:  # noqa: ARG002 - the port's signature
        self.keys.append(key)
        job = SilentJob(is_over=True)
        work(job)
        return job


class IdleJobs:
    """Takes jobs and runs them only on `work_off`, as a pool that is busy with others."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[Watch], None]] = []

    def under_way(self, user_id: UUID, key: WorkKey) -> SilentJob | None:  # noqa: ARG002 - the port's signature
        return None

    def run(self, user_id: UUID, key: WorkKey, work: Callable[[Watch], None]) -> SilentJob:  # noqa: ARG002 - the port's signature
        self.waiting.append(work)
        return SilentJob(is_over=False)

    def work_off(self) -> None:
        while self.waiting:
            self.waiting.pop(0)(SilentJob(is_over=False))


class RefusingJobs:
    """Takes no job, as a pool whose queue is full."""

    def __init__(self, error: InterviewError) -> None:
        self.error = error

    def under_way(self, user_id: UUID, key: WorkKey) -> SilentJob | None:  # noqa: ARG002 - the port's signature
        return None

    def run(self, user_id: UUID, key: WorkKey, work: Callable[[Watch], None]) -> SilentJob:  # noqa: ARG002 - the port's signature
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


class MemoryLimits:
    """The Limits in a dictionary."""

    def __init__(self) -> None:
        self.full_at: dict[str, float] = {}

    def take(self, buckets: Mapping[str, Rule], now: datetime) -> float:
        moment = now.timestamp()
        held = {key: self.full_at.get(key, moment) for key in buckets}
        wait = max(wait_seconds(rule, held[key], moment) for key, rule in buckets.items())
        if not wait:
            self.full_at |= {key: taken(rule, held[key], moment) for key, rule in buckets.items()}
        return wait


class MemoryAuditLog:
    """An AuditLog and its reader in a list."""

    def __init__(self) -> None:
        self.kept: list[AuditEvent] = []

    def record(self, event: AuditEvent) -> None:
        self.kept.append(event)

    def events(self, since: datetime, most: int) -> tuple[AuditEvent, ...]:
        found = sorted((e for e in self.kept if e.at >= since), key=lambda e: e.at)
        return tuple(found[-most:])


class MemoryFiles:
    """The ResumeFiles in a dictionary; `error` is raised instead of storing or deleting."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, datetime]] = {}
        self.error: StoreError | None = None
        self.before_put: Callable[[], None] = lambda: None

    def put(self, name: str, content: bytes, media_type: str) -> None:  # noqa: ARG002 - the port's signature
        self.before_put()
        if self.error:
            raise self.error
        self.kept[name] = (content, datetime.now(UTC))

    def read(self, name: str) -> bytes:
        if name not in self.kept:
            raise NotFoundError("file")
        return self.kept[name][0]

    def delete(self, names: Iterable[str]) -> None:
        if self.error:
            raise self.error
        for name in names:
            self.kept.pop(name, None)

    def names(self, before: datetime) -> tuple[str, ...]:
        return tuple(sorted(name for name, (_, at) in self.kept.items() if at < before))
