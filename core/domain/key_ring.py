"""The master keys that seal candidates' keys, as they are written down."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass, field

KEY_BYTES = 32
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
