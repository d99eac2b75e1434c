"""The public keys of an identity provider (JWKS), from its one address, asked for seldom."""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic

import httpx2
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

from core.domain.errors import VoucherAwayError

MAX_AGE_SECONDS = 600.0
"""After it a key that was withdrawn is not taken any more. Supabase's own edge caches as long."""
FEWEST_SECONDS = 30.0
"""Between two requests, whatever callers send: unknown keys and failures included."""
STALE_SECONDS = 3600.0
"""While the provider is away its last keys count so long."""
MAX_BYTES = 64 * 1024
MAX_KEYS = 20
TIMEOUT_SECONDS = 5.0
WAIT_SECONDS = 1.0
ALGORITHMS = ("ES256", "RS256")
"""Asymmetric ones alone: with these nobody can sign who knows only what is public."""
_PATH = "/.well-known/jwks.json"
_log = logging.getLogger(__name__)


def fetched(issuer: str) -> bytes:
    """The provider's keys as it serves them; VoucherAwayError where it does not.

    Nothing of the environment, no redirect, bounded in time and size.
    """
    try:
        with (
            httpx2.Client(
                trust_env=False, follow_redirects=False, timeout=TIMEOUT_SECONDS
            ) as client,
            client.stream("GET", issuer + _PATH) as response,
        ):
            content = b""
            for piece in response.iter_bytes(MAX_BYTES):
                content += piece
                if len(content) > MAX_BYTES:
                    raise VoucherAwayError
            if response.status_code != httpx2.codes.OK:
                raise VoucherAwayError
            return content
    except httpx2.HTTPError as error:
        _log.warning("The keys of the sign-in service cannot be had: %s", type(error).__name__)
        raise VoucherAwayError from None


class SigningKeys:
    """Finds a key by its id. What is known is found at once; the provider is asked by one at a time."""

    def __init__(self, fetch: Callable[[], bytes], now: Callable[[], float] = monotonic) -> None:
        """Take what gets the provider's keys, and a clock."""
        self._fetch = fetch
        self._now = now
        self._lock = Lock()
        self._keys: dict[str, PyJWK] = {}
        self._got_at = self._asked_at = float("-inf")

    def key(self, key_id: str, algorithm: str) -> PyJWK | None:
        """The key of that id for that algorithm, None where there is none.

        VoucherAwayError where that is not known, because the provider is away or is being asked.
        """
        if key_id not in self._keys or self._age > MAX_AGE_SECONDS:
            self._refresh(key_id)
        if self._age > STALE_SECONDS:
            raise VoucherAwayError
        found = self._keys.get(key_id)
        return found if found is not None and found.algorithm_name == algorithm else None

    @property
    def _age(self) -> float:
        return self._now() - self._got_at

    def _refresh(self, key_id: str) -> None:
        """Ask again, unless that was a moment ago; nobody waits for another's request for long."""
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            if key_id in self._keys:
                return
            raise VoucherAwayError
        try:
            if self._now() - self._asked_at >= FEWEST_SECONDS:
                self._asked_at = self._now()
                self._keys = _usable(self._fetch())
                self._got_at = self._asked_at
        except VoucherAwayError:
            _log.warning("The keys of the sign-in service are not refreshed.")
        finally:
            self._lock.release()


def _usable(content: bytes) -> dict[str, PyJWK]:
    """Keys for signatures by an algorithm that is taken; VoucherAwayError where it is no list of keys."""
    try:
        keys = PyJWKSet.from_json(content.decode()).keys[:MAX_KEYS]
    except (PyJWTError, ValueError, TypeError, AttributeError):
        raise VoucherAwayError from None
    return {
        key.key_id: key
        for key in keys
        if key.key_id and key.algorithm_name in ALGORITHMS and key.public_key_use in (None, "sig")
    }
