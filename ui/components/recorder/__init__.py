"""Records a spoken answer in the browser and hands it over once."""

from base64 import b64decode
from binascii import Error as BrokenBase64
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

MAX_SECONDS = 300
"""The longest recording: 1.0 MB of Opus at 24 kbit/s."""
MAX_BYTES = 25 * 1024 * 1024
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Progress:
    """What the server knows of recordings made at one place.

    `confirmed` are the ids of those whose words it has stored: the browser forgets them. `pending` is the
    one whose words are being written down, `failed_id` the last one whose could not be, with the reason
    as a `failure`; `failed_at` tells one failure of it from the next.
    """

    confirmed: tuple[str, ...] = ()
    pending: str = ""
    failed_id: str = ""
    failed_at: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording as it was handed over; `audio` is WebM or MP4."""

    id: str
    audio: bytes


@dataclass(frozen=True, slots=True)
class Handed:
    """What the recorder hands over: a clip once, and the id of one that it sent before a reload."""

    clip: Clip | None
    kept_id: str


def recorder(place: str, progress: Progress) -> Handed:
    """The recorder for one place, such as an attempt of an interview.

    It keeps each recording in the browser until `progress` confirms it, through reloads and lost lines.
    """
    result = _component()(
        key=f"recorder_{place}",
        data={
            "place": place,
            "maxSeconds": MAX_SECONDS,
            "confirmed": list(progress.confirmed),
            "pending": progress.pending,
            "failed": {
                "id": progress.failed_id,
                "at": progress.failed_at,
                "sentence": progress.failure,
            },
        },
        on_clip_change=lambda: None,
        on_kept_change=lambda: None,
    )
    return Handed(_clip(result.clip), str(result.kept or ""))


def forget_clips() -> None:
    """Remove every recording that the browser keeps."""
    script = _asset("clips.js") + _asset("forget_clips.js")
    st.components.v2.component("forget_clips", js=script)(key="forget_clips")


def _clip(sent: Any) -> Clip | None:
    """What the browser sent, if it is a recording."""
    if not isinstance(sent, dict) or len(str(sent.get("audio", ""))) > MAX_BYTES * 4 // 3:
        return None
    try:
        audio = b64decode(str(sent.get("audio", "")), validate=True)
    except BrokenBase64:
        return None
    return Clip(str(sent.get("id", ""))[:64], audio)


def _component() -> Any:
    """Registered at each run: a registration belongs to the running server, not to this module."""
    script = "".join(_asset(name) for name in ("clips.js", "microphone.js", "recorder.js"))
    return st.components.v2.component(
        "recorder", html=_asset("recorder.html"), css=_asset("recorder.css"), js=script
    )


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
