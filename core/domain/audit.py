"""What is noted for whoever has to find out what happened to an account: never what was said in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class AuditKind(StrEnum):
    """What happened."""

    CODE_SENT = "sign-in code sent"
    SIGNED_IN = "signed in"
    SIGN_IN_REFUSED = "sign-in refused"
    SIGNED_OUT = "signed out"
    SIGNED_OUT_EVERYWHERE = "signed out everywhere"
    KEY_ADDED = "key added"
    KEY_REMOVED = "key removed"
    TOKEN_MADE = "token made"  # noqa: S105 - a word for an event
    TOKEN_REVOKED = "token revoked"  # noqa: S105 - a word for an event
    SHARE_MADE = "share made"
    SHARE_ENDED = "share ended"
    EXPORTED = "exported"
    RESTORED = "restored"
    INTERVIEW_DELETED = "interview deleted"
    RESUME_DELETED = "resume deleted"
    ACCOUNT_DELETED = "account deleted"
    GUEST_EXPIRED = "unused guest deleted"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing that happened: to whose account, when, from where.

    `address` is a fingerprint that tells one address from another and is none; empty where it is unknown.
    """

    kind: AuditKind
    actor_id: UUID
    at: datetime
    address: str = ""
