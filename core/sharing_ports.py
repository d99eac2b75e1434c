"""What the use cases of sharing need from outside, by role."""

from typing import Protocol
from uuid import UUID

from core.domain.share import Share


class ShareStore(Protocol):
    """Keeps links by the fingerprint of what stands in them, which no store ever sees.

    A link goes with its interview. Failures of the database are StoreError.
    """

    def add_share(self, user_id: UUID, share: Share, fingerprint: str) -> None:
        """Store a new link to one of the candidate's interviews; their expired ones are forgotten."""
        ...

    def shares(self, user_id: UUID, interview_id: UUID) -> tuple[Share, ...]:
        """The links to one of the candidate's reports, expired ones included, the newest first."""
        ...

    def delete_share(self, user_id: UUID, share_id: UUID) -> None:
        """Delete a link; harmless when the candidate has none of that id."""
        ...

    def shared_by(self, fingerprint: str) -> tuple[UUID, Share] | None:
        """Whose link has that fingerprint, and which it is; without a candidate's id, as it finds one."""
        ...
