"""The interviewer's voice in the room: the browser's own, or one that the candidate's key pays for."""

from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.errors import InterviewError
from core.domain.interview import Interview
from core.domain.voice import Voiced, VoiceKind
from core.ports import Job
from core.services.speaking import language_code
from ui import session
from ui.components.voice import Saying, say

LOOK_SECONDS = 0.3
_STATE = "room_voice"
_MUTED = "room_voice_is_muted"
_STOPPED = "The voice stopped unexpectedly. Your browser's own voice goes on, where it has one."


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question whose voice was asked for last, in this visit.

    `failed` is the interview in which that went wrong: there it is not asked for again, and `failure` is
    told with the question it happened to. The sound is handed to the browser once; then there is no job.
    """

    text_id: str = ""
    job: Job | None = None
    failed: UUID | None = None
    failure: str = ""


def draw_voice(app: Application, user: UUID, interview: Interview) -> None:
    """Say the question. Its text stands on the page already, and nothing waits for the voice."""
    turn = interview.current
    said = Saying(
        text=f"{turn.reaction} {turn.question.text}".strip(),
        text_id=f"{interview.id}:{turn.position}",
        language=language_code(interview.setup.language),
    )
    if interview.setup.speech.voice is VoiceKind.BROWSER:
        say(said)
        return
    asked = _asked(app, user, interview, said)
    session.remember(_STATE, asked)
    with st.container():  # what comes and goes in it moves nothing below
        _draw(asked, said)


def _asked(app: Application, user: UUID, interview: Interview, said: Saying) -> _Asked:
    """What was asked for this question, asking where it has not been."""
    asked: _Asked = session.value(_STATE, _Asked())
    if asked.failed == interview.id:
        return asked if asked.text_id == said.text_id else replace(asked, failure="")
    if asked.text_id != said.text_id:
        if session.value(_MUTED):
            return asked
        asked = _begun(app, user, interview, said)
    if asked.job is None or not asked.job.wait(0) or isinstance(asked.job.shown, Voiced):
        return asked
    shown = asked.job.shown
    failure = str(shown) if isinstance(shown, InterviewError) else _STOPPED
    return _Asked(said.text_id, failed=interview.id, failure=failure)


def _begun(app: Application, user: UUID, interview: Interview, said: Saying) -> _Asked:
    try:
        return _Asked(said.text_id, app.voicing.speak(user, interview, said.text))
    except InterviewError as error:
        return _Asked(said.text_id, failed=interview.id, failure=str(error))


def _draw(asked: _Asked, said: Saying) -> None:
    job = asked.job if asked.text_id == said.text_id else None
    if job is None:
        say(said, _note_muted)
    elif not job.wait(0):
        say(replace(said, is_awaited=True), _note_muted)
        _look(job)
    elif isinstance(job.shown, Voiced):
        say(replace(said, audio=b64encode(job.shown.wav).decode()), _note_muted)
        session.remember(_STATE, _Asked(said.text_id))
    if asked.failure:
        st.caption(f":material/volume_off: {asked.failure}")


def _note_muted(is_muted: bool) -> None:
    """Nothing is paid for that nobody hears."""
    session.remember(_MUTED, is_muted)


@st.fragment(run_every=timedelta(seconds=LOOK_SECONDS))
def _look(job: Job) -> None:
    if job.wait(0):
        st.rerun()
