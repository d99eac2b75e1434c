"""The Account page: become known in every browser, or stay a guest; sign out."""

import streamlit as st

from core.bootstrap import Application
from core.domain.account import Proof
from core.domain.errors import InterviewError
from ui import session
from ui.account_email import draw_email
from ui.account_ways import (
    REFUSED,
    came_from_provider,
    can_sign_in,
    leave_provider,
    provider_proof,
    providers,
    sign_in_with,
)
from ui.components.session_keeper import give_session_back, keep_session
from ui.errors import act, show_error, show_remembered
from ui.texts import plain

_TICKET = "account_ticket"
_LEAVING = "account_leaving"
_HERE = "/account"
_FAILED = "This did not get through. Nothing was changed and nothing is lost; check the line, and try again."


def draw_account(app: Application) -> None:
    """Who this browser is, and what can be done about it."""
    visit = session.visit()
    if session.value(_TICKET):
        _draw_arriving()
    elif visit.proof and session.value(_LEAVING):
        _draw_leaving()
    elif visit.proof:
        show_remembered()
        _draw_signed_in(app, visit.proof)
    else:
        _draw_guest(app)


# --- a guest --------------------------------------------------------------------------------------


def _draw_guest(app: Application) -> None:
    if not can_sign_in():
        st.write("There is nothing to sign in to here: everything works without an account.")
        return
    _take_provider_proof(app)
    st.write(
        "You are a guest, and everything works as it is: what you do is kept for this browser. With an account "
        "you find it in every browser in which you sign in."
    )
    _draw_what_happens(app)
    show_remembered()
    for provider in providers():
        st.button(
            f"Continue with {plain(provider.label)}",
            key=f"account_provider_{provider.name}",
            icon=":material/login:",
            on_click=_leave_for,
            args=(provider.name,),
        )
    if app.signing_in.service:
        draw_email(app.signing_in.service, lambda proof: _arrive(app, proof))


def _draw_what_happens(app: Application) -> None:
    """Said before anything happens, with the numbers that it is about."""
    kept = len(app.interviewing.interviews(session.require_user()))
    mine = {0: "What you do here", 1: "Your interview here"}.get(
        kept, f"Your {kept} interviews here"
    )
    with st.container(border=True, key="account_what_happens"):
        st.markdown(
            f":material/info: **{mine}, your resume and your keys come along.** A new account begins with "
            "them; to one that you have already they are added, once. If it has a key for the same provider, "
            "its own stays. From then on this browser shows them only while you are signed in."
        )
        if app.tokens.tokens_of(session.require_user()):
            st.caption(
                "Access tokens that were made here as a guest end then. Make new ones in Settings afterwards."
            )
        if not session.sends_cookies():
            st.caption(
                "Your browser’s cookies do not arrive here, so you will be signed in until you close or reload this tab."
            )


def _leave_for(name: str) -> None:
    chosen = next((found for found in providers() if found.name == name), None)
    session.forget(REFUSED)
    if chosen:
        sign_in_with(chosen)


def _take_provider_proof(app: Application) -> None:
    """Sign in whoever comes back from a provider; what is too old, or was signed out, is said once."""
    if not came_from_provider() or session.value(REFUSED):
        return
    proof = provider_proof(app.clock.now())
    try:
        if proof:
            _arrive(app, proof)
    except InterviewError as error:
        show_error(error)
    if session.value(_TICKET) or session.visit().proof:
        st.rerun()
    session.remember(REFUSED, True)
    if proof is None:
        st.info(
            "What your provider said of you is too old. Sign in again.", icon=":material/history:"
        )


# --- in, and out ----------------------------------------------------------------------------------


def _arrive(app: Application, proof: Proof) -> None:
    """Become who the proof is of; in this tab alone where the browser keeps no cookie."""
    guest = session.guest_token()
    ticket = app.signing_in.begin(proof, guest)
    if session.sends_cookies():
        session.remember(_TICKET, ticket)
    else:
        session.begin_here(app.signing_in.claim(ticket, guest))


def _draw_arriving() -> None:
    st.write("Signing you in …")
    if keep_session(session.value(_TICKET), _HERE):
        session.forget(_TICKET)
        st.error(_FAILED, icon=":material/cloud_off:")
        st.button("Back to signing in", key="account_back")


def _draw_signed_in(app: Application, proof: Proof) -> None:
    with st.container(border=True, key="account_known"):
        st.markdown(f":material/verified_user: You are signed in as {_named(proof)}.")
        st.caption(
            "Your interviews, resume and keys belong to this account, and are here in every browser in which you "
            f"sign in. After {_hours(app)} without use, and after {app.signing_in.lifetime.days} days in any case, "
            "a browser is signed out."
        )
    with st.container(horizontal=True):
        _draw_sign_out(app, "Sign out", everywhere=False)
        _draw_sign_out(app, "Sign out everywhere", everywhere=True)
    st.caption(
        "Signing out deletes nothing. Afterwards this browser is a new guest, who sees nothing of the account."
    )


def _named(proof: Proof) -> str:
    """The e-mail address as a text: as Markdown it would become a link."""
    email = proof.email.replace("`", "")
    return f"`{email}`" if email else "yourself"


def _hours(app: Application) -> str:
    hours = int(app.signing_in.idle.total_seconds() // 3600)
    return f"{hours} hour{'' if hours == 1 else 's'}"


def _draw_sign_out(app: Application, label: str, *, everywhere: bool) -> None:
    st.button(
        label,
        key=f"account_{'everywhere' if everywhere else 'out'}",
        icon=":material/devices:" if everywhere else ":material/logout:",
        on_click=act,
        args=(_leave, app, everywhere),
    )


def _leave(app: Application, everywhere: bool) -> None:
    """Begin to sign out: the browser gives its cookie back; without one the tab is a guest at once."""
    if session.sends_cookies():
        session.remember(_LEAVING, "everywhere" if everywhere else "here")
        return
    visit = session.visit()
    if everywhere:
        app.signing_in.sign_out_everywhere(visit.user_id)
    app.signing_in.sign_out(visit.session_token)
    session.end_here()
    if came_from_provider():
        leave_provider()


def _draw_leaving() -> None:
    st.write("Signing you out …")
    is_everywhere = session.value(_LEAVING) == "everywhere"
    then = "/auth/logout" if came_from_provider() else _HERE
    if give_session_back(everywhere=is_everywhere, then=then):
        session.forget(_LEAVING)
        st.error(f"{_FAILED} You are still signed in.", icon=":material/cloud_off:")
        st.button("Back to the account", key="account_stay")
