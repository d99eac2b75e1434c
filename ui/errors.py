"""What a person reads when something goes wrong: what happened, what is kept, what to do."""

import logging

import streamlit as st

from core.domain.errors import InterviewError, InvalidTransitionError, StoreError

_log = logging.getLogger(__name__)


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
