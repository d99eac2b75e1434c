from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from threading import Barrier, Thread

import pytest

from core.adapters.key_ring import KeyRing, KeyRingError, file_ring, parse_ring

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


# --- the file -----------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "master.key"


def test_file_is_made_once(path: Path) -> None:
    assert file_ring(path) == file_ring(path)


def test_file_is_for_its_owner_only(path: Path) -> None:
    file_ring(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    file_ring(path)
    path.chmod(0o644)
    file_ring(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_beside_the_file(path: Path) -> None:
    file_ring(path)
    assert list(path.parent.iterdir()) == [path]


def test_file_can_stand_in_the_setting(path: Path) -> None:
    ring = file_ring(path)
    assert parse_ring(path.read_text().strip()) == ring


def test_new_file_for_a_lost_one_has_another_name_and_another_key(path: Path) -> None:
    before = file_ring(path)
    path.unlink()
    after = file_ring(path)
    assert before.first_id != after.first_id
    assert set(before.keys.values()).isdisjoint(after.keys.values())


def test_all_who_begin_together_get_the_same_key(path: Path) -> None:
    together, rings = Barrier(8), []

    def begin() -> None:
        together.wait()
        rings.append(file_ring(path))

    threads = [Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rings) == 8
    assert all(ring == rings[0] for ring in rings)


def test_damaged_file_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\x00 no ring")
    with pytest.raises(KeyRingError):
        file_ring(path)
    assert path.read_bytes() == b"\xff\x00 no ring"
