"""The KeyVault by AES-256-GCM, in two layers.

A sealed text is `v1.<key id>.<wrapped data key>.<ciphertext>`, both parts in URL-safe base 64 and each
beginning with its random nonce. Every text has a data key of its own, which encrypts the candidate's
key; the master key encrypts the data key alone, so that a new master key needs no plain text. What is
authenticated besides: version, candidate, provider and address, and for the wrapped key the key id.
"""

import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from secrets import token_bytes
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.domain.errors import KeyNotStorableError, KeyUnreadableError
from core.domain.key_ring import KEY_BYTES, KeyRing
from core.domain.language_model import Provider
from core.domain.provider_key import Secret

VERSION = "v1"
NONCE_BYTES = 12
_PARTS = 4
_log = logging.getLogger(__name__)

KeepFirst = Callable[[str, str], str]
"""Keeps a check value under a key id unless one is kept already; the one that is kept."""


class AesVault:
    """Seals under the first key of a ring and opens with all. See `core.key_ports.KeyVault`."""

    def __init__(self, ring: KeyRing, keep_first: KeepFirst) -> None:
        """Compare each master key with the check value that its first use left behind.

        A key that is another one than then is mistaken: if it is the first, nothing is sealed.
        """
        self.first_id = ring.first_id
        self.key_ids = tuple(ring.keys)
        self._ciphers = {key_id: AESGCM(key) for key_id, key in ring.keys.items()}
        self.mistaken = frozenset(
            key_id for key_id in self.key_ids if not self._is_same(key_id, keep_first)
        )
        for key_id in self.mistaken:
            _log.error(
                "The master key named %s is not the one that was used under this name before. "
                "Set that one again, or give the new one another name.",
                key_id,
            )

    @property
    def can_seal(self) -> bool:
        """Whether the first master key is the one that was always used under its name."""
        return self.first_id not in self.mistaken

    def seal(self, user_id: UUID, provider: Provider, base_url: str, key: Secret) -> str:
        """The sealed key."""
        data_key = token_bytes(KEY_BYTES)
        bound = _bound_to(user_id, provider, base_url)
        ciphertext = _encrypted(AESGCM(data_key), key.reveal().encode(), bound)
        return self._sealed(data_key, ciphertext, bound)

    def open(self, user_id: UUID, provider: Provider, base_url: str, sealed: str) -> Secret:
        """The key in a sealed text."""
        bound = _bound_to(user_id, provider, base_url)
        try:
            data_key, ciphertext = self._unwrapped(sealed, bound)
            return Secret(_decrypted(AESGCM(data_key), ciphertext, bound).decode())
        except (InvalidTag, ValueError):
            raise KeyUnreadableError(provider) from None

    def rewrap(self, user_id: UUID, provider: Provider, base_url: str, sealed: str) -> str:
        """The same sealed key under the first master key; the key itself stays encrypted."""
        bound = _bound_to(user_id, provider, base_url)
        try:
            data_key, ciphertext = self._unwrapped(sealed, bound)
        except (InvalidTag, ValueError):
            raise KeyUnreadableError(provider) from None
        return self._sealed(data_key, ciphertext, bound)

    def key_id_of(self, sealed: str) -> str:
        """The id of the master key."""
        return key_id_of(sealed)

    def _sealed(self, data_key: bytes, ciphertext: bytes, bound: tuple[str, ...]) -> str:
        if not self.can_seal:
            raise KeyNotStorableError
        wrapped = _encrypted(self._ciphers[self.first_id], data_key, (self.first_id, *bound))
        return ".".join((VERSION, self.first_id, _encoded(wrapped), _encoded(ciphertext)))

    def _unwrapped(self, sealed: str, bound: tuple[str, ...]) -> tuple[bytes, bytes]:
        """The data key and the ciphertext; InvalidTag or ValueError where there are none."""
        version, key_id, wrapped, ciphertext = sealed.split(".")
        if version != VERSION or key_id not in self._ciphers:
            raise ValueError("unknown version or key")
        data_key = _decrypted(self._ciphers[key_id], _decoded(wrapped), (key_id, *bound))
        return data_key, _decoded(ciphertext)

    def _is_same(self, key_id: str, keep_first: KeepFirst) -> bool:
        """Whether this master key opens the check value of its name."""
        cipher, bound = self._ciphers[key_id], ("key check", VERSION, key_id)
        try:
            _decrypted(cipher, _decoded(keep_first(key_id, _check(cipher, bound))), bound)
        except (InvalidTag, ValueError):
            return False
        return True


def key_id_of(sealed: str) -> str:
    """The id of the master key that a text was sealed under, empty where it has none."""
    parts = sealed.split(".")
    return parts[1] if len(parts) == _PARTS else ""


def _check(cipher: AESGCM, bound: tuple[str, ...]) -> str:
    return _encoded(_encrypted(cipher, b"", bound))


def _bound_to(user_id: UUID, provider: Provider, base_url: str) -> tuple[str, ...]:
    return ("api key", VERSION, str(user_id), provider, base_url)


def _authenticated(parts: tuple[str, ...]) -> bytes:
    """The parts, each after its length, so that no two lists of parts give the same bytes."""
    texts = [part.encode() for part in parts]
    return b"".join(len(text).to_bytes(4, "big") + text for text in texts)


def _encrypted(cipher: AESGCM, plain: bytes, bound: tuple[str, ...]) -> bytes:
    nonce = token_bytes(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, _authenticated(bound))


def _decrypted(cipher: AESGCM, sealed: bytes, bound: tuple[str, ...]) -> bytes:
    return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _authenticated(bound))


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """The bytes of exactly what `_encoded` writes; ValueError for every other spelling."""
    content = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _encoded(content) != text:
        raise ValueError("not as it was written")
    return content
