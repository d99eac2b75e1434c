"""The browser session: who visits, and what a page remembers between reruns.

The only module that touches `st.session_state`. Pages ask the store in each run how an interview stands;
what a visit has read of it counts as long as its version is the stored one. So a refresh or a second tab
sees the same.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from uuid import UUID

import streamlit as st

from core.bootstrap import application
from core.services.accounts import cookie_name, guest_id, is_guest_token, new_guest_token

_Made = TypeVar("_Made")
_TOKEN = "session_guest_token"  # noqa: S105 - the name of a key


def require_user() -> UUID:
    """The candidate of this visit. Every page begins with this."""
    token = _cookie_token()
    if token:
        return guest_id(token)
    return guest_id(st.session_state.setdefault(_TOKEN, new_guest_token()))


def outlives_session() -> bool:
    """Whether this visit's data can be found again after the tab is closed."""
    return _cookie_token() is not None


def value(key: str, default: Any = None) -> Any:
    """What a page or a widget remembers under a key."""
    return st.session_state.get(key, default)


def remember(key: str, remembered: Any) -> None:
    """Remember a value until the tab is closed."""
    st.session_state[key] = remembered


def remember_first(key: str, remembered: Any) -> None:
    """Remember a value unless there is one under this key: a widget's start value."""
    st.session_state.setdefault(key, remembered)


def forget(key: str) -> None:
    """Remember nothing under this key any more."""
    st.session_state.pop(key, None)


def made_once(key: str, source: Hashable, make: Callable[[], _Made]) -> _Made:
    """What `make` gives, made again only when its `source` is another than in the run before."""
    kept = st.session_state.get(key)
    if kept is None or kept[0] != source:
        kept = st.session_state[key] = (source, make())
    return kept[1]


def query_uuid(name: str) -> UUID | None:
    """An id from the address, None when it is missing or is no id."""
    try:
        return UUID(st.query_params.get(name, ""))
    except ValueError:
        return None


def _cookie_token() -> str | None:
    name = cookie_name(is_hosted=application().settings.is_hosted)
    token = st.context.cookies.get(name, "")
    return token if is_guest_token(token) else None
