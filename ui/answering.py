"""The candidate's part of the room: the question, what may be asked about it, and the answer."""

from collections.abc import Callable
from contextlib import suppress
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
from core.domain.interview import Interview
from core.domain.timing import seconds_left, used_seconds
from core.domain.turn import Turn
from ui import session
from ui.components.draft_keeper import Draft, draft_keeper
from ui.errors import RETRY_SECONDS, forget_error, remember_error, remembering_errors, show_error
from ui.speaking import draw_flags, draw_speaking, wait_for_words
from ui.texts import highlighted, paragraph
from ui.voicing import draw_voice

_LEFT_BEHIND = (AnswerConflictError, InvalidInputError, InvalidTransitionError)
"""The interview went on elsewhere: the box with the answer is not drawn again."""


def draw_question(turn: Turn) -> None:
    """What the interviewer says and asks."""
    said = paragraph(turn.reaction, "reaction") if turn.reaction else ""
    st.html(f'{said}<h1 class="question-text" id="question">{escape(turn.question.text)}</h1>')


def draw_listening(app: Application, user: UUID, interview: Interview) -> None:
    """The question with everything that is needed to answer it."""
    turn = interview.current
    draw_question(turn)
    if interview.setup.speech.is_spoken:
        draw_voice(app, user, interview)
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


@st.fragment
def _draw_answer_box(app: Application, user: UUID, interview: Interview) -> None:
    """A fragment, so that saving a draft redraws nothing but the box."""
    turn = interview.current
    box = f"room_answer_{turn.position}_{len(turn.attempts) + 1}"
    saved_key = f"{interview.id}_{box}_saved"
    if session.value(saved_key) is None:
        session.remember(saved_key, app.interviewing.draft(user, interview.id, turn.position))
    session.remember_first(f"{saved_key}_first", session.value(saved_key))
    spoken = draw_speaking(app, user, interview, box)
    draw_flags(spoken.takes)
    # A start value only: what stands in the browser's box counts more, also after a restart.
    answer = _answer_area(turn, box, session.value(f"{saved_key}_first"))

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
        heard=spoken.words,
    )
    typed = draft_keeper(draft, on_draft=keep)
    is_submitted = _draw_submit_and_skip(app, user, interview, box)
    if typed.overtime_answer:
        _submit(app, user, interview, typed.overtime_answer)
    elif is_submitted:
        # What the browser restored may not have reached the box's value yet; the draft has it.
        _submit(app, user, interview, answer or session.value(saved_key))
    elif typed.draft is not None and typed.draft != session.value(saved_key):
        _keep_late(keep, typed.draft)
    wait_for_words(spoken)


def _answer_area(turn: Turn, box: str, value: str) -> str:
    return st.text_area(
        "Your answer" if turn.question.is_scored else "Your question to us, or a last word",
        value=value,
        key=box,
        height=220,
        on_change="ignore",
        placeholder="Answer as you would speak: the main point first, then why, then an example.",
    )


def _draw_submit_and_skip(app: Application, user: UUID, interview: Interview, box: str) -> bool:
    """Whether the answer is to be submitted."""
    position = interview.current.position
    with st.container(horizontal=True):
        # The keys name the question: a second click on a button that is gone does nothing.
        is_submitted = st.button("Submit answer", key=f"{box}_submit", type="primary")
        skip = f"room_skip_{position}"
        if st.button("Skip", key=skip, type="tertiary", icon=":material/skip_next:"):
            with remembering_errors():
                app.interviewing.skip_question(user, interview.id, position)
            st.rerun()
    return is_submitted


@st.fragment(run_every=RETRY_SECONDS)
def _keep_late(keep: Callable[[str], None], text: str) -> None:
    """Store a draft that is not stored yet, again and again until it is, and have the browser told."""
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
        app.interviewing.submit_answer(user, interview.id, turn.position, answer, known=interview)
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
