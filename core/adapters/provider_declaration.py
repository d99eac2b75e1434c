"""What one module of `core.adapters.providers` declares: a provider, all of it."""

from collections.abc import Callable
from dataclasses import dataclass

from core.adapters.wall import PUBLIC_WALL, Wall
from core.domain.provider import ProviderFacts
from core.ports import LanguageModel


@dataclass(frozen=True, slots=True)
class Access:
    """What a model is made with.

    `address` is that of the candidate's own server, else what the host set to be called instead of the
    provider's own, else empty. `wall` is what an own server may be reached through.
    """

    key: str
    model: str
    address: str = ""
    wall: Wall = PUBLIC_WALL


@dataclass(frozen=True, slots=True)
class Declaration:
    """One provider.

    `make` gives a model of it, or raises ModelError where key or address cannot be used; it is what
    imports the provider's SDK. `key_patterns` are regular expressions that find its keys in any text,
    to hide them in log records; none may look far beyond what it takes.
    """

    facts: ProviderFacts
    make: Callable[[Access], LanguageModel]
    key_patterns: tuple[str, ...] = ()
