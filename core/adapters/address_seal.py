"""Fingerprints of addresses and names, which only this server can make again."""

import hmac
from collections.abc import Callable
from hashlib import sha256
from secrets import token_bytes

from core.domain.key_ring import KeyRing

_PURPOSE = b"fingerprints of addresses"
_CHARACTERS = 32
"""128 bits in hexadecimal."""


def address_seal(ring: KeyRing | None) -> Callable[[str], str]:
    """A fingerprint by a secret: one made of the first master key, else one of this process alone.

    With the ring the fingerprints are the same in every replica, until the first master key is another.
    """
    secret = _secret(ring.keys[ring.first_id]) if ring else token_bytes(32)
    return lambda text: hmac.new(secret, text.encode(), sha256).hexdigest()[:_CHARACTERS]


def _secret(master_key: bytes) -> bytes:
    return hmac.new(master_key, _PURPOSE, sha256).digest()
