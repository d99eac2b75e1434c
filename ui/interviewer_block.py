"""Who interviews you: the block of Practice, with everything that concerns an AI interviewer only."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.bootstrap import Application
from core.domain.company import Company
from core.domain.interview_setup import Persona
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from core.domain.spending import expected_spending
from ui import session
from ui.interviewer_choice import interviewer_label
from ui.navigation import SETTINGS

LANGUAGES = (
    "English",
    "Deutsch",
    "Español",
    "Français",
    "Italiano",
    "Português",
    "Polski",
    "हिन्दी",
)
LANGUAGE_KEY = "practice_language"
MOST_OWN_QUESTIONS = 10
_MANNERS = (Persona.FRIENDLY, Persona.NEUTRAL, Persona.DEMANDING)
_IS_MANNER_CHOSEN = "practice_persona_chosen"


@dataclass(frozen=True, slots=True)
class ChosenInterviewer:
    """Who is chosen, and how they should go about it."""

    choice: InterviewerChoice
    persona: Persona
    language: str
    token_cap: int
    own_questions: tuple[str, ...]


def draw_interviewer(
    app: Application, models: Sequence[InterviewerChoice], length: int, company: Company | None
) -> ChosenInterviewer:
    """The block; what is chosen in it, out of `models` and the built-in one. The company suggests the manner."""
    with st.container(border=True, key="interviewer_block"):
        st.header("Who interviews you", anchor=False)
        choice = _draw_choice(models)
        language, cap = LANGUAGES[0], 0
        if choice.is_built_in:
            _draw_built_in(app)
            persona = _draw_manner(company)
        else:
            persona = _draw_manner(company)
            language = _draw_language()
            cap = _draw_spending(length)
        own = _draw_own_questions()
    return ChosenInterviewer(choice, persona, language, cap, own)


def _draw_choice(models: Sequence[InterviewerChoice]) -> InterviewerChoice:
    found = [*models, BUILT_IN_CHOICE]
    if not models:
        st.markdown(":material/computer: **The built-in interviewer**")
        return BUILT_IN_CHOICE
    if session.value("practice_interviewer") not in found:
        session.forget("practice_interviewer")
    return st.radio(
        "Interviewer",
        found,
        format_func=lambda c: interviewer_label(c)[:1].upper() + interviewer_label(c)[1:],
        key="practice_interviewer",
        label_visibility="collapsed",
        persist_state="session",
    )


def _draw_built_in(app: Application) -> None:
    st.caption(
        "Free, on this server, no key needed. It asks from a bank of questions for "
        f"{len(app.content.roles)} roles and about your resume, and judges by key points. "
        "It does not know whether what you say is true."
    )
    st.page_link(SETTINGS, label="Use your own AI key instead", icon=":material/key:")


def _draw_manner(company: Company | None) -> Persona:
    """The company's manner until the candidate chooses one."""
    suggested = company.tone if company else Persona.NEUTRAL
    if not session.value(_IS_MANNER_CHOSEN) or session.value("practice_persona") is None:
        session.remember("practice_persona", suggested)
    return st.selectbox(
        "Manner",
        _MANNERS,
        key="practice_persona",
        format_func=lambda p: p.value.capitalize(),
        help="How it asks and reacts. It judges the same.",
        on_change=session.remember,
        args=(_IS_MANNER_CHOSEN, True),
        persist_state="session",
    )


def _draw_language() -> str:
    language = st.selectbox(
        "Language",
        LANGUAGES,
        key=LANGUAGE_KEY,
        accept_new_options=True,
        persist_state="session",
    )
    return language or LANGUAGES[0]


def _draw_spending(length: int) -> int:
    """What it will take, and the candidate's own limit; 0 for none."""
    spending = expected_spending(length)
    st.caption(
        f"{spending.calls} calls, about {spending.least_tokens:,} to {spending.most_tokens:,} tokens, on "
        "your key. Your resume's facts, the questions and your answers go to that provider."
    )
    with st.expander("Limit and price", icon=":material/savings:"):
        cap = st.number_input(
            "Stop asking the model after so many tokens (0: no limit)",
            min_value=0,
            step=10_000,
            key="practice_cap",
            persist_state="session",
        )
        price = st.number_input(
            "Price of a million tokens on your plan (0: unknown)",
            min_value=0.0,
            step=0.5,
            key="practice_price",
            persist_state="session",
        )
        if price:
            low, high = spending.cost(price)
            st.caption(
                f"About {low:.2f} to {high:.2f} for this interview, in the price's currency."
            )
    return int(cap or 0)


def _draw_own_questions() -> tuple[str, ...]:
    with st.expander("Questions of your own", icon=":material/playlist_add:"):
        text = st.text_area(
            "One question a line; each will be asked",
            key="practice_own",
            height=120,
            persist_state="session",
        )
        lines = tuple(
            dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip())
        )
        if len(lines) > MOST_OWN_QUESTIONS:
            st.caption(f"Only the first {MOST_OWN_QUESTIONS} are used.")
    return lines[:MOST_OWN_QUESTIONS]
