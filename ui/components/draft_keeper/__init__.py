"""The line under the answer box: words, “Draft saved”, time; the keeping of the draft, and its time limit."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from core.domain.errors import StoreError
from core.domain.timing import GRACE_SECONDS
from ui import session

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Draft:
    """Which draft to keep: `box` is the key of the text area, `saved` what the server has of it.

    `used_seconds` is the time shown. `seconds_left` is None where there is no limit, and negative where
    it is over. `heard` are recordings by id with their words: the browser puts each behind what is typed,
    once.
    """

    interview_id: str
    box: str
    saved: str
    used_seconds: float = 0.0
    seconds_left: float | None = None
    heard: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What the browser says: the text at the last pause, None before the first.

    `overtime_answer` is empty, or the answer to take because its time and the grace after it are over.
    """

    draft: str | None
    overtime_answer: str


def draft_keeper(draft: Draft, on_draft: Callable[[str], None]) -> Typed:
    """Keep what is typed into the text area with the key `draft.box`.

    `on_draft` is called with the text after each pause in typing, at the beginning of the rerun that it
    causes (inside a fragment, only the fragment's); a StoreError of it is dropped there. The caller can
    tell by the returned draft that it is not saved: also after a line to a new session was made, which
    knows what was typed and no callback of it.
    """
    key = f"{draft.box}_keeper"

    def changed() -> None:
        with suppress(StoreError):
            on_draft(str(session.value(key, {}).get("draft") or ""))

    result = _component()(
        key=key,
        data={
            "id": f"{draft.interview_id}:{draft.box}",
            "interview": draft.interview_id,
            "box": draft.box,
            "saved": draft.saved,
            "usedSeconds": draft.used_seconds,
            "secondsLeft": draft.seconds_left,
            "graceSeconds": GRACE_SECONDS,
            "heard": [{"id": take, "text": text} for take, text in draft.heard],
        },
        on_draft_change=changed,
        on_over_change=lambda: None,
    )
    return Typed(None if result.draft is None else str(result.draft), str(result.over or ""))


def forget_drafts(interview_id: str = "") -> None:
    """Remove what the browser kept of an interview's drafts; of all interviews' without an id."""
    component = st.components.v2.component("forget_drafts", js=_asset("forget_drafts.js"))
    component(key=f"forget_drafts_{interview_id}", data={"interview": interview_id})


def _component() -> Any:
    """Registered at each run: a registration belongs to the running server, not to this module."""
    return st.components.v2.component(
        "draft_keeper",
        html=_asset("draft_keeper.html"),
        css=_asset("draft_keeper.css"),
        js=_asset("draft_keeper.js"),
    )


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
