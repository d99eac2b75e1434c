import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidInputError
from core.domain.key_forms import cleaned_address, cleaned_key
from core.domain.language_model import Provider
from core.domain.provider_key import Secret
from tests.known_providers import ANTHROPIC, COMPATIBLE, GEMINI, KNOWN, OPENAI, PROVIDERS

_OPENAI = "sk-proj-4711Zq8vXw2LmN"
_ANTHROPIC = "sk-ant-api03-4711Zq8vXw2LmN"
_GEMINI = "AIzaSy4711Zq8vXw2LmN"
_OWN = {
    OPENAI: _OPENAI,
    ANTHROPIC: _ANTHROPIC,
    GEMINI: _GEMINI,
}


def _cleaned(provider: Provider, text: str) -> Secret:
    return cleaned_key(KNOWN, KNOWN.facts(provider), text)


def _refusal(provider: Provider, text: str) -> str:
    with pytest.raises(InvalidInputError) as refused:
        _cleaned(provider, text)
    assert refused.value.field == "key"
    return str(refused.value)


@pytest.mark.parametrize(("provider", "key"), _OWN.items())
def test_key_of_the_provider_is_taken(provider: Provider, key: str) -> None:
    assert _cleaned(provider, key).reveal() == key


@pytest.mark.parametrize("provider", PROVIDERS)
def test_key_of_an_unknown_form_is_taken(provider: Provider) -> None:
    assert _cleaned(provider, "AQ.Ab8RN6-new-form").reveal() == "AQ.Ab8RN6-new-form"


@pytest.mark.parametrize(
    "pasted",
    [
        f"  {_OPENAI}\n",
        f'"{_OPENAI}"',
        f"'{_OPENAI}' ",
        f"`{_OPENAI}`",
        f"“{_OPENAI}”",
        f'\t" {_OPENAI} "\r\n',
        f"\ufeff{_OPENAI}\u200b",
        f"\u00a0{_OPENAI}\u00a0",
    ],
)
def test_spaces_and_quotes_around_a_key_are_taken_off(pasted: str) -> None:
    assert _cleaned(OPENAI, pasted).reveal() == _OPENAI


@pytest.mark.parametrize("provider", _OWN)
@pytest.mark.parametrize("owner", _OWN)
def test_key_of_another_provider_is_refused_with_its_name(
    provider: Provider, owner: Provider
) -> None:
    if provider == owner:
        return
    sentence = _refusal(provider, _OWN[owner])
    assert f"Choose {KNOWN.label(owner)} for it" in sentence
    assert f"your key for {KNOWN.label(provider)}" in sentence


def test_key_of_a_service_that_speaks_openais_language_is_sent_there() -> None:
    sentence = _refusal(OPENAI, "sk-or-v1-4711Zq8vXw2LmN")
    assert "OpenRouter" in sentence
    assert "your own server" in sentence


@pytest.mark.parametrize("key", [*_OWN.values(), "sk-or-v1-4711", "gsk_4711", "eyJ0.eyJz.c2ln"])
def test_server_of_ones_own_takes_any_key(key: str) -> None:
    assert _cleaned(COMPATIBLE, key).reveal() == key


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("prefix", ["sb_secret_", "sb_publishable_", "ghp_", "AKIA"])
def test_key_of_something_that_is_no_model_is_refused_everywhere(
    provider: Provider, prefix: str
) -> None:
    assert "does not belong here" in _refusal(provider, f"{prefix}4711Zq8vXw2LmN")


@pytest.mark.parametrize("pasted", ["", "  ", '""'])
def test_empty_key_is_refused_by_name(pasted: str) -> None:
    assert _refusal(GEMINI, pasted) == "Enter your key for Gemini."


def test_server_of_ones_own_may_need_no_key() -> None:
    assert _cleaned(COMPATIBLE, " ").reveal() == ""


@pytest.mark.parametrize("inside", [" ", "\n", "\r\nX-Other: 1", "\x00", "\u2028", "é", "…"])
def test_key_with_what_no_header_may_hold_is_refused(inside: str) -> None:
    assert "no spaces" in _refusal(OPENAI, f"sk-proj{inside}4711")


def test_endless_key_is_refused() -> None:
    assert "too long" in _refusal(COMPATIBLE, "x" * 5000)


def test_address_in_place_of_a_key_is_refused() -> None:
    assert "address" in _refusal(OPENAI, "https://platform.openai.com/api-keys")


@given(st.sampled_from(PROVIDERS), st.text(min_size=8))
def test_refusal_does_not_repeat_what_was_entered(provider: Provider, text: str) -> None:
    entered = f"4711 {text} 4711"
    assert entered not in _refusal(provider, entered)


# --- addresses ----------------------------------------------------------------------------------


def test_address_of_a_server_is_kept_without_its_last_slash() -> None:
    address = cleaned_address(KNOWN.facts(COMPATIBLE), ' "https://models.example.com/v1/" ')
    assert address == "https://models.example.com/v1"


def test_other_providers_have_no_address() -> None:
    assert cleaned_address(KNOWN.facts(OPENAI), " ") == ""
    with pytest.raises(InvalidInputError, match="Only a server of your own"):
        cleaned_address(KNOWN.facts(OPENAI), "https://models.example.com/v1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "models.example.com",
        "ftp://models.example.com",
        "file:///etc/passwd",
        "https://",
        "https://[::1",
        "https://models.example.com/a b",
        "https://\ud800.example.com",
        "https://models.example.com/" + "v" * 500,
    ],
)
def test_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="Enter the address") as refused:
        cleaned_address(KNOWN.facts(COMPATIBLE), text)
    assert refused.value.field == "base_url"


@pytest.mark.parametrize(
    "text",
    [
        "https://me:secret@models.example.com/v1",
        "https://me@models.example.com/v1",
        "https://models.example.com/v1?key=secret",
        "https://models.example.com/v1#secret",
    ],
)
def test_address_with_a_secret_in_it_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="without a user name"):
        cleaned_address(KNOWN.facts(COMPATIBLE), text)
