"""A ShareStore in memory, and links to begin with."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from core.domain.share import SHARED_FOR, Share
from tests.builders import INTERVIEW_ID, NOW

SHARE_ID = UUID("44444444-0000-4000-8000-000000000006")


def a_share(**changes: Any) -> Share:
    """A fresh link to the scores of one interview."""
    return replace(Share(SHARE_ID, INTERVIEW_ID, False, NOW, NOW + SHARED_FOR), **changes)


class MemoryShareStore:
    """Keeps links as long as the test lasts."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[UUID, Share]] = {}

    def add_share(self, user_id: UUID, share: Share, fingerprint: str) -> None:
        kept = {
            text: (owner, old)
            for text, (owner, old) in self._rows.items()
            if owner != user_id or not old.is_expired(share.created_at)
        }
        self._rows = kept | {fingerprint: (user_id, share)}

    def shares(self, user_id: UUID, interview_id: UUID) -> tuple[Share, ...]:
        own = [
            share
            for owner, share in self._rows.values()
            if (owner, share.interview_id) == (user_id, interview_id)
        ]
        return tuple(sorted(own, key=lambda share: share.created_at, reverse=True))

    def delete_share(self, user_id: UUID, share_id: UUID) -> None:
        self._rows = {
            text: row
            for text, row in self._rows.items()
            if (row[0], row[1].id) != (user_id, share_id)
        }

    def shared_by(self, fingerprint: str) -> tuple[UUID, Share] | None:
        return self._rows.get(fingerprint)
