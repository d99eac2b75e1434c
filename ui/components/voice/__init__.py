"""The interviewer's voice: the browser says the question, with a simple face; the text is shown anyway."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent


def say(text: str, text_id: str, language: str = "en") -> None:
    """Say `text` once for each `text_id`, in a voice of `language` (its two letters).

    Nothing is heard or shown in a browser without such a voice. Voice, speed, mute and face are the
    candidate's choice and stay in the browser.
    """
    _component()(key="voice", data={"text": text, "id": text_id, "language": language})


def _component() -> Any:
    """Registered at each run: a registration belongs to the running server, not to this module."""
    return st.components.v2.component(
        "voice", html=_asset("voice.html"), css=_asset("voice.css"), js=_asset("voice.js")
    )


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
