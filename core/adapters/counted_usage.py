"""Tokens counted by us where a provider tells none: a limit on them must hold there too."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.domain.language_model import ModelRequest, ReplyEnd, Usage

CHARACTERS_PER_TOKEN = 4
"""The usual rule of thumb for English; other languages have more tokens."""


def with_usage(request: ModelRequest, pieces: Iterable[str | ReplyEnd]) -> Iterator[str | ReplyEnd]:
    """The pieces of a reply, whose end says about what it used if it did not say what."""
    written = 0
    for piece in pieces:
        if isinstance(piece, str):
            written += len(piece)
            yield piece
        else:
            yield piece if piece.usage.total else replace(piece, usage=_estimated(request, written))


def _estimated(request: ModelRequest, written: int) -> Usage:
    """Without what was attached and what was thought: nobody knows of those."""
    sent = (request.instructions, request.stable, request.volatile, json.dumps(request.schema))
    return Usage(
        input_tokens=sum(map(len, sent)) // CHARACTERS_PER_TOKEN,
        output_tokens=written // CHARACTERS_PER_TOKEN,
        is_estimated=True,
    )
