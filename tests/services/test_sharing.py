"""Links to reports, on stores in memory."""

from dataclasses import replace

import pytest

from core.domain.errors import InvalidInputError, NotFoundError
from core.domain.interview import Phase
from core.domain.share import MOST_SHARES, SHARED_FOR
from core.services.sharing import SECRET_CHARACTERS, Sharing
from tests.builders import ALICE, BOB, INTERVIEW_ID, a_judged_interview, a_started_interview
from tests.doubles import FrozenClock, MemoryStore
from tests.sharing_doubles import MemoryShareStore

OVER = replace(a_judged_interview(), phase=Phase.COMPLETE)


def sharing(interview: object = OVER) -> Sharing:
    store = MemoryStore()
    store.add_interview(ALICE, interview)  # type: ignore[arg-type]
    return Sharing(MemoryShareStore(), store, FrozenClock())


def test_link_opens_the_interview_it_was_made_for() -> None:
    service = sharing()
    share, secret = service.make_link(ALICE, INTERVIEW_ID, has_answers=True)
    found = service.open_link(secret)
    assert found is not None
    assert (found.interview, found.share) == (OVER, share)


def test_secret_has_256_bits_and_no_two_are_alike() -> None:
    service = sharing()
    secrets = {service.make_link(ALICE, INTERVIEW_ID, has_answers=False)[1] for _ in range(5)}
    assert len(secrets) == 5
    assert {len(secret) for secret in secrets} == {SECRET_CHARACTERS}


def test_revoked_link_opens_nothing() -> None:
    service = sharing()
    share, secret = service.make_link(ALICE, INTERVIEW_ID, has_answers=False)
    service.revoke_link(ALICE, share.id)
    assert service.open_link(secret) is None


def test_link_is_revoked_by_its_candidate_alone() -> None:
    service = sharing()
    share, secret = service.make_link(ALICE, INTERVIEW_ID, has_answers=False)
    service.revoke_link(BOB, share.id)
    assert service.open_link(secret) is not None


def test_link_opens_nothing_after_its_days_and_is_listed_no_more() -> None:
    service = sharing()
    _, secret = service.make_link(ALICE, INTERVIEW_ID, has_answers=False)
    clock = service.clock
    assert isinstance(clock, FrozenClock)
    clock.advance(SHARED_FOR.total_seconds())
    assert service.open_link(secret) is None
    assert service.links(ALICE, INTERVIEW_ID) == ()


@pytest.mark.parametrize("secret", ["", "a", "a" * 43, "ü" * 43, "a" * 10_000])
def test_text_that_is_in_no_link_opens_nothing(secret: str) -> None:
    assert sharing().open_link(secret) is None


def test_interview_that_goes_on_cannot_be_shared() -> None:
    with pytest.raises(InvalidInputError):
        sharing(a_started_interview()).make_link(ALICE, INTERVIEW_ID, has_answers=False)


def test_anothers_interview_cannot_be_shared() -> None:
    with pytest.raises(NotFoundError):
        sharing().make_link(BOB, INTERVIEW_ID, has_answers=False)


def test_links_to_one_report_are_bounded() -> None:
    service = sharing()
    for _ in range(MOST_SHARES):
        service.make_link(ALICE, INTERVIEW_ID, has_answers=False)
    with pytest.raises(InvalidInputError):
        service.make_link(ALICE, INTERVIEW_ID, has_answers=False)
