"""Candidates' keys for AI providers. The plain key stands nowhere but in a `Secret`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest
from typing import NoReturn

from core.domain.language_model import Provider

_SHOWN = 4
_SHORTEST_WITH_END = 12
"""Of a shorter key the last four characters would be too much to show."""


class Secret:
    """A text that shows itself only to who asks: `reveal()`. It cannot be pickled or copied."""

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """The text itself. Hand it to where it is used, and keep it nowhere."""
        return self.__text

    @property
    def last4(self) -> str:
        """The end to recognise it by; empty for a text of fewer than 12 characters."""
        return self.__text[-_SHOWN:] if len(self.__text) >= _SHORTEST_WITH_END else ""

    def __str__(self) -> str:
        return f"•••{self.last4}"

    __repr__ = __str__

    def __bool__(self) -> bool:
        return bool(self.__text)

    def __eq__(self, other: object) -> bool:
        """In a time that does not tell where two texts differ."""
        if not isinstance(other, Secret):
            return NotImplemented
        return compare_digest(self.__text.encode(), other.reveal().encode())

    __hash__ = None  # type: ignore[assignment]  # no key of a cache, of a dictionary or of a set

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        message = "A secret cannot be pickled or copied."
        raise TypeError(message)


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as the database keeps it. `base_url` is set for a compatible server only.

    `sealed` opens with the vault, for the same candidate, provider and address alone. `last4` may be
    empty; `model` is until one is chosen.
    """

    provider: Provider
    base_url: str
    sealed: str
    last4: str
    model: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class ProviderKey:
    """A key ready for use; `is_stored` tells it from one that is kept in memory alone."""

    provider: Provider
    base_url: str
    key: Secret
    model: str
    is_stored: bool


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """What may be shown of a key. One that is not readable has to be entered again."""

    provider: Provider
    base_url: str
    last4: str
    model: str
    is_stored: bool
    is_readable: bool
    saved_at: datetime | None


class KeyIdState(StrEnum):
    """What can be done with the keys that are sealed under one key id."""

    SEALS = "seals"
    OPENS = "opens"
    MISTAKEN = "mistaken"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class KeyIdCount:
    """How many stored keys, of all candidates together, are sealed under one key id."""

    key_id: str
    rows: int
    state: KeyIdState

    @property
    def can_be_dropped(self) -> bool:
        """Whether the ring needs it no more: it does not seal, and nothing is sealed under it."""
        return self.state is KeyIdState.OPENS and not self.rows


@dataclass(frozen=True, slots=True)
class Rotation:
    """What became of re-wrapping: rows now under the first key, and rows that could not be read."""

    rewrapped: int
    unreadable: int
