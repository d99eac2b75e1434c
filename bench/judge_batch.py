"""Requests to judge answers as a file, and the replies to them: by hand, or by a provider's batch service."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bench.graded_file import Graded, refuse_repeated
from core.adapters.lone_judge import LoneJudge
from core.adapters.thinking_room import output_limit
from core.domain.errors import InvalidInputError


class _Row(BaseModel):
    """A reply as its text, or as the object that it is."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    id: str
    reply: str | dict[str, object]


def write_requests(path: Path, judge: LoneJudge, answers: Iterable[Graded]) -> int:
    """Write one request a line, as the app would send it; how many."""
    lines = [json.dumps(_request(judge, answer), ensure_ascii=False) for answer in answers]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return len(lines)


def read_replies(path: Path, answers: Iterable[Graded]) -> Mapping[str, str]:
    """The text of each reply by the id of its answer; an answer may be without one.

    InvalidInputError for a line that is none, for an id that comes twice or that no answer has.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise InvalidInputError("replies", f"{path} cannot be read.") from None
    rows = [_row(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    refuse_repeated([row.id for row in rows])
    known = {answer.id for answer in answers}
    strange = next((row.id for row in rows if row.id not in known), None)
    if strange is not None:
        raise InvalidInputError("replies", f"No answer in the data has the id “{strange}”.")
    return {
        row.id: row.reply if isinstance(row.reply, str) else json.dumps(row.reply) for row in rows
    }


def _request(judge: LoneJudge, answer: Graded) -> dict[str, object]:
    request = judge.request(answer.question, answer.answer)
    return {
        "id": answer.id,
        "instructions": request.instructions,
        "user": "\n\n".join(part for part in (request.stable, request.volatile) if part),
        "schema": request.schema,
        "max_output_tokens": output_limit(request),
    }


def _row(number: int, line: str) -> _Row:
    try:
        return _Row.model_validate_json(line)
    except ValidationError:
        message = f"Line {number} of the replies is no object with “id” and “reply”."
        raise InvalidInputError("replies", message) from None
