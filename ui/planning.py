"""While an AI interviewer makes questions for this candidate."""

from datetime import timedelta
from functools import partial
from itertools import chain
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.interview import Interview, Phase
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.question import Origin, Question
from core.domain.work import WorkStatus
from core.ports import WorkKey, WorkKind
from ui.errors import act, show_remembered
from ui.interviewer_choice import draw_other_choices, interviewer_label
from ui.texts import counted, plain
from ui.watching import LOOK_SECONDS, watched


def draw_planning(app: Application, user: UUID, interview: Interview) -> None:
    """Before the first question: it appears as soon as it is made."""
    with st.container(key="room"):
        show_remembered()
        st.title("Preparing your interview", anchor=False)
        if interview.planning.status is WorkStatus.FAILED:
            _draw_failure(app, user, interview)
            return
        _watch(app, user, interview)


def _watch(app: Application, user: UUID, interview: Interview) -> None:
    who = plain(interviewer_label(interview.interviewer))
    place = st.empty()
    _draw_begin(app, user, interview)
    key = WorkKey(interview.id, kind=WorkKind.PLAN)
    job = app.interviewing.start_work(user, interview).get(key)
    # A job that is over at once means that another process makes the questions.
    for seconds in chain(watched(job), watched(None)):
        place.caption(
            f":material/hourglass_top: {who} reads your resume and makes questions for you … "
            f"{seconds} s. The first one appears as soon as it is there."
        )
        if app.interviewing.version(user, interview.id) != interview.version:
            break
    st.rerun()


def _draw_failure(app: Application, user: UUID, interview: Interview) -> None:
    st.warning(interview.planning.failure, icon=":material/report:")
    with st.container(horizontal=True):
        st.button(
            "Try again",
            key="plan_retry",
            type="primary",
            on_click=act,
            args=(app.interviewing.retry_plan, user, interview.id),
        )
        draw_other_choices(
            app,
            user,
            interview.interviewer,
            partial(_continue_with, app, user, interview.id),
        )
        _draw_begin(app, user, interview)


def _continue_with(
    app: Application, user: UUID, interview_id: UUID, chosen: InterviewerChoice
) -> None:
    app.interviewing.switch_interviewer(user, interview_id, chosen)
    if chosen.is_built_in:
        app.interviewing.begin_without_plan(user, interview_id)
    else:
        app.interviewing.retry_plan(user, interview_id)


def _draw_begin(app: Application, user: UUID, interview: Interview) -> None:
    st.button(
        "Begin with the built-in questions",
        key="plan_skip",
        type="tertiary",
        on_click=act,
        args=(app.interviewing.begin_without_plan, user, interview.id),
    )


def draw_plan_progress(app: Application, user: UUID, interview: Interview) -> None:
    """During the first question: what is being made for the rest of the interview."""
    if interview.planning.status is WorkStatus.PENDING:
        app.interviewing.start_work(user, interview)
        _progress(app, user, interview)
    elif interview.planning.status is WorkStatus.FAILED and interview.phase is Phase.LISTENING:
        st.caption(
            f":material/info: {plain(interview.planning.failure)} "
            "Where your interviewer has no question left, the built-in ones follow."
        )


@st.fragment(run_every=timedelta(seconds=LOOK_SECONDS))
def _progress(app: Application, user: UUID, interview: Interview) -> None:
    now = app.interviewing.interview(user, interview.id)
    made = [q for q in now.plan.questions if q.origin is Origin.PLANNED]
    if now.planning.status is WorkStatus.PENDING:
        st.caption(
            f":material/edit_note: More questions are being made for you: {_about(app, made)}"
        )
    else:
        st.caption(
            f":material/task_alt: {counted(len(made), 'more question')} made for you: {_about(app, made)}"
        )


def _about(app: Application, made: list[Question]) -> str:
    """The competencies, so that no question is given away."""
    titles = dict.fromkeys(app.content.competency_title(q.competency) for q in made)
    return plain(" · ".join(titles)) or "…"
