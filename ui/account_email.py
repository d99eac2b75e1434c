"""Signing in by e-mail: with a code that is sent, or with a password."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from core.account_ports import SignInService
from core.bootstrap import application
from core.domain.account import Proof
from core.domain.audit import AuditKind
from core.domain.errors import InvalidInputError
from core.domain.limits import Limited
from core.domain.provider_key import Secret
from ui import session
from ui.errors import act
from ui.texts import plain

MIN_PASSWORD_CHARACTERS = 8
_CODE_SENT_TO = "account_code_sent_to"
_EMAIL, _CODE, _PASSWORD = "account_email", "account_code", "account_password"


class _Way(StrEnum):
    CODE = "Code by e-mail"
    PASSWORD = "Password"  # noqa: S105 - a label


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who vouches, and what is done with it."""

    service: SignInService
    arrive: Callable[[Proof], None]


def draw_email(service: SignInService, arrive: Callable[[Proof], None]) -> None:
    """The forms; `arrive` is given the proof of whoever succeeds."""
    desk = _Desk(service, arrive)
    if session.value(_CODE_SENT_TO):
        _draw_code(desk, session.value(_CODE_SENT_TO))
        return
    way = st.segmented_control(
        "Sign in with", list(_Way), default=_Way.CODE, required=True, key="account_way"
    )
    if way == _Way.PASSWORD:
        _draw_password(desk)
    else:
        _draw_address(desk)


def _draw_address(desk: _Desk) -> None:
    with st.form("account_address_form", border=False):
        _draw_email_box()
        st.caption("A code is sent to this address. A new address makes a new account.")
        _submit("Send me a code", _send_code, desk, is_first=True)


def _draw_code(desk: _Desk, email: str) -> None:
    st.success(
        f"A code is on its way to {plain(email)}. It can take a minute; look among unwanted mail, too.",
        icon=":material/mail:",
    )
    with st.form("account_code_form", border=False, clear_on_submit=True):
        st.text_input(
            "Code", key=_CODE, max_chars=12, autocomplete="one-time-code", placeholder="123456"
        )
        _submit("Sign in", _sign_in_with_code, desk, is_first=True)
    with st.container(horizontal=True):
        st.button(
            "Send another code", key="account_resend", on_click=act, args=(_resend, desk, email)
        )
        st.button("Use another address", key="account_other", on_click=act, args=(_start_over,))


def _draw_password(desk: _Desk) -> None:
    with st.form("account_password_form", border=False):
        _draw_email_box()
        st.text_input(
            "Password",
            key=_PASSWORD,
            type="password",
            autocomplete="current-password",
            help=f"For a new account at least {MIN_PASSWORD_CHARACTERS} characters.",
        )
        with st.container(horizontal=True):
            _submit("Sign in", _sign_in_with_password, desk, is_first=True)
            _submit("Make a new account", _sign_up, desk)


def _draw_email_box() -> None:
    st.text_input(
        "E-mail address",
        key=_EMAIL,
        max_chars=254,
        autocomplete="email",
        placeholder="you@example.com",
    )


def _submit(
    label: str, use_case: Callable[[_Desk], None], desk: _Desk, *, is_first: bool = False
) -> None:
    st.form_submit_button(
        label,
        type="primary" if is_first else "secondary",
        on_click=act,
        args=(use_case, desk),
    )


def _send_code(desk: _Desk) -> None:
    _resend(desk, _email())


def _resend(desk: _Desk, email: str) -> None:
    _count_code(email)
    desk.service.send_code(email)
    session.remember(_CODE_SENT_TO, email)


def _count_code(email: str) -> None:
    """Before one is sent, also where a new account has to be confirmed."""
    _count(Limited.SIGN_IN_CODES, email)
    application().guard.auditing.record(session.require_user(), AuditKind.CODE_SENT)


def _count(what: Limited, email: str) -> None:
    application().guard.limiting.take(session.require_user(), what, email.strip().lower())


def _start_over() -> None:
    session.forget(_CODE_SENT_TO)


def _sign_in_with_code(desk: _Desk) -> None:
    code = "".join(str(session.value(_CODE, "")).split())
    if not code:
        raise InvalidInputError("code", "Enter the code from the e-mail.")
    email = session.value(_CODE_SENT_TO)
    _count(Limited.SIGN_IN_TRIES, email)
    desk.arrive(desk.service.with_code(email, code))
    session.forget(_CODE_SENT_TO)


def _sign_in_with_password(desk: _Desk) -> None:
    email, password = _email(), _password()
    _count(Limited.SIGN_IN_TRIES, email)
    desk.arrive(desk.service.with_password(email, password))


def _sign_up(desk: _Desk) -> None:
    """A new account; where the address has to be confirmed first, by the code that was sent."""
    email, password = _email(), _password()
    if len(password.reveal()) < MIN_PASSWORD_CHARACTERS:
        message = f"Choose a password of at least {MIN_PASSWORD_CHARACTERS} characters."
        raise InvalidInputError("password", message)
    _count_code(email)
    proof = desk.service.sign_up(email, password)
    if proof:
        desk.arrive(proof)
    else:
        session.remember(_CODE_SENT_TO, email)


def _email() -> str:
    email = str(session.value(_EMAIL, "")).strip()
    name, at, host = email.rpartition("@")
    if not name or not at or "." not in host or len(email.split()) != 1:
        raise InvalidInputError("email", "Enter your e-mail address, such as you@example.com.")
    return email


def _password() -> Secret:
    password = str(session.value(_PASSWORD, ""))
    if not password:
        raise InvalidInputError("password", "Enter your password.")
    return Secret(password)
