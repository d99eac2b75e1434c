"""Says whether the microphone is good enough; all in the browser, nothing is recorded or sent."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent
_MICROPHONE = _FOLDER.parent / "recorder" / "microphone.js"


def mic_check() -> None:
    """A button that listens for some seconds: level, noise, and whether a voice was heard."""
    _component()(key="mic_check")


def _component() -> Any:
    """Registered at each run: a registration belongs to the running server, not to this module."""
    return st.components.v2.component(
        "mic_check",
        html=_read(_FOLDER / "mic_check.html"),
        css=_read(_FOLDER / "mic_check.css"),
        js=_read(_MICROPHONE) + _read(_FOLDER / "mic_check.js"),
    )


@cache
def _read(path: Path) -> str:
    return path.read_text("utf-8")
