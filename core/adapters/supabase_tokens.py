"""Tokens that Supabase Auth hands to those who are signed in there (JSON Web Tokens), checked."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jwt
from jwt import PyJWK

from core.adapters.signing_keys import ALGORITHMS
from core.domain.account import Proof

AUDIENCE = ROLE = "authenticated"
MAX_CHARACTERS = 8192
MAX_SUBJECT_CHARACTERS = 255
LEEWAY_SECONDS = 30
"""By how much the provider's clock may differ from ours."""
_PARTS = 3
_REQUIRED = ["exp", "iat", "iss", "aud", "sub"]
FindKey = Callable[[str, str], PyJWK | None]


class SupabaseTokens:
    """Tells who a token vouches for. Nothing in a token decides how it is checked but the key's id."""

    def __init__(self, issuer: str, find_key: FindKey) -> None:
        """Take who has to have issued the tokens, and what finds a key by its id and algorithm."""
        self._issuer = issuer
        self._find_key = find_key

    def proof(self, text: str) -> Proof | None:
        """Who is vouched for, None where the token is none of that issuer's, or not good now.

        VoucherAwayError where that cannot be told, because the issuer's keys cannot be had.
        """
        if not is_web_token(text):
            return None
        try:
            claims = self._claims(text)
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError):
            return None
        if claims is None or claims.get("role") != ROLE or claims.get("is_anonymous", False):
            return None  # who is anonymous there is nobody that is vouched for
        subject = claims["sub"]
        if not 1 <= len(subject) <= MAX_SUBJECT_CHARACTERS:
            return None
        email = claims.get("email")
        issued_at = datetime.fromtimestamp(claims["iat"], UTC)
        return Proof(self._issuer, subject, email if isinstance(email, str) else "", issued_at)

    def _claims(self, text: str) -> dict[str, Any] | None:
        header = jwt.get_unverified_header(text)
        key_id, algorithm = header.get("kid"), header.get("alg")
        if not isinstance(key_id, str) or algorithm not in ALGORITHMS:
            return None
        key = self._find_key(key_id, algorithm)
        if key is None:
            return None
        return jwt.decode(
            text,
            key,
            algorithms=[algorithm],
            audience=AUDIENCE,
            issuer=self._issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": _REQUIRED, "enforce_minimum_key_length": True},
        )


def is_web_token(text: str) -> bool:
    """Whether it has the form of one; what is too long is not looked at."""
    return len(text) <= MAX_CHARACTERS and text.isascii() and text.count(".") == _PARTS - 1
