"""The use case of a repeated request: it gets the reply of the first one.

A key needs no lock. Every use case is safe to repeat, so a second request that comes before the first
one is answered, or after a crash, does the same once more to the same effect.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from core.api_ports import ReplyStore
from core.domain.access import KeptReply
from core.domain.errors import KeyReusedError
from core.ports import Clock

KEPT = timedelta(hours=24)
MAX_REPLIES = 500
MAX_REPLY_CHARACTERS = 500_000


@dataclass(frozen=True, slots=True)
class Replies:
    """Remembers the replies to requests that carry an idempotency key, for a day."""

    store: ReplyStore
    clock: Clock

    def reply(self, user_id: UUID, key: str, request: str) -> KeptReply | None:
        """What was replied to this request before; KeyReusedError where the key was another one's."""
        found = self.store.reply(user_id, key, self.clock.now() - KEPT)
        if found is not None and found.request != request:
            raise KeyReusedError
        return found

    def keep(self, user_id: UUID, key: str, reply: KeptReply) -> None:
        """Keep a reply; the first one stays, and one that is too long is not kept."""
        now = self.clock.now()
        if len(reply.body) <= MAX_REPLY_CHARACTERS:
            kept = replace(reply, kept_at=now)
            self.store.keep_reply(user_id, key, kept, now - KEPT, MAX_REPLIES)
