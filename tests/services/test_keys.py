from dataclasses import replace
from datetime import timedelta

import pytest

from core.adapters.aes_vault import AesVault
from core.adapters.memory_keys import MemoryKeys
from core.domain.errors import (
    InvalidInputError,
    KeyMissingError,
    KeyNotStorableError,
    KeyUnreadableError,
    ModelError,
    ModelFault,
)
from core.domain.language_model import ModelInfo
from core.services.keys import Keys
from tests.builders import ALICE, BOB, NOW
from tests.doubles import FrozenClock
from tests.key_doubles import (
    KEY,
    MODELS,
    OTHER_KEY,
    SERVER,
    FirstChecks,
    ListingProvider,
    MemoryKeyStore,
    a_ring,
    a_vault,
)
from tests.known_providers import COMPATIBLE, KNOWN, OPENAI

_OTHER_RING = a_ring(k9=b"9" * 32)


class _World:
    """Keys with everything around them in reach."""

    def __init__(self, vault: AesVault | None) -> None:
        self.clock = FrozenClock()
        self.store = MemoryKeyStore()
        self.provider = ListingProvider()
        self.session = MemoryKeys(self.clock)
        self.keys = self.with_vault(vault)

    def with_vault(self, vault: AesVault | None) -> Keys:
        """The same store and session under another vault, as after a restart that kept the session."""
        return Keys(self.store, vault, self.session, self.provider.list_models, self.clock, KNOWN)


@pytest.fixture
def world() -> _World:
    return _World(a_vault())


def _add(keys: Keys, key: str = KEY, *, keep: bool = True) -> None:
    keys.add_key(ALICE, OPENAI, key, keep=keep)


# --- adding -------------------------------------------------------------------------------------


@pytest.mark.parametrize("keep", [True, False])
def test_added_key_opens(world: _World, keep: bool) -> None:
    _add(world.keys, keep=keep)
    opened = world.keys.open_key(ALICE, OPENAI)
    assert (opened.key.reveal(), opened.is_stored) == (KEY, keep)


def test_adding_tells_the_models_that_the_key_may_use(world: _World) -> None:
    assert world.keys.add_key(ALICE, OPENAI, KEY, keep=True) == MODELS


def test_key_is_checked_without_what_was_around_it(world: _World) -> None:
    _add(world.keys, f' "{KEY}"\n')
    assert world.provider.asked == [(OPENAI, KEY, "")]


def test_key_of_a_server_is_checked_at_its_address(world: _World) -> None:
    world.keys.add_key(ALICE, COMPATIBLE, "", f"{SERVER}/", keep=True)
    assert world.provider.asked == [(COMPATIBLE, "", SERVER)]
    assert world.keys.open_key(ALICE, COMPATIBLE).base_url == SERVER


def test_stored_key_is_sealed(world: _World) -> None:
    _add(world.keys)
    (row,) = world.store.keys(ALICE)
    assert KEY not in repr(row)
    assert (row.last4, row.saved_at) == (KEY[-4:], NOW)


def test_key_for_the_session_is_not_stored(world: _World) -> None:
    _add(world.keys, keep=False)
    assert world.store.rows == {}


def test_stored_key_is_not_in_the_session_too(world: _World) -> None:
    _add(world.keys, keep=False)
    _add(world.keys, OTHER_KEY, keep=True)
    assert world.session.keys(ALICE) == ()
    assert world.keys.open_key(ALICE, OPENAI).key.reveal() == OTHER_KEY


def test_key_of_the_session_goes_before_the_stored_one_which_stays(world: _World) -> None:
    _add(world.keys)
    _add(world.keys, OTHER_KEY, keep=False)
    assert world.keys.open_key(ALICE, OPENAI).key.reveal() == OTHER_KEY
    world.clock.advance(8 * 3600)
    assert world.keys.open_key(ALICE, OPENAI).key.reveal() == KEY


@pytest.mark.parametrize("keep", [True, False])
def test_key_that_the_provider_refuses_changes_nothing(world: _World, keep: bool) -> None:
    _add(world.keys)
    before = dict(world.store.rows)
    world.provider.error = ModelError(ModelFault.KEY_REFUSED, "OpenAI")
    with pytest.raises(ModelError):
        _add(world.keys, OTHER_KEY, keep=keep)
    assert world.store.rows == before
    assert world.session.keys(ALICE) == ()


def test_key_that_is_obviously_none_is_not_sent_anywhere(world: _World) -> None:
    for key in ("sk-ant-api03-4711Zq8vXw", "sb_secret_4711Zq8vXw", ""):
        with pytest.raises(InvalidInputError):
            _add(world.keys, key)
    assert world.provider.asked == []


# --- where nothing can be stored ----------------------------------------------------------------


def _mistaken_vault() -> AesVault:
    checks = FirstChecks()
    a_vault(a_ring(k1=b"1" * 32), checks)
    return a_vault(a_ring(k1=b"2" * 32), checks)


@pytest.mark.parametrize("vault", [None, _mistaken_vault()], ids=["none", "mistaken"])
def test_key_is_not_stored_without_a_vault_that_may_seal(vault: AesVault | None) -> None:
    world = _World(vault)
    with pytest.raises(KeyNotStorableError):
        _add(world.keys)
    assert (world.keys.can_store, world.store.rows, world.provider.asked) == (False, {}, [])


@pytest.mark.parametrize("vault", [None, _mistaken_vault()], ids=["none", "mistaken"])
def test_key_for_the_session_needs_no_vault(vault: AesVault | None) -> None:
    world = _World(vault)
    _add(world.keys, keep=False)
    assert world.keys.open_key(ALICE, OPENAI).key.reveal() == KEY


# --- opening ------------------------------------------------------------------------------------


def test_missing_key_is_missed_by_the_providers_name(world: _World) -> None:
    with pytest.raises(KeyMissingError, match="OpenAI"):
        world.keys.open_key(ALICE, OPENAI)


@pytest.mark.parametrize("keep", [True, False])
def test_key_of_another_candidate_is_missing(world: _World, keep: bool) -> None:
    _add(world.keys, keep=keep)
    with pytest.raises(KeyMissingError):
        world.keys.open_key(BOB, OPENAI)
    assert world.keys.keys_of(BOB) == ()


def test_row_moved_to_another_candidate_does_not_open(world: _World) -> None:
    _add(world.keys)
    world.store.save_key(BOB, *world.store.keys(ALICE))
    with pytest.raises(KeyUnreadableError):
        world.keys.open_key(BOB, OPENAI)


def test_row_pointed_at_another_server_does_not_open(world: _World) -> None:
    world.keys.add_key(ALICE, COMPATIBLE, KEY, SERVER, keep=True)
    (row,) = world.store.keys(ALICE)
    world.store.save_key(ALICE, replace(row, base_url="https://elsewhere.example.com/v1"))
    with pytest.raises(KeyUnreadableError):
        world.keys.open_key(ALICE, COMPATIBLE)


@pytest.mark.parametrize(
    "vault", [None, a_vault(_OTHER_RING), _mistaken_vault()], ids=["none", "other", "mistaken"]
)
def test_lost_master_key_makes_keys_unreadable_and_deletes_nothing(
    world: _World, vault: AesVault | None
) -> None:
    _add(world.keys)
    before = dict(world.store.rows)
    later = world.with_vault(vault)
    with pytest.raises(KeyUnreadableError, match="nothing was deleted"):
        later.open_key(ALICE, OPENAI)
    (entry,) = later.keys_of(ALICE)
    assert not entry.is_readable
    assert world.store.rows == before


def test_unreadable_key_is_replaced_when_it_is_entered_again(world: _World) -> None:
    _add(world.keys)
    later = world.with_vault(a_vault(_OTHER_RING))
    _add(later)
    assert later.open_key(ALICE, OPENAI).key.reveal() == KEY


def test_keys_are_readable_again_when_the_master_key_is_back(world: _World) -> None:
    _add(world.keys)
    world.with_vault(a_vault(_OTHER_RING)).keys_of(ALICE)
    assert world.keys.open_key(ALICE, OPENAI).key.reveal() == KEY


# --- listing, models, removing ------------------------------------------------------------------


def test_listing_shows_the_end_of_each_key_and_no_more(world: _World) -> None:
    world.keys.add_key(ALICE, COMPATIBLE, OTHER_KEY, SERVER, keep=False)
    _add(world.keys)
    stored, of_session = world.keys.keys_of(ALICE)
    assert (stored.last4, stored.is_stored, stored.saved_at) == (KEY[-4:], True, NOW)
    assert (of_session.last4, of_session.is_stored) == (OTHER_KEY[-4:], False)
    assert of_session.base_url == SERVER
    assert KEY not in f"{stored} {of_session}"


def test_provider_with_a_stored_key_and_one_of_the_session_is_listed_once(world: _World) -> None:
    _add(world.keys)
    _add(world.keys, OTHER_KEY, keep=False)
    assert [entry.is_stored for entry in world.keys.keys_of(ALICE)] == [False]


def test_models_are_asked_with_the_candidates_key(world: _World) -> None:
    world.keys.add_key(ALICE, COMPATIBLE, KEY, SERVER, keep=True)
    world.provider.asked.clear()
    assert world.keys.models(ALICE, COMPATIBLE) == MODELS
    assert world.provider.asked == [(COMPATIBLE, KEY, SERVER)]


@pytest.mark.parametrize("keep", [True, False])
def test_chosen_model_comes_with_the_key(world: _World, keep: bool) -> None:
    _add(world.keys, keep=keep)
    world.keys.choose_model(ALICE, OPENAI, "large")
    assert world.keys.open_key(ALICE, OPENAI).model == "large"
    assert [entry.model for entry in world.keys.keys_of(ALICE)] == ["large"]


def test_model_is_chosen_for_a_key_only(world: _World) -> None:
    with pytest.raises(KeyMissingError):
        world.keys.choose_model(ALICE, OPENAI, "large")


def test_model_stays_when_a_new_key_may_use_it_too(world: _World) -> None:
    _add(world.keys)
    world.keys.choose_model(ALICE, OPENAI, "large")
    _add(world.keys, OTHER_KEY)
    assert world.keys.open_key(ALICE, OPENAI).model == "large"


def test_model_that_a_new_key_may_not_use_is_dropped(world: _World) -> None:
    _add(world.keys)
    world.keys.choose_model(ALICE, OPENAI, "large")
    world.provider.listed = (ModelInfo("small", "Small"),)
    _add(world.keys, OTHER_KEY)
    assert world.keys.open_key(ALICE, OPENAI).model == ""


def test_removed_key_is_gone_from_store_and_session(world: _World) -> None:
    _add(world.keys)
    _add(world.keys, OTHER_KEY, keep=False)
    world.keys.remove_key(ALICE, OPENAI)
    assert (world.keys.keys_of(ALICE), world.store.rows) == ((), {})


def test_removing_twice_is_harmless(world: _World) -> None:
    world.keys.remove_key(ALICE, OPENAI)
    world.keys.remove_key(ALICE, OPENAI)


def test_moment_of_storing_is_the_clocks(world: _World) -> None:
    world.clock.advance(60)
    _add(world.keys)
    assert world.keys.keys_of(ALICE)[0].saved_at == NOW + timedelta(seconds=60)
