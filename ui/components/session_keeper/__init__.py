"""Has the browser fetch its session's cookie, or give it back, from the one route that sets it."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent


def keep_session(ticket: str, then: str) -> bool:
    """Exchange a ticket for the cookie and go to the page `then`; whether that failed."""
    return _send({"method": "POST", "ticket": ticket, "then": then})


def give_session_back(*, everywhere: bool, then: str) -> bool:
    """End the session and go to the page `then`; whether that failed."""
    return _send({"method": "DELETE", "everywhere": everywhere, "then": then})


def _send(data: dict[str, Any]) -> bool:
    """The browser itself sends it: no script reads or writes the cookie, here or there."""
    component = st.components.v2.component("session_keeper", js=_script())
    result = component(key="session_keeper", data=data, on_failed_change=lambda: None)
    return result.failed is not None


@cache
def _script() -> str:
    return (_FOLDER / "session_keeper.js").read_text("utf-8")
