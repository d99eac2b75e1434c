"""While an answer is judged, what may go wrong then, and the feedback."""

from datetime import timedelta
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.bootstrap import Application
from core.domain.attempt import EvaluationStatus
from core.domain.evaluation import PartialEvaluation
from core.domain.interview import Interview
from core.ports import Job, WorkKey
from ui.answering import draw_question
from ui.delivery import draw_delivery
from ui.errors import act
from ui.feedback import draw_feedback
from ui.interviewer_choice import draw_other_choices, interviewer_label
from ui.second_look import draw_second_look, draw_second_look_wait
from ui.self_rating import draw_self_rating
from ui.texts import highlighted, list_html, paragraph, plain
from ui.watching import watched

POLL_SECONDS = 1.0
FIRST_WAIT_SECONDS = 0.6
"""The built-in interviewer judges in milliseconds: waiting this long saves a screen that only flickers."""


def draw_processing(app: Application, user: UUID, interview: Interview) -> None:
    """The answer stays in view while it is judged; what is written of the judgement appears beside it."""
    turn, attempt = interview.current, interview.current.latest
    if attempt is None:
        return
    if attempt.status is EvaluationStatus.FAILED:
        draw_question(turn)
        st.html(highlighted(attempt.answer, ()))
        _draw_failure(app, user, interview, attempt.failure)
        return
    key = WorkKey(interview.id, turn.position, attempt.number)
    job = app.interviewing.start_work(user, interview).get(key)
    if job is not None and job.wait(FIRST_WAIT_SECONDS if interview.interviewer.is_built_in else 0):
        _rerun_if_changed(app, user, interview)
    draw_question(turn)
    status, answer = st.empty(), st.empty()
    answer.html(highlighted(attempt.answer, ()))
    is_hidden = draw_self_rating(app, user, interview)
    written = st.empty()
    _draw_go_on_unscored(app, user, interview)
    if job is not None:
        _watch(job, interview, (status, answer, written), is_hidden=is_hidden)
        _rerun_if_changed(app, user, interview)
    status.empty()
    _poll(app, user, interview)


def _doing(interview: Interview) -> str:
    """What is being done with the answer, in words."""
    if interview.interviewer.is_built_in:
        points = len(interview.current.question.key_points)
        return f"Comparing your answer with {points} key points"
    return f"{plain(interviewer_label(interview.interviewer))} reads your answer"


def _watch(
    job: Job,
    interview: Interview,
    places: tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator],
    *,
    is_hidden: bool,
) -> None:
    """Show what is there of a judgement whenever there is more. A click or a rerun ends only this.

    While it is hidden, because the candidate's own rating comes first, only the waiting is shown.
    """
    status, answer, written = places
    said = interview.current.attempts[-1].answer
    for seconds in watched(job):
        if isinstance(job.shown, PartialEvaluation) and not is_hidden:
            answer.html(highlighted(said, job.shown.evidence))
            written.html(_partial_html(job.shown))
        status.caption(
            f":material/hourglass_top: {_doing(interview)} … {seconds} s. Your answer is saved. You can "
            "leave this page; the result will be here."
        )


def _partial_html(partial: PartialEvaluation) -> str:
    feedback = paragraph(partial.feedback, "answer-text") if partial.feedback else ""
    good = list_html("What was good", partial.strengths)
    more = list_html("What to add", partial.improvements)
    return f'<div aria-live="polite">{feedback}{good}{more}</div>'


def _rerun_if_changed(app: Application, user: UUID, interview: Interview) -> None:
    if app.interviewing.version(user, interview.id) != interview.version:
        st.rerun()


@st.fragment(run_every=timedelta(seconds=POLL_SECONDS))
def _poll(app: Application, user: UUID, interview: Interview) -> None:
    """Look once a second for a judgement that is made elsewhere, or that takes very long."""
    with st.status(f"{_doing(interview)} …", state="running", expanded=True):
        st.write("Your answer is saved. You can leave this page; the result will be here.")
    app.interviewing.start_work(user, interview)
    _rerun_if_changed(app, user, interview)


def _draw_failure(app: Application, user: UUID, interview: Interview, sentence: str) -> None:
    """What went wrong, and every way on: again, with another interviewer, or without a score."""
    st.warning(sentence, icon=":material/report:")
    turn = interview.current
    with st.container(horizontal=True):
        st.button(
            "Try again",
            key="room_retry",
            type="primary",
            on_click=act,
            args=(
                app.interviewing.retry_evaluation,
                user,
                interview.id,
                turn.position,
                len(turn.attempts),
            ),
        )
        draw_other_choices(
            app,
            user,
            interview.interviewer,
            lambda choice: app.interviewing.switch_interviewer(user, interview.id, choice),
        )
        _draw_go_on_unscored(app, user, interview)


def _draw_go_on_unscored(app: Application, user: UUID, interview: Interview) -> None:
    st.button(
        "Go on without a score",
        key="room_unscored",
        type="tertiary",
        on_click=act,
        args=(app.interviewing.go_on_unscored, user, interview.id, interview.current.position),
    )


def draw_feedback_phase(app: Application, user: UUID, interview: Interview) -> None:
    """The judged answer, and where to go from here."""
    turn = interview.current
    draw_question(turn)
    is_hidden = draw_self_rating(app, user, interview)
    if is_hidden:
        st.html(highlighted(turn.latest.answer if turn.latest else "", ()))
    else:
        _draw_judgement(app, user, interview)
    _draw_actions(app, user, interview, is_hidden=is_hidden)


def _draw_judgement(app: Application, user: UUID, interview: Interview) -> None:
    turn = interview.current
    if turn.latest and turn.latest.is_second_look_pending:
        draw_second_look_wait(app, user, interview)
    draw_feedback(app.content, turn, with_rubric=True)
    draw_delivery(app, user, interview, turn)


def _draw_actions(app: Application, user: UUID, interview: Interview, *, is_hidden: bool) -> None:
    turn = interview.current
    with st.container(horizontal=True, key="room_actions"):
        place = (user, interview.id, turn.position)
        st.button(
            "Next question",
            key="room_next",
            type="primary",
            on_click=act,
            args=(app.interviewing.next_question, *place),
        )
        st.button(
            "Try this again",
            key="room_again",
            icon=":material/refresh:",
            on_click=act,
            args=(app.interviewing.try_again, *place),
        )
        if not is_hidden:
            draw_second_look(app, user, interview, turn)
