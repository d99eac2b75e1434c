from base64 import urlsafe_b64encode
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.adapters.aes_vault import AesVault
from core.domain.errors import KeyNotStorableError, KeyUnreadableError
from core.domain.language_model import Provider
from core.domain.provider_key import Secret
from tests.builders import ALICE, BOB
from tests.key_doubles import KEY, SERVER, FirstChecks, a_ring, a_vault
from tests.known_providers import COMPATIBLE, OPENAI, PROVIDERS

_ONE, _TWO = b"1" * 32, b"2" * 32


def _sealed(vault: AesVault, key: str = KEY) -> str:
    return vault.seal(ALICE, COMPATIBLE, SERVER, Secret(key))


def _opened(vault: AesVault, sealed: str) -> str:
    return vault.open(ALICE, COMPATIBLE, SERVER, sealed).reveal()


def _does_not_open(vault: AesVault, sealed: str) -> bool:
    with pytest.raises(KeyUnreadableError) as refused:
        _opened(vault, sealed)
    return KEY not in str(refused.value) and refused.value.__suppress_context__


# --- sealing and opening ------------------------------------------------------------------------


@given(st.uuids(), st.sampled_from(PROVIDERS), st.text(st.characters(codec="utf-8")), st.data())
def test_what_is_sealed_opens(
    user_id: UUID, provider: Provider, base_url: str, data: st.DataObject
) -> None:
    vault, key = a_vault(), data.draw(st.text(st.characters(codec="utf-8")))
    sealed = vault.seal(user_id, provider, base_url, Secret(key))
    assert vault.open(user_id, provider, base_url, sealed).reveal() == key


def test_sealed_text_names_its_version_and_master_key() -> None:
    version, key_id, wrapped, ciphertext = _sealed(a_vault(a_ring(k7=_ONE))).split(".")
    assert (version, key_id) == ("v1", "k7")
    assert (len(wrapped), len(ciphertext)) == (80, 75)  # 12 + 32 + 16 and 12 + 28 + 16 bytes


def test_key_id_is_read_without_opening() -> None:
    assert a_vault().key_id_of("v1.k9.a.b") == "k9"
    assert a_vault().key_id_of("nothing") == ""


def test_same_key_sealed_twice_looks_different_in_every_part() -> None:
    vault = a_vault()
    first, second = (_sealed(vault).split(".")[2:] for _ in range(2))
    assert all(a[:16] != b[:16] and a != b for a, b in zip(first, second, strict=True))


def test_sealed_text_holds_nothing_of_the_key() -> None:
    sealed = _sealed(a_vault())
    assert KEY not in sealed
    assert urlsafe_b64encode(KEY.encode()).decode()[:12] not in sealed


# --- moved and changed rows ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user_id", "provider", "base_url"),
    [
        (BOB, COMPATIBLE, SERVER),
        (ALICE, OPENAI, SERVER),
        (ALICE, COMPATIBLE, "https://elsewhere.example.com/v1"),
        (ALICE, COMPATIBLE, ""),
    ],
)
def test_sealed_key_moved_elsewhere_does_not_open(
    user_id: UUID, provider: Provider, base_url: str
) -> None:
    vault = a_vault()
    with pytest.raises(KeyUnreadableError):
        vault.open(user_id, provider, base_url, _sealed(vault))


def test_no_single_character_can_be_changed() -> None:
    vault = a_vault(a_ring(k1=_ONE, k2=_TWO))
    sealed = _sealed(vault)
    for place, before in enumerate(sealed):
        for after in {"A", "b", "2", "-", "=", ".", " ", "ä", "\x00"} - {before}:
            assert _does_not_open(vault, sealed[:place] + after + sealed[place + 1 :])


def test_no_single_bit_of_the_last_characters_can_be_changed() -> None:
    """The last character of base 64 has bits that mean nothing; they must be as they were, too."""
    vault = a_vault()
    sealed = _sealed(vault, KEY[:-1])
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert all(_does_not_open(vault, sealed[:-1] + last) for last in alphabet if last != sealed[-1])


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=20))
def test_text_that_was_cut_does_not_open(start: int, length: int) -> None:
    vault = a_vault()
    sealed = _sealed(vault)
    start %= len(sealed)
    assert _does_not_open(vault, sealed[:start] + sealed[start + length :])


@given(st.text())
def test_any_other_text_does_not_open(text: str) -> None:
    assert _does_not_open(a_vault(), text)


@given(st.text(), st.text())
def test_any_other_parts_do_not_open(wrapped: str, ciphertext: str) -> None:
    assert _does_not_open(a_vault(), f"v1.k1.{wrapped}.{ciphertext}")


@pytest.mark.parametrize("chosen", [(0, 1, 2, 7), (0, 1, 6, 3), (0, 1, 3, 2)])
def test_parts_of_two_sealed_keys_do_not_fit(chosen: tuple[int, ...]) -> None:
    vault = a_vault()
    parts = [*_sealed(vault).split("."), *_sealed(vault).split(".")]
    assert _does_not_open(vault, ".".join(parts[place] for place in chosen))


# --- the ring -----------------------------------------------------------------------------------


def test_unknown_master_key_does_not_open() -> None:
    assert _does_not_open(a_vault(a_ring(k2=_TWO)), _sealed(a_vault(a_ring(k1=_ONE))))


def test_master_key_under_another_name_does_not_open() -> None:
    sealed = _sealed(a_vault(a_ring(k1=_ONE)))
    assert _does_not_open(a_vault(a_ring(k2=_ONE)), sealed)
    assert _does_not_open(a_vault(a_ring(k2=_ONE)), sealed.replace(".k1.", ".k2."))


def test_every_master_key_of_the_ring_opens_and_the_first_seals() -> None:
    old = a_vault(a_ring(k1=_ONE))
    new = a_vault(a_ring(k2=_TWO, k1=_ONE))
    assert _opened(new, _sealed(old)) == KEY
    assert new.key_id_of(_sealed(new)) == "k2"


def test_rewrapped_key_opens_under_the_first_master_key_alone() -> None:
    sealed = _sealed(a_vault(a_ring(k1=_ONE)))
    both = a_vault(a_ring(k2=_TWO, k1=_ONE))
    rewrapped = both.rewrap(ALICE, COMPATIBLE, SERVER, sealed)
    assert _opened(a_vault(a_ring(k2=_TWO)), rewrapped) == KEY
    assert _does_not_open(a_vault(a_ring(k1=_ONE)), rewrapped)


def test_rewrapping_leaves_the_encrypted_key_as_it_is() -> None:
    sealed = _sealed(a_vault(a_ring(k1=_ONE)))
    both = a_vault(a_ring(k2=_TWO, k1=_ONE))
    rewrapped = both.rewrap(ALICE, COMPATIBLE, SERVER, sealed)
    assert rewrapped.split(".")[3] == sealed.split(".")[3]


def test_moved_key_cannot_be_rewrapped() -> None:
    vault = a_vault(a_ring(k2=_TWO, k1=_ONE))
    with pytest.raises(KeyUnreadableError):
        vault.rewrap(BOB, COMPATIBLE, SERVER, _sealed(vault))


# --- the check of master keys -------------------------------------------------------------------


def test_same_master_key_may_seal_again_after_a_restart() -> None:
    checks = FirstChecks()
    a_vault(a_ring(k1=_ONE), checks)
    assert a_vault(a_ring(k1=_ONE), checks).can_seal


def test_other_master_key_under_the_same_name_may_not_seal() -> None:
    checks = FirstChecks()
    a_vault(a_ring(k1=_ONE), checks)
    mistaken = a_vault(a_ring(k1=_TWO), checks)
    assert not mistaken.can_seal
    with pytest.raises(KeyNotStorableError):
        _sealed(mistaken)


def test_mistaken_master_key_changes_no_check() -> None:
    checks = FirstChecks()
    a_vault(a_ring(k1=_ONE), checks)
    before = dict(checks.kept)
    a_vault(a_ring(k1=_TWO), checks)
    assert checks.kept == before
    assert a_vault(a_ring(k1=_ONE), checks).can_seal


def test_mistaken_master_key_is_logged_by_its_name(caplog: pytest.LogCaptureFixture) -> None:
    checks = FirstChecks()
    a_vault(a_ring(k1=_ONE), checks)
    a_vault(a_ring(k1=_TWO), checks)
    assert "k1 is not the one" in caplog.text


def test_mistaken_older_key_does_not_keep_the_first_from_sealing() -> None:
    checks = FirstChecks()
    a_vault(a_ring(k1=_ONE), checks)
    vault = a_vault(a_ring(k2=_TWO, k1=_TWO), checks)
    assert (vault.can_seal, vault.mistaken) == (True, frozenset({"k1"}))


@pytest.mark.parametrize("broken", ["", "nonsense", "ä", "AAAA"])
def test_broken_check_counts_as_mistaken(broken: str) -> None:
    checks = FirstChecks()
    checks.kept["k1"] = broken
    assert not a_vault(checks=checks).can_seal
