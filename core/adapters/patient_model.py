"""A language model that is asked again where that can help."""

import random
import time
from collections.abc import Callable, Iterator

from core.adapters.counted_usage import with_usage
from core.adapters.patience import Patience
from core.domain.language_model import ModelInfo, ModelRequest, Provider, ReplyEnd
from core.ports import LanguageModel


class PatientModel:
    """A model that is asked up to three times within one deadline."""

    def __init__(
        self,
        model: LanguageModel,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        spread: Callable[[], float] = random.random,
    ) -> None:
        """Take the model and the clock; `spread` gives 0 to 1, so that many clients do not return at once."""
        self._model = model
        self._patience = Patience(sleep, clock, spread)

    @property
    def provider(self) -> Provider:
        """See `core.ports.LanguageModel`."""
        return self._model.provider

    @property
    def label(self) -> str:
        """See `core.ports.LanguageModel`."""
        return self._model.label

    @property
    def model(self) -> str:
        """See `core.ports.LanguageModel`."""
        return self._model.model

    def models(self) -> tuple[ModelInfo, ...]:
        """See `core.ports.LanguageModel`. Asked once: a person waits for it and can ask again."""
        return self._model.models()

    def stream(
        self, request: ModelRequest, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Iterator[str | ReplyEnd]:
        """See `core.ports.LanguageModel`; the time bounds all tries and the pauses between them.

        Where no usage is told, the end has an estimate.
        """
        pieces = self._patience.pieces(
            lambda seconds: self._model.stream(request, seconds, is_cancelled),
            timeout_seconds,
            is_cancelled,
        )
        return with_usage(request, pieces)
