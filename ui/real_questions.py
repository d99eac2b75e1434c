"""After a real interview: note what was asked, and choose what to be asked again here."""

from dataclasses import replace
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.real_question import RealQuestion
from ui import session
from ui.errors import act, show_remembered
from ui.interviewer_block import MOST_OWN_QUESTIONS, ChosenInterviewer
from ui.texts import plain, shortened


def with_real_questions(
    app: Application, user: UUID, noted: tuple[RealQuestion, ...], chosen: ChosenInterviewer
) -> ChosenInterviewer:
    """The choice with those noted questions that the candidate wants to be asked."""
    with st.expander("After a real interview", icon=":material/event_note:"):
        show_remembered()
        wanted = _draw_choice(noted)
        _draw_note(app, user)
        if noted:
            _draw_forget(app, user, noted)
    texts = tuple(dict.fromkeys((*chosen.own_questions, *(q.text for q in wanted))))
    return replace(chosen, own_questions=texts[:MOST_OWN_QUESTIONS])


def _draw_choice(noted: tuple[RealQuestion, ...]) -> list[RealQuestion]:
    if not noted:
        return []
    wanted = session.value("real_wanted", [])
    session.remember("real_wanted", [question for question in wanted if question in noted])
    return st.multiselect(
        "Ask me these",
        noted,
        format_func=_label,
        max_selections=MOST_OWN_QUESTIONS,
        key="real_wanted",
        persist_state="session",
    )


def _label(question: RealQuestion) -> str:
    return shortened(question.text)


def _draw_note(app: Application, user: UUID) -> None:
    st.text_area(
        "What were you asked? One question a line",
        key="real_lines",
        height=100,
        persist_state="session",
    )
    st.button(
        "Keep these",
        key="real_keep",
        icon=":material/bookmark:",
        on_click=act,
        args=(_keep, app, user),
    )


def _keep(app: Application, user: UUID) -> None:
    """Store what is written, and empty the box only then."""
    app.remembering.note(user, session.value("real_lines", ""))
    session.remember("real_lines", "")


def _draw_forget(app: Application, user: UUID, noted: tuple[RealQuestion, ...]) -> None:
    with st.popover("What is kept", icon=":material/list:"):
        for question in noted:
            st.button(
                plain(_label(question)),
                key=f"real_forget_{question.id}",
                icon=":material/delete:",
                help="Delete this question",
                type="tertiary",
                on_click=act,
                args=(app.remembering.forget, user, question.id),
            )
