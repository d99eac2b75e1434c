"""One question of a report in a PDF: what was asked, the answer with its marks, the judgement."""

from collections.abc import Mapping
from itertools import pairwise

from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph

from core.adapters.pdf_page import MARK, RULE, bullets, safe, styles, text_of
from core.domain.attempt import Attempt
from core.domain.delivery_score import delivery_told
from core.domain.evaluation import Coverage, Evaluation, Evidence
from core.domain.timing import answer_seconds, duration
from core.domain.turn import Turn

_MARKS = {
    Coverage.COVERED: "✓ made",
    Coverage.PARTLY: "◐ partly made",
    Coverage.MISSING: "○ missing",
}
_MOST_PIECE = 3_000
"""A longer answer is set in pieces of so many characters, so that each fits a page."""


def turn_parts(turn: Turn, titles: Mapping[str, str]) -> list[Flowable]:
    """Everything about one question; `titles` are those of competencies."""
    question = turn.question
    about = [titles.get(question.competency, question.competency), question.origin.value]
    if question.is_scored:
        about.append(f"difficulty {question.difficulty} of 5")
    if answer_seconds(turn) is not None:
        about.append(f"answered after {time_told(turn)}")
    head: list[Flowable] = [
        HRFlowable(width="100%", color=RULE, thickness=0.5, spaceBefore=8, spaceAfter=2),
        text_of(f"{turn.position}. {question.text}", "h3"),
        text_of(" · ".join(about), "quiet"),
    ]
    attempt = turn.latest
    if attempt is None:
        return [KeepTogether([*head, text_of("Skipped." if turn.is_skipped else "Not answered.")])]
    evaluation = attempt.evaluation
    pieces = _answer(attempt.answer, evaluation.evidence if evaluation else ())
    return [KeepTogether([*head, pieces[0]]), *pieces[1:], *_judgement(turn, attempt)]


def _answer(answer: str, evidence: tuple[Evidence, ...]) -> list[Flowable]:
    """The answer with the words that the judgement rests on marked; in pieces where it is long."""
    starts = range(0, len(answer), _MOST_PIECE)
    return [
        Paragraph(
            _marked(answer, start, min(start + _MOST_PIECE, len(answer)), evidence),
            styles()["answer"],
        )
        for start in starts
    ]


def _marked(answer: str, start: int, end: int, evidence: tuple[Evidence, ...]) -> str:
    cuts = {start, end, *(at for e in evidence for at in (e.start, e.end) if start < at < end)}
    places = sorted(cuts)
    parts: list[str] = []
    for begin, stop in pairwise(places):
        words = safe(answer[begin:stop])
        is_marked = any(e.start <= begin < e.end for e in evidence)
        parts.append(f'<font backColor="{MARK}">{words}</font>' if is_marked else words)
    return "".join(parts)


def _judgement(turn: Turn, attempt: Attempt) -> list[Flowable]:
    evaluation = attempt.evaluation
    if not turn.question.is_scored:
        return [text_of("Not scored.", "quiet")]
    if evaluation is None or evaluation.overall is None:
        said = evaluation.feedback if evaluation else attempt.failure
        return [text_of(said or "Not judged yet.")]
    return [*_verdict(turn, attempt, evaluation), *_details(evaluation)]


def _verdict(turn: Turn, attempt: Attempt, evaluation: Evaluation) -> list[Flowable]:
    overall = evaluation.overall
    if overall is None:
        return []
    levels = [
        f"{j.criterion} {j.level:.1f}" if j.level is not None else f"{j.criterion} not assessed"
        for j in evaluation.criteria
    ]
    rated = f" Your own rating: {attempt.self_rating} of 5." if attempt.self_rating else ""
    earlier = [f"{a.overall:.0f}" for a in turn.attempts[:-1] if a.overall is not None]
    before = f" Earlier attempts: {', '.join(earlier)}." if earlier else ""
    score = (
        f"<b>{overall.score:.0f} of 100</b> (range {overall.low:.0f}–{overall.high:.0f}): "
        f"{safe(', '.join(levels))}.{rated}{before}"
    )
    return [
        Paragraph(score, styles()["body"]),
        *([text_of(delivery_told(evaluation), "quiet")] if evaluation.delivery else []),
        *(text_of(warning) for warning in evaluation.warnings),
        text_of(evaluation.feedback),
    ]


def _details(evaluation: Evaluation) -> list[Flowable]:
    points = [f"{_MARKS[f.coverage]}: {safe(f.text)}" for f in evaluation.key_points]
    parts = [
        *bullets("What was good", [safe(remark.text) for remark in evaluation.strengths]),
        *bullets("What to add", [safe(remark.text) for remark in evaluation.improvements]),
        *bullets("Key points", points),
    ]
    if evaluation.better_answer:
        parts += [text_of("Your answer, made fuller", "h3"), text_of(evaluation.better_answer)]
    return parts


def time_told(turn: Turn) -> str:
    """How long the first answer took, a dash without one."""
    seconds = answer_seconds(turn)
    return duration(seconds) if seconds is not None else "–"
