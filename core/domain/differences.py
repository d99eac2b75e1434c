"""What differs between two texts, word by word. Nothing is lost: both can be put together again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\s*(?:\w[\w'’]*|[^\w\s])|\s+")
"""A word or a sign with the space before it, so that a word more at the end changes only itself."""


class Difference(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row that share a fate."""

    difference: Difference
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order; where words were replaced, the removed ones come first."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    middle = _changed(old[first : len(old) - last], new[first : len(new) - last])
    ends = old[:first], old[len(old) - last :]
    pieces = [Piece(Difference.SAME, "".join(ends[0])), *middle]
    pieces.append(Piece(Difference.SAME, "".join(ends[1])))
    return tuple(piece for piece in pieces if piece.text)


def text_before(pieces: Sequence[Piece]) -> str:
    """The earlier text."""
    return "".join(p.text for p in pieces if p.difference is not Difference.ADDED)


def text_after(pieces: Sequence[Piece]) -> str:
    """The later text."""
    return "".join(p.text for p in pieces if p.difference is not Difference.REMOVED)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many equal words both begin."""
    pairs = zip(one, other, strict=False)
    return next(
        (at for at, (a, b) in enumerate(pairs) if a != b),
        min(len(one), len(other)),
    )


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for operation, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if operation == "equal":
            yield Piece(Difference.SAME, "".join(old[i:j]))
        else:
            yield Piece(Difference.REMOVED, "".join(old[i:j]))
            yield Piece(Difference.ADDED, "".join(new[k:m]))
