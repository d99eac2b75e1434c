"""Whether an interview that comes from outside can be one that was held here."""

from collections.abc import Sequence
from datetime import datetime

from core.domain.attempt import HIGHEST_RATING, LOWEST_RATING, Attempt, EvaluationStatus
from core.domain.evaluation import Evaluation, ScoreRange
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import MAX_LENGTH
from core.domain.naming import MAX_TAGS
from core.domain.turn import Turn


def is_consistent(interview: Interview) -> bool:
    """Whether positions, attempts, times, levels and quotes all fit together."""
    times = [interview.created_at, *_present(interview.finished_at)]
    return (
        1 <= interview.setup.length <= MAX_LENGTH
        and min(interview.setup.limits.question_seconds, interview.setup.limits.interview_seconds)
        >= 0
        and bool(interview.turns) == (interview.phase is not Phase.IDLE)
        and [turn.position for turn in interview.turns] == _counted(interview.turns)
        and all(_has_zone(moment) for moment in times)
        and interview.is_over == (interview.finished_at is not None)
        and all(_is_turn(turn) for turn in interview.turns)
        and interview == interview.rename(interview.name)
        and len(interview.tags) <= MAX_TAGS
        and interview == interview.tag(interview.tags)
        and _fits_phase(interview)
    )


def _fits_phase(interview: Interview) -> bool:
    """Whether the last turn is where the phase says it is."""
    if not interview.turns or interview.is_over:
        return True
    latest = interview.current.latest
    if interview.phase is Phase.PROCESSING:
        return latest is not None and latest.evaluation is None
    if interview.phase is Phase.FEEDBACK:
        return latest is not None and latest.evaluation is not None
    return True


def _is_turn(turn: Turn) -> bool:
    return (
        [attempt.number for attempt in turn.attempts] == _counted(turn.attempts)
        and _has_zone(turn.asked_at)
        and not (turn.is_skipped and turn.attempts)
        and all(_is_attempt(attempt) for attempt in turn.attempts)
    )


def _is_attempt(attempt: Attempt) -> bool:
    return (
        bool(attempt.answer.strip())
        and _has_zone(attempt.submitted_at)
        and (attempt.self_rating is None or LOWEST_RATING <= attempt.self_rating <= HIGHEST_RATING)
        and _fits_status(attempt)
        and all(_is_evaluation(evaluation, attempt.answer) for evaluation in attempt.judgements)
    )


def _fits_status(attempt: Attempt) -> bool:
    """Whether there is a score exactly where the status says so; a second look leaves the first one."""
    if attempt.is_second_look_pending:
        return attempt.second_look is not None and attempt.second_look.first == attempt.evaluation
    return (attempt.overall is not None) == (attempt.status is EvaluationStatus.DONE)


def _is_evaluation(evaluation: Evaluation, answer: str) -> bool:
    """Whether scores lie in their ranges and every quote stands in the answer."""
    count = len(evaluation.evidence)
    pointers = [
        *(index for judgement in evaluation.criteria for index in judgement.evidence_indexes),
        *(f.evidence_index for f in evaluation.key_points if f.evidence_index is not None),
        *(
            remark.evidence_index
            for remark in (*evaluation.strengths, *evaluation.improvements)
            if remark.evidence_index is not None
        ),
    ]
    return (
        all(answer[e.start : e.end] == e.quote and e.quote for e in evaluation.evidence)
        and all(0 <= pointer < count for pointer in pointers)
        and all(j.level is None or 1 <= j.level <= 5 for j in evaluation.criteria)
        and _is_range(evaluation.overall)
        and _is_range(evaluation.content)
        and (evaluation.delivery is None or evaluation.overall is not None)
    )


def _is_range(found: ScoreRange | None) -> bool:
    return found is None or 0 <= found.low <= found.score <= found.high <= 100


def _counted(items: Sequence[object]) -> list[int]:
    return list(range(1, len(items) + 1))


def _has_zone(moment: datetime) -> bool:
    return moment.tzinfo is not None


def _present(moment: datetime | None) -> list[datetime]:
    return [moment] if moment else []
