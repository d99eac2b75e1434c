"""What callers from outside the pages need kept, by role. Failures are StoreError."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.domain.access import AccessToken, KeptReply
from core.domain.provider_key import ProviderKey


class TokenStore(Protocol):
    """Keeps personal access tokens by their fingerprints."""

    def add_token(self, user_id: UUID, token: AccessToken, fingerprint: str) -> None:
        """Store a new token of the candidate's."""
        ...

    def tokens(self, user_id: UUID) -> tuple[AccessToken, ...]:
        """The candidate's tokens, expired ones included, the newest first."""
        ...

    def delete_token(self, user_id: UUID, token_id: UUID) -> None:
        """Delete a token; NotFoundError where the candidate has none of that id."""
        ...

    def owner_of(self, fingerprint: str) -> tuple[UUID, AccessToken] | None:
        """Whose token has that fingerprint, and which it is.

        The one look-up without a candidate's id: it is how the id is found.
        """
        ...


class ReplyStore(Protocol):
    """Keeps replies by candidate and idempotency key, for a bounded time."""

    def reply(self, user_id: UUID, key: str, since: datetime) -> KeptReply | None:
        """The reply kept under a key `since` then, None where there is none."""
        ...

    def keep_reply(
        self, user_id: UUID, key: str, reply: KeptReply, since: datetime, most: int
    ) -> None:
        """Keep a reply unless one is kept under the key.

        Those from before `since` are forgotten (on Postgres the candidate's own, elsewhere everyone's), and the candidate's beyond the newest `most`. Nothing
        is kept of a candidate who was deleted meanwhile.
        """
        ...


class LentKeys(Protocol):
    """Keeps keys in memory alone, while work goes on that a caller sent one for."""

    def lend(self, user_id: UUID, key: ProviderKey) -> None:
        """Have the key at hand until it is given back as often as it was lent."""
        ...

    def give_back(self, user_id: UUID, key: ProviderKey) -> None:
        """Forget the key, once as often as it was lent."""
        ...
