"""The other blocks of Practice: the interview, who interviews, the start, and what is unfinished."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.company import Company
from core.domain.errors import InterviewError
from core.domain.history import InterviewSummary
from core.domain.interview_setup import (
    MAX_JOB_CHARACTERS,
    Focus,
    InterviewSetup,
    SpeechSetup,
    TimeLimits,
    Way,
)
from core.domain.question import Seniority
from core.domain.resume import Resume
from core.domain.timing import GRACE_SECONDS, duration
from ui import session
from ui.company_choice import draw_company
from ui.components.typed_choice import take_typed
from ui.errors import show_error
from ui.interviewer_block import LANGUAGE_KEY, ChosenInterviewer
from ui.navigation import go_to_interview
from ui.speech_choice import draw_speech_choice
from ui.texts import plain

_Value = TypeVar("_Value", bound=StrEnum)
MINUTES_PER_QUESTION = 2.25
"""One to three minutes to answer, and the feedback to read; “about 18 minutes” for eight questions."""
DEFAULT_LENGTH = 8
_WAYS = {
    Way.COACH: "Feedback after each answer, and you may try again.",
    Way.REALISTIC: "One question after another, as in a real interview; all feedback at the end.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen on the page for the next interview."""

    role_title: str
    seniority: Seniority
    focus: Focus
    length: int
    job_description: str
    way: Way
    limits: TimeLimits
    company: Company | None
    is_self_rated: bool
    speech: SpeechSetup


def draw_continue(unfinished: InterviewSummary) -> None:
    """An unfinished interview, one click away."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="continue"):
        st.markdown(
            f"**Unfinished:** {plain(unfinished.title)}, {unfinished.seniority}, "
            f"{unfinished.answered} of {unfinished.length} answered",
            width="stretch",
        )
        if st.button("Continue", key="practice_continue", icon=":material/play_arrow:"):
            go_to_interview(unfinished.id)


def draw_interview_choice(app: Application, user: UUID, resume: Resume | None) -> Choice:
    """The block; what is chosen in it. A resume suggests role and seniority, with the reason."""
    with st.container(border=True, key="interview_block"):
        st.header("The interview", anchor=False)
        _suggest(app, resume)
        role = st.selectbox(
            "Role",
            [r.title for r in app.content.roles],
            key="practice_role",
            accept_new_options=True,
            placeholder="Choose one, or write your own",
            persist_state="session",
        )
        take_typed("practice_role", LANGUAGE_KEY)
        suggested = resume.profile.suggested_role if resume else None
        if suggested:
            st.caption(plain(suggested.reason))
        seniority = _draw_choice("Seniority", "practice_seniority", list(Seniority))
        focus = _draw_choice("Kind of questions", "practice_focus", list(Focus))
        length = _draw_length()
        way = _draw_way()
        speech = draw_speech_choice(app, user)
        company = draw_company(app, session.value("practice_job", ""))
        is_self_rated = way is Way.COACH and _draw_self_rating()
        limits = _draw_limits()
        job = _draw_job_description()
        _draw_bank_note(app, role or "", focus)
    return Choice(
        role_title=role or "",
        seniority=seniority,
        focus=focus,
        length=length,
        job_description=job,
        way=way,
        limits=limits,
        company=company,
        is_self_rated=is_self_rated,
        speech=speech,
    )


def _suggest(app: Application, resume: Resume | None) -> None:
    """Set the widgets' first values, and set them anew when another resume was read."""
    suggested = resume.profile.suggested_role if resume else None
    source = str(resume.id) if resume else ""
    if session.value("practice_suggested_by") == source:
        return
    session.remember("practice_suggested_by", source)
    role = app.content.role(suggested.role_id) if suggested else None
    title = role.title if role else (suggested.title if suggested else app.content.roles[0].title)
    session.remember("practice_role", title or app.content.roles[0].title)
    session.remember("practice_seniority", suggested.seniority if suggested else Seniority.MID)
    session.remember_first("practice_focus", Focus.MIXED)
    session.remember_first("practice_length", DEFAULT_LENGTH)
    session.remember_first("practice_way", Way.COACH)


def _draw_choice(label: str, key: str, values: list[_Value]) -> _Value:
    """One of a few values, of which one is always chosen."""
    chosen = st.segmented_control(
        label,
        values,
        key=key,
        required=True,
        format_func=lambda value: value.capitalize(),
        persist_state="session",
    )
    return values[0] if chosen is None else chosen


def _draw_length() -> int:
    length = st.slider("Number of questions", 3, 15, key="practice_length", persist_state="session")
    st.caption(f"About {round(length * MINUTES_PER_QUESTION)} minutes, follow-ups included.")
    return length


def _draw_way() -> Way:
    chosen = _draw_choice("Way", "practice_way", list(Way))
    st.caption(_WAYS[chosen])
    return chosen


def _draw_self_rating() -> bool:
    return st.toggle(
        "Rate each answer yourself before its feedback",
        key="practice_self_rated",
        help="You see how near your own view is to the judgement. Each rating may be left out.",
        persist_state="session",
    )


def _draw_job_description() -> str:
    with st.expander("Add a job description", icon=":material/work:"):
        job = st.text_area(
            "Job description", key="practice_job", height=160, persist_state="session"
        )
        if len(job or "") > MAX_JOB_CHARACTERS:
            st.caption(f"Only the first {MAX_JOB_CHARACTERS:,} characters are used.")
    return (job or "").strip()


def _draw_limits() -> TimeLimits:
    with st.expander("Time limits", icon=":material/timer:"):
        question = _draw_limit(
            "For each question", "practice_question_limit", (0, 60, 120, 180, 300)
        )
        whole = _draw_limit("For the whole interview", "practice_limit", (0, 600, 1200, 1800, 2700))
        st.caption(
            f"When the time for a question is over, you have {GRACE_SECONDS} seconds to finish your "
            "sentence; then what you have is taken at the next pause. Reading feedback does not count."
        )
    return TimeLimits(question, whole)


def _draw_limit(label: str, key: str, choices: tuple[int, ...]) -> int:
    chosen = st.selectbox(
        label,
        choices,
        key=key,
        format_func=lambda seconds: duration(seconds) if seconds else "No limit",
        persist_state="session",
    )
    return chosen or 0


def _draw_bank_note(app: Application, role_title: str, focus: Focus) -> None:
    """Say so when the built-in bank has no technical questions for what was written."""
    if role_title and focus is not Focus.BEHAVIORAL and not app.content.role_named(role_title):
        st.info(
            "The built-in bank has no technical questions for this role yet. You will be asked about "
            "your resume and your way of working.",
            icon=":material/info:",
        )


def chosen_setup(choice: Choice, interviewer: ChosenInterviewer) -> InterviewSetup:
    """What is chosen on the page, as the set-up of an interview."""
    return InterviewSetup(
        role_title=choice.role_title,
        seniority=choice.seniority,
        focus=choice.focus,
        length=choice.length,
        job_description=choice.job_description,
        way=choice.way,
        limits=choice.limits,
        is_self_rated=choice.is_self_rated,
        speech=choice.speech,
        persona=interviewer.persona,
        language=interviewer.language,
        token_cap=interviewer.token_cap,
        company_id=choice.company.id if choice.company else "",
    )


def draw_start(
    app: Application,
    user: UUID,
    choice: Choice,
    interviewer: ChosenInterviewer,
    resume: Resume | None,
) -> None:
    """The one button that matters."""
    if not st.button(
        "Start interview",
        key="practice_start",
        type="primary",
        width="stretch",
        icon=":material/forum:",
    ):
        return
    try:
        interview = app.interviewing.start_interview(
            user,
            chosen_setup(choice, interviewer),
            resume.profile if resume else None,
            interviewer.choice,
            interviewer.own_questions,
        )
    except InterviewError as error:
        show_error(error)
        return
    go_to_interview(interview.id)
