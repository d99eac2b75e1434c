"""A language model that says what a test tells it to."""

from collections.abc import Callable, Iterator

from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import (
    ModelInfo,
    ModelRequest,
    ReplyEnd,
    StopReason,
    Usage,
)
from tests.known_providers import ANTHROPIC

USAGE = Usage(100, 20, 30, 10)
CUT = ReplyEnd(StopReason.TRUNCATED, USAGE)
DECLINED = ReplyEnd(StopReason.REFUSED, USAGE)

Piece = str | ReplyEnd | ModelError


class ScriptedModel:
    """Fulfils LanguageModel with one script a request: pieces of text, an end, an error.

    A script that is a text comes in pieces of seven characters, and ends well.
    """

    provider = ANTHROPIC
    label = "Claude"
    model = "scripted"

    def __init__(self, *scripts: str | list[Piece]) -> None:
        self._scripts = list(scripts)
        self.requests: list[ModelRequest] = []
        self.timeouts: list[float] = []

    def stream(
        self, request: ModelRequest, timeout_seconds: float, is_cancelled: Callable[[], bool]
    ) -> Iterator[str | ReplyEnd]:
        self.requests.append(request)
        self.timeouts.append(timeout_seconds)
        script = self._scripts.pop(0)
        for piece in in_pieces(script) if isinstance(script, str) else script:
            if is_cancelled():
                raise ModelError(ModelFault.CANCELLED, self.label)
            if isinstance(piece, ModelError):
                raise piece
            yield piece

    def models(self) -> tuple[ModelInfo, ...]:
        return (ModelInfo(self.model, "Scripted"),)


def in_pieces(text: str) -> list[Piece]:
    """A text as a stream gives it, with a good end."""
    pieces: list[Piece] = [text[at : at + 7] for at in range(0, len(text), 7)]
    return [*pieces, ReplyEnd(StopReason.COMPLETE, USAGE)]
