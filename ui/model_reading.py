"""Having a resume read by one's own model: what is sent, and the wait for it."""

import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.errors import InterviewError
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Attachment
from core.domain.resume import Resume
from core.ports import Job
from ui import session
from ui.errors import show_error
from ui.interviewer_choice import interviewer_label
from ui.texts import plain
from ui.watching import LOOK_SECONDS

_JOB = "model_reading_job"
_WHO = "model_reading_who"


def draw_read_again(
    app: Application, user: UUID, resume: Resume, models: Sequence[InterviewerChoice]
) -> None:
    """The offer to have the current resume read by a model, what became of it, or who read it."""
    if resume.read_by:
        st.caption(f"Read by rules, and by {plain(resume.read_by)}.")
    if not _is_reading() and not resume.read_by:
        for number, choice in enumerate(models):
            if st.button(
                f"Let {interviewer_label(choice)} read it too",
                key=f"model_reading_{number}",
                icon=":material/neurology:",
                help="One call on your key. The resume's text goes to that provider; what it finds is "
                "taken only where it stands in your resume.",
            ):
                _start(app.resume_reading.read(user, choice, resume), choice)


def draw_read_scan(
    app: Application,
    user: UUID,
    attachment: Attachment,
    models: Sequence[InterviewerChoice],
) -> None:
    """The offer to have a file read that holds no text."""
    if _is_reading():
        return
    if not models:
        st.caption(
            "With a key of your own for OpenAI, Claude or Gemini (in Settings), that model can read the "
            "file itself."
        )
    for number, choice in enumerate(models):
        if st.button(
            f"Let {interviewer_label(choice)} read this file",
            key=f"model_scan_{number}",
            icon=":material/document_scanner:",
            help="One call on your key. The file itself goes to that provider.",
        ):
            _start(app.resume_reading.read_scan(user, choice, attachment), choice)


def _start(job: Job, choice: InterviewerChoice) -> None:
    session.remember(_JOB, job)
    session.remember(_WHO, interviewer_label(choice))
    st.rerun()


def _is_reading() -> bool:
    """Whether a reading is under way, which is then shown; else what became of the last one is."""
    job: Job | None = session.value(_JOB)
    if job is None:
        return False
    if not job.wait(0):
        _poll(job, time.monotonic())
        return True
    session.forget(_JOB)
    if isinstance(job.shown, InterviewError):
        show_error(job.shown)
    elif isinstance(job.shown, Resume):
        st.rerun()
    return False


@st.fragment(run_every=timedelta(seconds=LOOK_SECONDS))
def _poll(job: Job, began: float) -> None:
    """Beside the page, which can be used meanwhile."""
    if job.wait(0):
        st.rerun()
    st.caption(
        f":material/hourglass_top: {plain(session.value(_WHO))} reads … "
        f"{int(time.monotonic() - began)} s. You can go on meanwhile."
    )
