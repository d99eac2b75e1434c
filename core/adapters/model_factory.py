"""Makes the language model that a candidate chose. A new provider is named here and in its own file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.adapters.patient_model import PatientModel
from core.adapters.wall import PUBLIC_WALL, Wall
from core.domain.language_model import ModelInfo, Provider
from core.domain.provider_key import Secret
from core.ports import LanguageModel


@dataclass(frozen=True, slots=True)
class ModelFactory:
    """Makes models; `wall` is what a candidate's own server may be reached through.

    `urls` are addresses to call instead of the providers' own, for hosts that stand behind a gateway.
    """

    wall: Wall = PUBLIC_WALL
    urls: Mapping[Provider, str] = field(default_factory=dict)

    def make(
        self, provider: Provider, key: Secret, model: str, base_url: str = ""
    ) -> LanguageModel:
        """A patient model with that key; ModelError where key or address cannot be used at all."""
        return PatientModel(self._bare(provider, key.reveal(), model, base_url))

    def list_models(self, provider: Provider, key: Secret, base_url: str) -> tuple[ModelInfo, ...]:
        """Every model the key may use; ModelError where it is refused. Costs nothing."""
        return self._bare(provider, key.reveal(), "", base_url).models()

    def _bare(self, provider: Provider, key: str, model: str, base_url: str) -> LanguageModel:
        other = {"base_url": self.urls[provider]} if self.urls.get(provider) else {}
        match provider:
            case Provider.OPENAI:
                from core.adapters.openai_model import OpenAIModel

                return OpenAIModel(key, model, **other)
            case Provider.ANTHROPIC:
                from core.adapters.anthropic_model import AnthropicModel

                return AnthropicModel(key, model, **other)
            case Provider.GEMINI:
                from core.adapters.gemini_model import GeminiModel

                return GeminiModel(key, model, **other)
            case Provider.COMPATIBLE:
                from core.adapters.compatible_model import CompatibleModel

                return CompatibleModel(key, model, base_url, self.wall)
