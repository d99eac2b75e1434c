"""A transcriber that is asked again where that can help."""

from collections.abc import Callable

from core.adapters.patience import Patience
from core.domain.speech import Hints, Sound, Transcript
from core.speech_ports import Transcriber


class PatientTranscriber:
    """A transcriber that is asked up to three times within one deadline."""

    def __init__(self, transcriber: Transcriber, patience: Patience | None = None) -> None:
        """Take the transcriber, and how to wait."""
        self._transcriber = transcriber
        self._patience = patience or Patience()

    @property
    def name(self) -> str:
        """See `core.speech_ports.Transcriber`."""
        return self._transcriber.name

    def transcribe(
        self, sound: Sound, hints: Hints, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Transcript:
        """See `core.speech_ports.Transcriber`; the time bounds all tries and the pauses between them."""
        transcripts = self._patience.pieces(
            lambda seconds: iter(
                [self._transcriber.transcribe(sound, hints, seconds, is_cancelled)]
            ),
            timeout_seconds,
            is_cancelled,
        )
        return next(transcripts)
