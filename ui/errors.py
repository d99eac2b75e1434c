"""What a person reads when something goes wrong: what happened, what is kept, what to do."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.domain.errors import InterviewError, InvalidTransitionError, StoreError
from ui import session

_log = logging.getLogger(__name__)
_REMEMBERED = "remembered_error"


def show_error(error: InterviewError) -> None:
    """Show an expected error's own sentence."""
    if isinstance(error, InvalidTransitionError):
        st.warning(
            "This interview has moved on, perhaps in another tab. Everything is kept; "
            "here is where it stands now.",
            icon=":material/sync:",
        )
    elif isinstance(error, StoreError):
        st.error(str(error), icon=":material/cloud_off:")
    else:
        st.warning(str(error), icon=":material/info:")


def remember_error(error: InterviewError) -> None:
    """Keep an error for the next run, where the page shows it above the state that is true now."""
    session.remember(_REMEMBERED, error)


@contextmanager
def remembering_errors() -> Iterator[None]:
    """What is raised inside is shown in the next run instead of ending this one."""
    try:
        yield
    except InterviewError as error:
        remember_error(error)


def show_remembered() -> None:
    """Show the error of the last run, once."""
    error = session.value(_REMEMBERED)
    if error is not None:
        session.forget(_REMEMBERED)
        show_error(error)


def handle_script_error(error: Exception) -> bool:
    """Show what a page, a fragment or a callback let through; True: Streamlit need not."""
    if isinstance(error, InterviewError):
        show_error(error)
    else:
        show_unexpected(error)
    return True


def show_unexpected(error: Exception) -> None:
    """Report an error nobody planned for, without its text: that may hold a candidate's words."""
    _log.error("A page failed: %s", type(error).__name__, exc_info=_without_text(error))
    st.error(
        "This page could not be shown. Your answers and reports are stored; "
        "reload the page, or go back to Practice.",
        icon=":material/error:",
    )


def _without_text(error: Exception) -> BaseException:
    """The traceback with the error's kind instead of its message."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
