"""Which transcribers there are, and the one that a candidate chose, with the candidate's own key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from core.adapters.patient_transcriber import PatientTranscriber
from core.adapters.wall import Wall
from core.domain.errors import KeyMissingError
from core.domain.language_model import Provider
from core.domain.provider_key import KeyEntry, ProviderKey
from core.domain.speech import TranscriberChoice, TranscriberKind, TranscriberOffer
from core.speech_ports import Transcriber


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is said of a transcriber where one is chosen."""

    label: str
    hears: str
    provider: Provider | None
    keeps_fillers: bool = False
    needs_consent: bool = False


_ON_YOUR_KEY = (
    "The sound of your answer goes to {name}, on your own key and under your own terms with them."
)
FACTS = {
    TranscriberKind.OPENAI: _Facts(
        "OpenAI", _ON_YOUR_KEY.format(name="OpenAI"), Provider("openai")
    ),
    TranscriberKind.GEMINI: _Facts(
        "Gemini", _ON_YOUR_KEY.format(name="Google"), Provider("gemini"), keeps_fillers=True
    ),
    TranscriberKind.DEEPGRAM: _Facts(
        "Deepgram", _ON_YOUR_KEY.format(name="Deepgram"), Provider("deepgram"), keeps_fillers=True
    ),
    TranscriberKind.COMPATIBLE: _Facts(
        "Your own server",
        "The sound of your answer goes to the server whose address you entered.",
        Provider("compatible"),
    ),
    TranscriberKind.GOOGLE_WEB: _Facts(
        "Google Web Speech (no key)",
        "The sound of your answer goes to Google, without a contract: the service is unofficial, "
        "has no terms of its own and may stop any day.",
        None,
        needs_consent=True,
    ),
}


class ChosenTranscribers:
    """Fulfils `core.speech_ports.Transcribers`."""

    def __init__(
        self,
        open_key: Callable[[UUID, Provider], ProviderKey],
        keys_of: Callable[[UUID], tuple[KeyEntry, ...]],
        wall: Wall,
        urls: Mapping[str, str],
        lent_key: Callable[[UUID, Provider], ProviderKey | None] = lambda *_: None,
    ) -> None:
        """Take what opens and lists a candidate's keys, and what a candidate's own server is called through.

        A key that `lent_key` finds goes before a stored one. `urls` are addresses to call instead of the services' own, by the kind's value.
        """
        self._open_key = open_key
        self._keys_of = keys_of
        self._wall = wall
        self._urls = urls
        self._lent_key = lent_key

    def offers(self, user_id: UUID) -> tuple[TranscriberOffer, ...]:
        """See `core.speech_ports.Transcribers`."""
        usable = {entry.provider for entry in self._keys_of(user_id) if entry.is_readable}
        needed = (facts.provider for facts in FACTS.values() if facts.provider)
        usable |= {provider for provider in needed if self._lent_key(user_id, provider)}
        offers = (_offer(kind, usable) for kind in FACTS)
        return tuple(sorted(offers, key=lambda offer: not offer.is_ready))

    def transcriber(self, user_id: UUID, choice: TranscriberChoice) -> Transcriber:
        """See `core.speech_ports.Transcribers`; patient."""
        return PatientTranscriber(self._bare(user_id, choice))

    def _bare(self, user_id: UUID, choice: TranscriberChoice) -> Transcriber:
        url = self._urls.get(choice.kind, "")
        if choice.kind is TranscriberKind.GOOGLE_WEB:
            from core.adapters.google_web_transcriber import GOOGLE_URL, GoogleWebTranscriber

            return GoogleWebTranscriber(url or GOOGLE_URL)
        key = self._key(user_id, choice.kind)
        secret = key.key.reveal()
        match choice.kind:
            case TranscriberKind.OPENAI:
                from core.adapters.openai_transcriber import OpenAITranscriber

                return OpenAITranscriber(secret, choice.model, url)
            case TranscriberKind.COMPATIBLE:
                from core.adapters.openai_transcriber import CompatibleTranscriber

                return CompatibleTranscriber(secret, choice.model, key.base_url, self._wall)
            case TranscriberKind.GEMINI:
                from core.adapters.gemini_transcriber import GeminiTranscriber

                return GeminiTranscriber(secret, choice.model, url)
            case TranscriberKind.DEEPGRAM:
                from core.adapters.deepgram_transcriber import DeepgramTranscriber

                return DeepgramTranscriber(secret, choice.model, url)
            case _:
                assert_never(choice.kind)

    def _key(self, user_id: UUID, kind: TranscriberKind) -> ProviderKey:
        provider = FACTS[kind].provider
        if provider is None:
            raise KeyMissingError(FACTS[kind].label)
        return self._lent_key(user_id, provider) or self._open_key(user_id, provider)


def _offer(kind: TranscriberKind, usable: set[Provider]) -> TranscriberOffer:
    facts = FACTS[kind]
    return TranscriberOffer(
        choice=TranscriberChoice(kind),
        label=facts.label,
        hears=facts.hears,
        provider=facts.provider,
        is_ready=facts.provider is None or facts.provider in usable,
        keeps_fillers=facts.keeps_fillers,
        needs_consent=facts.needs_consent,
    )
