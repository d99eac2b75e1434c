"""The ways in to an account that this host offers: e-mail, and the providers of `st.login`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from core.bootstrap import application
from core.config import settings
from core.domain.account import Proof
from ui import session

_SECTION = "auth"
_ALONE = ""
REFUSED = "account_refused"
"""Remembers that a provider's word was not taken, so that it is not tried again and again."""
_JUST_NOW = timedelta(minutes=5)
"""So fresh is a provider's word when somebody comes back from it; Streamlit lands them on the first page."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID provider of the host's secrets; `name` is empty where there is one without a name."""

    name: str
    label: str


def can_sign_in() -> bool:
    """Whether there is a way in at all."""
    return bool(settings().supabase_url) or bool(providers())


def providers() -> tuple[Provider, ...]:
    """The providers that the host's secrets name, in their order."""
    section = _section()
    if section.get("client_id"):
        return (Provider(_ALONE, str(section.get("label", "your provider"))),)
    named = {name: found for name, found in section.items() if isinstance(found, Mapping)}
    return tuple(Provider(n, str(found.get("label", n.title()))) for n, found in named.items())


def sign_in_with(provider: Provider) -> None:
    """Leave for a provider's own sign-in; it comes back to the page of Streamlit's that checks the reply."""
    if provider.name == _ALONE:
        st.login()
    else:
        st.login(provider.name)


def provider_proof(now: datetime) -> Proof | None:
    """Who an OpenID provider says is here, None where nobody came from one or the word is too old.

    Streamlit checks the signature, and not how long the word is good for: that is done here.
    """
    told: Mapping[str, Any] = st.user.to_dict() if came_from_provider() else {}
    try:
        expires_at, issued_at = (datetime.fromtimestamp(told[n], UTC) for n in ("exp", "iat"))
        issuer, subject = str(told["iss"]), str(told["sub"])
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    if not issuer or not subject or now >= expires_at:
        return None
    return Proof(issuer, subject, str(told.get("email", "")), issued_at)


def goes_to_account() -> bool:
    """Whether somebody came back from a provider just now and is not signed in yet."""
    if not came_from_provider() or session.value(REFUSED):
        return False
    now = application().clock.now()
    proof = provider_proof(now)
    is_fresh = proof is not None and now - proof.proven_at < _JUST_NOW
    return is_fresh and session.visit().proof is None


def leave_provider() -> None:
    """Forget what the provider said; ends its session as well where it offers that."""
    st.logout()


def came_from_provider() -> bool:
    """Whether Streamlit still keeps a provider's word for this browser."""
    return bool(getattr(st.user, "is_logged_in", False))


def _section() -> Mapping[str, object]:
    if not st.secrets.load_if_toml_exists() or _SECTION not in st.secrets:
        return {}
    section: Mapping[str, object] = st.secrets[_SECTION]
    return section
