"""Who can interview: the built-in interviewer, and the models that the candidate has a key for."""

from collections.abc import Callable
from uuid import UUID

import streamlit as st

from core.bootstrap import Application, providers
from core.domain.interviewer_choice import BUILT_IN_CHOICE, InterviewerChoice
from ui.errors import act


def interviewer_label(choice: InterviewerChoice) -> str:
    """An interviewer's name for people."""
    if choice.provider is None:
        return "the built-in interviewer"
    return f"{providers().label(choice.provider)} ({choice.model})"


def models_with_keys(app: Application, user: UUID) -> list[InterviewerChoice]:
    """The models that the candidate has chosen and has a readable key for."""
    return [
        InterviewerChoice(entry.provider, entry.model, entry.base_url)
        for entry in app.keys.keys_of(user)
        if entry.is_readable and entry.model
    ]


def draw_other_choices(
    app: Application,
    user: UUID,
    current: InterviewerChoice,
    continue_with: Callable[[InterviewerChoice], object],
) -> None:
    """A button for each one that could continue instead."""
    others = (c for c in (*models_with_keys(app, user), BUILT_IN_CHOICE) if c != current)
    for number, choice in enumerate(others):
        label = f"Continue with {interviewer_label(choice)}"
        st.button(
            label,
            key=f"continue_with_{number}",
            icon=":material/swap_horiz:",
            on_click=act,
            args=(continue_with, choice),
        )
