"""A sequence that is made when it is first looked at."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar, overload

_T = TypeVar("_T")


class Deferred(Sequence[_T], Generic[_T]):
    """Costs nothing until its first use, which makes it once, whichever thread comes first."""

    def __init__(self, make: Callable[[], tuple[_T, ...]]) -> None:
        """Take what makes the items; what it raises comes with the first use."""
        self._make = make
        self._made: tuple[_T, ...] | None = None
        self._making = Lock()

    @overload
    def __getitem__(self, index: int) -> _T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...

    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        """An item, or several."""
        return self._items()[index]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._items())

    def _items(self) -> tuple[_T, ...]:
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made
