import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.adapters.word_vectors import WordTable, WordTableError, _table
from core.evaluation.terms import Meaning, closeness

ROOT = Path(__file__).resolve().parents[2]


def _alike(one: str, other: str) -> float:
    table = WordTable.bundled()
    return closeness(Meaning(one, table).whole, Meaning(other, table).whole)


def test_related_words_are_closer_than_unrelated_ones() -> None:
    assert _alike("server", "client") > 2 * _alike("server", "onion")


def test_each_word_has_a_row() -> None:
    assert WordTable.bundled()(["queue", "quicksort", "\U0001f600"]).shape == (3, 256)


def test_no_words_have_no_rows() -> None:
    assert WordTable.bundled()([]).shape == (0, 256)


def test_same_word_has_the_same_row() -> None:
    first, second = WordTable.bundled()(["queue", "queue"])
    assert np.array_equal(first, second)


def test_loading_needs_no_network_and_does_not_import_the_package() -> None:
    program = (
        "import socket, sys\n"
        "def refused(*_, **__): raise AssertionError('network')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = refused\n"
        "from core.adapters.word_vectors import WordTable\n"
        "WordTable.bundled()(['queue'])\n"
        "assert 'wordllama' not in sys.modules and 'requests' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff" * 100,
        len(b"{}").to_bytes(8, "little") + b"{}",
        len(b"[]").to_bytes(8, "little") + b"[]",
    ],
    ids=["empty", "no header", "no tensor", "no object"],
)
def test_damaged_table_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.safetensors"
    path.write_bytes(content)
    with pytest.raises(WordTableError, match=r"table\.safetensors"):
        _table(path)


def test_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    header = json.dumps(
        {"embedding.weight": {"dtype": "F16", "shape": [2, 3], "data_offsets": [0, 12]}}
    ).encode()
    rows = np.arange(6, dtype=np.float16).reshape(2, 3)
    path = tmp_path / "table.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header + rows.tobytes())
    assert np.array_equal(_table(path), rows)
