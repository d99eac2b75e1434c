"""Services that a candidate may have a key for: who runs models, and who only transcribes."""

from dataclasses import dataclass

from core.adapters.deepgram_transcriber import FACTS, DeepgramTranscriber
from core.adapters.model_factory import ModelFactory
from core.domain.language_model import ModelInfo, Provider
from core.domain.provider import Providers
from core.domain.provider_key import Secret


@dataclass(frozen=True, slots=True)
class KeyedServices:
    """Every service with keys; models are made by `models` alone."""

    models: ModelFactory

    @property
    def providers(self) -> Providers:
        """All of them, those that run models first."""
        return Providers((*self.models.providers.all, FACTS))

    def list_models(self, provider: Provider, key: Secret, base_url: str) -> tuple[ModelInfo, ...]:
        """See `core.key_ports.ListModels`; none where the service runs none."""
        if provider != FACTS.id:
            return self.models.list_models(provider, key, base_url)
        url = self.models.urls.get(provider, "")
        DeepgramTranscriber(key.reveal(), base_url=url).check_key()
        return ()
