"""Which of a provider's models can judge, and which of them to choose before anybody has chosen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.domain.language_model import ModelInfo, Provider
from core.ports import Clock


@dataclass(frozen=True, slots=True)
class Taste:
    """One provider's rules, as patterns over model ids.

    `judges` must match at the id's start and `not_text` nowhere in it for a model to be shown at all.
    `fast` and `strong` are what to preselect, the best first; each matches whole ids.
    """

    judges: str
    not_text: str
    fast: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()


TASTES = {
    Provider.OPENAI: Taste(
        judges=r"gpt-([4-9]|\d\d)|o[3-9]",
        not_text=r"audio|image|realtime|transcribe|tts|search|codex|live|research|instruct",
        fast=(r"gpt-6[\d.]*-luna", r"gpt-[5-9][\d.]*-luna", r"gpt-[5-9][\d.]*-mini"),
        strong=(
            r"gpt-6\.2-sol",
            r"gpt-6[\d.]*-sol",
            r"gpt-6[\d.]*-terra",
            r"gpt-[5-9][\d.]*-(sol|terra)",
            r"gpt-[5-9][\d.]*",
        ),
    ),
    Provider.ANTHROPIC: Taste(
        judges=r"claude-",
        not_text=r"claude-(1|2|instant)",
        fast=(r"claude-haiku-5-5", r"claude-haiku-[5-9][\d-]*", r"claude-haiku-[\d-]+"),
        strong=(
            r"claude-sonnet-5-5",
            r"claude-sonnet-[5-9][\d-]*",
            r"claude-opus-[5-9][\d-]*",
            r"claude-(sonnet|opus)-[\d-]+",
        ),
    ),
    Provider.GEMINI: Taste(
        judges=r"gemini-",
        not_text=r"tts|image|robotics|lyria|omni|live|audio|transcribe|embedding|computer-use|banana|customtools",
        fast=(
            r"gemini-3\.8-flash",
            r"gemini-[3-9][\d.]*-flash",
            r"gemini-flash-latest",
            r"gemini-[\d.]+-flash(-lite)?",
        ),
        strong=(
            r"gemini-4-hydrogen",
            r"gemini-pro-latest",
            r"gemini-[3-9][\d.]*-pro(-preview)?",
            r"gemini-[\d.]+-pro",
        ),
    ),
    Provider.COMPATIBLE: Taste(
        judges=r".", not_text=r"embed|whisper|tts|rerank|transcribe|moderation|bge-|clip"
    ),
}
_NUMBER = re.compile(r"\d+")
_DATE = re.compile(r"-\d{4}-?\d{2}-?\d{2}")


def can_judge(provider: Provider, model_id: str) -> bool:
    """Whether a model of this id writes text that can be asked for, as far as its id tells."""
    taste = TASTES[provider]
    return bool(re.match(taste.judges, model_id, re.IGNORECASE)) and not re.search(
        taste.not_text, model_id, re.IGNORECASE
    )


def offered(provider: Provider, models: Iterable[ModelInfo], today: date) -> tuple[ModelInfo, ...]:
    """The models to show: those that can judge and are not yet retired, the newest numbers first.

    A model that will retire stays, with its `retires_on`.
    """
    living = (
        model for model in models if can_judge(provider, model.id) and not _is_retired(model, today)
    )
    return tuple(sorted(living, key=_newest_first))


def ranked(
    provider: Provider, models: Iterable[ModelInfo], today: date
) -> tuple[str | None, str | None]:
    """The ids of the fast and of the strong model to preselect; None where there is no model at all.

    One whose end is announced is taken only where nothing else is left.
    """
    shown = offered(provider, models, today)
    lasting = tuple(model for model in shown if model.retires_on is None) or shown
    taste = TASTES[provider]
    return _first(taste.fast, lasting), _first(taste.strong, lasting)


@dataclass(frozen=True, slots=True)
class ModelMenu:
    """Which of a provider's models to show today, and which one to begin with."""

    clock: Clock

    def offered(self, provider: Provider, models: Iterable[ModelInfo]) -> tuple[ModelInfo, ...]:
        """Those that can judge and are not retired, the newest first."""
        return offered(provider, models, self.clock.now().date())

    def preferred(self, provider: Provider, models: Iterable[ModelInfo]) -> str:
        """The fast one, empty where there is no model at all."""
        fast, strong = ranked(provider, models, self.clock.now().date())
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
    """By the version, higher first; the date of a snapshot is none."""
    numbers = [int(number) for number in _NUMBER.findall(_DATE.sub("", model.id))]
    major, minor, *_ = [*numbers, 0, 0]
    return -major, -minor, len(model.id), model.id
