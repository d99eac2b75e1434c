"""The interviewer's voice: who speaks the questions, and what came of asking for it."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors import ModelFault, VoiceError
from core.domain.language_model import NO_USAGE, Provider, Usage

MAX_VOICED_CHARACTERS = 4_000
"""Longer than any question of ours; the rest of a question of one's own is read, not heard."""
MAX_VOICED_BYTES = 8_000_000
"""Nearly three minutes of the sound that comes; more is no question."""


class VoiceKind(StrEnum):
    """Whose voice speaks. `BROWSER` is the browser's own, which costs nothing."""

    BROWSER = "browser"
    GEMINI = "gemini"


@dataclass(frozen=True, slots=True)
class Voiced:
    """A text as sound: a WAV file, and what it took."""

    wav: bytes
    usage: Usage = NO_USAGE


@dataclass(frozen=True, slots=True)
class VoiceOffer:
    """A voice that can be chosen here: its name for people, who gets the text, whether its key is there."""

    kind: VoiceKind
    label: str
    speaks: str
    provider: Provider | None
    is_ready: bool


def checked_voice(voiced: Voiced, name: str) -> Voiced:
    """The same, where it is a WAV file with sound in it; VoiceError else."""
    head = voiced.wav[:12]
    is_wav = head[:4] == b"RIFF" and head[8:] == b"WAVE"
    if not is_wav or not len(head) < len(voiced.wav) <= MAX_VOICED_BYTES:
        raise VoiceError(ModelFault.MALFORMED, name)
    return voiced
