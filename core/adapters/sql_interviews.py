"""An interview as rows: its own, the plan's, one a question, one an attempt, and the answers in short.

The statements are put together once: that takes longer than to execute them.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, insert, select, update

from core.adapters.sql_moments import aware
from core.adapters.sql_places import at, place
from core.adapters.sql_tables import (
    answer_summaries,
    asked_questions,
    interviews,
    plans,
    responses,
)
from core.domain.attempt import Attempt, EvaluationStatus
from core.domain.errors import NotFoundError
from core.domain.evaluation import Evaluation, Impression
from core.domain.heard import Take
from core.domain.history import AnswerSummary, InterviewSummary, answers_of, summary_of
from core.domain.interview import Interview
from core.domain.interview_plan import InterviewPlan
from core.domain.second_look import SecondLook
from core.domain.turn import Turn


@dataclass(frozen=True, slots=True)
class _Details:
    """What of an attempt needs no column of its own."""

    impression: Impression | None = None
    self_rating: int | None = None
    second_look: SecondLook | None = None
    takes: tuple[Take, ...] = ()


_OWN_INTERVIEW = at(interviews, "id", "user_id")
_OF_INTERVIEW = ("interview_id", "user_id")
_VERSION = select(interviews.c.version).where(_OWN_INTERVIEW)
_VERSION_TO_CHANGE = _VERSION.join(plans, plans.c.interview_id == interviews.c.id).with_for_update(
    of=interviews
)
"""Nothing for an interview that was stored before plans had rows of their own."""
_INTERVIEW_ROW = (
    select(interviews.c.session_state, plans.c.plan)
    .outerjoin(plans, plans.c.interview_id == interviews.c.id)
    .where(_OWN_INTERVIEW)
)
_INTERVIEW_ROW_TO_CHANGE = _INTERVIEW_ROW.with_for_update(of=interviews)
_ATTEMPT_ROWS = (
    select(responses)
    .where(at(responses, *_OF_INTERVIEW))
    .order_by(responses.c.position, responses.c.attempt)
)
_ADD_INTERVIEW = insert(interviews)
_CHANGE_INTERVIEW = update(interviews).where(_OWN_INTERVIEW)
_ADD_PLAN = insert(plans)
_CHANGE_PLAN = update(plans).where(at(plans, *_OF_INTERVIEW))
_ADD_QUESTIONS = insert(asked_questions)
_ADD_ATTEMPT = insert(responses)
_CHANGE_ATTEMPT = update(responses).where(at(responses, *_OF_INTERVIEW, "position", "attempt"))
_ADD_ANSWERS = insert(answer_summaries)
_END_ANSWERS = delete(answer_summaries).where(at(answer_summaries, *_OF_INTERVIEW))


def stored_version(connection: Connection, user_id: UUID, interview_id: UUID) -> int:
    """The version of an interview of the candidate's; NotFoundError where there is none."""
    found = connection.scalar(_VERSION, place(id=interview_id, user_id=user_id))
    if found is None:
        raise NotFoundError("interview")
    return int(found)


def stored_interview(connection: Connection, user_id: UUID, interview_id: UUID) -> Interview:
    """An interview of the candidate's; NotFoundError where there is none."""
    return _read(connection, user_id, interview_id, for_change=False)


def interview_to_change(
    connection: Connection, user_id: UUID, interview_id: UUID, known: Interview | None
) -> Interview:
    """The same, and nobody else may change it until the transaction is over.

    It is not read again where it still has the version of the one that is `known`.
    """
    if known is not None and known.id == interview_id:
        own = place(id=interview_id, user_id=user_id)
        if connection.scalar(_VERSION_TO_CHANGE, own) == known.version:
            return known
    return _read(connection, user_id, interview_id, for_change=True)


def add_interview_rows(connection: Connection, user_id: UUID, interview: Interview) -> None:
    """Write the rows of a new interview."""
    row = {"id": interview.id, "user_id": user_id, "created_at": interview.created_at}
    connection.execute(_ADD_INTERVIEW, row | _interview_values(interview))
    connection.execute(
        _ADD_PLAN, _of_interview(user_id, interview) | {"plan": _plan_value(interview)}
    )
    _write_turns(connection, user_id, None, interview)


def change_interview_rows(
    connection: Connection, user_id: UUID, before: Interview, after: Interview
) -> None:
    """Write what of an interview's rows is new or changed."""
    values = _interview_values(after)
    if _attempts(after) > _attempts(before):
        values["draft"] = None  # it has become an answer
    own = place(id=after.id, user_id=user_id)
    connection.execute(_CHANGE_INTERVIEW, own | values)
    if after.plan != before.plan:  # an interviewer that makes questions adds to it for a while
        own = place(interview_id=after.id, user_id=user_id)
        connection.execute(_CHANGE_PLAN, own | {"plan": _plan_value(after)})
    _write_turns(connection, user_id, before, after)


def _attempts(interview: Interview) -> int:
    return sum(len(turn.attempts) for turn in interview.turns)


def _of_interview(user_id: UUID, interview: Interview) -> dict[str, Any]:
    return {"interview_id": interview.id, "user_id": user_id}


def _plan_value(interview: Interview) -> Any:
    return _plan_form().dump_python(interview.plan, mode="json")


def _interview_values(interview: Interview) -> dict[str, Any]:
    """The columns of the interview's row; the plan and the answers have rows of their own."""
    summary = summary_of(interview)
    bare = replace(interview, turns=tuple(replace(t, attempts=()) for t in interview.turns))
    return {
        "version": interview.version,
        "session_state": _interview_form().dump_python(bare, mode="json", exclude={"plan"}),
        "summary": summary_form().dump_python(summary, mode="json"),
        "score": summary.overall.score if summary.overall else None,
    }


def _read(
    connection: Connection, user_id: UUID, interview_id: UUID, *, for_change: bool
) -> Interview:
    query = _INTERVIEW_ROW_TO_CHANGE if for_change else _INTERVIEW_ROW
    found = connection.execute(query, place(id=interview_id, user_id=user_id)).one_or_none()
    if found is None:
        raise NotFoundError("interview")
    attempts: dict[int, list[Attempt]] = {}
    for row in connection.execute(_ATTEMPT_ROWS, place(interview_id=interview_id, user_id=user_id)):
        attempts.setdefault(row.position, []).append(_attempt(row))
    state, plan = found.session_state, found.plan
    if plan is None:  # stored before plans had rows of their own
        plan = state["plan"]
        if for_change:
            own = {"interview_id": interview_id, "user_id": user_id}
            connection.execute(_ADD_PLAN, own | {"plan": plan})
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


def _write_turns(
    connection: Connection, user_id: UUID, before: Interview | None, after: Interview
) -> None:
    """Write the questions and attempts that are new, and the attempts that changed."""
    known = before.turns if before else ()
    own = _of_interview(user_id, after)
    asked = [
        own | {"position": turn.position, "question_id": turn.question.id}
        for turn in after.turns[len(known) :]
    ]
    if asked:
        connection.execute(_ADD_QUESTIONS, asked)
    for turn in after.turns:
        old = known[turn.position - 1].attempts if turn.position <= len(known) else ()
        _write_attempts(connection, own, turn, old)
    _write_answers(connection, own, answers_of(before) if before else (), answers_of(after))


def _write_answers(
    connection: Connection,
    own: dict[str, Any],
    before: tuple[AnswerSummary, ...],
    after: tuple[AnswerSummary, ...],
) -> None:
    """Keep the answers in short where they changed."""
    if after == before:
        return
    connection.execute(_END_ANSWERS, place(**own))
    connection.execute(
        _ADD_ANSWERS, own | {"answers": answers_form().dump_python(after, mode="json")}
    )


def _write_attempts(
    connection: Connection, own: dict[str, Any], turn: Turn, known: tuple[Attempt, ...]
) -> None:
    for attempt in turn.attempts:
        if attempt in known:
            continue
        values = _attempt_values(attempt)
        key = own | {"position": turn.position, "attempt": attempt.number}
        if attempt.number > len(known):
            connection.execute(_ADD_ATTEMPT, key | values | {"question": turn.question.text})
            continue
        if attempt.status is not known[attempt.number - 1].status:
            values |= {"claimed_by": None, "claimed_until": None}
        connection.execute(_CHANGE_ATTEMPT, place(**key) | values)


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
def summary_form() -> TypeAdapter[InterviewSummary]:
    """Of an interview in short."""
    return TypeAdapter(InterviewSummary)


@cache
def answers_form() -> TypeAdapter[tuple[AnswerSummary, ...]]:
    """Of an interview's answers in short."""
    return TypeAdapter(tuple[AnswerSummary, ...])
