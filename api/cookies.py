"""The two cookies that are ours, which no script can read: a browser's guest, and its session."""

from core.services.accounts import COOKIE_MAX_AGE_SECONDS, cookie_name, new_guest_token
from core.services.signing_in import session_cookie_name


def new_guest_cookie(*, is_hosted: bool) -> str:
    """Makes the browser a guest that nobody was before."""
    name = cookie_name(is_hosted=is_hosted)
    return _cookie(name, new_guest_token(), COOKIE_MAX_AGE_SECONDS, is_hosted=is_hosted)


def session_cookie(token: str, max_age_seconds: int, *, is_hosted: bool) -> str:
    """Signs the browser in."""
    name = session_cookie_name(is_hosted=is_hosted)
    return _cookie(name, token, max_age_seconds, is_hosted=is_hosted)


def no_session_cookie(*, is_hosted: bool) -> str:
    """Takes the session's cookie away."""
    return _cookie(session_cookie_name(is_hosted=is_hosted), "", 0, is_hosted=is_hosted)


def _cookie(name: str, value: str, max_age_seconds: int, *, is_hosted: bool) -> str:
    secure = "; Secure" if is_hosted else ""
    return f"{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}"
