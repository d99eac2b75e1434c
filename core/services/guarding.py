"""The use cases that guard a host and its candidates: who came from where, limits, events to look into."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from core.custody_ports import AuditLog, Guests, Limits, Visits
from core.domain.audit import AuditEvent, AuditKind
from core.domain.errors import TooManyRequestsError
from core.domain.limits import Limited, Rule
from core.ports import Clock

Seal = Callable[[str], str]
"""Makes a fingerprint that only this server can make of the same text."""
Take = Callable[[UUID, Limited], None]
"""Counts one thing that a candidate does; TooManyRequestsError where it is one too many."""


class Record(Protocol):
    """Notes what happened to a candidate's account."""

    def __call__(self, user_id: UUID, kind: AuditKind, visitor: UUID | None = None, /) -> None:
        """Note an event. `visitor` is whose address counts, where they were not yet known as that candidate."""
        ...


def unlimited(user_id: UUID, what: Limited) -> None:
    """Count nothing."""


def unrecorded(user_id: UUID, kind: AuditKind, visitor: UUID | None = None, /) -> None:
    """Note nothing."""


@dataclass(frozen=True, slots=True)
class Visiting:
    """Takes note of who comes from where, before they do anything."""

    visits: Visits
    guests: Guests
    clock: Clock

    def arrive(self, user_id: UUID, address: str) -> None:
        """A candidate is there. `address` is empty where it is unknown."""
        day = self.clock.now().date()
        if self.visits.note(user_id, address, day):
            self.guests.touch(user_id, day)


@dataclass(frozen=True, slots=True)
class Limiting:
    """Limits what each candidate does, and what all those of one address do together.

    What has no rule is not limited. An address may do `address_factor` times what a candidate may.
    """

    limits: Limits
    rules: Mapping[Limited, Rule]
    address_factor: int
    visits: Visits
    seal: Seal
    clock: Clock

    def take(self, user_id: UUID, what: Limited, *others: str) -> None:
        """Count one; TooManyRequestsError with when to come back where it is one too many.

        `others` are names that the candidate's rule holds for as well, such as the e-mail address that
        a code is sent to. Nothing is counted where anything is used up.
        """
        rule = self.rules.get(what)
        if rule is None:
            return
        buckets = {self.seal(f"{what}:{name}"): rule for name in (str(user_id), *others)}
        address = self.visits.address_of(user_id)
        if address:
            buckets[self.seal(f"{what}:{address}")] = rule.times(self.address_factor)
        seconds = self.limits.take(buckets, self.clock.now())
        if seconds:
            raise TooManyRequestsError(what, seconds)


@dataclass(frozen=True, slots=True)
class Auditing:
    """Notes what happens to accounts: a kind, a time, an id, a fingerprint of the address. Nothing else."""

    log: AuditLog
    visits: Visits
    clock: Clock

    def record(self, user_id: UUID, kind: AuditKind, visitor: UUID | None = None, /) -> None:
        """Note an event. It is noted before the deed, so that none goes unnoted."""
        address = self.visits.address_of(visitor or user_id)
        self.log.record(AuditEvent(kind, user_id, self.clock.now(), address))


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether guests may use this host. `is_account` tells whoever signed in from a guest."""

    are_guests_allowed: bool
    is_account: Callable[[UUID], bool]

    def admits(self, user_id: UUID) -> bool:
        """Whether this candidate may do more than read the first page."""
        return self.are_guests_allowed or self.is_account(user_id)
