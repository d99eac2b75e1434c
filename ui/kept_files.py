"""The resume in Your data: what of it is kept, the file itself where that was wanted, and the way to be rid of it."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.errors import InterviewError
from core.domain.resume_file import ResumeFile
from ui.errors import act, show_error
from ui.texts import plain


def draw_kept_resume(app: Application, user: UUID) -> None:
    """What is read from the current resume, the files that are kept, and a button for each to go."""
    resume = app.preparing.current_resume(user)
    if resume is None:
        return
    with st.container(border=True):
        st.markdown(f"**Your resume** · {plain(resume.profile.name) or 'without a name'}")
        st.caption(f"Its text and what was read from it, since {resume.uploaded_at:%d %B %Y}.")
        for file in app.filing.files_of(user):
            _draw_file(app, user, file)
        st.button(
            "Delete my resume",
            key="kept_resume_delete",
            type="tertiary",
            icon=":material/delete:",
            help="Its text, what was read from it, and its file. Interviews stay.",
            on_click=act,
            args=(app.preparing.forget_resume, user),
        )


def _draw_file(app: Application, user: UUID, file: ResumeFile) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/draft: {file.kind} file, {_size(file.size)}")
        if st.button("Fetch the file", key=f"kept_file_{file.id}", icon=":material/download:"):
            _draw_download(app, user, file)
        st.button(
            "Delete the file",
            key=f"kept_file_delete_{file.id}",
            type="tertiary",
            icon=":material/delete:",
            on_click=act,
            args=(app.filing.delete, user, file.id),
        )


@st.dialog("Your file")
def _draw_download(app: Application, user: UUID, file: ResumeFile) -> None:
    """Fetched before it is offered, so that what goes wrong is told in a sentence."""
    try:
        content = app.filing.content(user, file.id)
    except InterviewError as error:
        show_error(error)
        return
    st.write(f"A {file.kind} file, as you handed it in on {file.kept_at:%d %B %Y}.")
    st.download_button(
        "Download the file",
        data=content,
        file_name=file.name,
        mime="application/octet-stream",
        key="kept_file_download",
        type="primary",
        on_click="ignore",
    )


def _size(size: int) -> str:
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} kB"
    return f"{size / 1024 / 1024:.1f} MB"
