"""The Transcribers where there is none: every answer is typed."""

from typing import NoReturn
from uuid import UUID

from core.domain.errors import NotFoundError
from core.domain.speech import TranscriberChoice, TranscriberOffer


class NoTranscribers:
    """Offers nothing."""

    def offers(self, user_id: UUID) -> tuple[TranscriberOffer, ...]:  # noqa: ARG002 - the port's signature
        """None."""
        return ()

    def transcriber(self, user_id: UUID, choice: TranscriberChoice) -> NoReturn:  # noqa: ARG002 - the port's signature
        """Always refused."""
        raise NotFoundError("transcriber")
