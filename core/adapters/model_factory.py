"""Makes the language model that a candidate chose."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.adapters.patient_model import PatientModel
from core.adapters.provider_declaration import Access, Declaration
from core.adapters.wall import PUBLIC_WALL, Wall
from core.domain.errors import ProviderUnknownError
from core.domain.language_model import ModelInfo, Provider
from core.domain.provider import Providers
from core.domain.provider_key import Secret
from core.ports import LanguageModel


@dataclass(frozen=True, slots=True)
class ModelFactory:
    """Makes models of the declared providers; `wall` is what a candidate's own server is reached through.

    `urls` are addresses to call instead of the providers' own, for hosts that stand behind a gateway.
    """

    declared: tuple[Declaration, ...]
    wall: Wall = PUBLIC_WALL
    urls: Mapping[str, str] = field(default_factory=dict)

    @property
    def providers(self) -> Providers:
        """Those that it makes models of."""
        return Providers(tuple(declaration.facts for declaration in self.declared))

    def make(
        self, provider: Provider, key: Secret, model: str, base_url: str = ""
    ) -> LanguageModel:
        """A patient model with that key; ModelError where key or address cannot be used at all.

        ProviderUnknownError where nothing declares the provider.
        """
        return PatientModel(self._bare(provider, key.reveal(), model, base_url))

    def list_models(self, provider: Provider, key: Secret, base_url: str) -> tuple[ModelInfo, ...]:
        """Every model the key may use; errors as of `make`. Costs nothing."""
        return self._bare(provider, key.reveal(), "", base_url).models()

    def _bare(self, provider: Provider, key: str, model: str, base_url: str) -> LanguageModel:
        declared = self._declaration(provider)
        address = base_url if declared.facts.is_own_server else self.urls.get(provider, "")
        return declared.make(Access(key, model, address, self.wall))

    def _declaration(self, provider: Provider) -> Declaration:
        for declaration in self.declared:
            if declaration.facts.id == provider:
                return declaration
        raise ProviderUnknownError(provider)
