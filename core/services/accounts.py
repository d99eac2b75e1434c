"""Who a visitor is before anyone signs in: a guest, known by a secret that only the browser has."""

from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

COOKIE_NAME = "guest"
SECURE_COOKIE_NAME = "__Host-guest"
COOKIE_MAX_AGE_SECONDS = 400 * 24 * 3600
"""400 days, the longest that browsers keep a cookie (RFC 6265bis)."""
TOKEN_CHARACTERS = 43
"""32 random bytes in URL-safe base 64."""

LOCAL_CANDIDATE = UUID(bytes=sha256(b"local command line").digest()[:16])
"""The one candidate of the command line; no browser's token leads to it."""


def cookie_name(*, is_hosted: bool) -> str:
    """The cookie's name; `__Host-` ties it to https and to this very host."""
    return SECURE_COOKIE_NAME if is_hosted else COOKIE_NAME


def new_guest_token() -> str:
    """A fresh secret for a browser, 256 bits."""
    return token_urlsafe(32)


def is_guest_token(value: str) -> bool:
    """Whether a cookie's value has the form of a token made here."""
    plain = value.replace("-", "a").replace("_", "a")
    return len(value) == TOKEN_CHARACTERS and plain.isascii() and plain.isalnum()


def guest_id(token: str) -> UUID:
    """The candidate of a token: the first 128 bits of its SHA-256, so the token itself is never kept."""
    return UUID(bytes=sha256(b"guest:" + token.encode()).digest()[:16])
