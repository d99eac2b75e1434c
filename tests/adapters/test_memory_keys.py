from dataclasses import replace
from threading import Thread
from uuid import UUID

import pytest

from core.adapters.memory_keys import MemoryKeys
from core.domain.provider_key import ProviderKey, Secret
from tests.builders import ALICE, BOB
from tests.doubles import FrozenClock
from tests.key_doubles import KEY
from tests.known_providers import GEMINI, OPENAI

_HOUR = 3600.0
_KEY = ProviderKey(OPENAI, "", Secret(KEY), "small", is_stored=False)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def keys(clock: FrozenClock) -> MemoryKeys:
    return MemoryKeys(clock)


def test_kept_key_is_there_for_its_candidate_alone(keys: MemoryKeys) -> None:
    keys.keep(ALICE, _KEY)
    assert (keys.keys(ALICE), keys.keys(BOB)) == ((_KEY,), ())


def test_new_key_takes_the_place_of_the_former_one(keys: MemoryKeys) -> None:
    newer = replace(_KEY, model="large")
    keys.keep(ALICE, _KEY)
    keys.keep(ALICE, newer)
    assert keys.keys(ALICE) == (newer,)


def test_removed_key_is_forgotten_and_the_others_stay(keys: MemoryKeys) -> None:
    other = replace(_KEY, provider=GEMINI)
    keys.keep(ALICE, _KEY)
    keys.keep(ALICE, other)
    keys.remove(ALICE, OPENAI)
    assert keys.keys(ALICE) == (other,)


def test_candidate_removes_no_key_of_another(keys: MemoryKeys) -> None:
    keys.keep(ALICE, _KEY)
    keys.remove(BOB, OPENAI)
    keys.forget(BOB)
    assert keys.keys(ALICE) == (_KEY,)


def test_forgotten_candidate_has_no_key(keys: MemoryKeys) -> None:
    keys.keep(ALICE, _KEY)
    keys.forget(ALICE)
    assert keys.keys(ALICE) == ()


def test_key_is_forgotten_after_eight_hours_without_use(
    keys: MemoryKeys, clock: FrozenClock
) -> None:
    keys.keep(ALICE, _KEY)
    clock.advance(8 * _HOUR)
    assert keys.keys(ALICE) == ()


def test_key_in_use_is_not_forgotten(keys: MemoryKeys, clock: FrozenClock) -> None:
    keys.keep(ALICE, _KEY)
    for _ in range(5):
        clock.advance(7.9 * _HOUR)
        assert keys.keys(ALICE) == (_KEY,)


def test_key_of_one_is_let_go_when_another_looks(keys: MemoryKeys, clock: FrozenClock) -> None:
    keys.keep(ALICE, _KEY)
    clock.advance(8 * _HOUR)
    keys.keys(BOB)
    clock.advance(-8 * _HOUR)
    assert keys.keys(ALICE) == ()


def test_only_so_many_candidates_have_keys_and_the_longest_unused_go(clock: FrozenClock) -> None:
    keys = MemoryKeys(clock, max_candidates=2)
    third = UUID("cccccccc-0000-4000-8000-000000000001")
    keys.keep(ALICE, _KEY)
    keys.keep(BOB, _KEY)
    keys.keys(ALICE)
    keys.keep(third, _KEY)
    assert [bool(keys.keys(who)) for who in (ALICE, BOB, third)] == [True, False, True]


def test_many_threads_lose_no_key(keys: MemoryKeys) -> None:
    candidates = [UUID(int=number) for number in range(8)]

    def come_and_go(user_id: UUID) -> None:
        for _ in range(200):
            keys.keep(user_id, _KEY)
            keys.remove(user_id, OPENAI)
            keys.keep(user_id, _KEY)

    threads = [Thread(target=come_and_go, args=(user_id,)) for user_id in candidates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(keys.keys(user_id) == (_KEY,) for user_id in candidates)
