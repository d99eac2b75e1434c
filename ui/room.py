"""The room: one question at a time, from listening through judging to feedback."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from html import escape
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.clarification import clarification, repeated, rephrased
from core.domain.errors import (
    AnswerConflictError,
    InterviewError,
    InvalidInputError,
    InvalidTransitionError,
    StoreError,
)
from core.domain.interview import EvaluationStatus, Interview, Phase, Turn
from core.domain.timing import seconds_left, used_seconds
from ui import session
from ui.components.draft_keeper import Draft, draft_keeper
from ui.components.line_watcher import watch_line
from ui.errors import (
    forget_error,
    remember_error,
    remembering_errors,
    show_error,
    show_remembered,
)
from ui.feedback import draw_feedback
from ui.texts import duration, highlighted, minutes, paragraph

POLL_SECONDS = 1.0
FIRST_WAIT_SECONDS = 0.6
"""The built-in interviewer judges in milliseconds: waiting this long saves a screen that only flickers."""

_LEFT_BEHIND = (AnswerConflictError, InvalidInputError, InvalidTransitionError)
"""The interview went on elsewhere: the box with the answer is not drawn again."""


def draw_room(app: Application, user: UUID, interview: Interview) -> None:
    """The interview where it stands."""
    if interview.phase is Phase.NEXT_QUESTION:
        app.interviewing.next_question(user, interview.id, interview.current.position)
        st.rerun()
    if app.interviewing.go_on_at_once(user, interview) != interview:
        st.rerun()
    watch_line()
    with st.container(key="room"):
        show_remembered()
        _draw_top_line(app, interview)
        if interview.phase is Phase.LISTENING:
            _draw_listening(app, user, interview)
        elif interview.phase is Phase.PROCESSING:
            _draw_processing(app, user, interview)
        elif interview.phase is Phase.FEEDBACK:
            _draw_feedback_phase(app, user, interview)
        _draw_leave(app, user, interview)


# --- the question -----------------------------------------------------------------------------


def _draw_top_line(app: Application, interview: Interview) -> None:
    turn = interview.current
    question = turn.question
    place = "Last words"
    if question.is_scored:
        place = f"Question {turn.position} of {interview.setup.length}"
    parts = [place, app.content.competency_title(question.competency)]
    if question.is_scored:
        parts.append(f"difficulty {question.difficulty} of 5")
    parts.append(_time_told(interview, app.clock.now()))
    st.caption(" · ".join(parts))
    answered = turn.position - (interview.phase is Phase.LISTENING)
    done = min(answered, interview.setup.length)
    st.progress(
        done / interview.setup.length, f"{done} of {interview.setup.length} answered or skipped"
    )


def _time_told(interview: Interview, now: datetime) -> str:
    limits = interview.setup.limits
    used = f"{minutes(used_seconds(interview, now))} used"
    if limits.interview_seconds:
        used += f" of {minutes(limits.interview_seconds)}"
    if limits.question_seconds:
        used += f" · {duration(limits.question_seconds)} a question"
    return used


def _draw_question(turn: Turn) -> None:
    if turn.reaction:
        st.html(paragraph(turn.reaction, "reaction"))
    st.html(f'<h1 class="question-text" id="question">{escape(turn.question.text)}</h1>')


def _draw_listening(app: Application, user: UUID, interview: Interview) -> None:
    turn = interview.current
    _draw_question(turn)
    _draw_tools(app, user, interview)
    if turn.latest:
        with st.expander("Your earlier answer", icon=":material/history:"):
            st.html(highlighted(turn.latest.answer, ()))
    _draw_answer_box(app, user, interview)


def _draw_tools(app: Application, user: UUID, interview: Interview) -> None:
    """What one may ask the interviewer while thinking."""
    turn = interview.current
    said_key = f"room_said_{interview.id}_{turn.position}"
    with st.container(horizontal=True, gap="small"):
        if st.button("Repeat", key="room_repeat", type="tertiary", icon=":material/replay:"):
            session.remember(said_key, repeated(turn.question))
        if st.button(
            "Put it differently", key="room_rephrase", type="tertiary", icon=":material/swap_horiz:"
        ):
            session.remember(said_key, rephrased(turn.question))
        if turn.question.hint and st.button(
            "Hint", key="room_hint", type="tertiary", icon=":material/lightbulb:"
        ):
            with remembering_errors():
                app.interviewing.use_hint(user, interview.id, turn.position)
            session.remember(said_key, f"A hint (it is noted in the report): {turn.question.hint}")
        with st.popover("Why this question?", type="tertiary", icon=":material/help:"):
            st.html(paragraph(turn.reason, "answer-text"))
            if turn.question.intent:
                asked = f"What an interviewer wants to know: {turn.question.intent}"
                st.html(paragraph(asked, "answer-text quiet"))
    said = session.value(said_key)
    if said:
        with st.container(border=True):
            st.html(f'<div role="status">{escape(said)}</div>')


# --- the answer -------------------------------------------------------------------------------


@st.fragment
def _draw_answer_box(app: Application, user: UUID, interview: Interview) -> None:
    """A fragment, so that saving a draft redraws nothing but the box."""
    turn = interview.current
    box = f"room_answer_{turn.position}_{len(turn.attempts) + 1}"
    saved_key = f"{interview.id}_{box}_saved"
    session.remember_first(saved_key, app.interviewing.draft(user, interview.id, turn.position))
    session.remember_first(f"{saved_key}_first", session.value(saved_key))
    answer = st.text_area(
        "Your answer" if turn.question.is_scored else "Your question to us, or a last word",
        # A start value only: what stands in the browser's box counts more, also after a restart.
        value=session.value(f"{saved_key}_first"),
        key=box,
        height=220,
        on_change="ignore",
        placeholder="Answer as you would speak: the main point first, then why, then an example.",
    )

    def keep(text: str) -> None:
        app.interviewing.save_draft(user, interview.id, turn.position, text)
        session.remember(saved_key, text)

    now = app.clock.now()
    draft = Draft(
        interview_id=str(interview.id),
        box=box,
        saved=session.value(saved_key),
        used_seconds=used_seconds(interview, now),
        seconds_left=seconds_left(interview, now),
    )
    typed = draft_keeper(draft, on_draft=keep)
    with st.container(horizontal=True):
        # The keys name the question: a second click on a button that is gone does nothing.
        is_submitted = st.button("Submit answer", key=f"{box}_submit", type="primary")
        skip = f"room_skip_{turn.position}"
        if st.button("Skip", key=skip, type="tertiary", icon=":material/skip_next:"):
            with remembering_errors():
                app.interviewing.skip_question(user, interview.id, turn.position)
            st.rerun()
    if typed.overtime_answer:
        _submit(app, user, interview, typed.overtime_answer)
    elif is_submitted:
        # What the browser restored may not have reached the box's value yet; the draft has it.
        _submit(app, user, interview, answer or session.value(saved_key))
    elif typed.draft is not None and typed.draft != session.value(saved_key):
        _keep_late(keep, typed.draft)


def _keep_late(keep: Callable[[str], None], text: str) -> None:
    """Store a draft that is not stored yet, and have the browser told."""
    try:
        keep(text)
    except StoreError as error:
        _show_unstored(error)
    else:
        st.rerun()


def _show_unstored(error: StoreError) -> None:
    show_error(error)
    st.caption("What you wrote is still in the box.")


def _submit(app: Application, user: UUID, interview: Interview, answer: str) -> None:
    turn = interview.current
    reply = clarification(turn.question, answer)
    if reply:
        session.remember(f"room_said_{interview.id}_{turn.position}", reply)
        st.rerun()
    forget_error()
    try:
        app.interviewing.submit_answer(user, interview.id, turn.position, answer)
    except StoreError as error:
        _show_unstored(error)
        return
    except InterviewError as error:
        if isinstance(error, InvalidInputError) and error.field == "answer":
            if answer.strip():
                with suppress(StoreError):
                    app.interviewing.save_draft(user, interview.id, turn.position, answer)
            show_error(error)
            return
        remember_error(error, unsent=answer if isinstance(error, _LEFT_BEHIND) else "")
    st.rerun()


# --- the judgement ----------------------------------------------------------------------------


def _draw_processing(app: Application, user: UUID, interview: Interview) -> None:
    """The answer stays in view while it is judged; the page looks for the result by itself."""
    turn = interview.current
    attempt = turn.latest
    if attempt is None or attempt.status is not EvaluationStatus.FAILED:
        judged = app.interviewing.wait_for_evaluation(user, interview.id, FIRST_WAIT_SECONDS)
        if judged != interview:
            st.rerun()
    _draw_question(turn)
    if attempt:
        st.html(highlighted(attempt.answer, ()))
    if attempt and attempt.status is EvaluationStatus.FAILED:
        _draw_failure(app, user, interview, attempt.failure)
    else:
        _poll(app, user, interview)


@st.fragment(run_every=timedelta(seconds=POLL_SECONDS))
def _poll(app: Application, user: UUID, interview: Interview) -> None:
    points = len(interview.current.question.key_points)
    with st.status(
        f"Comparing your answer with {points} key points …", state="running", expanded=True
    ):
        st.write("Your answer is saved. You can leave this page; the result will be here.")
    judged = app.interviewing.wait_for_evaluation(user, interview.id, 0.0)
    if judged != interview:
        st.rerun()
    _draw_go_on_unscored(app, user, interview)


def _draw_failure(app: Application, user: UUID, interview: Interview, sentence: str) -> None:
    st.warning(f"{sentence}", icon=":material/report:")
    with st.container(horizontal=True):
        if st.button("Try again", key="room_retry", type="primary"):
            turn = interview.current
            with remembering_errors():
                app.interviewing.retry_evaluation(
                    user, interview.id, turn.position, len(turn.attempts)
                )
            st.rerun()
        _draw_go_on_unscored(app, user, interview)


def _draw_go_on_unscored(app: Application, user: UUID, interview: Interview) -> None:
    if st.button("Go on without a score", key="room_unscored", type="tertiary"):
        with remembering_errors():
            app.interviewing.go_on_unscored(user, interview.id, interview.current.position)
        st.rerun()


def _draw_feedback_phase(app: Application, user: UUID, interview: Interview) -> None:
    turn = interview.current
    _draw_question(turn)
    draw_feedback(app.content, turn)
    with st.container(horizontal=True, key="room_actions"):
        if st.button("Next question", key="room_next", type="primary"):
            with remembering_errors():
                app.interviewing.next_question(user, interview.id, turn.position)
            st.rerun()
        if st.button("Try this again", key="room_again", icon=":material/refresh:"):
            with remembering_errors():
                app.interviewing.try_again(user, interview.id, turn.position)
            st.rerun()


# --- leaving ----------------------------------------------------------------------------------


def _draw_leave(app: Application, user: UUID, interview: Interview) -> None:
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.caption(
            "You are talking to the built-in interviewer. You can leave; everything is kept."
        )
        if st.button("Finish early", key="room_finish", type="tertiary", icon=":material/flag:"):
            _confirm_finish(app, user, interview)


def _finish(app: Application, user: UUID, interview_id: UUID) -> None:
    with remembering_errors():
        app.interviewing.finish_interview(user, interview_id)


@st.dialog("Finish this interview?")
def _confirm_finish(app: Application, user: UUID, interview: Interview) -> None:
    st.write("You get the report for what you answered so far. It cannot be continued after that.")
    if st.button(
        "Finish and see the report",
        key="room_finish_sure",
        type="primary",
        on_click=_finish,
        args=(app, user, interview.id),
    ):
        st.rerun()
