"""The product with a transcriber that a test can steer; sound is decoded and measured as ever.

Takes the place of `streamlit` on the command line: `python -m tests.e2e.spoken_app run app.py`. In the
folder `SPEECH` a file `hold` keeps whoever transcribes waiting, `fail` makes it fail, and `calls` gets a
letter for each time that something was sent.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from core import bootstrap
from core.bootstrap import Application
from core.config import Settings
from core.domain.errors import ModelError, ModelFault
from core.domain.speech import (
    HeardWord,
    Hints,
    Sound,
    Span,
    TranscriberChoice,
    TranscriberKind,
    TranscriberOffer,
    Transcript,
)
from core.speech_ports import Transcriber

LOOK_SECONDS = 0.02
SPOKEN = (
    "Um, I think I would measure first. At my last job the nightly import took three hours. I measured "
    "each step, rewrote one slow query, and added an index. In the end it ran in twenty minutes."
)
"""What is heard in every recording, and what the browser's microphone is given to hear."""
CHOICE = TranscriberChoice(TranscriberKind.DEEPGRAM)


class SteeredTranscriber:
    """Hears `SPOKEN` in everything, its words spread evenly over the speech."""

    name = "The stub"

    def __init__(self, folder: Path) -> None:
        """Take the folder that steers it."""
        self._folder = folder

    def transcribe(
        self,
        sound: Sound,
        hints: Hints,  # noqa: ARG002 - the port's signature
        timeout_seconds: float,  # noqa: ARG002 - the port's signature
        is_cancelled: Callable[[], bool],  # noqa: ARG002 - the port's signature
    ) -> Transcript:
        """See `core.speech_ports.Transcriber`."""
        with (self._folder / "calls").open("a") as calls:
            calls.write("x")
        while (self._folder / "hold").exists():
            time.sleep(LOOK_SECONDS)
        if (self._folder / "fail").exists():
            raise ModelError(ModelFault.RATE_LIMITED, self.name)
        return Transcript(SPOKEN, self.name, _spread(sound), "en", 0.9, fillers_reliable=True)

    def offers(self, user_id: UUID) -> tuple[TranscriberOffer, ...]:  # noqa: ARG002 - the port's signature
        """Itself."""
        return (TranscriberOffer(CHOICE, "The stub", "It stays here.", None, True, True),)

    def transcriber(self, user_id: UUID, choice: TranscriberChoice) -> Transcriber:  # noqa: ARG002 - the port's signature
        """Itself."""
        return self


def _spread(sound: Sound) -> tuple[HeardWord, ...]:
    words = SPOKEN.split()
    start, end = sound.speech[0].start_seconds, sound.speech[-1].end_seconds
    step = (end - start) / len(words)
    return tuple(
        HeardWord(word, Span(start + at * step, start + (at + 0.9) * step))
        for at, word in enumerate(words)
    )


def main() -> None:
    """Patch, then hand over to Streamlit."""
    build = bootstrap.build

    def with_stub(chosen: Settings) -> Application:
        app = build(chosen)
        stub = SteeredTranscriber(Path(os.environ["SPEECH"]))
        transcribing = replace(app.transcribing, transcribers=stub)
        return replace(
            app,
            transcribing=transcribing,
            speaking=replace(app.speaking, transcribing=transcribing),
        )

    patch.object(bootstrap, "build", with_stub).start()
    from streamlit.web.cli import main as streamlit

    sys.exit(streamlit(prog_name="streamlit"))


if __name__ == "__main__":
    main()
