"""Speaking an answer: the recorder, what becomes of a recording, and the words for the answer box."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.errors import InterviewError
from core.domain.heard import Heard, Take
from core.domain.interview import Interview
from core.domain.speech import TranscriberChoice
from core.ports import Job
from core.services.speaking import Said
from ui import session
from ui.components.recorder import Clip, Progress, recorder
from ui.speech_choice import draw_transcriber

LOOK_SECONDS = 0.5
_STOPPED = "Writing down your words stopped unexpectedly. Your recording is kept: send it again."


@dataclass(frozen=True, slots=True)
class _Sent:
    """The recording that was handed over last: the work on it, or why there are no words.

    `at` tells one failure of the same recording from the next.
    """

    recording_id: str = ""
    job: Job | None = None
    failure: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was heard towards the answer so far, and the work on what was said last."""

    takes: tuple[Take, ...]
    job: Job | None = None


def draw_speaking(app: Application, user: UUID, interview: Interview, box: str) -> Spoken:
    """The switch between speaking and typing, and the recorder; `box` is the answer box's key."""
    switch = f"room_speak_{interview.id}"
    session.remember_first(switch, interview.setup.speech.is_spoken)
    with st.container(horizontal=True, vertical_alignment="center"):
        is_spoken = st.toggle("Speak your answer", key=switch, persist_state="session")
        if not is_spoken:
            return Spoken(interview.current.takes)
        with st.popover("Who writes it down", type="tertiary", icon=":material/record_voice_over:"):
            choice = draw_transcriber(app, user, interview.setup.speech.transcriber)
    if choice is None:
        st.info(
            "Choose who writes your words down, or type your answer.", icon=":material/mic_off:"
        )
        return Spoken(interview.current.takes)
    return _draw_recorder(app, user, interview, box, choice)


def draw_flags(takes: tuple[Take, ...]) -> None:
    """Why a transcript should be read with care, before it is judged."""
    for sentence in dict.fromkeys(flag.sentence for take in takes for flag in take.heard.flags):
        st.warning(sentence, icon=":material/hearing:")


def wait_for_words(spoken: Spoken) -> None:
    """Draw the page anew once what was said last is written down."""
    if spoken.job is not None:
        _look(spoken.job)


@st.fragment(run_every=timedelta(seconds=LOOK_SECONDS))
def _look(job: Job) -> None:
    """Looks now and then: waiting here would hold up drafts and clicks in the box's own fragment."""
    st.caption(":material/hourglass_top: Writing down your words. You can type meanwhile.")
    if job.wait(0):
        st.rerun()


def _draw_recorder(
    app: Application, user: UUID, interview: Interview, box: str, choice: TranscriberChoice
) -> Spoken:
    position = interview.current.position
    key = f"{interview.id}_{box}_sent"
    sent = _looked_after(app, session.value(key, _Sent()))
    session.remember(key, sent)

    def hear(clip: Clip) -> None:
        said = Said(interview.id, position, clip.id, clip.audio)
        session.remember(key, _sent(app, user, said, choice))

    def attach(recording_id: UUID) -> None:
        job = app.transcribing.under_way(user, recording_id)
        session.remember(key, _Sent(str(recording_id), job))

    takes = app.speaking.takes(user, interview.id, position)
    progress = Progress(
        confirmed=tuple(str(take.recording_id) for take in takes),
        pending=sent.recording_id if sent.job else "",
        failed_id=sent.recording_id if sent.failure else "",
        failed_at=sent.at,
        failure=sent.failure,
    )
    recorder(f"{interview.id}:{box}", progress, hear, attach)
    return Spoken(takes, sent.job)


def _sent(app: Application, user: UUID, said: Said, choice: TranscriberChoice) -> _Sent:
    recording_id = str(said.recording_id)
    try:
        return _Sent(recording_id, app.speaking.hear(user, said, choice))
    except InterviewError as error:
        return _Sent(recording_id, failure=str(error), at=app.clock.now().isoformat())


def _looked_after(app: Application, sent: _Sent) -> _Sent:
    """The same, or what came of it where its work is over."""
    if sent.job is None or not sent.job.wait(0):
        return sent
    shown = sent.job.shown
    if isinstance(shown, Heard) and shown.transcript:
        return _Sent(sent.recording_id)
    failure = _STOPPED
    if isinstance(shown, Heard) and shown.unheard:
        failure = shown.unheard.sentence
    elif isinstance(shown, InterviewError):
        failure = str(shown)
    return _Sent(sent.recording_id, failure=failure, at=app.clock.now().isoformat())
