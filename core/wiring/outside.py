"""Services of others, as the mode allows them: private servers and other addresses on one's own machine only."""

from functools import partial

from core.account_ports import SignInService, Vouchers
from core.adapters.chosen_transcribers import ChosenTranscribers
from core.adapters.chosen_voices import ChosenVoices
from core.adapters.declared_providers import declarations
from core.adapters.deepgram_transcriber import KEY_PATTERNS
from core.adapters.lent_keys import MemoryLentKeys
from core.adapters.model_factory import ModelFactory
from core.adapters.redaction import install_redaction
from core.adapters.wall import OPEN_WALL, PUBLIC_WALL
from core.config import Settings
from core.ports import Clock
from core.services.keys import Keys


def model_factory(chosen: Settings) -> ModelFactory:
    """Models as the mode allows them: private servers and other addresses on one's own machine only."""
    if chosen.is_hosted:
        return ModelFactory(declarations())
    return ModelFactory(declarations(), OPEN_WALL, chosen.api_urls)


def chosen_transcribers(chosen: Settings, keys: Keys, lent: MemoryLentKeys) -> ChosenTranscribers:
    """Transcribers as the mode allows them, as with models."""
    if chosen.is_hosted:
        return ChosenTranscribers(keys.open_key, keys.keys_of, PUBLIC_WALL, {}, lent.key)
    return ChosenTranscribers(keys.open_key, keys.keys_of, OPEN_WALL, chosen.api_urls, lent.key)


def chosen_voices(chosen: Settings, keys: Keys) -> ChosenVoices:
    """The interviewer's voices; other addresses in local mode only, as with models."""
    return ChosenVoices(keys.open_key, keys.keys_of, {} if chosen.is_hosted else chosen.api_urls)


def sign_in_service(chosen: Settings, clock: Clock) -> SignInService | None:
    """Supabase Auth where a project is set; imported only then."""
    if not chosen.supabase_url:
        return None
    from core.adapters.supabase_auth import SupabaseAuth

    return SupabaseAuth(chosen.supabase_url, chosen.supabase_anon_key.get_secret_value(), clock.now)


def vouchers(chosen: Settings) -> Vouchers | None:
    """Checks Supabase's tokens where a project is set; imported only then."""
    if not chosen.supabase_url:
        return None
    from core.adapters.signing_keys import SigningKeys, fetched
    from core.adapters.supabase_auth import issuer_of
    from core.adapters.supabase_tokens import SupabaseTokens

    issuer = issuer_of(chosen.supabase_url)
    return SupabaseTokens(issuer, SigningKeys(partial(fetched, issuer)).key)


def hide_keys() -> None:
    """From here on no log shows what looks like a key."""
    of_models = (pattern for declared in declarations() for pattern in declared.key_patterns)
    install_redaction((*of_models, *KEY_PATTERNS))
