"""The use cases of one's own keys for AI providers: add, choose a model, open, remove."""

from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.audit import AuditKind
from core.domain.errors import KeyMissingError, KeyNotStorableError, KeyUnreadableError
from core.domain.key_forms import cleaned_address, cleaned_key
from core.domain.language_model import ModelInfo, Provider
from core.domain.provider import Providers
from core.domain.provider_key import (
    KeyEntry,
    ProviderKey,
    StoredKey,
)
from core.key_ports import KeyStore, KeyVault, ListModels, SessionKeys
from core.ports import Clock
from core.services.guarding import Record, unrecorded


@dataclass(frozen=True, slots=True)
class Keys:
    """A candidate's own keys, one for each provider: stored sealed, or kept for the session alone.

    Without a `vault` nothing is ever stored. A key of the session goes before a stored one of the same
    provider, which stays. `list_models` asks the provider, which costs nothing and tells whether the
    key is accepted. Keys for a provider that is none of `providers` are kept and not shown.
    """

    store: KeyStore
    vault: KeyVault | None
    session_keys: SessionKeys
    list_models: ListModels
    clock: Clock
    providers: Providers
    record: Record = unrecorded

    @property
    def can_store(self) -> bool:
        """Whether keys can be stored here; else they last for the session."""
        return self.vault is not None and self.vault.can_seal

    def add_key(
        self, user_id: UUID, provider: Provider, key: str, base_url: str = "", *, keep: bool
    ) -> tuple[ModelInfo, ...]:
        """Check a key with its provider, then store it (`keep`) or hold it for the session.

        The models that it may use, perhaps none. The model chosen before stays where it is among them.
        InvalidInputError where it is obviously no key, ModelError where the provider does not accept
        it, KeyNotStorableError where it cannot be stored, ProviderUnknownError: nothing is changed then.
        """
        if keep and not self.can_store:
            raise KeyNotStorableError
        chosen = self.providers.facts(provider)
        address = cleaned_address(chosen, base_url)
        secret = cleaned_key(self.providers, chosen, key)
        models = self.list_models(provider, secret, address)
        model = self._model_before(user_id, provider, models)
        self.record(user_id, AuditKind.KEY_ADDED)
        self._put(user_id, ProviderKey(provider, address, secret, model, keep))
        return models

    def keys_of(self, user_id: UUID) -> tuple[KeyEntry, ...]:
        """What may be shown of the candidate's keys, one for each provider, in the providers' order."""
        entries = {
            stored.provider: self._entry(user_id, stored) for stored in self.store.keys(user_id)
        }
        for key in self.session_keys.keys(user_id):
            entries[key.provider] = _session_entry(key)
        return tuple(entries[provider] for provider in self.providers if provider in entries)

    def open_key(self, user_id: UUID, provider: Provider) -> ProviderKey:
        """The key, ready for use; KeyMissingError or KeyUnreadableError where there is none."""
        for key in self.session_keys.keys(user_id):
            if key.provider == provider:
                return key
        for stored in self.store.keys(user_id):
            if stored.provider == provider:
                return self._opened(user_id, stored)
        raise KeyMissingError(self.providers.label(provider))

    def models(self, user_id: UUID, provider: Provider) -> tuple[ModelInfo, ...]:
        """The models that the candidate's key may use, asked anew; errors as of `open_key`, ModelError."""
        key = self.open_key(user_id, provider)
        return self.list_models(provider, key.key, key.base_url)

    def choose_model(self, user_id: UUID, provider: Provider, model: str) -> None:
        """Keep which model the key is for; KeyMissingError where there is no key."""
        entry = next((e for e in self.keys_of(user_id) if e.provider == provider), None)
        if entry is None:
            raise KeyMissingError(self.providers.label(provider))
        for key in self.session_keys.keys(user_id):
            if key.provider == provider:
                self.session_keys.keep(user_id, replace(key, model=model))
        if entry.is_stored:
            self.store.save_model(user_id, provider, model)

    def remove_key(self, user_id: UUID, provider: Provider) -> None:
        """Forget the key for a provider, stored or not; harmless where there is none."""
        self.record(user_id, AuditKind.KEY_REMOVED)
        self.session_keys.remove(user_id, provider)
        self.store.delete_key(user_id, provider)

    def _put(self, user_id: UUID, key: ProviderKey) -> None:
        if not key.is_stored or self.vault is None:
            self.session_keys.keep(user_id, key)
            return
        sealed = self.vault.seal(user_id, key.provider, key.base_url, key.key)
        stored = StoredKey(
            key.provider, key.base_url, sealed, key.key.last4, key.model, self.clock.now()
        )
        self.store.save_key(user_id, stored)
        self.session_keys.remove(user_id, key.provider)

    def _opened(self, user_id: UUID, stored: StoredKey) -> ProviderKey:
        if self.vault is None:
            raise KeyUnreadableError(self.providers.label(stored.provider))
        try:
            key = self.vault.open(user_id, stored.provider, stored.base_url, stored.sealed)
        except KeyUnreadableError:
            raise KeyUnreadableError(self.providers.label(stored.provider)) from None
        return ProviderKey(stored.provider, stored.base_url, key, stored.model, is_stored=True)

    def _entry(self, user_id: UUID, stored: StoredKey) -> KeyEntry:
        try:
            self._opened(user_id, stored)
        except KeyUnreadableError:
            is_readable = False
        else:
            is_readable = True
        return KeyEntry(
            provider=stored.provider,
            base_url=stored.base_url,
            last4=stored.last4,
            model=stored.model,
            is_stored=True,
            is_readable=is_readable,
            saved_at=stored.saved_at,
        )

    def _model_before(
        self, user_id: UUID, provider: Provider, models: tuple[ModelInfo, ...]
    ) -> str:
        """The model chosen for the former key, empty where the new key has it not."""
        ids = {model.id for model in models}
        before = (entry.model for entry in self.keys_of(user_id) if entry.provider == provider)
        return next((model for model in before if model in ids), "")


def _session_entry(key: ProviderKey) -> KeyEntry:
    return KeyEntry(
        provider=key.provider,
        base_url=key.base_url,
        last4=key.key.last4,
        model=key.model,
        is_stored=False,
        is_readable=True,
        saved_at=None,
    )
