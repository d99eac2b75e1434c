from datetime import date
from uuid import UUID

import pytest

from core.adapters.address_seal import address_seal
from core.adapters.memory_visits import MemoryVisits
from core.domain.audit import AuditEvent, AuditKind
from core.domain.errors import TooManyRequestsError
from core.domain.key_ring import KeyRing
from core.domain.limits import Limited, Rule
from core.services.guarding import Admission, Auditing, Limiting, Visiting
from tests.builders import ALICE, BOB, NOW
from tests.doubles import FrozenClock, MemoryAuditLog, MemoryLimits

ADDRESS = "203.0.113.7"
TWO_UPLOADS = {Limited.UPLOADS: Rule(2, 3600.0)}
CARLA = UUID("cccccccc-0000-4000-8000-000000000000")


def _seal(text: str) -> str:
    return f"sealed {text}"


class Touched:
    """The Guests that only listen."""

    def __init__(self) -> None:
        self.days: list[tuple[UUID, date]] = []

    def touch(self, user_id: UUID, day: date) -> None:
        self.days.append((user_id, day))


def _limiting(
    visits: MemoryVisits | None = None, clock: FrozenClock | None = None, factor: int = 5
) -> Limiting:
    visits = visits or MemoryVisits(_seal)
    return Limiting(MemoryLimits(), TWO_UPLOADS, factor, visits, _seal, clock or FrozenClock())


def _visits(*users: UUID) -> MemoryVisits:
    visits = MemoryVisits(_seal)
    for user in users:
        visits.note(user, ADDRESS, NOW.date())
    return visits


def test_one_too_many_is_refused_with_when_to_come_back() -> None:
    limiting = _limiting()
    for _ in range(2):
        limiting.take(ALICE, Limited.UPLOADS)
    with pytest.raises(
        TooManyRequestsError, match=r"Too many uploads.*about 30 minutes"
    ) as refused:
        limiting.take(ALICE, Limited.UPLOADS)
    assert refused.value.retry_after_seconds == pytest.approx(1800)


def test_who_comes_back_then_is_let_in() -> None:
    clock = FrozenClock()
    limiting = _limiting(clock=clock)
    for _ in range(2):
        limiting.take(ALICE, Limited.UPLOADS)
    clock.advance(1800)
    limiting.take(ALICE, Limited.UPLOADS)


def test_what_has_no_rule_is_not_limited() -> None:
    limiting = _limiting()
    for _ in range(50):
        limiting.take(ALICE, Limited.EVALUATIONS)


def test_each_candidate_has_a_limit_of_their_own() -> None:
    limiting = _limiting()
    for user in (ALICE, ALICE, BOB):
        limiting.take(user, Limited.UPLOADS)


def test_new_guests_of_one_address_get_no_more_than_it_may() -> None:
    limiting = _limiting(_visits(ALICE, BOB), factor=1)
    for user in (ALICE, BOB):
        limiting.take(user, Limited.UPLOADS)
    with pytest.raises(TooManyRequestsError):
        limiting.take(BOB, Limited.UPLOADS)


def test_unknown_address_limits_nobody() -> None:
    limiting = _limiting(factor=1)
    for user in (ALICE, BOB, CARLA):
        limiting.take(user, Limited.UPLOADS)
        limiting.take(user, Limited.UPLOADS)


def test_other_name_is_limited_whoever_asks() -> None:
    limiting = _limiting()
    for user in (ALICE, BOB):
        limiting.take(user, Limited.UPLOADS, "ilva@example.org")
    with pytest.raises(TooManyRequestsError):
        limiting.take(CARLA, Limited.UPLOADS, "ilva@example.org")


def test_nothing_readable_is_kept_of_who_and_from_where() -> None:
    seal = address_seal(None)
    visits, limits = MemoryVisits(seal), MemoryLimits()
    visits.note(ALICE, ADDRESS, NOW.date())
    Limiting(limits, TWO_UPLOADS, 5, visits, seal, FrozenClock()).take(
        ALICE, Limited.UPLOADS, "ilva@example.org"
    )
    kept = str(limits.full_at) + visits.address_of(ALICE)
    assert len(limits.full_at) == 3
    for told in (ADDRESS, "ilva", str(ALICE), ALICE.hex):
        assert told not in kept


def test_fingerprint_is_the_same_in_each_replica_with_the_same_ring() -> None:
    ring = KeyRing({"k1": b"1" * 32})
    assert address_seal(ring)(ADDRESS) == address_seal(ring)(ADDRESS)


def test_fingerprint_of_another_server_is_another() -> None:
    others = [KeyRing({"k1": b"1" * 32}), KeyRing({"k1": b"2" * 32}), None, None]
    assert len({address_seal(ring)(ADDRESS) for ring in others}) == 4


def test_event_tells_what_happened_to_whom_when_and_a_fingerprint_of_where() -> None:
    log = MemoryAuditLog()
    Auditing(log, _visits(ALICE), FrozenClock()).record(ALICE, AuditKind.EXPORTED)
    assert log.kept == [AuditEvent(AuditKind.EXPORTED, ALICE, NOW, f"sealed {ADDRESS}")]


def test_event_from_nowhere_has_no_address() -> None:
    log = MemoryAuditLog()
    Auditing(log, _visits(BOB), FrozenClock()).record(ALICE, AuditKind.EXPORTED)
    assert log.kept[0].address == ""


def test_visit_is_stored_once_a_day() -> None:
    clock, touched = FrozenClock(), Touched()
    visiting = Visiting(_visits(), touched, clock)
    for _ in range(3):
        visiting.arrive(ALICE, ADDRESS)
    clock.advance(24 * 3600)
    visiting.arrive(ALICE, "")
    assert touched.days == [(ALICE, NOW.date()), (ALICE, clock.now().date())]


def test_last_address_is_the_one_that_counts() -> None:
    visits = _visits(ALICE)
    visits.note(ALICE, "2001:db8::1", NOW.date())
    assert visits.address_of(ALICE) == "sealed 2001:db8::/64"
    visits.note(ALICE, "", NOW.date())
    assert visits.address_of(ALICE) == ""


def test_visits_beyond_the_most_are_forgotten_the_oldest_first() -> None:
    visits = MemoryVisits(_seal, most=2)
    for user in (ALICE, BOB, ALICE, CARLA):
        visits.note(user, ADDRESS, NOW.date())
    assert [bool(visits.address_of(user)) for user in (ALICE, BOB, CARLA)] == [True, False, True]


def test_host_lets_guests_in_or_does_not() -> None:
    assert Admission(True, lambda _user: False).admits(ALICE)
    closed = Admission(False, lambda user: user == BOB)
    assert (closed.admits(ALICE), closed.admits(BOB)) == (False, True)
