import re
from pathlib import Path

import pytest

from core.adapters.provider_declaration import Declaration
from core.adapters.redaction import redacted, secrets_pattern
from core.config import ROOT
from core.domain.provider import ProviderFacts
from tests.known_providers import DECLARED, KEY_PATTERNS, KNOWN, PROVIDERS, a_key

_IDS = [declared.facts.id for declared in DECLARED]
_each = pytest.mark.parametrize("declared", DECLARED, ids=_IDS)
_SDK = re.compile(r"^\s*(?:import|from) (openai|anthropic|google)\b", re.MULTILINE)


def test_lists_begin_with_the_four_in_their_order() -> None:
    assert PROVIDERS[:4] == ("openai", "anthropic", "gemini", "compatible")


def test_no_two_have_one_id() -> None:
    assert len(set(PROVIDERS)) == len(PROVIDERS)


@_each
def test_its_id_is_its_modules_name(declared: Declaration) -> None:
    assert declared.make.__module__ == f"core.adapters.providers.{declared.facts.id}"


@_each
def test_it_says_how_to_get_a_key(declared: Declaration) -> None:
    assert len(declared.facts.key_steps) > 40


@pytest.mark.parametrize("facts", [f for f in KNOWN.all if f.key_forms], ids=lambda f: f.id)
def test_keys_of_its_form_are_hidden(facts: ProviderFacts) -> None:
    text = f"refused: {a_key(facts.id)}"
    assert redacted(text, secrets_pattern(KEY_PATTERNS)) == "refused: •••"


_SHARED_BY_SERVERS_THAT_SPEAK_AS_OPENAI = {
    "adapters/openai_sdk.py",
    "adapters/chat_chunks.py",
    "adapters/chat_forms.py",
}


def test_sdks_are_imported_by_the_providers_modules_alone() -> None:
    importing = {
        path.relative_to(ROOT / "core").as_posix()
        for path in Path(ROOT / "core").rglob("*.py")
        if _SDK.search(path.read_text("utf-8"))
    }
    beside = {name for name in importing if not name.startswith("adapters/providers/")}
    assert beside == _SHARED_BY_SERVERS_THAT_SPEAK_AS_OPENAI
