"""Compound files (OLE), the packing of old Office documents and of encrypted new ones.

Such a file is built like a small disk: a table chains its sectors, a directory names the streams. Streams
below a size lie in small sectors, within a stream that belongs to the directory's root.
"""

import struct
from collections.abc import Sequence

BROKEN = (LookupError, ValueError, struct.error)
"""What a file raises whose tables or streams are cut off or lead nowhere."""

_SECTOR_SHIFT_AT = 30
_SECTOR_SHIFTS = (9, 12)
_PLACES = struct.Struct("<II4xII4xI")
_PLACES_AT = 44
_TABLE_SECTORS = struct.Struct("<109I")  # those of the table itself; more are listed elsewhere
_TABLE_SECTORS_AT = 76
_LAST_SECTOR = 0xFFFFFFFA  # numbers from here on are marks
_SMALL_SECTOR_BYTES = 64

# Name, its bytes, the neighbours on both sides, the first child, first sector, bytes.
_ENTRY = struct.Struct("<64sH2x3I36x2I4x")


class CompoundFile:
    """A file's streams, by name; case means nothing in names."""

    def __init__(self, content: bytes) -> None:
        """Read the tables and the directory.

        Raises:
            BROKEN: one of these, if that is not possible.
        """
        (shift,) = struct.unpack_from("<H", content, _SECTOR_SHIFT_AT)
        if shift not in _SECTOR_SHIFTS:
            raise ValueError("sectors of an unknown size")
        self._content, self._sector_bytes = content, 1 << shift
        count, directory, self._small_below, small_table, more = _PLACES.unpack_from(
            content, _PLACES_AT
        )
        sectors = [*_TABLE_SECTORS.unpack_from(content, _TABLE_SECTORS_AT), *self._listed(more)]
        self._next = _numbers(b"".join(map(self._sector, sectors[:count])))
        self._next_small = _numbers(self._chained(small_table))
        self._places: dict[str, tuple[int, int]] = {}  # name → first sector, bytes
        self._small = b""
        self._read_directory(self._chained(directory))

    @property
    def names(self) -> list[str]:
        """The names of all streams and folders but those of embedded documents, in capitals."""
        return list(self._places)

    def stream(self, name: str) -> bytes:
        """All bytes of a stream.

        Raises:
            KeyError: if there is none of this name.
        """
        first, size = self._places[name.upper()]
        if size >= self._small_below:
            return self._chained(first)[:size]
        places = (number * _SMALL_SECTOR_BYTES for number in _chain(first, self._next_small))
        return b"".join(self._small[at : at + _SMALL_SECTOR_BYTES] for at in places)[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        return self._content[start : start + self._sector_bytes]

    def _chained(self, first: int) -> bytes:
        return b"".join(map(self._sector, _chain(first, self._next)))

    def _listed(self, first: int) -> list[int]:
        """The numbers in a chain of lists, each of which ends with the number of the next."""
        numbers: list[int] = []
        while first < _LAST_SECTOR and len(numbers) * self._sector_bytes <= len(self._content):
            *listed, first = _numbers(self._sector(first))
            numbers += listed
        return numbers

    def _read_directory(self, directory: bytes) -> None:
        """Keep what stands beside the root's first child; what is embedded lies deeper."""
        *_, child, first, _ = _ENTRY.unpack_from(directory)
        self._small = self._chained(first)
        waiting, seen = [child], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen or (number + 1) * _ENTRY.size > len(directory):
                continue
            seen.add(number)
            encoded, length, *neighbours, _, first, size = _ENTRY.unpack_from(
                directory, number * _ENTRY.size
            )
            name = encoded[: max(length - 2, 0)].decode("utf-16-le", "replace")
            self._places[name.upper()] = first, size
            waiting += neighbours


def _numbers(content: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(first: int, following: Sequence[int]) -> list[int]:
    """The numbers of a chain; a chain that runs in a circle ends."""
    chain: list[int] = []
    while first < len(following) and len(chain) < len(following):
        chain.append(first)
        first = following[first]
    return chain
