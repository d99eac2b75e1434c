"""The ResumeFiles in a private folder of this machine."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from core.domain.errors import NotFoundError, StoreError

_UNREAD = "The file could not be read just now. Try again in a moment."
_UNWRITTEN = "The file could not be stored or deleted just now. Try again in a moment."
_UNFINISHED = ".new"


class LocalFiles:
    """Keeps files 0600 in folders 0700. See `core.custody_ports.ResumeFiles` for what it promises.

    A file appears whole or not at all: it is written beside its place, forced to disk and then moved there.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made with the first file."""
        self._folder = folder

    def put(self, name: str, content: bytes, media_type: str) -> None:  # noqa: ARG002 - the port's signature
        """Store a file."""
        path = self._path(name)
        with _translated(_UNWRITTEN):
            for folder in (self._folder, path.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = path.with_name(f"{uuid4().hex}{_UNFINISHED}")
            try:
                _write(beside, content)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
            _force(path.parent)

    def read(self, name: str) -> bytes:
        """A file's content."""
        with _translated(_UNREAD):
            try:
                return self._path(name).read_bytes()
            except FileNotFoundError:
                raise NotFoundError("file") from None

    def delete(self, names: Iterable[str]) -> None:
        """Delete files, and folders that are empty then."""
        with _translated(_UNWRITTEN):
            for path in map(self._path, names):
                path.unlink(missing_ok=True)
                if path.parent.exists() and not any(path.parent.iterdir()):
                    path.parent.rmdir()

    def names(self, before: datetime) -> tuple[str, ...]:
        """The names of all files that were stored before then, unfinished ones included."""
        with _translated(_UNREAD):
            found = [path for path in self._folder.glob("*/*") if path.is_file()]
            old = [path for path in found if _modified(path) < before]
            return tuple(sorted(path.relative_to(self._folder).as_posix() for path in old))

    def _path(self, name: str) -> Path:
        """Where a name lies; StoreError for one that leads anywhere else."""
        path = self._folder / name
        if path.parent.parent != self._folder or ".." in path.parts:
            raise StoreError(_UNREAD)
        return path


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _force(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


@contextmanager
def _translated(sentence: str) -> Iterator[None]:
    """Failures of the disk leave as StoreError with this sentence."""
    try:
        yield
    except OSError as error:
        raise StoreError(sentence) from error
