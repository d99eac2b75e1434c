"""Reports and whole histories as files: Markdown for people, JSON for programs."""

import json
from functools import cache
from typing import Literal, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from core.domain.attempt import EvaluationStatus
from core.domain.company_fit import CompanyFit
from core.domain.consistency import is_consistent
from core.domain.content import Content
from core.domain.delivery_score import delivery_told
from core.domain.errors import InvalidInputError
from core.domain.evaluation import Coverage, Evaluation
from core.domain.narrative import Finding
from core.domain.profile import CandidateProfile
from core.domain.report import Report
from core.domain.turn import Turn
from core.services.exporting import History

_T = TypeVar("_T")
MAX_HISTORY_BYTES = 50 * 1024 * 1024


@checked(config=ConfigDict(extra="forbid", defer_build=True), frozen=True)
class _HistoryFile:
    """A history as a file, with what tells it from any other JSON."""

    kind: Literal["mock interview history"]
    version: Literal[1]
    history: History


@cache
def _adapter(kind: type[_T]) -> TypeAdapter[_T]:
    """Made when it is first needed: the first page needs none, and each takes a while."""
    return TypeAdapter(kind)


_MARKS = {Coverage.COVERED: "made", Coverage.PARTLY: "partly made", Coverage.MISSING: "missing"}


def report_as_json(report: Report) -> str:
    """The whole report, every number unrounded; keys are the domain's names."""
    return _adapter(Report).dump_json(report, indent=2).decode()


def report_schema() -> str:
    """The JSON schema of `report_as_json`."""
    schema = _adapter(Report).json_schema(mode="serialization")
    return json.dumps(schema, indent=1, ensure_ascii=False)


def profile_as_json(profile: CandidateProfile) -> str:
    """The profile; keys are the domain's names."""
    return _adapter(CandidateProfile).dump_json(profile, indent=2).decode()


def history_as_json(history: History) -> str:
    """Everything kept of a candidate, in the form that `history_from_json` takes."""
    return (
        _adapter(_HistoryFile)
        .dump_json(_HistoryFile("mock interview history", 1, history))
        .decode()
    )


def history_from_json(data: bytes) -> History:
    """A history taken out before; InvalidInputError when the file is none."""
    if len(data) > MAX_HISTORY_BYTES:
        raise InvalidInputError("history", "This file is larger than 50 MB; it is not a history.")
    sentence = (
        "This file is not a history that was downloaded here, or it was changed. Nothing was added."
    )
    try:
        history: History = _adapter(_HistoryFile).validate_json(data).history
    except ValidationError:
        raise InvalidInputError("history", sentence) from None
    if not all(is_consistent(interview) for interview in history.interviews):
        raise InvalidInputError("history", sentence)
    return history


def report_as_markdown(report: Report, content: Content) -> str:
    """The report as a document to read or print."""
    parts = [
        f"# Interview report: {report.setup.role_title} ({report.setup.seniority})",
        f"{report.created_at:%d %B %Y}. {report.headline}",
        _score_lines(report),
        _criteria_table(report),
        _company_table(report.company),
        _findings("What was good", report.strengths),
        _findings("What to add", report.weaknesses),
        _bullets("What to practise next", report.next_steps),
        "## Questions",
        *(_turn(turn, content) for turn in report.turns),
        _about(report),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _score_lines(report: Report) -> str:
    counts = (
        f"{report.judged} answers judged, {report.skipped} skipped, {report.unjudged} without a score, "
        f"{report.pending} waiting. What has no score is not counted as zero."
    )
    if report.overall is None:
        return counts
    delivery = f"\n\n{report.delivery.sentence}" if report.delivery else ""
    return (
        f"**Overall: {report.overall.score:.0f} of 100** "
        f"(range {report.overall.low:.0f}–{report.overall.high:.0f})\n\n{counts}{delivery}"
    )


def _criteria_table(report: Report) -> str:
    if not report.criteria:
        return ""
    rows = [f"| {criterion} | {level:.1f} |" for criterion, level in report.criteria.items()]
    return "\n".join(["| criterion | level (1–5) |", "|---|---|", *rows])


def _company_table(company: CompanyFit | None) -> str:
    if company is None:
        return ""
    rows = [f"| {value.name} | {value.meaning} | {value.result} |" for value in company.values]
    head = ["| what counts | meaning | your answers |", "|---|---|---|"]
    note = f"{company.note.capitalize()}. Source: {company.source}."
    return "\n".join([f"## {company.title}", "", *head, *rows, "", note])


def _findings(title: str, findings: tuple[Finding, ...]) -> str:
    return _bullets(
        title,
        tuple(
            f"{f.text} (question {f.position})" + (f" — “{f.quote}”" if f.quote else "")
            for f in findings
        ),
    )


def _bullets(title: str, lines: tuple[str, ...]) -> str:
    return "\n".join([f"## {title}", "", *(f"- {line}" for line in lines)]) if lines else ""


def _turn(turn: Turn, content: Content) -> str:
    question = turn.question
    head = (
        f"### {turn.position}. {question.text}\n\n"
        f"{content.competency_title(question.competency)}, difficulty {question.difficulty}. {turn.reason}"
    )
    if turn.latest is None:
        return f"{head}\n\n*Skipped.*" if turn.is_skipped else f"{head}\n\n*Not answered.*"
    quoted = "\n".join(f"> {line}" for line in turn.latest.answer.splitlines())
    return "\n\n".join([head, quoted, _judgement(turn)])


def _judgement(turn: Turn) -> str:
    if not turn.question.is_scored:
        return "*Not scored.*"
    if turn.evaluation is None or turn.evaluation.overall is None:
        return f"*{_why_unjudged(turn)}*"
    return _evaluation(turn.evaluation, turn.evaluation.overall.score)


def _why_unjudged(turn: Turn) -> str:
    if turn.evaluation:
        return turn.evaluation.feedback
    if turn.latest and turn.latest.status is EvaluationStatus.FAILED:
        return turn.latest.failure
    return "Not judged yet."


def _evaluation(evaluation: Evaluation, score: float) -> str:
    levels = ", ".join(
        f"{j.criterion} {j.level:.1f}" if j.level is not None else f"{j.criterion} not assessed"
        for j in evaluation.criteria
    )
    points = "\n".join(f"- {_MARKS[f.coverage]}: {f.text}" for f in evaluation.key_points)
    said = [
        f"**{score:.0f} of 100** ({levels})",
        delivery_told(evaluation),
        evaluation.feedback,
        points,
    ]
    return "\n\n".join(part for part in said if part)


def _about(report: Report) -> str:
    if not report.evaluators:
        return ""
    return (
        f"Judged by: {', '.join(report.evaluators)}. The built-in interviewer compares words with key "
        "points; it does not know whether a statement is true."
    )
