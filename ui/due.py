"""What is due for practice: the list on Practice with its drill, and what an interview showed of it."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.drill import drill_questions
from core.domain.errors import InterviewError
from core.domain.evaluation import Coverage
from core.domain.interview import Interview
from core.domain.interview_setup import InterviewSetup
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.practice import MASTERED_DAYS, PracticeAgenda, PracticeItem, shown_by
from core.domain.question import Question
from ui.errors import show_error
from ui.navigation import go_to_interview
from ui.texts import counted, list_html, plain, shortened

MOST_COUNTED = 20
"""A larger number helps nobody to begin."""
_SHOWN = {
    Coverage.COVERED: "Made",
    Coverage.PARTLY: "Partly made",
    Coverage.MISSING: "Missing",
}


def draw_due(
    app: Application,
    user: UUID,
    agenda: PracticeAgenda,
    setup: InterviewSetup,
    interviewer: InterviewerChoice,
) -> None:
    """What is due, in a few lines, and the drill of it; nothing while there is nothing to practise."""
    if not agenda.due:
        _draw_next_day(agenda)
        return
    with st.container(border=True, key="due"):
        st.markdown(f"**{_are_due(agenda.due)}**")
        asked = drill_questions(agenda.items)  # and not the points, which are to be remembered
        st.html(list_html("", [_line(app, question) for question in asked]))
        if st.button(
            "Five-minute drill", key="due_drill", width="stretch", icon=":material/exercise:"
        ):
            _start_drill(app, user, setup, interviewer)


def _start_drill(
    app: Application, user: UUID, setup: InterviewSetup, interviewer: InterviewerChoice
) -> None:
    try:
        drill = app.practising.start_drill(user, setup, interviewer)
    except InterviewError as error:
        show_error(error)
        return
    go_to_interview(drill.id)


def _are_due(count: int) -> str:
    if count > MOST_COUNTED:
        return f"More than {MOST_COUNTED} things are due"
    return "One thing is due" if count == 1 else f"{count} things are due"


def _draw_next_day(agenda: PracticeAgenda) -> None:
    if agenda.next_on:
        waiting = counted(agenda.waiting, "thing")
        st.caption(f"To practise again: {waiting}, the next from {agenda.next_on:%d %B} on.")


def _line(app: Application, question: Question) -> str:
    return f"{app.content.competency_title(question.competency)}: {shortened(question.text, 70)}"


def draw_shown(app: Application, user: UUID, interview: Interview) -> None:
    """What a drill showed of each thing in it: made or not, how often so far, due when; or mastered."""
    if not interview.setup.is_drill:
        return
    items = app.practising.shown_in(user, interview)
    mastered = [item for item in items if item.is_mastered]
    with st.container(border=True, key="drill_outcome"):
        st.subheader("What this drill showed", anchor=False)
        for item in mastered:
            st.success(
                f"Mastered: {_words(item)} You made this on {MASTERED_DAYS} different days, so it leaves "
                "your practice. It comes back only if you miss it in an interview.",
                icon=":material/check_circle:",
            )
        others = [item for item in items if not item.is_mastered]
        st.html(list_html("", [_told(item, interview.id) for item in others]))
        if not items:
            st.write("No answer of this drill has a score yet.")


def _words(item: PracticeItem) -> str:
    text = plain(shortened(item.text or item.question.text, 140))
    return text if text.endswith((".", "?", "…")) else f"{text}."


def _told(item: PracticeItem, interview_id: UUID) -> str:
    review = shown_by(item, interview_id)
    shown = _SHOWN[review.coverage] if review else ""
    made = f"made on {len(item.made_days)} of {MASTERED_DAYS} days"
    what = shortened(item.text or item.question.text, 140)
    return f"{shown}: {what} ({made}; again from {item.due_on:%d %B} on)"
