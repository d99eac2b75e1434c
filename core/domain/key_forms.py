"""What an entered key and an entered address must look like, as far as looking can tell."""

from urllib.parse import urlsplit

from core.domain.errors import InvalidInputError
from core.domain.provider import KeyForm, ProviderFacts, Providers
from core.domain.provider_key import Secret

MAX_KEY_CHARACTERS = 4096
MAX_ADDRESS_CHARACTERS = 500
_QUOTES = "\"'`“”„‘’«»"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


# Keys of services that are reached as a server of one's own, and what is no key at all.
_OTHERS = (
    KeyForm("sk-or-", "an OpenRouter key"),
    KeyForm("gsk_", "a Groq key"),
    KeyForm("xai-", "an xAI key"),
    KeyForm("hf_", "a Hugging Face token"),
    KeyForm("eyJ", "a sign-in token and no key"),
)
_NEVER = (
    KeyForm("sb_secret_", "a secret key of a Supabase database"),
    KeyForm("sb_publishable_", "a key of a Supabase database"),
    KeyForm("ghp_", "a GitHub token"),
    KeyForm("github_pat_", "a GitHub token"),
    KeyForm("AKIA", "an AWS key"),
)


def cleaned_key(providers: Providers, chosen: ProviderFacts, text: str) -> Secret:
    """The key for the `chosen` one of the providers in what was pasted, without spaces and quotes around it; may be empty for a server.

    InvalidInputError with a sentence where it is obviously none for this provider; nothing is told of
    what was entered.
    """
    key = _without_wrapping(text)
    if not key and not chosen.is_own_server:
        raise _refused(f"Enter your key for {chosen.label}.")
    if not _is_plain(key):
        raise _refused("A key has no spaces, line breaks or accented letters. Copy it once more.")
    if len(key) > MAX_KEY_CHARACTERS:
        raise _refused("This is too long for a key. Copy the key alone.")
    if "://" in key:
        raise _refused("This is an address. Enter the key itself.")
    _refuse_others(providers, chosen, key)
    return Secret(key)


def cleaned_address(chosen: ProviderFacts, text: str) -> str:
    """The address of a server of one's own without a slash at its end, empty for every other provider.

    InvalidInputError where it is missing, is none, holds a password, or stands where none belongs.
    """
    address = _without_wrapping(text).rstrip("/")
    if not chosen.is_own_server:
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


def _refuse_others(providers: Providers, chosen: ProviderFacts, key: str) -> None:
    """A key that tells by its beginning that it belongs elsewhere."""
    never = _form_of(key, _NEVER)
    if never is not None:
        raise _refused(f"This looks like {never.what}. It does not belong here.")
    declared = tuple(form for facts in providers.all for form in facts.key_forms)
    form = _form_of(key, (*declared, *_OTHERS))
    if form is None or chosen.is_own_server or form in chosen.key_forms:
        return
    owner = next((facts for facts in providers.all if form in facts.key_forms), None)
    where = (
        f"Choose {owner.label} for it"
        if owner
        else "For another service choose “your own server” and enter its address"
    )
    raise _refused(f"This looks like {form.what}. {where}, or enter your key for {chosen.label}.")


def _form_of(key: str, forms: tuple[KeyForm, ...]) -> KeyForm | None:
    """The form that says most of how the key begins."""
    fitting = (form for form in forms if key.startswith(form.prefix))
    return max(fitting, key=lambda form: len(form.prefix), default=None)


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
