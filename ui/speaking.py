"""Speaking an answer: the recorder, what becomes of a recording, and the words for the answer box."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.errors import InterviewError, TranscriptionInterruptedError
from core.domain.heard import Heard, Take
from core.domain.interview import Interview
from core.domain.interview_setup import Way
from core.domain.speech import TranscriberChoice
from core.ports import Job
from core.services.speaking import Said, language_code
from ui import session
from ui.components.recorder import Clip, Listener, Manner, Progress, recorder
from ui.errors import remembering_errors
from ui.speech_choice import draw_transcriber

LOOK_SECONDS = 0.5
_STOPPED = "Writing down your words stopped unexpectedly. Your recording is kept: send it again."


@dataclass(frozen=True, slots=True)
class _Sent:
    """The recording that was handed over last: the work on it, or why there are no words.

    `at` tells one failure of the same recording from the next. With `may_cost_again` it was sent before,
    and nobody knows whether that was charged.
    """

    recording_id: str = ""
    job: Job | None = None
    failure: str = ""
    at: str = ""
    may_cost_again: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was heard towards the answer so far, and the work on what was said last.

    `captions` are words of the browser's own recognition that the candidate wants in the box, by
    recording; nothing else is made of them.
    """

    takes: tuple[Take, ...]
    job: Job | None = None
    captions: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """What belongs into the answer box, each with an id of its own."""
        return (*((str(take.recording_id), take.text) for take in self.takes), *self.captions)


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
            has_tips = interview.setup.way is Way.COACH and st.toggle(
                "Tips while I speak", key="room_tips", persist_state="session"
            )
    if choice is None:
        st.info(
            "Choose who writes your words down, or type your answer.", icon=":material/mic_off:"
        )
    return _draw_recorder(app, user, interview, box, choice, has_tips=has_tips)


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
    app: Application,
    user: UUID,
    interview: Interview,
    box: str,
    choice: TranscriberChoice | None,
    *,
    has_tips: bool,
) -> Spoken:
    position = interview.current.position
    key = f"{interview.id}_{box}_sent"
    sent = _looked_after(app, session.value(key, _Sent()))
    session.remember(key, sent)

    def hear(clip: Clip) -> None:
        said = Said(interview.id, position, clip.id, clip.audio, may_repeat=clip.may_repeat)
        if choice is not None:
            session.remember(key, _sent(app, user, said, choice))

    def attach(recording_id: UUID) -> None:
        with remembering_errors():
            session.remember(key, _found(app, user, interview, recording_id, choice))

    captions_key = f"{key}_captions"

    def use_captions(recording_id: UUID, text: str) -> None:
        used = dict(session.value(captions_key, ()))
        session.remember(captions_key, (*(used | {f"{recording_id}-captions": text}).items(),))

    takes = app.speaking.takes(user, interview.id, position)
    recorder(
        f"{interview.id}:{box}",
        _progress(takes, sent),
        Listener(hear, attach, use_captions),
        Manner(language_code(interview.setup.language), choice is not None, has_tips),
    )
    return Spoken(takes, sent.job, session.value(captions_key, ()))


def _progress(takes: tuple[Take, ...], sent: _Sent) -> Progress:
    """What the recorder is to know."""
    return Progress(
        confirmed=tuple(str(take.recording_id) for take in takes),
        pending=sent.recording_id if sent.job else "",
        failed_id=sent.recording_id if sent.failure else "",
        failed_at=sent.at,
        failure=sent.failure,
        may_cost_again=sent.may_cost_again,
    )


def _sent(app: Application, user: UUID, said: Said, choice: TranscriberChoice) -> _Sent:
    recording_id = str(said.recording_id)
    try:
        return _Sent(recording_id, app.speaking.hear(user, said, choice))
    except InterviewError as error:
        return _Sent(recording_id, failure=str(error), at=app.clock.now().isoformat())


def _found(
    app: Application,
    user: UUID,
    interview: Interview,
    recording_id: UUID,
    choice: TranscriberChoice | None,
) -> _Sent:
    """What is known of a recording that was sent before the page was closed."""
    sent = _Sent(str(recording_id), app.transcribing.under_way(user, recording_id))
    is_paid = choice is None or choice.kind.is_paid
    if sent.job or not is_paid:
        return sent
    if not app.speaking.is_interrupted(user, interview.id, recording_id):
        return sent
    failure, now = str(TranscriptionInterruptedError()), app.clock.now().isoformat()
    return replace(sent, failure=failure, at=now, may_cost_again=True)


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
    may_cost_again = isinstance(shown, TranscriptionInterruptedError)
    now = app.clock.now().isoformat()
    return _Sent(sent.recording_id, failure=failure, at=now, may_cost_again=may_cost_again)
