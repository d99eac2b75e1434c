"""What became of one recording."""

from dataclasses import dataclass
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class Take:
    """One recording towards an answer and what was heard in it; its id is the browser's.

    `is_kept` says that the sound itself is stored too, because the candidate wanted that.
    """

    recording_id: UUID
    heard: Heard
    is_kept: bool = False

    @property
    def text(self) -> str:
        """What was heard, before anyone edited it."""
        return self.heard.transcript.text if self.heard.transcript else ""
