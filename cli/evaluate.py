"""Answers judged from the shell: one JSON object a line in, one out."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from getpass import getpass
from typing import Any

from cli.files import text_content
from core.bootstrap import Application, lone_judge
from core.domain.attempt import checked_answer
from core.domain.errors import InterviewError, InvalidInputError
from core.domain.evaluation import Evaluation
from core.domain.question import KeyPoint, Kind, Question

Judge = Callable[[Question, str], Evaluation]


def evaluate_lines(app: Application, options: argparse.Namespace) -> int:
    """Judge each line and print the judgement; a line that cannot be judged says why."""
    try:
        judge = _judge(app, options)
    except InterviewError as error:
        judge = _refusing(error)
    lines: Iterable[str] = text_content(options.file).split("\n") if options.file else sys.stdin
    for line in lines:
        if line.strip():
            print(json.dumps(_judged(judge, line), ensure_ascii=False), flush=True)
    return 0


def _judge(app: Application, options: argparse.Namespace) -> Judge:
    """The built-in evaluator, or a model with the key from PROVIDER_API_KEY or asked for."""
    if options.provider is None:
        return app.interviewing.glance
    key = app.settings.provider_api_key.get_secret_value()
    if not key and not app.providers.facts(options.provider).is_own_server:
        key = getpass(f"Key for {app.providers.label(options.provider)}: ")
    return lone_judge(
        app, options.provider, options.model or "", options.base_url or "", key
    ).evaluate


def _refusing(error: InterviewError) -> Judge:
    """What stands in for a judge that could not be had: each line is told why."""

    def refuse(_question: Question, _answer: str) -> Evaluation:
        raise error

    return refuse


def _judged(judge: Judge, line: str) -> dict[str, Any]:
    try:
        row = _row(line)
        answer = checked_answer(_text(row, "answer"))
        evaluation = judge(_question(row), answer)
        void = {} if evaluation.overall else {"error": evaluation.feedback}
        return _as_json(evaluation) | void
    except InterviewError as error:
        return {"overall": None, "criteria": {}, "evidence": [], "missing": [], "error": str(error)}


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise InvalidInputError("line", "This line is not a JSON object.")
    return row


def _question(row: dict[str, Any]) -> Question:
    """A question out of a line: with key points, or with a reference answer alone."""
    reference = _text(row, "reference") if row.get("reference") else ""
    key_points = _key_points(row["key_points"]) if row.get("key_points") else ()
    if not key_points and not reference.strip():
        raise InvalidInputError(
            "reference", "Give a “reference” answer or “key_points” to judge by."
        )
    return Question(
        id="line",
        text=_text(row, "question"),
        kind=_kind(row.get("kind", Kind.TECHNICAL.value)),
        competency="",
        difficulty=3,
        key_points=key_points,
        reference_answer=reference,
    )


def _kind(value: object) -> Kind:
    try:
        return Kind(str(value))
    except ValueError:
        kinds = ", ".join(Kind)
        raise InvalidInputError("kind", f"“kind” is one of: {kinds}.") from None


def _key_points(value: object) -> tuple[KeyPoint, ...]:
    """Key points given as sentences, or as objects with text, weight and wordings."""
    if not isinstance(value, list):
        raise InvalidInputError("key_points", "“key_points” is a list.")
    return tuple(_key_point(str(number), item) for number, item in enumerate(value, 1))


def _key_point(number: str, item: object) -> KeyPoint:
    if isinstance(item, str):
        return KeyPoint(number, item)
    if isinstance(item, dict) and isinstance(item.get("text"), str):
        wordings = item.get("wordings", [])
        weight = item.get("weight", 1)
        if isinstance(wordings, list) and isinstance(weight, int) and weight > 0:
            return KeyPoint(
                str(item.get("id", number)), item["text"], weight, tuple(map(str, wordings))
            )
    raise InvalidInputError(
        "key_points", "A key point is a sentence, or {“text”, “weight”?, “wordings”?}."
    )


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise InvalidInputError(name, f"“{name}” is missing, or is not text.")
    return value


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Levels 1–5 and the overall score 0–100, rounded to two digits; None where not assessed."""
    return {
        "overall": round(evaluation.overall.score, 2) if evaluation.overall else None,
        "criteria": {
            j.criterion.value: None if j.level is None else round(j.level, 2)
            for j in evaluation.criteria
        },
        "evidence": [
            {"quote": e.quote, "start": e.start, "end": e.end} for e in evaluation.evidence
        ],
        "missing": [finding.text for finding in evaluation.missing],
    }
