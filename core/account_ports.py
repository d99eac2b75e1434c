"""What signing in needs kept, by role. Failures are StoreError."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.domain.account import Identity, Proof, Session
from core.domain.provider_key import Secret


@dataclass(frozen=True, slots=True)
class Claim:
    """A ticket that becomes a session of its user's.

    `giver` is the guest whose rows move to the user, None where nothing moves.
    """

    session: Session
    fingerprint: str
    giver: UUID | None
    now: datetime
    ends_at: datetime


class AccountStore(Protocol):
    """Keeps identities and sessions. Of sessions it knows fingerprints, never what opens them."""

    def identity_of(self, issuer: str, subject: str) -> tuple[UUID, Identity] | None:
        """Whose identity that is. A look-up without a candidate's id: it is how the id is found."""
        ...

    def identities(self, user_id: UUID) -> tuple[Identity, ...]:
        """The candidate's ways in, the oldest first; none for a guest."""
        ...

    def add_ticket(self, user_id: UUID, session: Session, fingerprint: str) -> None:
        """Store a ticket; sessions of the user's that are over are forgotten."""
        ...

    def session_of(self, fingerprint: str) -> tuple[UUID, Session] | None:
        """Whose session or ticket has that fingerprint. A look-up without a candidate's id, too."""
        ...

    def claim(self, user_id: UUID, claim: Claim) -> tuple[UUID, ...]:
        """Turn a ticket into a session, all of it or nothing; the interviews that moved.

        A new identity becomes the user's; the giver's rows become the user's, each once, their keys
        sealed anew. What the user has already stays: their key for a provider, a question noted by both.
        Access tokens that a guest made end. SignInOverError where the ticket was used, or the identity
        became somebody else's meanwhile, or the user an account by another one.
        """
        ...

    def add_identity(self, user_id: UUID, proof: Proof, now: datetime) -> UUID:
        """Whose the identity is: the user's from now on, unless it is somebody's already."""
        ...

    def touch(self, user_id: UUID, session_id: UUID, seen_at: datetime) -> None:
        """Store when a session was last used."""
        ...

    def end_session(self, user_id: UUID, session_id: UUID) -> None:
        """End one session; harmless where there is none."""
        ...

    def end_sessions(self, user_id: UUID, now: datetime) -> None:
        """End all sessions and tickets of the user's, and take no proof from before `now` any more."""
        ...


class Vouchers(Protocol):
    """Checks tokens that an identity provider hands to those who are signed in there."""

    def proof(self, text: str) -> Proof | None:
        """Who a token vouches for; None where it is not good. VoucherAwayError where that cannot be told."""
        ...


class SignInService(Protocol):
    """Vouches for who has an e-mail address. Each failure is a SignInRefusedError; nothing is kept of a call."""

    def send_code(self, email: str) -> None:
        """Send a code to the address, also to one that is new."""
        ...

    def with_code(self, email: str, code: str) -> Proof:
        """Who has the code that was sent to this address."""
        ...

    def with_password(self, email: str, password: Secret) -> Proof:
        """Who has the password of this address."""
        ...

    def sign_up(self, email: str, password: Secret) -> Proof | None:
        """A new one with a password; None where a code was sent first, to confirm the address."""
        ...
