"""The Access tokens section of Settings: for programs that call the REST API."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.access import AccessToken, Scope
from core.domain.errors import InterviewError
from core.services.tokens import MAX_NAME_CHARACTERS
from ui import session
from ui.errors import act, show_error, show_remembered
from ui.texts import plain

_MADE = "tokens_made"
_DAYS = (7, 30, 90, 365)
_SCOPES = {"Read and change": tuple(Scope), "Read only": (Scope.READ,)}


def draw_tokens(app: Application, user: UUID) -> None:
    """Every token, the form for another one, and the one just made: it is shown once."""
    st.header("Access tokens", anchor=False)
    st.write(
        "With a token a program of yours can do what these pages do: upload a resume, start an interview, "
        "answer, get the result. The [description of the API](/api/docs) tells how. Whoever has the token has "
        "your access."
    )
    show_remembered()
    _draw_made()
    for token in app.tokens.tokens_of(user):
        _draw_token(app, user, token)
    with st.expander("Make a token", icon=":material/vpn_key:", key="tokens_add"):
        _draw_form(app)


def _draw_made() -> None:
    """The text of a token that was made in the run before; it is remembered no longer than that."""
    made = session.value(_MADE)
    if made:
        session.forget(_MADE)
        st.success(
            "This is your token. Copy it now: it is not kept and cannot be shown again.",
            icon=":material/check_circle:",
        )
        st.code(made, language=None)


def _draw_token(app: Application, user: UUID, token: AccessToken) -> None:
    is_expired = token.is_expired(app.clock.now())
    until = "expired" if is_expired else f"until {token.expires_at:%d %B %Y}"
    may = "read and change" if Scope.WRITE in token.scopes else "read only"
    with st.container(border=True):
        st.markdown(f"**{plain(token.name)}** •••{plain(token.last4)}")
        st.caption(f"{may}, {until}")
        st.button(
            f"Revoke {plain(token.name)}",
            key=f"tokens_revoke_{token.id}",
            type="tertiary",
            icon=":material/delete:",
            on_click=act,
            args=(app.tokens.revoke_token, user, token.id),
        )


def _draw_form(app: Application) -> None:
    with st.form("tokens_form", border=False, clear_on_submit=True):
        name = st.text_input("Name of the token", key="tokens_name", max_chars=MAX_NAME_CHARACTERS)
        scopes = st.radio("It may", list(_SCOPES), key="tokens_scopes", horizontal=True)
        days = st.selectbox(
            "It lasts", _DAYS, index=1, key="tokens_days", format_func=lambda d: f"{d} days"
        )
        if st.form_submit_button("Make token", type="primary"):
            _make(app, name, _SCOPES[scopes], days)


def _make(app: Application, name: str, scopes: tuple[Scope, ...], days: int) -> None:
    try:
        _, text = app.tokens.make_token(session.require_user_now(), name, scopes, days)
    except InterviewError as error:
        show_error(error)
        return
    session.remember(_MADE, text)
    st.rerun()
