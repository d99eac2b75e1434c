from pathlib import Path
from threading import Barrier, Thread

import pytest

from core.adapters.key_ring_file import file_ring
from core.domain.errors import StoreError
from core.domain.key_ring import parse_ring


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
    with pytest.raises(StoreError, match="entered again"):
        file_ring(path)
    assert path.read_bytes() == b"\xff\x00 no ring"


def test_folder_that_cannot_be_made_is_refused_with_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match=r"file/master\.key"):
        file_ring(tmp_path / "file" / "master.key")
