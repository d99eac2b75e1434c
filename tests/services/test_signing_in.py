"""From a proof to a ticket, from a ticket to a session, and out again."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from core.adapters.memory_keys import MemoryKeys
from core.adapters.memory_visits import MemoryVisits
from core.domain.audit import AuditKind
from core.domain.errors import SignInError, SignInOverError, StoreError
from core.domain.provider_key import ProviderKey, Secret
from core.services.accounts import guest_id, new_guest_token
from core.services.guarding import Auditing
from core.services.signing_in import TICKET_LIFETIME, TOUCH_AFTER, SigningIn
from tests.account_doubles import DAY, ISSUER, MINUTE, MemoryAccountStore, a_proof
from tests.builders import NOW
from tests.doubles import FrozenClock, MemoryAuditLog
from tests.key_doubles import KEY
from tests.known_providers import OPENAI

GUEST = new_guest_token()
OTHER_GUEST = new_guest_token()
IDLE = timedelta(hours=2)


class Signing:
    """The use cases on a store in memory, and what they told the rest."""

    def __init__(self) -> None:
        self.store = MemoryAccountStore()
        self.clock = FrozenClock()
        self.keys = MemoryKeys(self.clock)
        self.told: list[UUID] = []
        self.cases = SigningIn(self.store, None, self.keys, self.clock, IDLE, DAY, self._tell)

    def _tell(self, user_id: UUID, _moved: tuple[UUID, ...]) -> None:
        self.told.append(user_id)

    def wait(self, time: timedelta) -> None:
        self.clock.advance(time.total_seconds())

    def sign_in(self, guest: str = GUEST, subject: str = "subject-1") -> str:
        proof = a_proof(subject=subject, proven_at=self.clock.now())
        return self.cases.claim(self.cases.begin(proof, guest), guest)


@pytest.fixture
def signing() -> Signing:
    return Signing()


def user_of(signing: Signing, token: str) -> UUID | None:
    found = signing.cases.signed_in(token)
    return found.user_id if found else None


def test_signing_in_and_out_is_noted_and_so_is_a_proof_that_is_not_taken(signing: Signing) -> None:
    noted: list[tuple[UUID, AuditKind]] = []
    cases = replace(signing.cases, record=lambda user, kind, _by=None: noted.append((user, kind)))
    proof = a_proof(proven_at=signing.clock.now())
    cases.sign_out(cases.claim(cases.begin(proof, GUEST), GUEST))
    cases.sign_out_everywhere(guest_id(GUEST))
    with pytest.raises(SignInError):
        cases.begin(proof, GUEST)
    assert noted == [
        (guest_id(GUEST), AuditKind.SIGNED_IN),
        (guest_id(GUEST), AuditKind.SIGNED_OUT),
        (guest_id(GUEST), AuditKind.SIGNED_OUT_EVERYWHERE),
        (guest_id(GUEST), AuditKind.SIGN_IN_REFUSED),
    ]


def test_new_identity_becomes_the_guests_own(signing: Signing) -> None:
    assert user_of(signing, signing.sign_in()) == guest_id(GUEST)
    assert signing.store.moves == []


def test_known_identity_opens_its_account_and_the_guests_things_move(signing: Signing) -> None:
    first = user_of(signing, signing.sign_in())
    assert user_of(signing, signing.sign_in(OTHER_GUEST)) == first
    assert signing.store.moves == [(guest_id(OTHER_GUEST), first)]
    assert signing.told == [first]


def test_account_of_another_is_not_joined_by_an_old_guest_cookie(signing: Signing) -> None:
    first = user_of(signing, signing.sign_in())
    second = user_of(signing, signing.sign_in(subject="subject-2"))
    assert second not in (first, None)
    assert signing.store.moves == []


def test_rows_of_an_account_never_move(signing: Signing) -> None:
    signing.sign_in()
    signing.sign_in(OTHER_GUEST, subject="subject-2")
    signing.sign_in(GUEST, subject="subject-2")
    assert signing.store.moves == []


def test_ticket_opens_nothing_by_itself(signing: Signing) -> None:
    ticket = signing.cases.begin(a_proof(), GUEST)
    assert signing.cases.signed_in(ticket) is None
    assert not signing.cases.is_account(guest_id(GUEST))


@pytest.mark.parametrize("ticket", ["", "x", new_guest_token()], ids=["empty", "short", "made up"])
def test_ticket_that_was_not_given_out_is_refused(signing: Signing, ticket: str) -> None:
    signing.cases.begin(a_proof(), GUEST)
    with pytest.raises(SignInOverError):
        signing.cases.claim(ticket, GUEST)


def test_ticket_of_another_browser_is_refused(signing: Signing) -> None:
    ticket = signing.cases.begin(a_proof(), GUEST)
    with pytest.raises(SignInOverError):
        signing.cases.claim(ticket, OTHER_GUEST)


def test_ticket_is_good_once(signing: Signing) -> None:
    ticket = signing.cases.begin(a_proof(), GUEST)
    signing.cases.claim(ticket, GUEST)
    with pytest.raises(SignInOverError):
        signing.cases.claim(ticket, GUEST)


def test_ticket_is_good_for_a_minute(signing: Signing) -> None:
    ticket = signing.cases.begin(a_proof(), GUEST)
    signing.wait(TICKET_LIFETIME)
    with pytest.raises(SignInOverError):
        signing.cases.claim(ticket, GUEST)


def test_session_cannot_be_claimed_as_a_ticket(signing: Signing) -> None:
    token = signing.sign_in()
    with pytest.raises(SignInOverError):
        signing.cases.claim(token, GUEST)


def test_each_sign_in_has_a_session_of_its_own(signing: Signing) -> None:
    assert signing.sign_in() != signing.sign_in()


@pytest.mark.parametrize(
    "value", ["", "x", pytest.param(new_guest_token(), id="one of the right length")]
)
def test_unknown_cookie_opens_nothing(signing: Signing, value: str) -> None:
    signing.sign_in()
    assert signing.cases.signed_in(value) is None


def test_session_ends_when_it_is_not_used(signing: Signing) -> None:
    token = signing.sign_in()
    signing.wait(IDLE - MINUTE)
    assert signing.cases.signed_in(token)
    signing.wait(IDLE - MINUTE)
    assert signing.cases.signed_in(token)
    signing.wait(IDLE)
    assert signing.cases.signed_in(token) is None


def test_session_ends_however_much_it_is_used(signing: Signing) -> None:
    token = signing.sign_in()
    while signing.clock.now() < NOW + DAY - IDLE:
        signing.wait(IDLE / 2)
        assert signing.cases.signed_in(token)
    signing.wait(IDLE - MINUTE)
    signing.cases.signed_in(token)
    signing.wait(MINUTE)
    assert signing.cases.signed_in(token) is None


def test_use_is_written_once_a_minute(signing: Signing) -> None:
    token = signing.sign_in()
    signing.wait(TOUCH_AFTER / 2)
    signing.cases.signed_in(token)
    found = signing.cases.signed_in(token)
    assert found is not None
    assert found.session.seen_at == NOW


def test_signed_out_session_opens_nothing_and_others_stay(signing: Signing) -> None:
    first, second = signing.sign_in(), signing.sign_in()
    signing.cases.sign_out(first)
    assert signing.cases.signed_in(first) is None
    assert signing.cases.signed_in(second)


def test_signing_out_everywhere_ends_all_and_tickets_too(signing: Signing) -> None:
    token = signing.sign_in()
    user = user_of(signing, token)
    ticket = signing.cases.begin(a_proof(), GUEST)
    assert user is not None
    signing.cases.sign_out_everywhere(user)
    assert signing.cases.signed_in(token) is None
    with pytest.raises(SignInOverError):
        signing.cases.claim(ticket, GUEST)


def test_proof_from_before_signing_out_everywhere_is_not_taken(signing: Signing) -> None:
    user = user_of(signing, signing.sign_in())
    assert user is not None
    signing.wait(MINUTE)
    signing.cases.sign_out_everywhere(user)
    with pytest.raises(SignInError):
        signing.cases.begin(a_proof(proven_at=NOW), GUEST)
    signing.wait(MINUTE)
    assert user_of(signing, signing.sign_in(OTHER_GUEST)) == user


def test_keys_of_the_session_come_along(signing: Signing) -> None:
    account = user_of(signing, signing.sign_in())
    assert account is not None
    key = ProviderKey(OPENAI, "", Secret(KEY), "", is_stored=False)
    signing.keys.keep(guest_id(OTHER_GUEST), key)
    signing.sign_in(OTHER_GUEST)
    assert signing.keys.keys(account) == (key,)
    assert signing.keys.keys(guest_id(OTHER_GUEST)) == ()


def test_account_is_told_from_a_guest(signing: Signing) -> None:
    assert not signing.cases.is_account(guest_id(GUEST))
    signing.sign_in()
    assert signing.cases.is_account(guest_id(GUEST))
    assert signing.cases.account_of(ISSUER, "subject-1") == guest_id(GUEST)
    assert signing.cases.account_of(ISSUER, "nobody") is None


def test_failure_of_what_follows_keeps_nobody_out(signing: Signing) -> None:
    def fails(_user: UUID, _moved: tuple[UUID, ...]) -> None:
        raise StoreError("away")

    signing.sign_in()
    cases = SigningIn(signing.store, None, signing.keys, signing.clock, IDLE, DAY, fails)
    token = cases.claim(cases.begin(a_proof(), OTHER_GUEST), OTHER_GUEST)
    assert cases.signed_in(token)


def test_sign_in_is_noted_with_the_address_of_the_browser_that_signs_in(signing: Signing) -> None:
    user = user_of(signing, signing.sign_in())
    visits, log = MemoryVisits(lambda text: f"sealed {text}"), MemoryAuditLog()
    for visitor, address in ((user, "203.0.113.7"), (guest_id(OTHER_GUEST), "198.51.100.1")):
        assert visitor
        visits.note(visitor, address, NOW.date())
    cases = replace(signing.cases, record=Auditing(log, visits, signing.clock).record)
    cases.claim(cases.begin(a_proof(proven_at=signing.clock.now()), OTHER_GUEST), OTHER_GUEST)
    (event,) = log.kept
    assert (event.actor_id, event.address) == (user, "sealed 198.51.100.1")


def test_sign_in_that_cannot_be_noted_changes_nothing(signing: Signing) -> None:
    def fails(_user: UUID, _kind: AuditKind, _visitor: UUID | None = None, /) -> None:
        raise StoreError("away")

    cases = replace(signing.cases, record=fails)
    ticket = cases.begin(a_proof(proven_at=signing.clock.now()), GUEST)
    with pytest.raises(StoreError):
        cases.claim(ticket, GUEST)
    assert not cases.is_account(guest_id(GUEST))
    assert signing.cases.claim(ticket, GUEST)
