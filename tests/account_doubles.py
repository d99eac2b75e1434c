"""Ready-made values and a store in memory for what concerns signing in."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core.account_ports import Claim
from core.adapters.sql_moving import Row
from core.domain.account import Identity, Proof, Session
from core.domain.errors import SignInOverError
from tests.builders import NOW

ISSUER = "https://accounts.example.com"
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
SESSION_ID = UUID("55555555-0000-4000-8000-000000000006")


def a_proof(**changes: Any) -> Proof:
    """That someone is who they say."""
    return replace(Proof(ISSUER, "subject-1", "robin@example.com", NOW), **changes)


def a_ticket(**changes: Any) -> Session:
    """A ticket that waits for its browser."""
    return replace(Session(SESSION_ID, a_proof(), NOW, NOW + MINUTE, "a browser"), **changes)


def a_claim(session: Session | None = None, **changes: Any) -> Claim:
    """A ticket that becomes a session of a day, with nothing to move."""
    return replace(
        Claim(session or a_ticket(), "print of a cookie", None, NOW, NOW + DAY), **changes
    )


def unsealed(_taker: UUID, row: Row) -> Row:
    """The row of a key as it is, where a test is about something else."""
    return row


class MemoryAccountStore:
    """An AccountStore in dictionaries. What moved stands in `moves`: there are no rows here."""

    def __init__(self) -> None:
        self._identities: dict[tuple[str, str], tuple[UUID, Identity]] = {}
        self._sessions: dict[str, tuple[UUID, Session]] = {}
        self.moves: list[tuple[UUID, UUID]] = []

    def identity_of(self, issuer: str, subject: str) -> tuple[UUID, Identity] | None:
        return self._identities.get((issuer, subject))

    def identities(self, user_id: UUID) -> tuple[Identity, ...]:
        own = (found for owner, found in self._identities.values() if owner == user_id)
        return tuple(sorted(own, key=lambda found: (found.created_at, found.issuer)))

    def add_ticket(self, user_id: UUID, session: Session, fingerprint: str) -> None:
        for known, (owner, kept) in list(self._sessions.items()):
            if owner == user_id and kept.ends_at <= session.seen_at:
                del self._sessions[known]
        self._sessions[fingerprint] = (user_id, session)

    def session_of(self, fingerprint: str) -> tuple[UUID, Session] | None:
        return self._sessions.get(fingerprint)

    def claim(self, user_id: UUID, claim: Claim) -> tuple[UUID, ...]:
        proof = claim.session.proof
        place = (proof.issuer, proof.subject)
        owner, kept = self._identities.get(
            place, (user_id, Identity(*place, proof.email, claim.now))
        )
        ticket = next(
            (f for f, row in self._sessions.items() if row == (user_id, claim.session)), None
        )
        is_new = place not in self._identities
        if is_new and self.identities(user_id):
            raise SignInOverError
        if owner != user_id or ticket is None or not claim.session.is_ticket:
            raise SignInOverError
        self._identities[place] = (user_id, replace(kept, email=proof.email))
        del self._sessions[ticket]
        opened = replace(claim.session, bound_to="", seen_at=claim.now, ends_at=claim.ends_at)
        self._sessions[claim.fingerprint] = (user_id, opened)
        if claim.giver:
            self.moves.append((claim.giver, user_id))
        return ()

    def add_identity(self, user_id: UUID, proof: Proof, now: datetime) -> UUID:
        place = (proof.issuer, proof.subject)
        new = (user_id, Identity(*place, proof.email, now))
        return self._identities.setdefault(place, new)[0]

    def touch(self, user_id: UUID, session_id: UUID, seen_at: datetime) -> None:
        for fingerprint, (owner, session) in self._sessions.items():
            if (owner, session.id) == (user_id, session_id):
                self._sessions[fingerprint] = (owner, replace(session, seen_at=seen_at))

    def end_session(self, user_id: UUID, session_id: UUID) -> None:
        self._keep(lambda owner, session: (owner, session.id) != (user_id, session_id))

    def end_sessions(self, user_id: UUID, now: datetime) -> None:
        self._keep(lambda owner, _: owner != user_id)
        for place, (owner, kept) in self._identities.items():
            if owner == user_id:
                self._identities[place] = (owner, replace(kept, signed_out_at=now))

    def _keep(self, is_kept: Any) -> None:
        self._sessions = {f: row for f, row in self._sessions.items() if is_kept(*row)}
