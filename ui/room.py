"""The room: one question at a time, from listening through judging to feedback."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.interview import Interview, Phase
from core.domain.language_model import Usage
from core.domain.timing import duration, used_seconds
from ui.answering import draw_listening
from ui.components.line_watcher import watch_line
from ui.errors import remembering_errors, show_remembered
from ui.interviewer_choice import interviewer_label
from ui.judging import draw_feedback_phase, draw_processing
from ui.planning import draw_plan_progress, draw_planning
from ui.texts import minutes, plain


def draw_room(app: Application, user: UUID, interview: Interview) -> None:
    """The interview where it stands."""
    if interview.phase is Phase.IDLE:
        draw_planning(app, user, interview)
        return
    if interview.phase is Phase.NEXT_QUESTION:
        app.interviewing.next_question(user, interview.id, interview.current.position)
        st.rerun()
    if app.interviewing.go_on_at_once(user, interview) != interview:
        st.rerun()
    watch_line(_place(interview), is_read=interview.phase is not Phase.LISTENING)
    with st.container(key="room"):
        show_remembered()
        _draw_top_line(app, interview)
        place = st.container(key="room_place")
        _draw_leave(app, user, interview)  # before what may take long
    with place:
        if interview.phase is Phase.LISTENING:
            draw_listening(app, user, interview)
            draw_plan_progress(app, user, interview)
        elif interview.phase is Phase.PROCESSING:
            draw_processing(app, user, interview)
        elif interview.phase is Phase.FEEDBACK:
            draw_feedback_phase(app, user, interview)


def _place(interview: Interview) -> str:
    """Names what is to be seen from its top: a question to answer, or an answer with what becomes of it."""
    turn = interview.current
    is_asked = interview.phase is Phase.LISTENING
    return (
        f"{interview.id}:{turn.position}:{len(turn.attempts)}:{'asked' if is_asked else 'answered'}"
    )


def _draw_top_line(app: Application, interview: Interview) -> None:
    turn = interview.current
    question = turn.question
    place = "Last words"
    if question.is_scored:
        place = f"Question {turn.position} of {interview.setup.length}"
    parts = [place, app.content.competency_title(question.competency)]
    if question.is_scored:
        parts.append(f"difficulty {question.difficulty} of 5")
    if not _has_clock_alone(interview):
        parts.append(_time_told(interview, app.clock.now()))
    st.caption(" · ".join(parts))
    answered = turn.position - (interview.phase is Phase.LISTENING)
    done = min(answered, interview.setup.length)
    st.progress(
        done / interview.setup.length, f"{done} of {interview.setup.length} answered or skipped"
    )


def _has_clock_alone(interview: Interview) -> bool:
    """Whether the clock under the answer box says all that is to be said of the time."""
    limits = interview.setup.limits
    is_limited = limits.interview_seconds or limits.question_seconds
    return interview.phase is Phase.LISTENING and not is_limited


def _time_told(interview: Interview, now: datetime) -> str:
    limits = interview.setup.limits
    used = f"{minutes(used_seconds(interview, now))} used"
    if limits.interview_seconds:
        used += f" of {minutes(limits.interview_seconds)}"
    if limits.question_seconds:
        used += f" · {duration(limits.question_seconds)} a question"
    return used


def _draw_leave(app: Application, user: UUID, interview: Interview) -> None:
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        who = interviewer_label(interview.interviewer)
        used = _tokens_told(interview.whole_usage)
        st.caption(f"You are talking to {plain(who)}. You can leave; everything is kept.{used}")
        if st.button("Finish early", key="room_finish", type="tertiary", icon=":material/flag:"):
            _confirm_finish(app, user, interview)


def _tokens_told(used: Usage) -> str:
    if not used.total:
        return ""
    about = "About " if used.is_estimated else ""
    return f" {about}{used.total:,} tokens used so far."


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
