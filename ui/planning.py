"""While an AI interviewer makes questions for this candidate."""

import time
from datetime import timedelta
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.interview import Interview, Phase, WorkStatus
from core.domain.question import Origin, Question
from core.ports import WorkKey, WorkKind
from ui.errors import remembering_errors, show_remembered
from ui.interviewer_choice import interviewer_label, other_choices
from ui.texts import counted, plain

WATCH_SECONDS = 120.0
LOOK_SECONDS = 1.0


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
    if st.button("Begin with the built-in questions", key="plan_skip", type="tertiary"):
        _begin(app, user, interview)
    key = WorkKey(interview.id, kind=WorkKind.PLAN)
    job = app.interviewing.start_work(user, interview).get(key)
    began, seen = time.monotonic(), 0
    while time.monotonic() - began < WATCH_SECONDS:
        place.caption(
            f":material/hourglass_top: {who} reads your resume and makes questions for you … "
            f"{int(time.monotonic() - began)} s. The first one appears as soon as it is there."
        )
        if job is None:
            time.sleep(LOOK_SECONDS)
        else:
            seen = job.wait_for_change(seen, LOOK_SECONDS)
        if app.interviewing.interview(user, interview.id) != interview:
            st.rerun()
        if job is not None and job.wait(0):
            job = None  # another process has it, or nothing is left to do
    st.rerun()


def _draw_failure(app: Application, user: UUID, interview: Interview) -> None:
    st.warning(interview.planning.failure, icon=":material/report:")
    with st.container(horizontal=True):
        if st.button("Try again", key="plan_retry", type="primary"):
            with remembering_errors():
                app.interviewing.retry_plan(user, interview.id)
            st.rerun()
        for number, choice in enumerate(other_choices(app, user, interview.interviewer)):
            label = f"Continue with {interviewer_label(choice)}"
            if st.button(label, key=f"plan_switch_{number}", icon=":material/swap_horiz:"):
                with remembering_errors():
                    app.interviewing.switch_interviewer(user, interview.id, choice)
                    if not choice.is_built_in:
                        app.interviewing.retry_plan(user, interview.id)
                    else:
                        app.interviewing.begin_without_plan(user, interview.id)
                st.rerun()
        if st.button("Begin with the built-in questions", key="plan_skip", type="tertiary"):
            _begin(app, user, interview)


def _begin(app: Application, user: UUID, interview: Interview) -> None:
    with remembering_errors():
        app.interviewing.begin_without_plan(user, interview.id)
    st.rerun()


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
