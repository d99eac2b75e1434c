"""The Visits in this process's memory."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock
from uuid import UUID

from core.domain.client_address import address_group

MOST_CANDIDATES = 100_000
"""Beyond it those who were there the longest time ago are forgotten: about 20 MB."""


class MemoryVisits:
    """Remembers fingerprints of addresses. See `core.custody_ports.Visits` for what it promises."""

    def __init__(self, seal: Callable[[str], str], most: int = MOST_CANDIDATES) -> None:
        """Take what makes the fingerprint of an address."""
        self._seal = seal
        self._most = most
        self._lock = Lock()
        self._visits: OrderedDict[UUID, tuple[str, date]] = OrderedDict()  # the oldest first

    def note(self, user_id: UUID, address: str, day: date) -> bool:
        """Remember a visit; whether it is the first of that day."""
        sealed = self._seal(address_group(address)) if address else ""
        with self._lock:
            before = self._visits.pop(user_id, None)
            self._visits[user_id] = (sealed, day)
            if len(self._visits) > self._most:
                self._visits.popitem(last=False)
        return before is None or before[1] != day

    def address_of(self, user_id: UUID) -> str:
        """The fingerprint of the address they came from last."""
        with self._lock:
            return self._visits.get(user_id, ("", None))[0]
