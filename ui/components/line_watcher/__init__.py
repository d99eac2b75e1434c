"""Has a page drawn anew when the line to the server was lost and is back."""

from functools import cache
from pathlib import Path

import streamlit as st


def watch_line() -> None:
    """Ask for a whole run after a lost line. To be called outside fragments.

    A server that was started again, or waited for too long, has forgotten this visit; it would ignore
    whatever a fragment of the page sends, and the page would do nothing for ever.
    """
    component = st.components.v2.component("line_watcher", js=_script())
    component(key="line_watcher", on_back_change=lambda: None)


@cache
def _script() -> str:
    return Path(__file__).with_name("line_watcher.js").read_text("utf-8")
