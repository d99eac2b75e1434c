"""The scores of one interview as a table."""

from collections.abc import Mapping

from core.domain.attempt import Attempt
from core.domain.report import Report
from core.domain.rubric import Criterion
from core.domain.tables import Table
from core.domain.timing import answer_seconds
from core.domain.turn import Turn


def scores_table(report: Report, titles: Mapping[str, str]) -> Table:
    """One row an attempt, and one for each scored question without any; numbers unrounded.

    Empty cells are values that are not there. `titles` are those of competencies.
    """
    rows = [
        (turn, attempt)
        for turn in report.turns
        if turn.question.is_scored
        for attempt in turn.attempts or (None,)
    ]
    table: dict[str, list[object]] = {
        "Question": [turn.position for turn, _ in rows],
        "Attempt": [attempt.number if attempt else None for _, attempt in rows],
        "Text": [turn.question.text for turn, _ in rows],
        "Kind": [turn.question.kind.value for turn, _ in rows],
        "Competency": [titles.get(t.question.competency, t.question.competency) for t, _ in rows],
        "Difficulty (1-5)": [turn.question.difficulty for turn, _ in rows],
        "State": [_state(turn, attempt) for turn, attempt in rows],
        "Score (0-100)": [attempt.overall if attempt else None for _, attempt in rows],
        "Low": [_bound(attempt, "low") for _, attempt in rows],
        "High": [_bound(attempt, "high") for _, attempt in rows],
        "Score without delivery (0-100)": [_content(attempt) for _, attempt in rows],
    }
    for criterion in Criterion:
        title = f"{criterion.capitalize()} (1-5)"
        table[title] = [_level(attempt, criterion) for _, attempt in rows]
    table["Own rating (1-5)"] = [attempt.self_rating if attempt else None for _, attempt in rows]
    table["Seconds"] = [_seconds(turn, attempt) for turn, attempt in rows]
    table["Evaluator"] = [_evaluator(attempt) for _, attempt in rows]
    return table


def _state(turn: Turn, attempt: Attempt | None) -> str:
    if attempt:
        return attempt.status.value
    return "skipped" if turn.is_skipped else "not answered"


def _bound(attempt: Attempt | None, name: str) -> float | None:
    overall = attempt.evaluation.overall if attempt and attempt.evaluation else None
    return getattr(overall, name) if overall else None


def _content(attempt: Attempt | None) -> float | None:
    """Only where delivery counts."""
    evaluation = attempt.evaluation if attempt else None
    return evaluation.delivery.content.score if evaluation and evaluation.delivery else None


def _level(attempt: Attempt | None, criterion: Criterion) -> float | None:
    judged = attempt.evaluation.criteria if attempt and attempt.evaluation else ()
    return next((j.level for j in judged if j.criterion is criterion), None)


def _seconds(turn: Turn, attempt: Attempt | None) -> float | None:
    return answer_seconds(turn) if attempt and attempt.number == 1 else None


def _evaluator(attempt: Attempt | None) -> str | None:
    evaluation = attempt.evaluation if attempt else None
    return evaluation.scored_by_version if evaluation else None
