"""The InterviewStore on SQL tables, one code path for every database."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import (
    Connection,
    Engine,
    Text,
    and_,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)

from core.adapters.database import forget_traces, reading, writing
from core.adapters.sql_interviews import (
    add_interview_rows,
    answers_form,
    change_interview_rows,
    interview_to_change,
    stored_interview,
    stored_version,
    summary_form,
)
from core.adapters.sql_leases import IsDead, claimed, released
from core.adapters.sql_places import at, place
from core.adapters.sql_tables import (
    answer_summaries,
    api_replies,
    asked_questions,
    interviews,
    responses,
    resumes,
    users,
)
from core.adapters.sql_users import ensure_user
from core.domain.errors import NotFoundError
from core.domain.history import AnswerSummary, InterviewSummary
from core.domain.interview import OVER, Interview
from core.domain.resume import Resume
from core.ports import Change, Claim, Clock, Follow, Lease, WorkKey, WorkKind

_LATEST_RESUME = (
    select(resumes.c.extracted_data)
    .where(at(resumes, "user_id"))
    .order_by(resumes.c.uploaded_at.desc())
    .limit(1)
)


class SqlStore:
    """Keeps interviews, resumes and drafts. See `core.ports.InterviewStore` for what it promises."""

    def __init__(
        self, engine: Engine, clock: Clock, is_dead: IsDead = lambda _owner: False
    ) -> None:
        """Take an engine whose tables exist, and what knows of owners of leases that they are gone."""
        self._engine = engine
        self._is_dead = is_dead
        self._clock = clock

    def add_interview(self, user_id: UUID, interview: Interview) -> None:
        """Store a new interview."""
        with writing(self._engine, user_id) as connection:
            ensure_user(connection, user_id, self._clock.now())
            add_interview_rows(connection, user_id, interview)

    def interview(self, user_id: UUID, interview_id: UUID) -> Interview:
        """One interview of the candidate."""
        with reading(self._engine, user_id) as connection:
            return stored_interview(connection, user_id, interview_id)

    def version(self, user_id: UUID, interview_id: UUID) -> int:
        """The version of one interview."""
        with reading(self._engine, user_id) as connection:
            return stored_version(connection, user_id, interview_id)

    def change_interview(
        self,
        user_id: UUID,
        interview_id: UUID,
        change: Change,
        then: Follow | None = None,
        known: Interview | None = None,
    ) -> Interview:
        """Load where that is needed, change and store in one transaction."""
        with writing(self._engine, user_id) as connection:
            before = interview_to_change(connection, user_id, interview_id, known)
            after = change(before)
            if after == before:
                return before
            after = replace(after, version=before.version + 1)
            change_interview_rows(connection, user_id, before, after)
            if then:
                then(after)
            return after

    def interviews(self, user_id: UUID) -> tuple[InterviewSummary, ...]:
        """Every interview in short, the newest first."""
        query = (
            select(cast(interviews.c.summary, Text))
            .where(interviews.c.user_id == user_id)
            .order_by(interviews.c.created_at.desc(), interviews.c.id)
        )
        with reading(self._engine, user_id) as connection:  # as text: pydantic reads it in one go
            rows = connection.scalars(query).all()
        return tuple(summary_form().validate_json(row) for row in rows)

    def at_hand(self, user_id: UUID) -> tuple[InterviewSummary | None, Resume | None]:
        """The newest unfinished interview and the latest resume, in one query."""
        unfinished = (
            select(interviews.c.summary)
            .where(
                interviews.c.user_id == user_id,
                interviews.c.summary["phase"].as_string().not_in(sorted(OVER)),
            )
            .order_by(interviews.c.created_at.desc(), interviews.c.id)
            .limit(1)
        )
        query = select(
            unfinished.scalar_subquery().label("unfinished"),
            _LATEST_RESUME.scalar_subquery().label("resume"),
        )
        with reading(self._engine, user_id) as connection:
            row = connection.execute(query, place(user_id=user_id)).one()
        return (
            summary_form().validate_python(row.unfinished) if row.unfinished else None,
            _resume_form().validate_python(row.resume) if row.resume else None,
        )

    def answers(self, user_id: UUID) -> dict[UUID, tuple[AnswerSummary, ...]]:
        """The answers of all interviews in short."""
        table = answer_summaries
        query = select(table.c.interview_id, cast(table.c.answers, Text).label("answers")).where(
            table.c.user_id == user_id
        )
        with reading(self._engine, user_id) as connection:
            rows = connection.execute(query).all()
        return {row.interview_id: answers_form().validate_json(row.answers) for row in rows}

    def answers_before(
        self, user_id: UUID, moment: datetime, most: int
    ) -> tuple[tuple[AnswerSummary, ...], ...]:
        """The answers of the interviews before a moment in short."""
        table = answer_summaries
        query = (
            select(cast(table.c.answers, Text))
            .join(interviews, _same_interview(table))
            .where(interviews.c.user_id == user_id, interviews.c.created_at < moment)
            .order_by(interviews.c.created_at.desc(), interviews.c.id)
            .limit(most)
        )
        with reading(self._engine, user_id) as connection:
            rows = connection.scalars(query).all()
        return tuple(answers_form().validate_json(row) for row in rows)

    def delete_interview(self, user_id: UUID, interview_id: UUID) -> None:
        """Delete an interview; its answers go with it."""
        with writing(self._engine, user_id) as connection:
            gone = connection.execute(
                delete(interviews).where(_own(interviews, user_id, interview_id))
            )
            if not gone.rowcount:
                raise NotFoundError("interview")
            _forget_replies(connection, user_id)
        forget_traces(self._engine)

    def asked_question_ids(self, user_id: UUID) -> frozenset[str]:
        """The ids of all questions ever put to the candidate."""
        query = (
            select(asked_questions.c.question_id)
            .where(asked_questions.c.user_id == user_id)
            .distinct()
        )
        with reading(self._engine, user_id) as connection:
            return frozenset(connection.scalars(query))

    def asked_questions(self, user_id: UUID, most: int) -> tuple[str, ...]:
        """The texts of the last questions that were answered, the newest first."""
        query = (
            select(responses.c.question)
            .where(responses.c.user_id == user_id)
            .group_by(responses.c.question)
            .order_by(func.max(responses.c.submitted_at).desc())
            .limit(most)
        )
        with reading(self._engine, user_id) as connection:
            return tuple(connection.scalars(query))

    def claim(
        self,
        user_id: UUID,
        key: WorkKey,
        lease: Lease,
        *,
        may_repeat: bool,
        version: int | None = None,
    ) -> Claim:
        """Take the lease on a piece of work, by one compare-and-set."""
        is_free = may_repeat and key.kind is not WorkKind.TRANSCRIPT  # that may have been paid
        with writing(self._engine, user_id, outlasts_power=not is_free) as connection:
            return claimed(
                connection, user_id, key, lease, self._is_dead, version, may_repeat=may_repeat
            )

    def release(self, user_id: UUID, key: WorkKey) -> None:
        """Give the lease on a piece of work back."""
        with writing(self._engine, user_id) as connection:
            released(connection, user_id, key)

    def save_draft(self, user_id: UUID, interview_id: UUID, position: int, text: str) -> None:
        """Keep what is being typed."""
        kept_position = func.coalesce(interviews.c.draft["position"].as_integer(), 0)
        with writing(self._engine, user_id) as connection:
            connection.execute(
                update(interviews)
                .where(_own(interviews, user_id, interview_id), kept_position <= position)
                .values(draft={"position": position, "text": text})
            )

    def draft(self, user_id: UUID, interview_id: UUID, position: int) -> str:
        """What was last typed at this position."""
        query = select(interviews.c.draft).where(_own(interviews, user_id, interview_id))
        with reading(self._engine, user_id) as connection:
            found = connection.scalar(query)
        return found["text"] if found and found["position"] == position else ""

    def save_resume(self, user_id: UUID, resume: Resume) -> None:
        """Store a resume, or replace the candidate's one with the same id."""
        values = {
            "uploaded_at": resume.uploaded_at,
            "extracted_data": _resume_form().dump_python(resume, mode="json"),
        }
        with writing(self._engine, user_id) as connection:
            ensure_user(connection, user_id, self._clock.now())
            changed = connection.execute(
                update(resumes).where(_own(resumes, user_id, resume.id)).values(**values)
            )
            if not changed.rowcount:
                connection.execute(insert(resumes).values(id=resume.id, user_id=user_id, **values))

    def latest_resume(self, user_id: UUID) -> Resume | None:
        """The resume stored last."""
        with reading(self._engine, user_id) as connection:
            found = connection.scalar(_LATEST_RESUME, place(user_id=user_id))
        return _resume_form().validate_python(found) if found else None

    def delete_resumes(self, user_id: UUID) -> None:
        """Delete all resumes of the candidate."""
        with writing(self._engine, user_id) as connection:
            connection.execute(delete(resumes).where(resumes.c.user_id == user_id))
            _forget_replies(connection, user_id)

    def delete_candidate(self, user_id: UUID) -> None:
        """Delete the candidate; everything of theirs goes with the row."""
        with writing(self._engine, user_id) as connection:
            connection.execute(delete(users).where(users.c.id == user_id))
        forget_traces(self._engine)


def _own(table: Any, user_id: UUID, row_id: UUID) -> Any:
    """The condition for one row of the candidate's."""
    return and_(table.c.id == row_id, table.c.user_id == user_id)


def _same_interview(table: Any) -> Any:
    """The condition that joins a child's row to its interview."""
    return and_(table.c.interview_id == interviews.c.id, table.c.user_id == interviews.c.user_id)


def _forget_replies(connection: Connection, user_id: UUID) -> None:
    """Kept replies repeat what was asked and answered: they go with whatever is deleted."""
    connection.execute(delete(api_replies).where(api_replies.c.user_id == user_id))


@cache
def _resume_form() -> TypeAdapter[Resume]:
    return TypeAdapter(Resume)
