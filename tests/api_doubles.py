"""Stores in memory for what the REST API keeps."""

from datetime import datetime, timedelta
from uuid import UUID

from core.domain.access import AccessToken, KeptReply, Scope
from core.domain.errors import NotFoundError
from tests.builders import NOW

TOKEN_ID = UUID("33333333-0000-4000-8000-000000000005")


def a_token() -> AccessToken:
    """One that may do everything, for a day."""
    return AccessToken(TOKEN_ID, "mine", tuple(Scope), "abcd", NOW, NOW + timedelta(days=1))


class MemoryTokenStore:
    """Keeps tokens as long as the test lasts."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[UUID, AccessToken]] = {}

    def add_token(self, user_id: UUID, token: AccessToken, fingerprint: str) -> None:
        self._rows[fingerprint] = (user_id, token)

    def tokens(self, user_id: UUID) -> tuple[AccessToken, ...]:
        own = [token for owner, token in self._rows.values() if owner == user_id]
        return tuple(sorted(own, key=lambda token: token.created_at, reverse=True))

    def delete_token(self, user_id: UUID, token_id: UUID) -> None:
        for fingerprint, (owner, token) in self._rows.items():
            if (owner, token.id) == (user_id, token_id):
                del self._rows[fingerprint]
                return
        raise NotFoundError("token")

    def owner_of(self, fingerprint: str) -> tuple[UUID, AccessToken] | None:
        return self._rows.get(fingerprint)


class MemoryReplyStore:
    """Keeps replies as long as the test lasts."""

    def __init__(self) -> None:
        self._rows: dict[tuple[UUID, str], KeptReply] = {}

    def reply(self, user_id: UUID, key: str, since: datetime) -> KeptReply | None:
        found = self._rows.get((user_id, key))
        return found if found and found.kept_at >= since else None

    def keep_reply(
        self, user_id: UUID, key: str, reply: KeptReply, since: datetime, most: int
    ) -> None:
        self._rows = {place: row for place, row in self._rows.items() if row.kept_at >= since}
        self._rows.setdefault((user_id, key), reply)
        own = [place for place in self._rows if place[0] == user_id]
        for place in sorted(own, key=lambda p: self._rows[p].kept_at)[: max(0, len(own) - most)]:
            del self._rows[place]
