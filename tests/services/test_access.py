"""Tokens, kept replies, lent keys and expected versions, on stores in memory."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.adapters.lent_keys import MemoryLentKeys
from core.adapters.redaction import redacted, secrets_pattern
from core.domain.access import KeptReply, Scope
from core.domain.errors import InvalidInputError, KeyReusedError, VersionConflictError
from core.services.lending import Lending
from core.services.preconditions import at_version
from core.services.replies import KEPT, MAX_REPLY_CHARACTERS, Replies
from core.services.tokens import MAX_TOKENS, PREFIX, Tokens
from tests.api_doubles import MemoryReplyStore, MemoryTokenStore
from tests.builders import ALICE, ANSWER, BOB, INTERVIEW_ID, NOW, a_setup, a_started_interview
from tests.doubles import FrozenClock, SilentJob
from tests.known_providers import GEMINI, KEY_PATTERNS, KNOWN, OPENAI
from tests.services.application import an_interviewing

KEY = "sk-0123456789abcdef"
REPLY = KeptReply("a request", 200, "{}", {}, NOW)


def tokens(clock: FrozenClock | None = None) -> Tokens:
    return Tokens(MemoryTokenStore(), clock or FrozenClock())


def test_text_of_a_token_opens_its_candidate() -> None:
    service = tokens()
    token, text = service.make_token(ALICE, " my  script ", (Scope.READ,), 30)
    access = service.access(text)
    assert access is not None
    assert (access.user_id, access.scopes, access.has_token) == (ALICE, (Scope.READ,), True)
    assert (token.name, token.last4) == ("my script", text[-4:])


def test_no_two_tokens_are_alike() -> None:
    service = tokens()
    assert len({service.make_token(ALICE, "a", tuple(Scope), 1)[1] for _ in range(5)}) == 5


@pytest.mark.parametrize("text", ["", PREFIX, PREFIX + "a" * 43, "a" * 48, PREFIX + "ü" * 43])
def test_text_that_is_no_token_opens_nothing(text: str) -> None:
    assert tokens().access(text) is None


def test_changed_token_opens_nothing() -> None:
    service = tokens()
    _, text = service.make_token(ALICE, "a", tuple(Scope), 1)
    assert service.access(text[:-1] + ("A" if text[-1] != "A" else "B")) is None


@pytest.mark.parametrize(
    ("name", "days"), [("", 1), ("  ", 1), ("a" * 61, 1), ("a", 0), ("a", 366)]
)
def test_token_out_of_bounds_is_not_made(name: str, days: int) -> None:
    service = tokens()
    with pytest.raises(InvalidInputError):
        service.make_token(ALICE, name, tuple(Scope), days)
    assert service.tokens_of(ALICE) == ()


def test_nobody_has_more_tokens_than_can_be_overlooked() -> None:
    service = tokens()
    for _ in range(MAX_TOKENS):
        service.make_token(ALICE, "a", tuple(Scope), 1)
    with pytest.raises(InvalidInputError):
        service.make_token(ALICE, "a", tuple(Scope), 1)
    service.make_token(BOB, "a", tuple(Scope), 1)


def test_token_is_taken_out_of_logs() -> None:
    _, text = tokens().make_token(ALICE, "a", tuple(Scope), 1)
    assert text not in redacted(f"GET /api/me {text} 200", secrets_pattern(KEY_PATTERNS))


def test_kept_reply_comes_again_for_the_same_request_alone() -> None:
    replies = Replies(MemoryReplyStore(), FrozenClock())
    replies.keep(ALICE, "key", REPLY)
    assert replies.reply(ALICE, "key", REPLY.request) == REPLY
    with pytest.raises(KeyReusedError):
        replies.reply(ALICE, "key", "another request")
    assert replies.reply(BOB, "key", "another request") is None


def test_kept_reply_is_forgotten_after_a_day() -> None:
    clock = FrozenClock()
    replies = Replies(MemoryReplyStore(), clock)
    replies.keep(ALICE, "key", REPLY)
    clock.advance((KEPT + timedelta(seconds=1)).total_seconds())
    assert replies.reply(ALICE, "key", REPLY.request) is None


def test_reply_that_is_too_long_is_not_kept() -> None:
    replies = Replies(MemoryReplyStore(), FrozenClock())
    replies.keep(ALICE, "key", replace(REPLY, body="a" * (MAX_REPLY_CHARACTERS + 1)))
    assert replies.reply(ALICE, "key", REPLY.request) is None


def lending() -> tuple[Lending, MemoryLentKeys]:
    lent = MemoryLentKeys()
    return Lending(lent, lambda *_: (), KNOWN), lent


def test_key_is_at_hand_inside_and_gone_after() -> None:
    service, lent = lending()
    with service.lending(ALICE, OPENAI, KEY):
        found = lent.key(ALICE, OPENAI)
        assert found is not None
        assert found.key.reveal() == KEY
        assert lent.key(BOB, OPENAI) is None
        assert lent.key(ALICE, GEMINI) is None
    assert lent.key(ALICE, OPENAI) is None


def test_key_stays_while_another_request_has_it() -> None:
    service, lent = lending()
    with service.lending(ALICE, OPENAI, KEY):
        with service.lending(ALICE, OPENAI, KEY):
            pass
        assert lent.key(ALICE, OPENAI) is not None


def test_key_stays_until_the_work_is_over() -> None:
    service, lent = lending()
    with service.lending(ALICE, OPENAI, KEY) as loan:
        loan.until_over([SilentJob(is_over=True)])
    assert lent.key(ALICE, OPENAI) is None


def test_key_is_given_back_where_the_request_fails() -> None:
    service, lent = lending()
    with pytest.raises(InvalidInputError), service.lending(ALICE, OPENAI, KEY):
        raise InvalidInputError("answer", "There is no answer yet.")
    assert lent.key(ALICE, OPENAI) is None


def test_key_that_is_none_is_not_lent() -> None:
    service, lent = lending()
    with pytest.raises(InvalidInputError), service.lending(ALICE, OPENAI, "not a key"):
        pass
    assert lent.key(ALICE, OPENAI) is None


def test_change_happens_at_the_expected_version_alone() -> None:
    service = an_interviewing()
    service.store.add_interview(ALICE, a_started_interview())
    with pytest.raises(VersionConflictError) as raised:
        at_version(service, 1).submit_answer(ALICE, INTERVIEW_ID, 1, ANSWER)
    assert raised.value.version == 0
    assert service.interview(ALICE, INTERVIEW_ID).version == 0
    at_version(service, 0).submit_answer(ALICE, INTERVIEW_ID, 1, ANSWER)
    assert service.interview(ALICE, INTERVIEW_ID).turns[0].attempts


def test_deletion_happens_at_the_expected_version_alone() -> None:
    service = an_interviewing()
    service.store.add_interview(ALICE, a_started_interview())
    with pytest.raises(VersionConflictError):
        at_version(service, 1).delete_interview(ALICE, INTERVIEW_ID)
    at_version(service, 0).delete_interview(ALICE, INTERVIEW_ID)
    assert service.interviews(ALICE) == ()


def test_interview_can_be_given_its_id() -> None:
    started = an_interviewing().start_interview(ALICE, a_setup(), interview_id=INTERVIEW_ID)
    assert started.id == INTERVIEW_ID
