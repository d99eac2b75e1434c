"""Which processes of this machine are still there, told by locks that the system drops when one dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID, uuid4
from weakref import finalize

KEPT_SECONDS = 3600.0
"""So long the file of a dead process stays: far longer than any lease of its."""
_GONE = b"gone"


class LivingProcesses:
    """This process among those that share a folder.

    Each has a file there, named by its `owner` id, and holds a lock on it for as long as it lives. No
    number of a process is kept, so none can be taken for another's. What cannot be told counts as
    living: a file that is not there, a folder without locks, an id of another kind.
    """

    def __init__(self, folder: Path) -> None:
        """Join: make this process known, and clear away what processes left that died long ago."""
        self.owner = str(uuid4())
        self._folder = folder
        with suppress(OSError):  # then leases end by the clock alone
            folder.mkdir(mode=0o700, exist_ok=True)
            self._clear()
            file = os.open(folder / self.owner, os.O_RDWR | os.O_CREAT, 0o600)
            finalize(self, os.close, file)
            fcntl.flock(file, fcntl.LOCK_EX)  # who looks at it holds it for a moment only

    def is_dead(self, owner: str) -> bool:
        """Whether the process that had this id is known to be gone."""
        try:
            with _unowned(self._folder / str(UUID(owner))) as file:
                return file is not None
        except (OSError, ValueError):
            return False

    def _clear(self) -> None:
        """Mark files of the dead, and remove those that were marked long ago."""
        for path in self._folder.iterdir():
            with suppress(OSError), _unowned(path) as file:
                if file is None:
                    continue
                found = os.fstat(file)
                if not found.st_size:
                    os.write(file, _GONE)
                elif time.time() - found.st_mtime > KEPT_SECONDS:
                    path.unlink()


@contextmanager
def _unowned(path: Path) -> Iterator[int | None]:
    """The file where no process holds its lock, else None; OSError where there is none."""
    file = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        yield None
    else:
        yield file
    finally:
        os.close(file)
