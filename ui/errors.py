"""What a person reads when something goes wrong: what happened, what is kept, what to do."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from core.domain.errors import (
    InterviewError,
    InvalidTransitionError,
    StoreAwayError,
    StoreError,
)
from ui import session
from ui.texts import highlighted

_log = logging.getLogger(__name__)
RETRY_SECONDS = 3.0
_REMEMBERED = "remembered_error"


@dataclass(frozen=True, slots=True)
class _Notice:
    """An error about the interview of an address, and what was written and could not be sent."""

    place: UUID | None
    error: InterviewError
    unsent: str


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


def show_page_error(error: InterviewError) -> None:
    """Show what kept a page from being drawn; while the database is away the page tries again by itself."""
    show_error(error)
    if isinstance(error, StoreAwayError):
        st.caption(
            "This page looks again every few seconds. What you wrote is kept in your browser."
        )
        _look_again(time.monotonic())


@st.fragment(run_every=RETRY_SECONDS)
def _look_again(drawn_at: float) -> None:
    """Draw the page again after a while; the first run only begins the wait."""
    if time.monotonic() - drawn_at > RETRY_SECONDS / 2:
        st.rerun()


def remember_error(error: InterviewError, unsent: str = "") -> None:
    """Keep an error for the next runs, where the page shows it above the state that is true now.

    `unsent` is a text of the candidate's that is stored nowhere, to be shown with it.
    """
    session.remember(_REMEMBERED, _Notice(session.query_uuid("interview"), error, unsent))


def forget_error() -> None:
    """The candidate acts anew: what was told before is read."""
    session.forget(_REMEMBERED)


@contextmanager
def remembering_errors() -> Iterator[None]:
    """What is raised inside is shown in the next run instead of ending this one."""
    forget_error()
    try:
        yield
    except InterviewError as error:
        remember_error(error)


def act(use_case: Callable[..., object], *arguments: object) -> None:
    """A button's callback: it runs before the page is drawn, so that no click is lost.

    Were the button asked in the page's own code, a click would come to nothing where the interview went
    on elsewhere meanwhile and the page has no such button any more.
    """
    with remembering_errors():
        use_case(*arguments)


def show_remembered() -> None:
    """Show what was remembered about this interview, until the candidate acts again.

    Not only once: a page that looks for a result draws itself again before anyone has read it.
    """
    notice = session.value(_REMEMBERED)
    if notice is None or notice.place != session.query_uuid("interview"):
        return
    show_error(notice.error)
    if notice.unsent:
        with st.expander(
            "What you wrote here was not sent", expanded=True, icon=":material/draft:"
        ):
            st.html(highlighted(notice.unsent, ()))


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
