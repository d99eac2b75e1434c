"""What an entered key and an entered address must look like, as far as looking can tell."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from core.domain.errors import InvalidInputError
from core.domain.language_model import Provider
from core.domain.provider_key import Secret

MAX_KEY_CHARACTERS = 4096
MAX_ADDRESS_CHARACTERS = 500
_QUOTES = "\"'`“”„‘’«»"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class _Form:
    """Keys that begin alike: what they are, and whose they are where it is a provider of ours."""

    prefix: str
    what: str
    provider: Provider | None = None


# The longer prefix stands before the shorter one that it contains.
_FORMS = (
    _Form("sk-ant-", "an Anthropic key", Provider.ANTHROPIC),
    _Form("sk-or-", "an OpenRouter key"),
    _Form("sk-", "an OpenAI key", Provider.OPENAI),
    _Form("AIza", "a Google key", Provider.GEMINI),
    _Form("gsk_", "a Groq key"),
    _Form("xai-", "an xAI key"),
    _Form("hf_", "a Hugging Face token"),
    _Form("eyJ", "a sign-in token and no key"),
)
_NEVER = (
    _Form("sb_secret_", "a secret key of a Supabase database"),
    _Form("sb_publishable_", "a key of a Supabase database"),
    _Form("ghp_", "a GitHub token"),
    _Form("github_pat_", "a GitHub token"),
    _Form("AKIA", "an AWS key"),
)


def cleaned_key(provider: Provider, text: str) -> Secret:
    """The key in what was pasted, without spaces and quotes around it; may be empty for a server.

    InvalidInputError with a sentence where it is obviously none for this provider; nothing is told of
    what was entered.
    """
    key = _without_wrapping(text)
    if not key and provider is not Provider.COMPATIBLE:
        raise _refused(f"Enter your key for {provider.label}.")
    if not _is_plain(key):
        raise _refused("A key has no spaces, line breaks or accented letters. Copy it once more.")
    if len(key) > MAX_KEY_CHARACTERS:
        raise _refused("This is too long for a key. Copy the key alone.")
    if "://" in key:
        raise _refused("This is an address. Enter the key itself.")
    _refuse_others(provider, key)
    return Secret(key)


def cleaned_address(provider: Provider, text: str) -> str:
    """The address of a compatible server without a slash at its end, empty for every other provider.

    InvalidInputError where it is missing, is none, holds a password, or stands where none belongs.
    """
    address = _without_wrapping(text).rstrip("/")
    if provider is not Provider.COMPATIBLE:
        if address:
            raise _wrong_address("Only a server of your own needs an address.")
        return ""
    try:
        parts = urlsplit(address)
        host, user = parts.hostname, parts.username
    except ValueError:
        parts, host, user = urlsplit(""), None, None
    is_address = parts.scheme in {"http", "https"} and bool(host) and _is_plain(address)
    if not is_address or len(address) > MAX_ADDRESS_CHARACTERS:
        raise _wrong_address("Enter the address of your server, such as https://example.com/v1.")
    if user is not None or parts.query or parts.fragment:
        raise _wrong_address(
            "Enter the address without a user name, a password, “?” or “#”. The key has a field of its own."
        )
    return address


def _refuse_others(provider: Provider, key: str) -> None:
    """A key that tells by its beginning that it belongs elsewhere."""
    never = _form_of(key, _NEVER)
    if never is not None:
        raise _refused(f"This looks like {never.what}. It does not belong here.")
    form = _form_of(key, _FORMS)
    if form is None or provider in {form.provider, Provider.COMPATIBLE}:
        return
    where = (
        f"Choose {form.provider.label} for it"
        if form.provider
        else "For another service choose “compatible server” and enter its address"
    )
    raise _refused(f"This looks like {form.what}. {where}, or enter your key for {provider.label}.")


def _form_of(key: str, forms: tuple[_Form, ...]) -> _Form | None:
    return next((form for form in forms if key.startswith(form.prefix)), None)


def _is_plain(text: str) -> bool:
    """Whether there are visible ASCII characters only."""
    return all("!" <= character <= "~" for character in text)


def _without_wrapping(text: str) -> str:
    before = None
    while text != before:
        before, text = text, text.strip().strip(_QUOTES).strip(_INVISIBLE)
    return text


def _refused(sentence: str) -> InvalidInputError:
    return InvalidInputError("key", sentence)


def _wrong_address(sentence: str) -> InvalidInputError:
    return InvalidInputError("base_url", sentence)
