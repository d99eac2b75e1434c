"""The browser session: who visits, and what a page remembers between reruns.

The only module that touches `st.session_state`. Pages ask the store in each run how an interview stands;
what a visit has read of it counts as long as its version is the stored one. So a refresh or a second tab
sees the same.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import streamlit as st

from core.bootstrap import application
from core.domain.account import Proof
from core.domain.errors import SessionEndedError
from core.services.accounts import cookie_name, guest_id, is_guest_token, new_guest_token
from core.services.signing_in import session_cookie_name

_Made = TypeVar("_Made")
_ADDRESS_HEADER = "X-Visitor-Address"
"""Set by the launcher alone; what a browser sends under this name does not arrive."""
_TOKEN = "session_guest_token"  # noqa: S105 - the name of a key
_SESSION_TOKEN = "session_token"  # noqa: S105 - the name of a key
_SPARE_TOKEN = "session_spare_token"  # noqa: S105 - the name of a key
_VISIT = "session_visit"
RECHECK_SECONDS = 5.0
"""So long may a tab that was signed out elsewhere go on."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who visits. `session_token` is empty for a guest; with a `proof` they are signed in."""

    user_id: UUID
    session_token: str = ""
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A visit as it was looked up at a moment of the monotonic clock, with the tab's own secrets then."""

    at: float
    tab_tokens: tuple[object, object]
    visit: Visit


def require_user() -> UUID:
    """The candidate of this visit. Every page begins with this."""
    return visit().user_id


def visit() -> Visit:
    """Who visits, looked up again every few seconds.

    SessionEndedError where it is not who it was: then the tab shows what is not theirs any more.
    """
    before = _seen_before()
    if before and time.monotonic() - before.at < RECHECK_SECONDS:
        return before.visit
    return _looked_up(before)


def require_user_now() -> UUID:
    """The candidate of this very moment: for what gives access beyond the visit.

    SessionEndedError as in `visit`.
    """
    return _looked_up(_seen_before()).user_id


def outlives_session() -> bool:
    """Whether this visit's data can be found again after the tab is closed."""
    return visit().proof is not None or _cookie_token() is not None


def guest_token() -> str:
    """The secret of this browser as a guest; of this tab alone where the browser sends no cookie."""
    token: str = _cookie_token() or st.session_state.setdefault(_TOKEN, new_guest_token())
    return token


def sends_cookies() -> bool:
    """Whether the browser's guest cookie arrives here, so that a session's will, too."""
    return _cookie_token() is not None


def visitor_address() -> str:
    """From where the visitor comes, empty where that is unknown or tells nobody apart."""
    return str(st.context.headers.get(_ADDRESS_HEADER, ""))


def begin_here(token: str) -> None:
    """Be signed in in this tab, until it is closed: for a browser whose cookies do not arrive."""
    st.session_state[_SESSION_TOKEN] = token


def end_here() -> None:
    """Be a guest again in this tab, one that nobody was before."""
    st.session_state.pop(_SESSION_TOKEN, None)
    st.session_state[_TOKEN] = new_guest_token()


def look_again() -> None:
    """Who visits has just changed by the visitor's own doing: look it up anew, and wonder at nothing."""
    st.session_state.pop(_VISIT, None)


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


def _seen_before() -> _Seen | None:
    """The visit as it was looked up last, None where the tab itself signed in or out since."""
    seen: _Seen | None = st.session_state.get(_VISIT)
    return seen if seen and seen.tab_tokens == _tab_tokens() else None


def _tab_tokens() -> tuple[object, object]:
    return st.session_state.get(_TOKEN), st.session_state.get(_SESSION_TOKEN)


def _looked_up(before: _Seen | None) -> Visit:
    found = _found()
    if before and before.visit.user_id != found.user_id:
        raise SessionEndedError
    st.session_state[_VISIT] = _Seen(time.monotonic(), _tab_tokens(), found)
    return found


def _found() -> Visit:
    """Who is signed in; else the guest, who is a new one where the cookie was an account's."""
    signing_in = application().signing_in
    token = _session_token()
    known = signing_in.signed_in(token) if token else None
    if known:
        return Visit(known.user_id, token, known.session.proof)
    guest = guest_id(guest_token())
    if signing_in.is_account(guest):
        guest = guest_id(st.session_state.setdefault(_SPARE_TOKEN, new_guest_token()))
    return Visit(guest)


def _session_token() -> str:
    name = session_cookie_name(is_hosted=application().settings.is_hosted)
    return str(st.session_state.get(_SESSION_TOKEN) or st.context.cookies.get(name, ""))


def _cookie_token() -> str | None:
    name = cookie_name(is_hosted=application().settings.is_hosted)
    token = st.context.cookies.get(name, "")
    return token if is_guest_token(token) else None
