"""Who may do what from outside the pages: personal access tokens and their scopes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Scope(StrEnum):
    """What a token allows: looking, or changing as well."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What may be shown of a personal access token; the token itself is kept nowhere.

    `last4` is its end, to recognise it by.
    """

    id: UUID
    name: str
    scopes: tuple[Scope, ...]
    last4: str
    created_at: datetime
    expires_at: datetime

    def is_expired(self, now: datetime) -> bool:
        """Whether it opens nothing any more."""
        return now >= self.expires_at


@dataclass(frozen=True, slots=True)
class Access:
    """A caller whose identity is known: the candidate, and what may be done in their name.

    `has_token` tells a program with a token from a browser with its cookie.
    """

    user_id: UUID
    scopes: tuple[Scope, ...]
    has_token: bool


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A reply that was given to a request with an idempotency key.

    `request` is a fingerprint of that request; `headers` are those that belong to the reply's content.
    """

    request: str
    status: int
    body: str
    headers: dict[str, str]
    kept_at: datetime
