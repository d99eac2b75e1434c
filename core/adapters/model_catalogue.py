"""Which of a provider's models can judge, and which of them to choose before anybody has chosen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.domain.language_model import ModelInfo, Provider
from core.domain.provider import ModelTaste, Providers
from core.ports import Clock

_NUMBER = re.compile(r"\d+")
_NO_VERSION = re.compile(
    r"-\d{4}-?\d{2}-?\d{2}|-\d{2}-\d{4}|-\d{4}(?!\d)|[:-]\d+(?:x\d+)?(?:\.\d+)?[bk](?![a-z])",
    re.IGNORECASE,
)
"""The date of a snapshot; how many parameters it has, `:70b`."""


def offered(taste: ModelTaste, models: Iterable[ModelInfo], today: date) -> tuple[ModelInfo, ...]:
    """The models to show: those that can judge and are not yet retired, the newest numbers first.

    A model that will retire stays, with its `retires_on`.
    """
    living = (
        model for model in models if taste.can_judge(model.id) and not _is_retired(model, today)
    )
    return tuple(sorted(living, key=_newest_first))


def ranked(
    taste: ModelTaste, models: Iterable[ModelInfo], today: date
) -> tuple[str | None, str | None]:
    """The ids of the fast and of the strong model to preselect; None where there is no model at all.

    One whose end is announced is taken only where nothing else is left.
    """
    shown = offered(taste, models, today)
    lasting = tuple(model for model in shown if model.retires_on is None) or shown
    return _first(taste.fast, lasting), _first(taste.strong, lasting)


@dataclass(frozen=True, slots=True)
class ModelMenu:
    """Which of a provider's models to show today, and which one to begin with."""

    clock: Clock
    providers: Providers

    def offered(self, provider: Provider, models: Iterable[ModelInfo]) -> tuple[ModelInfo, ...]:
        """Those that can judge and are not retired, the newest first."""
        return offered(self.providers.facts(provider).taste, models, self.clock.now().date())

    def preferred(self, provider: Provider, models: Iterable[ModelInfo]) -> str:
        """The fast one, empty where there is no model at all."""
        taste = self.providers.facts(provider).taste
        fast, strong = ranked(taste, models, self.clock.now().date())
        return fast or strong or ""


def _first(patterns: tuple[str, ...], models: tuple[ModelInfo, ...]) -> str | None:
    for pattern in patterns:
        for model in models:
            if re.fullmatch(pattern, model.id):
                return model.id
    return models[0].id if models else None


def _is_retired(model: ModelInfo, today: date) -> bool:
    return model.retires_on is not None and model.retires_on <= today


def _newest_first(model: ModelInfo) -> tuple[int, int, int, str]:
    """By the version, higher first."""
    numbers = [int(number) for number in _NUMBER.findall(_NO_VERSION.sub("", model.id))]
    major, minor, *_ = [*numbers, 0, 0]
    return -major, -minor, len(model.id), model.id
