"""Every interview of the candidate: find, open, continue, repeat, rename, tag, delete."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.errors import NotFoundError
from core.domain.history import InterviewSummary
from core.domain.interview import Phase
from core.domain.listing import DRILL, UNFINISHED, Order, Wanted, listed, tags_of
from core.domain.naming import MAX_NAME_CHARACTERS, MAX_TAGS
from core.domain.progress import QuestionHistory, repeated_questions
from ui import session
from ui.components.draft_keeper import forget_drafts
from ui.errors import act, show_remembered
from ui.navigation import go_to_interview, go_to_report, link_to_practice
from ui.repeating import draw_repeat, follow_repeat
from ui.texts import counted, of_row, plain

PAGE_SIZE = 20
_DELETED = "history_deleted"
_MOST_QUESTIONS = 50


def draw_history(app: Application, user: UUID) -> None:
    """The list, a page at a time; what will appear here while there is nothing."""
    follow_repeat()
    deleted = session.value(_DELETED)
    if deleted:
        session.forget(_DELETED)
        forget_drafts(deleted)
    summaries = app.interviewing.interviews(user)
    if not summaries:
        st.write("Your interviews will be listed here, with their scores and reports.")
        link_to_practice()
        return
    show_remembered()
    found = listed(summaries, *_draw_search(summaries))
    st.caption(_counts(len(found), len(summaries)))
    for summary in _page_of(found):
        _draw_row(app, user, summary)
    _draw_questions(app, user)


def _counts(found: int, total: int) -> str:
    told = counted(total, "interview")
    return told if found == total else f"{found} of {told}"


def _draw_search(summaries: Sequence[InterviewSummary]) -> tuple[Wanted, Order]:
    with st.container(horizontal=True, vertical_alignment="bottom", key="history_find"):
        text = st.text_input(
            "Search",
            key="history_search",
            placeholder="Role, name, tag, company …",
            icon=":material/search:",
            persist_state="session",
        )
        st.selectbox(
            "Order",
            list(Order),
            key="history_order",
            format_func=lambda value: value.capitalize(),
            width=190,
            persist_state="session",
        )
    options = [*dict.fromkeys(s.focus for s in summaries), *dict.fromkeys(s.way for s in summaries)]
    drills = [DRILL] if any(s.is_drill for s in summaries) else []
    states = [*drills, *([UNFINISHED] if any(not s.is_over for s in summaries) else [])]
    chosen = st.pills(
        "Only",
        list(dict.fromkeys([*map(str, options), *states, *tags_of(summaries)])),
        key="history_only",
        selection_mode="multi",
        format_func=plain,
        persist_state="session",
    )
    order: Order = session.value("history_order", Order.NEWEST)
    return Wanted(text or "", frozenset(chosen or ())), order


def _page_of(found: Sequence[InterviewSummary]) -> Sequence[InterviewSummary]:
    pages = -(-len(found) // PAGE_SIZE)
    page = 1
    if pages > 1:
        page = min(st.pagination(pages, key="history_page"), pages)
    return found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def _draw_row(app: Application, user: UUID, summary: InterviewSummary) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            role = f" · {plain(summary.role_title)}" if summary.name else ""
            st.markdown(
                f"**{plain(summary.title)}**{role} · {summary.seniority} · {_kind(summary)}"
            )
            tags = "".join(f" · \\#{plain(tag)}" for tag in summary.tags)
            st.caption(f"{summary.created_at:%d %B %Y, %H:%M} UTC · {_state(summary)}{tags}")
        st.markdown(_score(summary), width="content")
        label, icon = ("Report", ":material/description:")
        if not summary.is_over:
            label, icon = ("Continue", ":material/play_arrow:")
        row = _row_name(summary)
        if st.button(of_row(label, row), key=f"history_open_{summary.id}", icon=icon):
            (go_to_report if summary.is_over else go_to_interview)(summary.id)
        if st.button(
            of_row("More", row), key=f"history_more_{summary.id}", icon=":material/more_horiz:"
        ):
            _draw_more(app, user, summary)
        if st.button(
            of_row("Delete", row),
            key=f"history_delete_{summary.id}",
            icon=":material/delete:",
            type="tertiary",
        ):
            _confirm_delete(app, user, summary)


def _row_name(summary: InterviewSummary) -> str:
    return f"{summary.title}, {summary.created_at:%d %B, %H:%M}"


def _kind(summary: InterviewSummary) -> str:
    return "drill of what was due" if summary.is_drill else f"{summary.focus} · {summary.way}"


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
    mark = ", with delivery" if summary.counts_delivery else ""
    return f"**{overall.score:.0f}** of 100 ({overall.low:.0f}–{overall.high:.0f}{mark})"


@st.dialog("This interview")
def _draw_more(app: Application, user: UUID, summary: InterviewSummary) -> None:
    key = f"history_more_{summary.id}"
    st.text_input(
        "Name",
        summary.name,
        key=f"{key}_name",
        max_chars=MAX_NAME_CHARACTERS,
        placeholder=summary.role_title,
    )
    st.multiselect(
        "Tags",
        summary.tags,
        default=list(summary.tags),
        key=f"{key}_tags",
        accept_new_options=True,
        max_selections=MAX_TAGS,
        placeholder="Write one and press Enter",
    )
    if st.button(
        "Save",
        key=f"{key}_save",
        type="primary",
        on_click=act,
        args=(_rename, app, user, summary.id, key),
    ):
        st.rerun()
    if summary.is_over:
        st.markdown("**Again**")
        with st.container(horizontal=True):
            draw_repeat(app, user, summary.id, None)


def _rename(app: Application, user: UUID, interview_id: UUID, key: str) -> None:
    """With what stands in the fields at the click, which may be newer than the page."""
    name, tags = session.value(f"{key}_name", ""), session.value(f"{key}_tags", [])
    app.interviewing.rename(user, interview_id, name or "", tags)


def _delete(app: Application, user: UUID, interview_id: UUID) -> None:
    with suppress(NotFoundError):  # deleted in another tab already
        app.interviewing.delete_interview(user, interview_id)
    session.remember(_DELETED, str(interview_id))


@st.dialog("Delete this interview?")
def _confirm_delete(app: Application, user: UUID, summary: InterviewSummary) -> None:
    st.write(
        f"{plain(summary.title)}, {summary.created_at:%d %B %Y}: the questions, your answers and "
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


def _draw_questions(app: Application, user: UUID) -> None:
    """The questions that came more than once, read only when they are asked for."""
    folded = st.expander(
        "One question over time",
        icon=":material/timeline:",
        key="history_questions",
        on_change="rerun",
    )
    if not folded.open:
        return
    with folded:
        questions = repeated_questions(app.progressing.held_interviews(user))
        if not questions:
            st.write("No question was answered in more than one finished interview so far.")
        for question in questions[:_MOST_QUESTIONS]:
            _draw_question(question)
        if len(questions) > _MOST_QUESTIONS:
            st.caption(f"{len(questions) - _MOST_QUESTIONS} more came less often.")


def _draw_question(question: QuestionHistory) -> None:
    st.markdown(f"{plain(question.text)}  \n**{plain(question.title)}**")
    days = " · ".join(f"{answer.submitted_at:%d %b %Y}" for answer in question.answers)
    st.caption(days)
