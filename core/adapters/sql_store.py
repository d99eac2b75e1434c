"""The InterviewStore on SQL tables, one code path for every database."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)

from core.adapters.database import forget_traces, reading, writing
from core.adapters.sql_leases import IsDead, claimed, released
from core.adapters.sql_moments import aware
from core.adapters.sql_tables import (
    answer_summaries,
    api_replies,
    asked_questions,
    interviews,
    plans,
    responses,
    resumes,
    users,
)
from core.adapters.sql_users import ensure_user
from core.domain.attempt import Attempt, EvaluationStatus
from core.domain.errors import NotFoundError
from core.domain.evaluation import Evaluation, Impression
from core.domain.heard import Take
from core.domain.history import AnswerSummary, InterviewSummary, answers_of, summary_of
from core.domain.interview import OVER, Interview
from core.domain.interview_plan import InterviewPlan
from core.domain.resume import Resume
from core.domain.second_look import SecondLook
from core.domain.turn import Turn
from core.ports import Change, Claim, Clock, Follow, Lease, WorkKey, WorkKind


@dataclass(frozen=True, slots=True)
class _Details:
    """What of an attempt needs no column of its own."""

    impression: Impression | None = None
    self_rating: int | None = None
    second_look: SecondLook | None = None
    takes: tuple[Take, ...] = ()


_OWN_INTERVIEW = and_(
    interviews.c.id == bindparam("interview_id"), interviews.c.user_id == bindparam("user_id")
)
_VERSION = select(interviews.c.version).where(_OWN_INTERVIEW)
_INTERVIEW_ROW = (
    select(interviews.c.session_state, plans.c.plan)
    .outerjoin(plans, plans.c.interview_id == interviews.c.id)
    .where(_OWN_INTERVIEW)
)
_ATTEMPT_ROWS = (
    select(responses)
    .where(
        responses.c.interview_id == bindparam("interview_id"),
        responses.c.user_id == bindparam("user_id"),
    )
    .order_by(responses.c.position, responses.c.attempt)
)
"""What each page and each step reads, put together once."""


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
            connection.execute(
                insert(interviews).values(
                    id=interview.id,
                    user_id=user_id,
                    created_at=interview.created_at,
                    **_interview_values(interview),
                )
            )
            _write_plan(connection, user_id, None, interview)
            _write_turns(connection, user_id, None, interview)

    def interview(self, user_id: UUID, interview_id: UUID) -> Interview:
        """One interview of the candidate."""
        with reading(self._engine, user_id) as connection:
            return _load(connection, user_id, interview_id)

    def version(self, user_id: UUID, interview_id: UUID) -> int:
        """The version of one interview."""
        with reading(self._engine, user_id) as connection:
            found = connection.scalar(_VERSION, {"interview_id": interview_id, "user_id": user_id})
        if found is None:
            raise NotFoundError("interview")
        return int(found)

    def change_interview(
        self, user_id: UUID, interview_id: UUID, change: Change, then: Follow | None = None
    ) -> Interview:
        """Load, change and store in one transaction."""
        with writing(self._engine, user_id) as connection:
            before = _load(connection, user_id, interview_id, for_update=True)
            after = change(before)
            if after == before:
                return before
            after = replace(after, version=before.version + 1)
            values = _interview_values(after)
            if _attempts(after) > _attempts(before):
                values["draft"] = None  # it has become an answer
            connection.execute(
                update(interviews).where(_own(interviews, user_id, interview_id)).values(**values)
            )
            _write_plan(connection, user_id, before, after)
            _write_turns(connection, user_id, before, after)
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
        return tuple(_summary_form().validate_json(row) for row in rows)

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
            _latest_resume(user_id).scalar_subquery().label("resume"),
        )
        with reading(self._engine, user_id) as connection:
            row = connection.execute(query).one()
        return (
            _summary_form().validate_python(row.unfinished) if row.unfinished else None,
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
        return {row.interview_id: _answers_form().validate_json(row.answers) for row in rows}

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
        return tuple(_answers_form().validate_json(row) for row in rows)

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

    def claim(self, user_id: UUID, key: WorkKey, lease: Lease, *, may_repeat: bool) -> Claim:
        """Take the lease on a piece of work, by one compare-and-set."""
        is_free = may_repeat and key.kind is not WorkKind.TRANSCRIPT  # that may have been paid
        with writing(self._engine, user_id, outlasts_power=not is_free) as connection:
            return claimed(connection, user_id, key, lease, self._is_dead, may_repeat=may_repeat)

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
            found = connection.scalar(_latest_resume(user_id))
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


def _latest_resume(user_id: UUID) -> Select[tuple[Any]]:
    return (
        select(resumes.c.extracted_data)
        .where(resumes.c.user_id == user_id)
        .order_by(resumes.c.uploaded_at.desc())
        .limit(1)
    )


def _same_interview(table: Any) -> Any:
    """The condition that joins a child's row to its interview."""
    return and_(table.c.interview_id == interviews.c.id, table.c.user_id == interviews.c.user_id)


def _forget_replies(connection: Connection, user_id: UUID) -> None:
    """Kept replies repeat what was asked and answered: they go with whatever is deleted."""
    connection.execute(delete(api_replies).where(api_replies.c.user_id == user_id))


def _attempts(interview: Interview) -> int:
    return sum(len(turn.attempts) for turn in interview.turns)


def _interview_values(interview: Interview) -> dict[str, Any]:
    """The columns of the interview's row; the plan and the answers have rows of their own."""
    summary = summary_of(interview)
    bare = replace(interview, turns=tuple(replace(t, attempts=()) for t in interview.turns))
    return {
        "version": interview.version,
        "session_state": _interview_form().dump_python(bare, mode="json", exclude={"plan"}),
        "summary": _summary_form().dump_python(summary, mode="json"),
        "score": summary.overall.score if summary.overall else None,
    }


def _load(
    connection: Connection, user_id: UUID, interview_id: UUID, *, for_update: bool = False
) -> Interview:
    own = {"interview_id": interview_id, "user_id": user_id}
    query = _INTERVIEW_ROW.with_for_update(of=interviews) if for_update else _INTERVIEW_ROW
    found = connection.execute(query, own).one_or_none()
    if found is None:
        raise NotFoundError("interview")
    attempts: dict[int, list[Attempt]] = {}
    for row in connection.execute(_ATTEMPT_ROWS, own):
        attempts.setdefault(row.position, []).append(_attempt(row))
    state, plan = found.session_state, found.plan
    if plan is None:  # stored before plans had rows of their own
        plan = state["plan"]
        if for_update:
            connection.execute(insert(plans).values(**own, plan=plan))
    interview = _interview_form().validate_python({**state, "plan": plan})
    turns = (replace(t, attempts=tuple(attempts.get(t.position, ()))) for t in interview.turns)
    return replace(interview, turns=tuple(turns))


def _attempt(row: Row[Any]) -> Attempt:
    details = _details_form().validate_python(row.details) if row.details else _Details()
    return Attempt(
        number=row.attempt,
        answer=row.answer,
        submitted_at=aware(row.submitted_at),
        status=EvaluationStatus(row.status),
        evaluation=_evaluation_form().validate_python(row.evaluation) if row.evaluation else None,
        failure=row.failure,
        impression=details.impression,
        self_rating=details.self_rating,
        second_look=details.second_look,
        takes=details.takes,
    )


def _write_plan(
    connection: Connection, user_id: UUID, before: Interview | None, after: Interview
) -> None:
    """Keep the plan where it is new; an interviewer that makes questions adds to it for a while."""
    if before and after.plan == before.plan:
        return
    plan = _plan_form().dump_python(after.plan, mode="json")
    own = {"interview_id": after.id, "user_id": user_id}
    if before is None:
        connection.execute(insert(plans).values(**own, plan=plan))
    else:
        connection.execute(update(plans).filter_by(**own).values(plan=plan))


def _write_turns(
    connection: Connection, user_id: UUID, before: Interview | None, after: Interview
) -> None:
    """Write the questions and attempts that are new, and the attempts that changed."""
    known = before.turns if before else ()
    for turn in after.turns:
        old = known[turn.position - 1] if turn.position <= len(known) else None
        if old is None:
            connection.execute(
                insert(asked_questions).values(
                    interview_id=after.id,
                    user_id=user_id,
                    position=turn.position,
                    question_id=turn.question.id,
                )
            )
        _write_attempts(connection, user_id, after.id, turn, old.attempts if old else ())
    _write_answers(connection, user_id, before, after)


def _write_answers(
    connection: Connection, user_id: UUID, before: Interview | None, after: Interview
) -> None:
    """Keep the answers in short where they changed."""
    answers = answers_of(after)
    if answers == (answers_of(before) if before else ()):
        return
    own = and_(answer_summaries.c.interview_id == after.id, answer_summaries.c.user_id == user_id)
    connection.execute(delete(answer_summaries).where(own))
    connection.execute(
        insert(answer_summaries).values(
            interview_id=after.id,
            user_id=user_id,
            answers=_answers_form().dump_python(answers, mode="json"),
        )
    )


def _write_attempts(
    connection: Connection,
    user_id: UUID,
    interview_id: UUID,
    turn: Turn,
    known: tuple[Attempt, ...],
) -> None:
    for attempt in turn.attempts:
        if attempt in known:
            continue
        place = {
            "interview_id": interview_id,
            "user_id": user_id,
            "position": turn.position,
            "attempt": attempt.number,
        }
        values = _attempt_values(attempt)
        if attempt.number > len(known):
            values |= place | {"question": turn.question.text}
            connection.execute(insert(responses).values(**values))
        else:
            if attempt.status is not known[attempt.number - 1].status:
                values |= {"claimed_by": None, "claimed_until": None}
            same_place = and_(*(responses.c[name] == value for name, value in place.items()))
            connection.execute(update(responses).where(same_place).values(**values))


def _attempt_values(attempt: Attempt) -> dict[str, Any]:
    """The columns of an attempt, without those of its lease, which ends with a change of status."""
    evaluation = attempt.evaluation
    details = _Details(attempt.impression, attempt.self_rating, attempt.second_look, attempt.takes)
    return {
        "answer": attempt.answer,
        "submitted_at": attempt.submitted_at,
        "status": attempt.status.value,
        "failure": attempt.failure,
        "evaluation": _evaluation_form().dump_python(evaluation, mode="json")
        if evaluation
        else None,
        "score": attempt.overall,
        "details": _details_form().dump_python(details, mode="json")
        if details != _Details()
        else None,
    }


# What rows are checked against, each made when it is first needed: that takes a while.


@cache
def _interview_form() -> TypeAdapter[Interview]:
    return TypeAdapter(Interview)


@cache
def _plan_form() -> TypeAdapter[InterviewPlan]:
    return TypeAdapter(InterviewPlan)


@cache
def _evaluation_form() -> TypeAdapter[Evaluation]:
    return TypeAdapter(Evaluation)


@cache
def _details_form() -> TypeAdapter[_Details]:
    return TypeAdapter(_Details)


@cache
def _summary_form() -> TypeAdapter[InterviewSummary]:
    return TypeAdapter(InterviewSummary)


@cache
def _answers_form() -> TypeAdapter[tuple[AnswerSummary, ...]]:
    return TypeAdapter(tuple[AnswerSummary, ...])


@cache
def _resume_form() -> TypeAdapter[Resume]:
    return TypeAdapter(Resume)
