"""One question to a language model, until its reply can be used or it is clear that none will be."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from core.domain.errors import ModelError, ModelFault
from core.domain.language_model import NO_USAGE, ModelRequest, ReplyEnd, StopReason, Usage
from core.evaluation.reply_json import UnusableReplyError, re_ask_text
from core.ports import LanguageModel

TOTAL_SECONDS = 75.0
"""The deadline of one question, all tries included: nobody waits longer for a judgement."""
SHOW_EVERY_SECONDS = 0.07
"""How often an unfinished reply is looked into: a field is on screen within 100 ms of its first token."""
MORE_ROOM = 1.8
"""By how much a reply that was cut off may be longer the second time."""

_T = TypeVar("_T")
OnText = Callable[[str], None]


def ask(
    model: LanguageModel,
    request: ModelRequest,
    parse: Callable[[str], _T],
    is_cancelled: Callable[[], bool],
    on_text: OnText = lambda _text: None,
) -> tuple[_T, Usage]:
    """The parsed reply and what all tries took.

    A reply that was cut off is asked for once more with more room, an unusable one once more with what
    was wrong. `on_text` sees the text so far, now and then. ModelError, with what was used up for
    nothing, where no reply came of it; a model that declined is not asked again.
    """
    ends_at = time.monotonic() + TOTAL_SECONDS
    usage = NO_USAGE
    fault = ModelFault.MALFORMED
    for _ in range(2):
        try:
            text, end = _received(model, request, ends_at - time.monotonic(), is_cancelled, on_text)
        except ModelError as error:
            error.usage += usage
            raise
        usage += end.usage
        if end.stop is StopReason.REFUSED:
            raise ModelError(ModelFault.REFUSED, model.label, usage=usage)
        if end.stop is StopReason.TRUNCATED:
            fault = ModelFault.TRUNCATED
            request = replace(
                request, max_output_tokens=round(request.max_output_tokens * MORE_ROOM)
            )
            continue
        try:
            return parse(text), usage
        except UnusableReplyError as error:
            fault = ModelFault.MALFORMED
            asked_again = f"{request.volatile}\n{re_ask_text(error.errors, request.schema)}"
            request = replace(request, volatile=asked_again)
    raise ModelError(fault, model.label, usage=usage)


def _received(
    model: LanguageModel,
    request: ModelRequest,
    timeout_seconds: float,
    is_cancelled: Callable[[], bool],
    on_text: OnText,
) -> tuple[str, ReplyEnd]:
    text, shown_at = "", 0.0
    for piece in model.stream(request, timeout_seconds, is_cancelled):
        if isinstance(piece, ReplyEnd):
            return text, piece
        text += piece
        if time.monotonic() - shown_at >= SHOW_EVERY_SECONDS:
            on_text(text)
            shown_at = time.monotonic()
    raise ModelError(ModelFault.INTERRUPTED, model.label)
