"""The first block of Practice: hand in a resume, paste it, take a sample, or go without."""

from collections.abc import Sequence
from typing import NoReturn
from uuid import UUID

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.bootstrap import Application
from core.domain.errors import (
    InterviewError,
    InvalidInputError,
    Unreadable,
    UnreadableDocumentError,
)
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.resume import Resume
from core.services.resume_reading import attachment_of
from ui import session
from ui.errors import show_error
from ui.model_reading import draw_read_again, draw_read_scan
from ui.texts import counted

_FILE_ERROR = "resume_file_error"
_UPLOADER_ROUND = "resume_uploader_round"


def draw_resume_choice(
    app: Application, user: UUID, resume: Resume | None, models: Sequence[InterviewerChoice]
) -> None:
    """The block, with the candidate's current resume where there is one. `models` could read it too."""
    with st.container(border=True, key="resume_block"):
        st.header("Your resume", anchor=False)
        _show_file_error()
        if resume:
            _draw_current(app, user, resume, models)
        else:
            _draw_upload(app, user, models)
            _draw_paste(app, user)
            _draw_samples(app, user)
            st.caption("Or start without one: a role is enough.")


def _show_file_error() -> None:
    error = session.value(_FILE_ERROR)
    if error is not None:
        session.forget(_FILE_ERROR)
        show_error(error)


def _draw_current(
    app: Application, user: UUID, resume: Resume, models: Sequence[InterviewerChoice]
) -> None:
    profile = resume.profile
    facts = [
        counted(len(profile.positions), "position"),
        counted(len(profile.skills), "skill"),
        counted(len(profile.projects), "project"),
    ]
    st.success("Read. Check below what was understood.", icon=":material/check_circle:")
    st.text(profile.name or "No name was found")
    st.caption(" · ".join(facts))
    if resume.document.is_truncated:
        st.caption("Only the first 20 pages or 200,000 characters were read.")
    draw_read_again(app, user, resume, models)
    if st.button("Use another resume", key="resume_replace", icon=":material/swap_horiz:"):
        app.preparing.forget_resume(user)
        session.remember(_UPLOADER_ROUND, session.value(_UPLOADER_ROUND, 0) + 1)
        st.rerun()


def _draw_upload(app: Application, user: UUID, models: Sequence[InterviewerChoice]) -> None:
    """The drop zone. A new key after each resume empties it."""
    file = st.file_uploader(
        "PDF, Word, OpenDocument, RTF, Markdown or text",
        key=f"resume_file_{session.value(_UPLOADER_ROUND, 0)}",
        help="It is read on this server and sent to nobody, unless you let your own model read it.",
    )
    is_kept = st.checkbox(
        "Keep the file, not only its text",
        key="resume_keep_file",
        help="For the next file you hand in. You can take the file away or delete it in Settings.",
        persist_state="session",
    )
    if file is None:
        return
    try:
        read = session.made_once("resume_upload", file.file_id, lambda: _read(app, user, file))
    except InterviewError as error:
        show_error(error)
        return
    if isinstance(read, Resume):
        _keep(app, user, read, file.getvalue() if is_kept else None)
    show_error(read)
    attachment = attachment_of(file.getvalue())
    if attachment is not None:
        draw_read_scan(app, user, attachment, models)


def _read(app: Application, user: UUID, file: UploadedFile) -> Resume | InvalidInputError:
    """The resume, or what is wrong with the file: that is the same however often it is looked at."""
    try:
        with st.spinner("Reading your resume …"):
            return app.preparing.read_upload(user, file.getvalue())
    except UnreadableDocumentError as error:
        if error.cause is Unreadable.BUSY:
            raise
        return error


def _draw_paste(app: Application, user: UUID) -> None:
    with st.expander("Or paste its text", icon=":material/content_paste:"):
        text = st.text_area("Resume text", key="resume_text", height=160, max_chars=200_000)
        if st.button("Read this text", key="resume_read"):
            try:
                resume = app.preparing.read_pasted(text or "")
            except InvalidInputError as error:
                show_error(error)
                return
            _keep(app, user, resume)


def _draw_samples(app: Application, user: UUID) -> None:
    st.caption("Or try it with an invented candidate:")
    with st.container(horizontal=True, gap="small"):
        for sample in app.samples:
            if st.button(sample.label, key=f"resume_sample_{sample.id}"):
                _keep(app, user, app.preparing.read_pasted(sample.text))


def _keep(app: Application, user: UUID, resume: Resume, content: bytes | None = None) -> NoReturn:
    """Keep the resume, and its file where that is wanted; where only the file fails, that is told."""
    kept = app.preparing.keep_resume(user, resume)
    if content is not None:
        try:
            app.filing.keep(user, kept, content)
        except InterviewError as error:
            session.remember(_FILE_ERROR, error)
    st.rerun()
