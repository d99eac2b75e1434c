from base64 import b64encode, urlsafe_b64encode

import pytest

from core.domain.key_ring import KeyRing, KeyRingError, parse_ring

_ONE, _TWO = bytes(range(32)), b"\xff\xfe" * 16
_ENCODED_ONE, _ENCODED_TWO = b64encode(_ONE).decode(), b64encode(_TWO).decode()


def _refusal(text: str) -> str:
    with pytest.raises(KeyRingError) as refused:
        parse_ring(text)
    return str(refused.value)


def test_first_key_of_the_ring_seals() -> None:
    ring = parse_ring(f"k2:{_ENCODED_TWO}, k1:{_ENCODED_ONE}")
    assert ring.first_id == "k2"
    assert dict(ring.keys) == {"k2": _TWO, "k1": _ONE}


def test_base_64_for_urls_is_taken_too() -> None:
    assert parse_ring(f"k:{urlsafe_b64encode(_TWO).decode()}").keys["k"] == _TWO


@pytest.mark.parametrize(
    "text",
    [
        "",
        _ENCODED_ONE,
        ":" + _ENCODED_ONE,
        "k1:",
        "k.1:" + _ENCODED_ONE,
        "k 1:" + _ENCODED_ONE,
        "a-name-of-17-chars:" + _ENCODED_ONE,
        f"k1:{_ENCODED_ONE},",
        f"k1:{_ENCODED_ONE};k2:{_ENCODED_TWO}",
        f"k1:{_ENCODED_ONE[:-1]}",
        "k1:not base 64 at all",
        "k1:schlüssel",
        "k1:" + b64encode(bytes(31)).decode(),
        "k1:" + b64encode(bytes(33)).decode(),
        f"k1:{_ENCODED_ONE},k1:{_ENCODED_TWO}",
    ],
)
def test_broken_ring_is_refused_without_telling_a_key(text: str) -> None:
    refusal = _refusal(text)
    assert _ENCODED_ONE[:8] not in refusal
    assert _ENCODED_TWO[:8] not in refusal


def test_key_of_another_length_is_named_with_its_length() -> None:
    text = f"k2:{_ENCODED_TWO},k1:{b64encode(bytes(16)).decode()}"
    assert _refusal(text) == "the key named k1 has 16 bytes instead of 32"


def test_ring_does_not_show_its_keys() -> None:
    assert repr(KeyRing({"k1": _ONE})) == "KeyRing()"
