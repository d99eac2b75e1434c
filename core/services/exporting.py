"""The use cases of one's own data: take everything away, bring it back, delete it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from uuid import UUID, uuid5

from core.domain.audit import AuditKind
from core.domain.errors import NotFoundError
from core.domain.interview import Interview
from core.domain.limits import Limited
from core.domain.preparation import MOST_PREPARATIONS, Preparation, is_storable
from core.domain.real_question import RealQuestion, tidied
from core.domain.resume import Resume
from core.key_ports import SessionKeys
from core.learning_ports import PreparationStore, RealQuestionStore
from core.ports import InterviewStore
from core.services.guarding import Record, Take, unlimited, unrecorded


@dataclass(frozen=True, slots=True)
class History:
    """Everything that is kept of one candidate, but for keys and links to reports."""

    interviews: tuple[Interview, ...] = ()
    resume: Resume | None = None
    real_questions: tuple[RealQuestion, ...] = ()
    preparations: tuple[Preparation, ...] = ()


def _no_files(user_id: UUID) -> None:
    """Have nothing to delete."""


@dataclass(frozen=True, slots=True)
class Exporting:
    """Takes out, brings back and deletes a candidate's own data. Keys are never taken out.

    `forget_files` deletes the candidate's files, which go before the rows that name them.
    `take_in` makes the practice items of interviews that were brought back: they follow from them.
    """

    store: InterviewStore
    real_questions: RealQuestionStore
    preparations: PreparationStore
    session_keys: SessionKeys
    take_in: Callable[[UUID, Iterable[Interview]], None]
    take: Take = unlimited
    record: Record = unrecorded
    forget_files: Callable[[UUID], None] = _no_files

    def history(self, user_id: UUID) -> History:
        """Everything that is kept of the candidate, to be taken away."""
        self.record(user_id, AuditKind.EXPORTED)
        ids = [summary.id for summary in self.store.interviews(user_id)]
        return History(
            tuple(self.store.interview(user_id, interview_id) for interview_id in ids),
            self.store.latest_resume(user_id),
            self.real_questions.questions(user_id),
            self.preparations.preparations(user_id),
        )

    def restore(self, user_id: UUID, history: History) -> int:
        """Bring back what is not there; the number of interviews added. Repeating it adds nothing.

        Ids are derived anew for each candidate, so that one file restored by two people gives each
        their own rows. TooManyRequestsError where the candidate handed in too much.
        """
        self.take(user_id, Limited.UPLOADS)
        self.record(user_id, AuditKind.RESTORED)
        added = [own for i in history.interviews if (own := self._restored_interview(user_id, i))]
        self.take_in(user_id, added)
        noted = [q for q in map(tidied, history.real_questions) if q.text]
        if noted:
            self.real_questions.add_questions(user_id, noted)
        self._restore_preparations(user_id, history.preparations)
        if history.resume and self.store.latest_resume(user_id) is None:
            own_id = uuid5(user_id, str(history.resume.id))
            self.store.save_resume(user_id, replace(history.resume, id=own_id))
        return len(added)

    def delete_everything(self, user_id: UUID) -> None:
        """Delete the candidate with all interviews, answers, resumes and keys."""
        self.record(user_id, AuditKind.ACCOUNT_DELETED)
        self.forget_files(user_id)
        self.session_keys.forget(user_id)
        self.store.delete_candidate(user_id)

    def _restore_preparations(self, user_id: UUID, preparations: Iterable[Preparation]) -> None:
        """Bring back those that are not there, up to as many as one may have."""
        kept = self.preparations.preparations(user_id)
        known, room = {kept_one.id for kept_one in kept}, MOST_PREPARATIONS - len(kept)
        own = (
            replace(p, id=uuid5(user_id, str(p.id)))
            for p in preparations
            if p.id not in known and is_storable(p)
        )
        for preparation in islice((p for p in own if p.id not in known), max(0, room)):
            self.preparations.save_preparation(user_id, preparation)

    def _restored_interview(self, user_id: UUID, interview: Interview) -> Interview | None:
        """The interview as it was brought back, None where it is there already."""
        own = replace(interview, id=uuid5(user_id, str(interview.id)))
        if any(self._exists(user_id, known) for known in (interview.id, own.id)):
            return None
        self.store.add_interview(user_id, own)
        return own

    def _exists(self, user_id: UUID, interview_id: UUID) -> bool:
        try:
            self.store.interview(user_id, interview_id)
        except NotFoundError:
            return False
        return True
