"""The providers that are declared, and what tests need of each."""

from core.adapters.declared_providers import declarations
from core.adapters.model_factory import ModelFactory
from core.domain.language_model import Provider

OPENAI = Provider("openai")
ANTHROPIC = Provider("anthropic")
GEMINI = Provider("gemini")
COMPATIBLE = Provider("compatible")

DECLARED = declarations()
KNOWN = ModelFactory(DECLARED).providers
PROVIDERS = tuple(KNOWN)
KEY_PATTERNS = tuple(pattern for declared in DECLARED for pattern in declared.key_patterns)


def a_key(provider: Provider) -> str:
    """A key that looks like one of the provider's."""
    forms = KNOWN.facts(provider).key_forms
    return f"{forms[0].prefix if forms else ''}candidate-4711-Zq8vXw2LmN"
