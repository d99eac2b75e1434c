"""The use cases of signing in: from a proof to a ticket, from a ticket to a session; and out again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

from core.account_ports import AccountStore, Claim, SignInService
from core.domain.account import Identity, Proof, Session
from core.domain.audit import AuditKind
from core.domain.errors import InterviewError, SignInError, SignInOverError
from core.key_ports import SessionKeys
from core.ports import Clock
from core.services.accounts import guest_id, is_guest_token
from core.services.guarding import Record, unrecorded

_log = logging.getLogger(__name__)
COOKIE_NAME = "session"
SECURE_COOKIE_NAME = "__Host-session"
TICKET_LIFETIME = timedelta(seconds=60)
TOUCH_AFTER = timedelta(minutes=1)
"""A session that was used a moment ago is not written again."""
_SIGNED_OUT_SINCE = (
    "You signed out everywhere after this sign-in began. Nothing was changed; sign in again."
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that is known: whose it is, and its session."""

    user_id: UUID
    session: Session


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Signs browsers in and out. Tickets and sessions are 256 random bits; kept is their SHA-256.

    `service` is None where nobody signs in by e-mail here. A session ends `lifetime` after it began, and after `idle` without use. `after_move` is told whose
    account got which interviews, to make anew what follows from them.
    """

    store: AccountStore
    service: SignInService | None
    session_keys: SessionKeys
    clock: Clock
    idle: timedelta
    lifetime: timedelta
    after_move: Callable[[UUID, tuple[UUID, ...]], None]
    record: Record = unrecorded

    def account_of(self, issuer: str, subject: str) -> UUID | None:
        """Whose account that identity opens, None where it is new."""
        found = self.store.identity_of(issuer, subject)
        return found[0] if found else None

    def begin(self, proof: Proof, guest_token: str) -> str:
        """A ticket for the browser with this guest cookie, good for a minute and once.

        The identity's account, else a new one, which is the guest's own unless that is an account
        already. SignInError for a proof from before the owner signed out everywhere.
        """
        found = self.store.identity_of(proof.issuer, proof.subject)
        guest = guest_id(guest_token)
        if found and not found[1].takes(proof):
            self.record(found[0], AuditKind.SIGN_IN_REFUSED, guest)
            raise SignInError(_SIGNED_OUT_SINCE)
        user_id = found[0] if found else (uuid4() if self.is_account(guest) else guest)
        now, ticket = self.clock.now(), token_urlsafe(32)
        bound_to = _fingerprint("guest", guest_token)
        session = Session(uuid4(), proof, now, now + TICKET_LIFETIME, bound_to)
        self.store.add_ticket(user_id, session, _fingerprint("session", ticket))
        return ticket

    def claim(self, ticket: str, guest_token: str) -> str:
        """A session for a ticket, in the browser that it was made for: the text of its cookie.

        What the guest did moves to the account, in the same transaction. SignInOverError where the
        ticket is none, is over, was used, or is another browser's; nothing is changed then.
        """
        user_id, session = self._ticket(ticket, guest_token)
        guest, now, token = guest_id(guest_token), self.clock.now(), token_urlsafe(32)
        giver = None if guest == user_id or self.is_account(guest) else guest
        ends_at = now + self.lifetime
        self.record(user_id, AuditKind.SIGNED_IN, guest)
        moved = self.store.claim(
            user_id, Claim(session, _fingerprint("session", token), giver, now, ends_at)
        )
        if giver:
            self._take_keys_along(giver, user_id)
            self._follow_up(user_id, moved)
        return token

    def signed_in(self, token: str) -> SignedIn | None:
        """Whose session that is, None where it is over, or never was; looking counts as use."""
        found = self.store.session_of(_fingerprint("session", token)) if is_token(token) else None
        now = self.clock.now()
        if found is None or found[1].is_ticket or not found[1].is_open(now, self.idle):
            return None
        user_id, session = found
        if now - session.seen_at >= TOUCH_AFTER:
            self.store.touch(user_id, session.id, now)
        return SignedIn(user_id, session)

    def is_account(self, user_id: UUID) -> bool:
        """Whether the candidate is no guest: then no guest cookie opens what is theirs."""
        return bool(self.store.identities(user_id))

    def identities_of(self, user_id: UUID) -> tuple[Identity, ...]:
        """The ways in to the candidate's account; none for a guest."""
        return self.store.identities(user_id)

    def sign_out(self, token: str) -> None:
        """End the session that this cookie opens; harmless where there is none."""
        found = self.store.session_of(_fingerprint("session", token))
        if found:
            self.record(found[0], AuditKind.SIGNED_OUT)
            self.store.end_session(found[0], found[1].id)

    def sign_out_everywhere(self, user_id: UUID) -> None:
        """End every session of the candidate's, in all browsers."""
        self.record(user_id, AuditKind.SIGNED_OUT_EVERYWHERE)
        self.store.end_sessions(user_id, self.clock.now())

    def _ticket(self, ticket: str, guest_token: str) -> tuple[UUID, Session]:
        found = self.store.session_of(_fingerprint("session", ticket))
        bound_to = _fingerprint("guest", guest_token)
        if found is None or found[1].bound_to != bound_to or self.clock.now() >= found[1].ends_at:
            raise SignInOverError
        return found

    def _follow_up(self, user_id: UUID, moved: tuple[UUID, ...]) -> None:
        """What follows can be made later: that it failed must not keep anyone out."""
        try:
            self.after_move(user_id, moved)
        except InterviewError as error:
            _log.warning("What follows from interviews that moved failed: %s", type(error).__name__)

    def _take_keys_along(self, giver: UUID, taker: UUID) -> None:
        """Keys that are kept in memory alone; the account's own for a provider stays."""
        known = {key.provider for key in self.session_keys.keys(taker)}
        for key in self.session_keys.keys(giver):
            if key.provider not in known:
                self.session_keys.keep(taker, key)
        self.session_keys.forget(giver)


def session_cookie_name(*, is_hosted: bool) -> str:
    """The cookie's name; `__Host-` ties it to https and to this very host."""
    return SECURE_COOKIE_NAME if is_hosted else COOKIE_NAME


def is_token(value: str) -> bool:
    """Whether a cookie's value has the form of a session's: that of a guest's."""
    return is_guest_token(value)


def _fingerprint(kind: str, token: str) -> str:
    return sha256(f"{kind}:{token}".encode("utf-8", "replace")).hexdigest()
