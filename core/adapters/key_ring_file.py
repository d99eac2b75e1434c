"""The master key of an app on one's own machine, in a file of its own."""

import os
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes, token_hex

from core.domain.errors import StoreError
from core.domain.key_ring import KEY_BYTES, KeyRing, KeyRingError, parse_ring

RING_FILE = "master.key"


def file_ring(path: Path) -> KeyRing:
    """The ring in a file, which is made at the first call; StoreError where that cannot be.

    Its one key has a name of its own, so that a new file in place of a lost one is told from it.
    """
    try:
        if not path.exists():
            _make(path, f"local-{token_hex(4)}:{b64encode(token_bytes(KEY_BYTES)).decode()}\n")
        path.chmod(0o600)
        return parse_ring(path.read_text("ascii", errors="replace").strip())
    except OSError as error:
        message = f"The file with the master key, {path}, cannot be read or made: {error.strerror}."
        raise StoreError(message) from error
    except KeyRingError as error:
        message = (
            f"The file with the master key, {path}, cannot be used: {error}. Put it back from a backup. "
            "Without one move it away; stored keys must then be entered again."
        )
        raise StoreError(message) from error


def _make(path: Path, content: str) -> None:
    """Write a private file whole or not at all; where another process was first, its file stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{token_hex(4)}")
    descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(unfinished, path)
    finally:
        unfinished.unlink()
