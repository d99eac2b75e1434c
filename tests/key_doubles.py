"""Stand-ins and ready-made values for what concerns keys."""

from dataclasses import replace
from uuid import UUID

from core.adapters.aes_vault import AesVault
from core.domain.errors import ModelError
from core.domain.key_ring import KeyRing
from core.domain.language_model import ModelInfo, Provider
from core.domain.provider_key import Secret, StoredKey
from tests.builders import NOW
from tests.known_providers import OPENAI

KEY = "sk-candidate-4711-Zq8vXw2LmN"
OTHER_KEY = "sk-candidate-0815-Bt5yRe7KpD"
SERVER = "https://models.example.com/v1"
MODELS = (ModelInfo("small", "Small"), ModelInfo("large", "Large"))


class FirstChecks:
    """Keeps check values of master keys in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def keep_first(self, key_id: str, check: str) -> str:
        return self.kept.setdefault(key_id, check)


def a_ring(**keys: bytes) -> KeyRing:
    """A ring of the named keys, or of one."""
    return KeyRing(keys or {"k1": b"1" * 32})


def a_vault(ring: KeyRing | None = None, checks: FirstChecks | None = None) -> AesVault:
    """A vault whose ring is used for the first time, or after what left `checks` behind."""
    return AesVault(ring or a_ring(), (checks or FirstChecks()).keep_first)


def a_stored_key(provider: Provider = OPENAI, sealed: str = "v1.k1.a.b") -> StoredKey:
    """A row as the store keeps it."""
    return StoredKey(provider, "", sealed, "XLmN", "small", NOW)


class MemoryKeyStore:
    """A KeyStore in a dictionary."""

    def __init__(self) -> None:
        self.rows: dict[tuple[UUID, Provider], StoredKey] = {}

    def save_key(self, user_id: UUID, key: StoredKey) -> None:
        self.rows[user_id, key.provider] = key

    def keys(self, user_id: UUID) -> tuple[StoredKey, ...]:
        own = [key for (owner, _), key in self.rows.items() if owner == user_id]
        return tuple(sorted(own, key=lambda key: key.provider))

    def save_model(self, user_id: UUID, provider: Provider, model: str) -> None:
        row = self.rows.get((user_id, provider))
        if row:
            self.rows[user_id, provider] = replace(row, model=model)

    def delete_key(self, user_id: UUID, provider: Provider) -> None:
        self.rows.pop((user_id, provider), None)


class ListingProvider:
    """Lists models for whoever asks, until it is told to refuse. Keeps what it was asked with."""

    def __init__(self, models: tuple[ModelInfo, ...] = MODELS) -> None:
        self.listed = models
        self.error: ModelError | None = None
        self.asked: list[tuple[Provider, str, str]] = []

    def list_models(self, provider: Provider, key: Secret, base_url: str) -> tuple[ModelInfo, ...]:
        self.asked.append((provider, key.reveal(), base_url))
        if self.error:
            raise self.error
        return self.listed
