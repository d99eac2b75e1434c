"""Who a candidate is elsewhere, and the browsers in which they are signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Proof:
    """What an identity provider vouches for: this subject is there, since `proven_at`.

    `issuer` and `subject` together are one person; the e-mail is to recognise them by, nothing more.
    """

    issuer: str
    subject: str
    email: str
    proven_at: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """One way in to an account. Proofs from before `signed_out_at` are not taken any more."""

    issuer: str
    subject: str
    email: str
    created_at: datetime
    signed_out_at: datetime | None = None

    def takes(self, proof: Proof) -> bool:
        """Whether the proof is newer than the last time its owner signed out everywhere."""
        return self.signed_out_at is None or proof.proven_at > self.signed_out_at


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in; while `bound_to` is set, a ticket that waits for its browser.

    The secret that opens it is kept nowhere; `bound_to` is a fingerprint of that browser's guest cookie.
    """

    id: UUID
    proof: Proof
    seen_at: datetime
    ends_at: datetime
    bound_to: str = ""

    @property
    def is_ticket(self) -> bool:
        """Whether no browser has claimed it yet."""
        return bool(self.bound_to)

    def is_open(self, now: datetime, idle: timedelta) -> bool:
        """Whether it still opens something: neither over nor left alone for longer than `idle`."""
        return now < self.ends_at and now - self.seen_at < idle
