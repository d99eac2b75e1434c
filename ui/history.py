"""Every interview of the candidate, the newest first: open, continue, delete."""

from contextlib import suppress
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.errors import NotFoundError
from core.domain.history import InterviewSummary
from core.domain.interview import Phase
from ui import session
from ui.components.draft_keeper import forget_drafts
from ui.navigation import go_to_interview, go_to_report, link_to_practice
from ui.texts import plain

PAGE_SIZE = 20
_DELETED = "history_deleted"


def draw_history(app: Application, user: UUID) -> None:
    """The list, a page at a time; what will appear here while there is nothing."""
    deleted = session.value(_DELETED)
    if deleted:
        session.forget(_DELETED)
        forget_drafts(deleted)
    summaries = app.interviewing.interviews(user)
    if not summaries:
        st.write("Your interviews will be listed here, with their scores and reports.")
        link_to_practice()
        return
    pages = -(-len(summaries) // PAGE_SIZE)
    page = 1
    if pages > 1:
        page = int(st.number_input("Page", 1, pages, key="history_page", width=140))
    st.caption(f"{len(summaries)} interviews" if len(summaries) > 1 else "1 interview")
    for summary in summaries[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]:
        _draw_row(app, user, summary)


def _draw_row(app: Application, user: UUID, summary: InterviewSummary) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{plain(summary.role_title)}** · {summary.seniority} · {summary.focus}")
            st.caption(f"{summary.created_at:%d %B %Y, %H:%M} UTC · {_state(summary)}")
        st.markdown(_score(summary), width="content")
        label, icon = ("Report", ":material/description:")
        if not summary.is_over:
            label, icon = ("Continue", ":material/play_arrow:")
        if st.button(label, key=f"history_open_{summary.id}", icon=icon):
            (go_to_report if summary.is_over else go_to_interview)(summary.id)
        if st.button(
            "Delete", key=f"history_delete_{summary.id}", icon=":material/delete:", type="tertiary"
        ):
            _confirm_delete(app, user, summary)


def _state(summary: InterviewSummary) -> str:
    answered = f"{summary.answered} of {summary.length} answered"
    if summary.phase is Phase.COMPLETE:
        return f"finished, {answered}"
    if summary.phase is Phase.ABANDONED:
        return f"given up, {answered}"
    return f"unfinished, {answered}"


def _score(summary: InterviewSummary) -> str:
    overall = summary.overall
    if overall is None:
        return "no score"
    return f"**{overall.score:.0f}** of 100 ({overall.low:.0f}–{overall.high:.0f})"


def _delete(app: Application, user: UUID, interview_id: UUID) -> None:
    with suppress(NotFoundError):  # deleted in another tab already
        app.interviewing.delete_interview(user, interview_id)
    session.remember(_DELETED, str(interview_id))


@st.dialog("Delete this interview?")
def _confirm_delete(app: Application, user: UUID, summary: InterviewSummary) -> None:
    st.write(
        f"{plain(summary.role_title)}, {summary.created_at:%d %B %Y}: the questions, your answers and "
        "the judgements will be gone. This cannot be undone."
    )
    if st.button(
        "Delete it",
        key="history_delete_sure",
        type="primary",
        on_click=_delete,
        args=(app, user, summary.id),
    ):
        session.forget("history_page")
        st.rerun()
