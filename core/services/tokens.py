"""The use cases of personal access tokens: make, list, revoke, and tell whose one is."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

from core.api_ports import TokenStore
from core.domain.access import Access, AccessToken, Scope
from core.domain.audit import AuditKind
from core.domain.errors import InvalidInputError
from core.ports import Clock
from core.services.guarding import Record, unrecorded

PREFIX = "amip_"
"""What every token begins with, so that scanners and our own logs recognise one."""
TOKEN_CHARACTERS = len(PREFIX) + 43
"""The prefix and 32 random bytes in URL-safe base 64."""
MAX_TOKENS = 20
MAX_NAME_CHARACTERS = 60
MAX_DAYS = 365


@dataclass(frozen=True, slots=True)
class Tokens:
    """A candidate's personal access tokens. Kept is their SHA-256 alone: the tokens are 256 random bits."""

    store: TokenStore
    clock: Clock
    record: Record = unrecorded

    def make_token(
        self, user_id: UUID, name: str, scopes: tuple[Scope, ...], days: int
    ) -> tuple[AccessToken, str]:
        """A new token, and the text of it, which is never to be had again.

        InvalidInputError for a name, a number of days or a number of tokens that is out of bounds.
        """
        name = " ".join(name.split())
        if not 1 <= len(name) <= MAX_NAME_CHARACTERS:
            raise InvalidInputError(
                "name", f"Give the token a name of 1 to {MAX_NAME_CHARACTERS} characters."
            )
        if not 1 <= days <= MAX_DAYS:
            raise InvalidInputError("days", f"A token lasts 1 to {MAX_DAYS} days.")
        if len(self.store.tokens(user_id)) >= MAX_TOKENS:
            raise InvalidInputError(
                "tokens", f"There are {MAX_TOKENS} tokens already. Revoke one that is not needed."
            )
        now = self.clock.now()
        text = PREFIX + token_urlsafe(32)
        expires_at = now + timedelta(days=days)
        token = AccessToken(uuid4(), name, scopes, text[-4:], now, expires_at)
        self.record(user_id, AuditKind.TOKEN_MADE)
        self.store.add_token(user_id, token, _fingerprint(text))
        return token, text

    def tokens_of(self, user_id: UUID) -> tuple[AccessToken, ...]:
        """What may be shown of the candidate's tokens, the newest first."""
        return self.store.tokens(user_id)

    def revoke_token(self, user_id: UUID, token_id: UUID) -> None:
        """Let a token open nothing from now on; NotFoundError where there is none of that id."""
        self.record(user_id, AuditKind.TOKEN_REVOKED)
        self.store.delete_token(user_id, token_id)

    def access(self, text: str) -> Access | None:
        """What a token's text opens; None where it is none of ours, expired or revoked."""
        if len(text) != TOKEN_CHARACTERS or not text.startswith(PREFIX):
            return None
        found = self.store.owner_of(_fingerprint(text))
        if found is None or found[1].is_expired(self.clock.now()):
            return None
        user_id, token = found
        return Access(user_id, token.scopes, has_token=True)


def _fingerprint(text: str) -> str:
    return sha256(b"token:" + text.encode("utf-8", "replace")).hexdigest()
