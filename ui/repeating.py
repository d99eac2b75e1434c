"""An interview again: the buttons for it, and the way into the new one."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.interview import Interview
from ui import session
from ui.errors import act
from ui.navigation import go_to_interview

_BEGUN = "repeated_interview"


def follow_repeat() -> None:
    """Enter the interview that a button of the run before has begun."""
    begun = session.value(_BEGUN)
    if begun:
        session.forget(_BEGUN)
        go_to_interview(begun)


def draw_repeat(app: Application, user: UUID, interview_id: UUID, weak: int | None) -> None:
    """Begin again with the same, with other, or with the weak questions.

    `weak` is how many went badly, None where that is not known.
    """
    if weak != 0:
        label = "Practise the weak ones" if weak is None else f"Practise the weak ones ({weak})"
        _draw_button(label, "weak", ":material/target:", app, user, interview_id)
    _draw_button("Same questions", "same", ":material/replay:", app, user, interview_id)
    _draw_button("New questions", "new", ":material/shuffle:", app, user, interview_id)


def _draw_button(
    label: str, which: str, icon: str, app: Application, user: UUID, interview_id: UUID
) -> None:
    if st.button(
        label,
        key=f"repeat_{which}_{interview_id}",
        icon=icon,
        on_click=act,
        args=(_begin, app, user, interview_id, which),
    ):
        st.rerun()  # the whole page: in a dialog only the dialog would be drawn again


def _begin(app: Application, user: UUID, interview_id: UUID, which: str) -> None:
    interviewing = app.interviewing
    begun: Interview
    if which == "new":
        begun = interviewing.start_like(user, interview_id)
    else:
        begun = interviewing.ask_again(user, interview_id, only_weak=which == "weak")
    session.remember(_BEGUN, begun.id)
