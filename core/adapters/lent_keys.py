"""The LentKeys in the memory of this process, and nowhere else."""

from collections import Counter
from threading import Lock
from uuid import UUID

from core.domain.language_model import Provider
from core.domain.provider_key import ProviderKey


class MemoryLentKeys:
    """Knows a key as long as it was lent more often than given back; of several the newest counts."""

    def __init__(self) -> None:
        """Start with no key."""
        self._lock = Lock()
        self._keys: dict[tuple[UUID, Provider], ProviderKey] = {}
        self._loans: Counter[tuple[UUID, Provider]] = Counter()

    def lend(self, user_id: UUID, key: ProviderKey) -> None:
        """Have the key at hand."""
        with self._lock:
            self._keys[user_id, key.provider] = key
            self._loans[user_id, key.provider] += 1

    def give_back(self, user_id: UUID, key: ProviderKey) -> None:
        """Forget the key with its last loan."""
        place = (user_id, key.provider)
        with self._lock:
            self._loans[place] -= 1
            if self._loans[place] <= 0:
                del self._loans[place]
                self._keys.pop(place, None)

    def key(self, user_id: UUID, provider: Provider) -> ProviderKey | None:
        """The key that is lent just now, None where none is."""
        with self._lock:
            return self._keys.get((user_id, provider))
