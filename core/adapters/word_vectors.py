"""Word vectors out of the table that the package wordllama brings along (MIT; 32,000 pieces of words).

The two files are read directly: importing the package would take seconds and 60 MB more, set up logging
for the whole process, and look for its tokenizer on the network. Nothing is downloaded.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from core.evaluation.terms import Floats

_PACKAGE = "wordllama"
_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_TENSOR = "embedding.weight"
_LONGEST_HEADER = 100_000
_DTYPES = {"F16": np.float16, "F32": np.float32}


class WordTableError(RuntimeError):
    """The table of word vectors is absent or not as expected; the message says which file."""


class WordTable:
    """Fulfils `core.evaluation.terms.WordVectors`; a word is the mean of its pieces. Thread-safe."""

    def __init__(self, tokenizer: Tokenizer, table: NDArray[np.floating]) -> None:
        """Take a tokenizer and the table that its ids point into, shape (ids, dimensions)."""
        self._tokenizer = tokenizer
        self._table = np.asarray(table)
        self._pieces = lru_cache(maxsize=20_000)(self._read_pieces)

    @classmethod
    def bundled(cls) -> Self:
        """The table of the installed package, in about 0.1 s; WordTableError where there is none."""
        spec = find_spec(_PACKAGE)
        if spec is None or spec.origin is None:
            raise WordTableError(f"The package {_PACKAGE} is not installed.")
        folder = Path(spec.origin).parent
        return cls(_tokenizer(folder / _TOKENIZER), _table(folder / _WEIGHTS))

    def __call__(self, words: Sequence[str]) -> Floats:
        """One row for each word, shape (words, dimensions)."""
        found = np.zeros((len(words), self._table.shape[1]))
        pieces = [self._pieces(word) for word in words]
        whole = [row for row, ids in enumerate(pieces) if len(ids) == 1]
        found[whole] = self._table[[pieces[row][0] for row in whole]]
        for row, ids in zip(found, pieces, strict=True):
            if len(ids) > 1:
                row[:] = self._table[ids].mean(axis=0, dtype=np.float64)
        return found

    def _read_pieces(self, word: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(word, add_special_tokens=False).ids
        return ids


def _tokenizer(path: Path) -> Tokenizer:
    if not path.is_file():
        raise WordTableError(f"{path} is missing.")
    return Tokenizer.from_file(str(path))


def _table(path: Path) -> NDArray[np.floating]:
    """The one tensor of a safetensors file, left on disk: only the rows in use are read.

    The format: 8 bytes length of the header (little endian), the header as JSON, then the numbers.
    """
    try:
        with path.open("rb") as file:
            size = min(int.from_bytes(file.read(8), "little"), _LONGEST_HEADER)
            tensor = json.loads(file.read(size))[_TENSOR]
        start = 8 + size + tensor["data_offsets"][0]
        dtype, shape = _DTYPES[tensor["dtype"]], tuple(tensor["shape"])
        return np.memmap(path, dtype, mode="r", offset=start, shape=shape)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WordTableError(f"{path} is not the table that was expected.") from error
