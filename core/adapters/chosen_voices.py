"""Which voices the interviewer can have, and the one that a candidate chose, with the candidate's own key."""

from collections.abc import Callable, Mapping
from uuid import UUID

from core.domain.language_model import Provider
from core.domain.provider_key import KeyEntry, ProviderKey
from core.domain.voice import VoiceKind, VoiceOffer
from core.speech_ports import Voice

_GEMINI = Provider("gemini")
_BROWSERS = VoiceOffer(
    VoiceKind.BROWSER,
    "Your browser's",
    "Free. Its own controls say whose voice it is.",
    provider=None,
    is_ready=True,
)


class ChosenVoices:
    """Fulfils `core.speech_ports.Voices`."""

    def __init__(
        self,
        open_key: Callable[[UUID, Provider], ProviderKey],
        keys_of: Callable[[UUID], tuple[KeyEntry, ...]],
        urls: Mapping[str, str],
    ) -> None:
        """Take what opens and lists a candidate's keys, and addresses to call instead of a service's own."""
        self._open_key = open_key
        self._keys_of = keys_of
        self._urls = urls

    def offers(self, user_id: UUID) -> tuple[VoiceOffer, ...]:
        """See `core.speech_ports.Voices`."""
        readable = {entry.provider for entry in self._keys_of(user_id) if entry.is_readable}
        gemini = VoiceOffer(
            VoiceKind.GEMINI,
            "Gemini's",
            "Each question's text goes to Google, on your own key and under your own terms with them: one "
            "call a question, by our estimate 150 to 700 tokens.",
            _GEMINI,
            is_ready=_GEMINI in readable,
        )
        return (_BROWSERS, gemini)

    def gemini(self, user_id: UUID) -> Voice:
        """See `core.speech_ports.Voices`."""
        from core.adapters.gemini_voice import GeminiVoice

        key = self._open_key(user_id, _GEMINI)
        return GeminiVoice(key.key.reveal(), self._urls.get(_GEMINI, ""))
