"""What the use cases of keys need from outside, by role."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from core.domain.language_model import ModelInfo, Provider
from core.domain.provider_key import KeyIdCount, ProviderKey, Rotation, Secret, StoredKey

ListModels = Callable[[Provider, Secret, str], tuple[ModelInfo, ...]]
"""The models that a key may use at a provider, by its base URL; ModelError where it is refused."""


class KeyVault(Protocol):
    """Seals keys and opens them again, each bound to its candidate, provider and address."""

    @property
    def can_seal(self) -> bool:
        """Whether new keys may be sealed; what was sealed before may still open."""
        ...

    def seal(self, user_id: UUID, provider: Provider, base_url: str, key: Secret) -> str:
        """The sealed key, as text that may be stored; KeyNotStorableError where `can_seal` is not."""
        ...

    def open(self, user_id: UUID, provider: Provider, base_url: str, sealed: str) -> Secret:
        """The key in a sealed text; KeyUnreadableError for whatever is wrong with it."""
        ...

    def key_id_of(self, sealed: str) -> str:
        """The id of the master key that it was sealed under, empty where the text has none."""
        ...


class KeyStore(Protocol):
    """Keeps sealed keys, one for each candidate and provider. Failures are StoreError."""

    def save_key(self, user_id: UUID, key: StoredKey) -> None:
        """Store a key in place of the candidate's former one for that provider."""
        ...

    def keys(self, user_id: UUID) -> tuple[StoredKey, ...]:
        """The candidate's keys, in the order of the providers' names."""
        ...

    def save_model(self, user_id: UUID, provider: Provider, model: str) -> None:
        """Store which model the key is for; nothing where there is no such key."""
        ...

    def delete_key(self, user_id: UUID, provider: Provider) -> None:
        """Delete a key; harmless where there is none."""
        ...


class SessionKeys(Protocol):
    """Keeps keys in memory alone, for a while, one for each candidate and provider."""

    def keep(self, user_id: UUID, key: ProviderKey) -> None:
        """Keep a key in place of the candidate's former one for that provider."""
        ...

    def keys(self, user_id: UUID) -> tuple[ProviderKey, ...]:
        """The candidate's keys that are not forgotten yet; looking counts as use."""
        ...

    def remove(self, user_id: UUID, provider: Provider) -> None:
        """Forget one key; harmless where there is none."""
        ...

    def forget(self, user_id: UUID) -> None:
        """Forget all keys of the candidate."""
        ...


class KeyMaintenance(Protocol):
    """Work on all candidates' sealed keys together, which opens none. For the command line only."""

    @property
    def first_key_id(self) -> str:
        """The id of the master key that seals."""
        ...

    def census(self) -> tuple[KeyIdCount, ...]:
        """The ring's key ids in its order, then those that stored keys name and the ring has not."""
        ...

    def rewrap(self) -> Rotation:
        """Put every stored key under the first master key; what cannot be read stays as it is."""
        ...
