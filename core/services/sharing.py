"""The use cases of showing a report to others: make a link, list, revoke, and open one."""

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

from core.domain.audit import AuditKind
from core.domain.errors import InvalidInputError, NotFoundError
from core.domain.interview import Interview
from core.domain.share import MOST_SHARES, SHARED_FOR, Share
from core.ports import Clock, InterviewStore
from core.services.guarding import Record, unrecorded
from core.sharing_ports import ShareStore

SECRET_CHARACTERS = 43
"""32 random bytes in URL-safe base 64."""


@dataclass(frozen=True, slots=True)
class SharedInterview:
    """What a link opens: an interview that is over, and what of it may be shown."""

    interview: Interview
    share: Share


@dataclass(frozen=True, slots=True)
class Sharing:
    """A candidate's links to reports. Kept is the SHA-256 of their secrets: these are 256 random bits."""

    shares: ShareStore
    store: InterviewStore
    clock: Clock
    record: Record = unrecorded

    def make_link(
        self, user_id: UUID, interview_id: UUID, *, has_answers: bool
    ) -> tuple[Share, str]:
        """A new link, and the secret in it, which is never to be had again.

        InvalidInputError while the interview goes on, and where there are too many links to it.
        """
        if not self.store.interview(user_id, interview_id).is_over:
            raise InvalidInputError("share", "An interview can be shared when it is over.")
        if len(self.links(user_id, interview_id)) >= MOST_SHARES:
            raise InvalidInputError(
                "share", f"There are {MOST_SHARES} links to this report. Revoke one first."
            )
        now = self.clock.now()
        secret = token_urlsafe(32)
        share = Share(uuid4(), interview_id, has_answers, now, now + SHARED_FOR)
        self.record(user_id, AuditKind.SHARE_MADE)
        self.shares.add_share(user_id, share, _fingerprint(secret))
        return share, secret

    def links(self, user_id: UUID, interview_id: UUID) -> tuple[Share, ...]:
        """The links to a report that open it now, the newest first."""
        now = self.clock.now()
        found = self.shares.shares(user_id, interview_id)
        return tuple(share for share in found if not share.is_expired(now))

    def revoke_link(self, user_id: UUID, share_id: UUID) -> None:
        """Let a link open nothing from now on; one that is gone already changes nothing."""
        self.record(user_id, AuditKind.SHARE_ENDED)
        self.shares.delete_share(user_id, share_id)

    def open_link(self, secret: str) -> SharedInterview | None:
        """What a link shows; None where it is none of ours, expired or revoked, which look the same."""
        if len(secret) != SECRET_CHARACTERS:
            return None
        found = self.shares.shared_by(_fingerprint(secret))
        if found is None or found[1].is_expired(self.clock.now()):
            return None
        user_id, share = found
        try:
            interview = self.store.interview(user_id, share.interview_id)
        except NotFoundError:  # deleted in this very moment
            return None
        return SharedInterview(interview, share)


def _fingerprint(secret: str) -> str:
    return sha256(b"share:" + secret.encode("utf-8", "replace")).hexdigest()
