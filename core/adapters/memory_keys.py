"""The SessionKeys in the memory of this process, and nowhere else."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from core.domain.language_model import Provider
from core.domain.provider_key import ProviderKey
from core.ports import Clock

KEPT_UNUSED = timedelta(hours=8)
MAX_CANDIDATES = 2000
"""Beyond it the keys that were not used for the longest time are forgotten."""


@dataclass(slots=True)
class _Shelf:
    used_at: datetime
    keys: dict[Provider, ProviderKey] = field(default_factory=dict)


class MemoryKeys:
    """Forgets a candidate's keys eight hours after their last use, and all with the process."""

    def __init__(self, clock: Clock, max_candidates: int = MAX_CANDIDATES) -> None:
        """Start with no key."""
        self._clock = clock
        self._max_candidates = max_candidates
        self._lock = Lock()
        self._shelves: OrderedDict[UUID, _Shelf] = OrderedDict()  # the longest unused first

    def keep(self, user_id: UUID, key: ProviderKey) -> None:
        """Keep a key in place of the former one."""
        with self._lock:
            shelf = self._used(user_id) or _Shelf(self._clock.now())
            shelf.keys[key.provider] = key
            self._shelves[user_id] = shelf
            if len(self._shelves) > self._max_candidates:
                self._shelves.popitem(last=False)

    def keys(self, user_id: UUID) -> tuple[ProviderKey, ...]:
        """The keys that are not forgotten yet."""
        with self._lock:
            shelf = self._used(user_id)
            return tuple(shelf.keys.values()) if shelf else ()

    def remove(self, user_id: UUID, provider: Provider) -> None:
        """Forget one key."""
        with self._lock:
            shelf = self._used(user_id)
            if shelf:
                shelf.keys.pop(provider, None)

    def forget(self, user_id: UUID) -> None:
        """Forget all keys of the candidate."""
        with self._lock:
            self._shelves.pop(user_id, None)

    def _used(self, user_id: UUID) -> _Shelf | None:
        """The candidate's shelf, used now; everyone's that were not used for too long are gone."""
        now = self._clock.now()
        while self._shelves:
            longest_unused = next(iter(self._shelves))
            if now - self._shelves[longest_unused].used_at < KEPT_UNUSED:
                break
            del self._shelves[longest_unused]
        shelf = self._shelves.get(user_id)
        if shelf:
            shelf.used_at = now
            self._shelves.move_to_end(user_id)
        return shelf
