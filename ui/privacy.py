"""What is kept where; taking it away, bringing it back, deleting it."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from ui import session
from ui.components.draft_keeper import forget_drafts
from ui.components.recorder import forget_clips
from ui.storage_notice import draw_download_and_restore

_DELETED = "privacy_deleted"


def draw_privacy(app: Application, user: UUID) -> None:
    """The Privacy section of Settings."""
    st.header("Your data", anchor=False)
    place = "on this server" if app.settings.is_hosted else "on this machine"
    st.write(
        f"Your resume's text, what was read from it, your answers and their judgements, "
        f"what is to be practised of them, the questions you noted and what you prepare for are kept {place}, "
        f"in one database, and belong to {_owner()}. Browsers are recognised by a cookie that no script can "
        "read, of which only a fingerprint is stored. The uploaded file itself is not kept. Nothing is "
        "sent to anyone, unless you choose a model with a key of your own: then its provider gets what you "
        "say to it. A report is shown to nobody but to whom you give a link. While you type, the draft is "
        "also kept in this browser; a recording is, until its words "
        "are stored, for a day at most. Recordings go to whom you choose to write them down, and are stored "
        "only if you say so."
    )
    if not session.outlives_session():
        st.warning(
            "Your browser sent no cookie, so all of this lasts only until you close or reload this tab.",
            icon=":material/save_clock:",
        )
    draw_download_and_restore(app, user)
    st.header("Delete", anchor=False)
    if session.value(_DELETED):
        session.forget(_DELETED)
        forget_drafts()
        forget_clips()
        st.success("Everything is deleted.", icon=":material/check_circle:")
    if st.button("Delete everything", key="privacy_delete", icon=":material/delete_forever:"):
        _confirm_delete(app, user)


def _owner() -> str:
    return "your account" if session.visit().proof else "this browser"


def _delete(app: Application, user: UUID) -> None:
    app.exporting.delete_everything(user)
    session.remember(_DELETED, True)


@st.dialog("Delete everything?")
def _confirm_delete(app: Application, user: UUID) -> None:
    st.write(
        "Your resume, all interviews, answers, reports, noted questions and preparations will be gone. This cannot be undone. "
        "Download your history first if you may want it again."
    )
    if st.button(
        "Delete everything",
        key="privacy_delete_sure",
        type="primary",
        on_click=_delete,
        args=(app, user),
    ):
        st.rerun()
