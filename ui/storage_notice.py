"""Says where data may be lost, and lets the candidate take the whole history along and bring it back."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.errors import InterviewError
from ui import session
from ui.errors import show_error


def draw_storage_notice(app: Application, user: UUID) -> None:
    """Nothing where all is kept; else what is kept how long, with download and restore."""
    sentence = _sentence(app)
    if sentence:
        with st.container(border=True, key="storage_notice"):
            st.warning(sentence, icon=":material/save_clock:")
            draw_download_and_restore(app, user)


def _sentence(app: Application) -> str:
    if not session.outlives_session():
        return (
            "Your browser sent no cookie, so this visit cannot be recognised later: what you do here is "
            "kept only until you close or reload this tab. Download your history before you leave."
        )
    if not app.settings.is_durable:
        return (
            "This host may forget its disk when it restarts or sleeps. Download your history before you "
            "leave, and restore it when you come back."
        )
    return ""


def draw_download_and_restore(app: Application, user: UUID) -> None:
    """Both ways for the whole history: interviews with recordings, and the resume with its file."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            "Download my history",
            data=lambda: app.files.parcel_as_zip(app.parcels.pack(user)),
            file_name="mock-interview-history.zip",
            mime="application/zip",
            key="storage_download",
            icon=":material/download:",
            on_click="ignore",
        )
        with st.popover("Restore a history", icon=":material/upload:"):
            _draw_restore(app, user)


def _draw_restore(app: Application, user: UUID) -> None:
    file = st.file_uploader(
        "A history that you downloaded here",
        type=["zip", "json"],
        key="storage_file",
        max_upload_size=200,
    )
    if file and st.button("Add it to what is here", key="storage_restore", type="primary"):
        try:
            added = app.parcels.unpack(user, app.files.parcel_from_file(file.getvalue()))
        except InterviewError as error:
            show_error(error)
            return
        st.success(
            f"{added} interview{'' if added == 1 else 's'} added. "
            "What was here already was left as it is.",
            icon=":material/check_circle:",
        )
