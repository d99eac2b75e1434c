"""The interviewer's voice: the browser says the question, with a simple face; the text is shown anyway."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ui import session

_FOLDER = Path(__file__).parent
_KEY = "voice"


@dataclass(frozen=True, slots=True)
class Saying:
    """A text to be said, once for each `text_id`, in a voice of `language` (its two letters).

    `audio` is a WAV file in base64 with the text spoken; the browser keeps it while the page is open, so
    that it need not be handed over again. While one `is_awaited`, nothing is said.
    """

    text: str
    text_id: str
    language: str = "en"
    audio: str = ""
    is_awaited: bool = False


def say(saying: Saying, on_mute: Callable[[bool], None] = lambda _: None) -> None:
    """Say a text: by its own sound, else by the browser's voice.

    Nothing is heard or shown where there is neither. Voice, speed, mute and face are the candidate's choice
    and stay in the browser; `on_mute` is told of one of them.
    """

    def told() -> None:
        on_mute(session.value(_KEY, {}).get("isMuted") is True)

    data = {
        "text": saying.text,
        "id": saying.text_id,
        "language": saying.language,
        "audio": saying.audio,
        "isAwaited": saying.is_awaited,
    }
    _component()(key=_KEY, data=data, on_isMuted_change=told)


def _component() -> Any:
    """Registered at each run: a registration belongs to the running server, not to this module."""
    return st.components.v2.component(
        "voice",
        html=_asset("voice.html"),
        css=_asset("voice.css"),
        js=_asset("sound.js") + _asset("voice.js"),
    )


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
