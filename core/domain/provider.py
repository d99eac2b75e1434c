"""Who runs language models: what is known of each, for choosing one, its key and its models."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.errors import ProviderUnknownError
from core.domain.language_model import Provider


@dataclass(frozen=True, slots=True)
class ModelTaste:
    """Which of a provider's models can judge and which to preselect, as patterns over model ids.

    `judges` must match at the id's start and `not_text` nowhere in it for a model to be shown at all.
    `fast` and `strong` are what to preselect, the best first; each matches whole ids.
    """

    judges: str = "."
    not_text: str = "(?!)"
    fast: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()

    def can_judge(self, model_id: str) -> bool:
        """Whether a model of this id writes text that can be asked for, as far as its id tells."""
        return bool(re.match(self.judges, model_id, re.IGNORECASE)) and not re.search(
            self.not_text, model_id, re.IGNORECASE
        )


@dataclass(frozen=True, slots=True)
class KeyForm:
    """How keys of one kind begin, and what they are called: `an OpenAI key`."""

    prefix: str
    what: str


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What is known of one provider.

    `id` stands in rows and files and never changes; `label` is for people, to stand inside a sentence;
    `place` orders lists. `key_steps` is Markdown: how to get a key. `is_own_server` says that the
    candidate enters its address, and that it may need no key. One that `runs_models` not has keys for
    something else, such as transcripts.
    """

    id: Provider
    label: str
    place: int
    key_steps: str
    taste: ModelTaste
    key_forms: tuple[KeyForm, ...] = ()
    is_own_server: bool = False
    runs_models: bool = True


@dataclass(frozen=True, slots=True)
class Providers:
    """All providers that can be chosen, in the order of lists."""

    all: tuple[ProviderFacts, ...]

    def __iter__(self) -> Iterator[Provider]:
        return (facts.id for facts in self.all)

    def facts(self, provider: Provider) -> ProviderFacts:
        """What is known of a provider; ProviderUnknownError where it is none of these."""
        for facts in self.all:
            if facts.id == provider:
                return facts
        raise ProviderUnknownError(provider)

    def label(self, provider: Provider) -> str:
        """Its name for people; the id of one that is here no more."""
        return next((facts.label for facts in self.all if facts.id == provider), provider)
