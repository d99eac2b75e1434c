"""Has a page drawn anew when the line to the server is back, and shown from its top at another place.

Both in one component: each costs every run its share.
"""

from functools import cache
from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent


def watch_line(place: str, *, is_read: bool) -> None:
    """Ask for a whole run after a lost line, and scroll up where `place` is another than before.

    To be called outside fragments. A server that was started again, or waited for too long, has forgotten
    this visit; it would ignore whatever a fragment of the page sends, and the page would do nothing for
    ever. Where the new place `is_read` first, the keyboard's focus goes to its heading if nothing has it.
    """
    component = st.components.v2.component(
        "line_watcher", js=_asset("page_top.js") + _asset("line_watcher.js")
    )
    component(
        key="line_watcher",
        data={"place": place, "isRead": is_read},
        on_back_change=lambda: None,
    )


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
