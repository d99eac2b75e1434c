"""Records a spoken answer in the browser and hands it over once."""

from base64 import b64decode
from binascii import Error as BrokenBase64
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID

import streamlit as st

from core.domain.attempt import MAX_ANSWER_CHARACTERS
from core.domain.delivery import FACTS, Measure
from ui import session

MAX_SECONDS = 300
"""The longest recording: 1.0 MB of Opus at 24 kbit/s."""
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Progress:
    """What the server knows of recordings made at one place.

    `confirmed` are the ids of those whose words it has stored: the browser forgets them. `pending` is the
    one whose words are being written down, `failed_id` the last one whose could not be, with the reason
    as a `failure`; `failed_at` tells one failure of it from the next, `may_cost_again` that sending it
    once more may be charged once more.
    """

    confirmed: tuple[str, ...] = ()
    pending: str = ""
    failed_id: str = ""
    failed_at: str = ""
    failure: str = ""
    may_cost_again: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording as it was handed over; `audio` is what the browser says is WebM or MP4.

    `may_repeat` is true where the candidate sent it on being told that this may be charged again.
    """

    id: UUID
    audio: bytes
    may_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How the recorder behaves: the language of captions (ISO 639-1), whether it can send, whether it coaches.

    Unless it can send, a recording waits in the browser.
    """

    language: str
    can_send: bool
    has_tips: bool


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is called at the beginning of the rerun in which the recorder hands something over.

    `on_clip` gets a recording, `on_kept` the id of one that was handed over before a reload and is not
    confirmed, `on_captions` a recording's id and the words that the browser's own recognition heard.
    """

    on_clip: Callable[[Clip], None]
    on_kept: Callable[[UUID], None]
    on_captions: Callable[[UUID, str], None]


def recorder(place: str, progress: Progress, listener: Listener, manner: Manner) -> None:
    """The recorder for one place, such as an attempt of an interview.

    It keeps each recording in the browser until `progress` confirms it, through reloads and lost lines.
    """
    key = f"recorder_{place}"
    _component()(
        key=key,
        data=_data(place, progress, manner),
        on_clip_change=partial(_handed, key, listener),
        on_kept_change=partial(_asked, key, listener),
        on_captions_change=partial(_captioned, key, listener),
    )


def _data(place: str, progress: Progress, manner: Manner) -> dict[str, Any]:
    """What the browser's part is told."""
    failed = {
        "id": progress.failed_id,
        "at": progress.failed_at,
        "sentence": progress.failure,
        "mayCostAgain": progress.may_cost_again,
    }
    return {
        "place": place,
        "maxSeconds": MAX_SECONDS,
        "language": manner.language,
        "canSend": manner.can_send,
        "hasTips": manner.has_tips,
        "mostWordsAMinute": _most_words(),
        "confirmed": list(progress.confirmed),
        "pending": progress.pending,
        "failed": failed,
    }


def _most_words() -> float | None:
    """How many words a minute are still easy to follow."""
    known = FACTS[Measure.PACE].comfortable
    return known.high if known else None


def _handed(key: str, listener: Listener) -> None:
    clip = _clip(session.value(key, {}).get("clip"))
    if clip:
        listener.on_clip(clip)


def _asked(key: str, listener: Listener) -> None:
    recording_id = _id(session.value(key, {}).get("kept"))
    if recording_id:
        listener.on_kept(recording_id)


def _captioned(key: str, listener: Listener) -> None:
    sent = session.value(key, {}).get("captions") or {}
    recording_id = _id(sent.get("id"))
    if recording_id and sent.get("text"):
        listener.on_captions(recording_id, str(sent["text"])[:MAX_ANSWER_CHARACTERS])


def forget_clips() -> None:
    """Remove every recording that the browser keeps."""
    script = _asset("clips.js") + _asset("forget_clips.js")
    st.components.v2.component("forget_clips", js=script)(key="forget_clips")


def _clip(sent: Any) -> Clip | None:
    """What the browser sent, if it is a recording."""
    try:
        audio = b64decode(sent["audio"], validate=True)
        return Clip(UUID(sent["id"]), audio, may_repeat=sent.get("mayRepeat") is True)
    except (BrokenBase64, KeyError, TypeError, ValueError):
        return None


def _id(sent: Any) -> UUID | None:
    try:
        return UUID(str(sent))
    except ValueError:
        return None


def _component() -> Any:
    """Registered at each run: a registration belongs to the running server, not to this module."""
    script = "".join(
        _asset(name)
        for name in ("clips.js", "microphone.js", "captions.js", "tips.js", "recorder.js")
    )
    return st.components.v2.component(
        "recorder", html=_asset("recorder.html"), css=_asset("recorder.css"), js=script
    )


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
