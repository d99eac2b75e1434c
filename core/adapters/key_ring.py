"""The master keys that seal candidates' keys: from the setting, or from a file of their own."""

import os
import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes, token_hex

KEY_BYTES = 32
RING_FILE = "master.key"
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")


class KeyRingError(ValueError):
    """The master keys cannot be used; the message is the end of a sentence and holds none of them."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Master keys of 32 bytes by their ids. The first seals, all of them open."""

    keys: Mapping[str, bytes] = field(repr=False)

    @property
    def first_id(self) -> str:
        """The id of the key that seals."""
        return next(iter(self.keys))


def parse_ring(text: str) -> KeyRing:
    """The ring written as `k2:<base64>,k1:<base64>`; KeyRingError where it is broken."""
    keys: dict[str, bytes] = {}
    for number, entry in enumerate(text.split(","), start=1):
        key_id, _, encoded = entry.strip().partition(":")
        if not _KEY_ID.fullmatch(key_id) or not encoded:
            message = f"entry {number} must be a name of up to 16 letters and digits, a colon, and a key in base 64"
            raise KeyRingError(message)
        if key_id in keys:
            message = f"the name {key_id} stands there twice"
            raise KeyRingError(message)
        keys[key_id] = _decoded(key_id, encoded)
    return KeyRing(keys)


def file_ring(path: Path) -> KeyRing:
    """The ring in a file, which is made at the first call; OSError or KeyRingError.

    Its one key has a name of its own, so that a new file in place of a lost one is told from it.
    """
    if not path.exists():
        _make(path, f"local-{token_hex(4)}:{b64encode(token_bytes(KEY_BYTES)).decode()}\n")
    path.chmod(0o600)
    return parse_ring(path.read_text("ascii", errors="replace").strip())


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


def _decoded(key_id: str, encoded: str) -> bytes:
    try:
        key = b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except (Error, ValueError):
        message = f"the key named {key_id} is not in base 64"
        raise KeyRingError(message) from None
    if len(key) != KEY_BYTES:
        message = f"the key named {key_id} has {len(key)} bytes instead of {KEY_BYTES}"
        raise KeyRingError(message)
    return key
