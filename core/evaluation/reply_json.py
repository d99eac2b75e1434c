"""From the text of a reply to its model: whole and validated, or as far as it has come."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar

from pydantic import ValidationError
from pydantic_core import from_json

from core.domain.evaluation import PartialEvaluation
from core.evaluation.addressing import Spans
from core.evaluation.plain import plain_words
from core.evaluation.quotes import Quotes
from core.evaluation.scorelike import without_marks
from core.prompting.schema import Reply

_MOST_ERRORS = 8
_R = TypeVar("_R", bound=Reply)


class UnusableReplyError(ValueError):
    """A reply that is no JSON, or not of the shape asked for; `errors` say where, without its words."""

    def __init__(self, errors: Sequence[str]) -> None:
        """Keep the errors for the one time that a model is asked again."""
        super().__init__("; ".join(errors))
        self.errors = tuple(errors)


def parse_reply(text: str, model: type[_R]) -> _R:
    """The reply as its model, whatever stands around its outermost braces; else UnusableReplyError."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise UnusableReplyError(["The reply holds no JSON object."])
    try:
        return model.model_validate(from_json(_bytes(text[start : end + 1]), allow_inf_nan=False))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise UnusableReplyError(
            [_said(e["loc"], e["msg"]) for e in found[:_MOST_ERRORS]]
        ) from None
    except ValueError:
        raise UnusableReplyError(["The reply is not valid JSON."]) from None


def re_ask_text(errors: Sequence[str], schema: Mapping[str, object]) -> str:
    """What a model is told that gave an unusable reply.

    The schema stands in it, because some servers neither keep to one nor show it to their model:
    https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/2403
    """
    listed = "\n".join(f"- {error}" for error in errors)
    return (
        "Your last reply could not be used:\n"
        f"{listed}\n"
        "Write the whole reply again, as one JSON object of this schema and nothing else:\n"
        f"{json.dumps(schema)}"
    )


def partial_evaluation(text: str, answer: str, addressed: Spans | None = None) -> PartialEvaluation:
    """What an unfinished evaluation says so far: quotes that are complete and found, and its prose.

    `addressed` are the answer's `addressed_spans`, where they are known.
    """
    closed = partial_object(text)
    growing = partial_object(text, with_open_strings=True)
    return PartialEvaluation(
        evidence=Quotes(answer, _strings(closed.get("evidence")), addressed).evidence,
        feedback=without_marks(plain_words(_string(growing.get("feedback"))), answer),
        strengths=_remarks(growing.get("strengths"), answer),
        improvements=_remarks(growing.get("improvements"), answer),
    )


def partial_object(text: str, *, with_open_strings: bool = False) -> Mapping[str, Any]:
    """The object that a reply begins with, as far as it has come; empty before there is one.

    A string that has not ended yet is left out, or cut where it is.
    """
    mode: Literal[True, "trailing-strings"] = "trailing-strings" if with_open_strings else True
    try:
        found = from_json(_bytes(text[max(0, text.find("{")) :]), allow_partial=mode)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def partial_items(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list in a partial object; the last one may lack fields."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _remarks(value: object, answer: str) -> tuple[str, ...]:
    items = (plain_words(_string(item.get("text"))) for item in partial_items(value))
    texts = (without_marks(text, answer) for text in items)
    return tuple(text for text in texts if text)


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _bytes(text: str) -> bytes:
    """Halves of characters, which JSON cannot hold, become question marks."""
    return text.encode(errors="replace")


def _said(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(part) for part in place) or 'reply'}: {message}"
