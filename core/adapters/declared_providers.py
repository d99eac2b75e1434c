"""Finds the providers: every module of `core.adapters.providers` declares one as its `PROVIDER`."""

from importlib import import_module
from pkgutil import iter_modules

from core.adapters import providers
from core.adapters.provider_declaration import Declaration


def declarations() -> tuple[Declaration, ...]:
    """What is declared, in the order of lists. It imports the modules, but no SDK."""
    names = [module.name for module in iter_modules(providers.__path__)]
    found = (import_module(f"{providers.__name__}.{name}").PROVIDER for name in names)
    return tuple(sorted(found, key=lambda declared: (declared.facts.place, declared.facts.id)))
