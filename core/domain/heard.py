"""What became of one recording."""

from dataclasses import dataclass

from core.domain.delivery import Delivery
from core.domain.speech import Transcript, TranscriptFlag, Unheard


@dataclass(frozen=True, slots=True)
class Heard:
    """A transcript with its flags and its delivery, or why there is none (`unheard`), never both.

    The candidate edits the transcript's text before it is submitted; `transcript` is what was heard and
    stays as it is.
    """

    transcript: Transcript | None = None
    delivery: Delivery | None = None
    flags: tuple[TranscriptFlag, ...] = ()
    unheard: Unheard | None = None
