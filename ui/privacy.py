"""What is kept where; taking it away, bringing it back, deleting it."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from ui import session
from ui.addressed import forget_read_interview
from ui.components.draft_keeper import forget_drafts
from ui.components.recorder import forget_clips
from ui.errors import remembering_errors
from ui.kept_files import draw_kept_resume
from ui.storage_notice import draw_download_and_restore

_DELETED = "privacy_deleted"
_KEPT = """
- **Kept {place}, in one database, for {owner}:** your resume's text and what was read from it, your answers
  and their judgements, what is to be practised of them, the questions you noted, and what you prepare for.
- **Only if you say so:** the uploaded file itself, when you hand it in, and recordings of your voice.
- **Sent to others:** nothing, unless you choose a model with a key of your own: then its provider gets what
  you say to it. Recordings go to whom you choose to write them down.
- **Shown to others:** nothing, unless you give a link to a report.
- **In this browser too:** what you type, as a draft; a recording until its words are stored, for a day at
  most; and a cookie that no script can read, by which the browser is recognised. Of the cookie only a
  fingerprint is stored.
"""


def draw_privacy(app: Application, user: UUID) -> None:
    """The Privacy section of Settings."""
    st.header("Your data", anchor=False)
    place = "on this server" if app.settings.is_hosted else "on this machine"
    st.markdown(_KEPT.format(place=place, owner=_owner()))
    if not session.outlives_session():
        st.warning(
            "Your browser sent no cookie, so all of this lasts only until you close or reload this tab.",
            icon=":material/save_clock:",
        )
    draw_download_and_restore(app, user)
    draw_kept_resume(app, user)
    st.caption(
        "Keys and access tokens are deleted above, one interview in the History. Limits are counted and "
        "changes of keys, tokens and data are noted with a fingerprint of the address you come from, never "
        "with what you wrote; these notes stay when everything else is deleted."
    )
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
    with remembering_errors():
        app.exporting.delete_everything(user)
        forget_read_interview()
        session.look_again()
        session.remember(_DELETED, True)


@st.dialog("Delete everything?")
def _confirm_delete(app: Application, user: UUID) -> None:
    st.write(
        "Your resume and its file, all interviews, answers, reports, noted questions and preparations will be gone. This cannot be undone. "
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
