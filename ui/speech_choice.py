"""How the next interview is answered, and who writes spoken words down."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.interview_setup import SpeechSetup
from core.domain.speech import TranscriberChoice, TranscriberOffer
from core.domain.voice import VoiceKind
from ui import session
from ui.components.mic_check import mic_check
from ui.navigation import SETTINGS
from ui.texts import plain

_TYPING, _VOICE = "Typing", "Voice"
_TRANSCRIBER = "speech_transcriber"
_VOICE_KIND = "practice_voice"


def draw_speech_choice(app: Application, user: UUID) -> SpeechSetup:
    """Typing or voice; for voice what goes with it."""
    chosen = st.segmented_control(
        "Answer by",
        [_TYPING, _VOICE],
        key="practice_answer_by",
        default=_TYPING,
        required=True,
        persist_state="session",
    )
    if chosen != _VOICE:
        return SpeechSetup()
    with st.container(border=True, key="speech_block"):
        st.caption("The interviewer speaks too. You can type any answer instead.")
        mic_check()
        voice = _draw_voice(app, user)
        transcriber = draw_transcriber(app, user)
        keeps = st.toggle(
            "Store my recordings, to hear them in the report",
            key="practice_keep_recordings",
            help="Otherwise only the words are stored, and how they were said in numbers.",
            persist_state="session",
        )
        counts = st.toggle(
            "Count delivery in the score, as a tenth of it",
            key="practice_scores_delivery",
            help="Pace and filler words only, where they are known. Such scores are marked, and set "
            "against scores of the same kind.",
            persist_state="session",
        )
    return SpeechSetup(
        is_spoken=True,
        transcriber=transcriber,
        keeps_recordings=keeps,
        scores_delivery=counts,
        voice=voice,
    )


def _draw_voice(app: Application, user: UUID) -> VoiceKind:
    """Whose voice the interviewer has; nothing is asked where there is only the browser's."""
    offers = {offer.kind: offer for offer in app.voicing.offers(user) if offer.is_ready}
    if len(offers) == 1:
        return VoiceKind.BROWSER
    if session.value(_VOICE_KIND) not in offers:
        session.forget(_VOICE_KIND)
    chosen = st.selectbox(
        "The interviewer's voice",
        list(offers),
        key=_VOICE_KIND,
        format_func=lambda kind: offers[kind].label,
        persist_state="session",
    )
    st.caption(plain(offers[chosen].speaks))
    return chosen


def draw_transcriber(
    app: Application, user: UUID, agreed: TranscriberChoice | None = None
) -> TranscriberChoice | None:
    """Who writes spoken words down; None where no one can, or the candidate has not agreed to it.

    `agreed` is whom the candidate chose when the interview began.
    """
    offers = [offer for offer in app.transcribing.offers(user) if offer.is_ready]
    if not offers:
        st.info(
            "Nobody can write your words down yet: that takes a key of your own. Until then, type.",
            icon=":material/mic_off:",
        )
        st.page_link(SETTINGS, label="Add a key", icon=":material/key:")
        return None
    offer = _draw_offers(offers, agreed)
    st.caption(plain(offer.hears))
    return offer.choice if _is_agreed(offer, agreed) else None


def _draw_offers(
    offers: list[TranscriberOffer], agreed: TranscriberChoice | None
) -> TranscriberOffer:
    choices = [offer.choice for offer in offers]
    if session.value(_TRANSCRIBER) not in choices:
        session.remember(_TRANSCRIBER, agreed if agreed in choices else choices[0])
    by_choice = {offer.choice: offer for offer in offers}
    chosen = st.selectbox(
        "Who writes your words down",
        choices,
        key=_TRANSCRIBER,
        format_func=lambda choice: by_choice[choice].label,
        persist_state="session",
    )
    return by_choice[chosen]


def _is_agreed(offer: TranscriberOffer, agreed: TranscriberChoice | None) -> bool:
    if not offer.needs_consent:
        return True
    key = f"{_TRANSCRIBER}_{offer.choice.kind}_consent"
    session.remember_first(key, offer.choice == agreed)
    return st.checkbox("Yes, my recordings may go there", key=key, persist_state="session")
