"""What one interview showed, computed from its judgements. Nothing here is written by a model."""

from dataclasses import dataclass, field
from datetime import datetime
from statistics import fmean
from uuid import UUID

from core.domain.attempt import EvaluationStatus
from core.domain.coaching import CLOSE_LEVELS, SelfRating, self_rating
from core.domain.company import Company
from core.domain.company_fit import CompanyFit, company_fit
from core.domain.delivery_score import DeliveryEffect, delivery_effect
from core.domain.evaluation import Evaluation, Remark, ScoreRange
from core.domain.expectation import Expectations
from core.domain.interview import Interview
from core.domain.interview_setup import InterviewSetup
from core.domain.narrative import Finding, Narrative
from core.domain.rubric import Criterion
from core.domain.scoring import criterion_means, interview_range
from core.domain.turn import Turn

STRONG_LEVEL = 3.5
WEAK_LEVEL = 2.5
MOST_FINDINGS = 3


@dataclass(frozen=True, slots=True)
class CompetencyScore:
    """How the judged answers on one competency did: their mean score (0–100) and their number."""

    competency: str
    score: float
    judged: int


@dataclass(frozen=True, slots=True)
class Report:
    """One interview's result. Skipped, failed and unjudged answers are counted, never scored.

    `pending` counts the answers that wait for their score; one that is judged once more keeps its first.
    `expected` are the levels (1–5) that interviewers usually expect at the seniority, in our own
    judgement. `competencies` come strongest first; `name` is the candidate's own for the interview.
    `delivery` is what delivery did to the overall score, None where it counted in no answer.
    """

    interview_id: UUID
    setup: InterviewSetup
    created_at: datetime
    finished_at: datetime | None
    overall: ScoreRange | None
    headline: str
    criteria: dict[Criterion, float]
    strengths: tuple[Finding, ...]
    weaknesses: tuple[Finding, ...]
    next_steps: tuple[str, ...]
    turns: tuple[Turn, ...]
    judged: int
    skipped: int
    unjudged: int
    pending: int
    evaluators: tuple[str, ...]
    narrative: Narrative | None = None
    company: CompanyFit | None = None
    self_rating: SelfRating | None = None
    expected: dict[Criterion, float] = field(default_factory=dict)
    competencies: tuple[CompetencyScore, ...] = ()
    name: str = ""
    delivery: DeliveryEffect | None = None


def build_report(
    interview: Interview,
    company: Company | None = None,
    expectations: Expectations | None = None,
) -> Report:
    """The report of an interview, finished or not; `company` is whose manner was practised."""
    setup = interview.setup
    turns = interview.scored_turns
    overall = interview_range(turns)
    criteria = criterion_means(turns)
    weaknesses = _weaknesses(turns)
    return Report(
        interview_id=interview.id,
        setup=interview.setup,
        created_at=interview.created_at,
        finished_at=interview.finished_at,
        overall=overall,
        headline=_headline(interview, overall, criteria),
        criteria=criteria,
        strengths=_strengths(turns),
        weaknesses=weaknesses,
        next_steps=_next_steps(turns, criteria),
        turns=interview.turns,
        judged=sum(turn.overall is not None for turn in turns),
        skipped=sum(turn.is_skipped for turn in turns),
        unjudged=sum(_is_unjudged(turn) for turn in turns),
        pending=sum(_is_pending(turn) for turn in turns),
        evaluators=_evaluators(turns),
        narrative=interview.narrative,
        company=company_fit(company, turns) if company and company.values else None,
        self_rating=self_rating(turns),
        expected=expectations.of(setup.role_id, setup.seniority) if expectations else {},
        competencies=_competencies(turns),
        name=interview.name,
        delivery=delivery_effect(turns),
    )


def _competencies(turns: tuple[Turn, ...]) -> tuple[CompetencyScore, ...]:
    scores: dict[str, list[float]] = {}
    for turn in turns:
        if turn.overall is not None:
            scores.setdefault(turn.question.competency, []).append(turn.overall)
    found = (CompetencyScore(c, fmean(values), len(values)) for c, values in scores.items())
    return tuple(sorted(found, key=lambda c: -c.score))


def key_findings(report: Report) -> tuple[Finding, ...]:
    """Up to three things that matter most: the best, then what holds back most."""
    least = MOST_FINDINGS - len(report.weaknesses)
    strengths = report.strengths[: max(1, least)]
    return (*strengths, *report.weaknesses)[:MOST_FINDINGS]


def rating_in_words(rating: SelfRating) -> str:
    """The mean gap between ratings and judgements as a sentence."""
    rated = "one rating" if rating.count == 1 else f"{rating.count} ratings"
    gap = abs(rating.mean_gap)
    if gap <= CLOSE_LEVELS:
        return f"You see your answers much as the judgement does ({rated})."
    side = "higher" if rating.mean_gap > 0 else "lower"
    return f"You rate your answers {gap:.1f} levels {side} than the judgement on average ({rated})."


def in_words(score: float) -> str:
    """What an overall score of 0–100 means; bands of the levels it is made of (25 points each)."""
    bands = ((85, "strong"), (65, "solid"), (45, "mixed"), (25, "thin"))
    return next((word for least, word in bands if score >= least), "not there yet")


def _headline(
    interview: Interview, overall: ScoreRange | None, criteria: dict[Criterion, float]
) -> str:
    if overall is None:
        return "No answer of this interview has a score yet."
    level = f"{in_words(overall.score).capitalize()} for {interview.setup.seniority}"
    best = max(criteria, key=lambda c: criteria[c])
    worst = min(criteria, key=lambda c: criteria[c])
    if criteria[best] - criteria[worst] < 0.5:
        return f"{level}, and even across the five criteria."
    if overall.score < 45:
        return f"{level}: {worst} is the place to begin."
    return f"{level}: {best} carries it, {worst} holds it back."


def _strengths(turns: tuple[Turn, ...]) -> tuple[Finding, ...]:
    """The best answers' first strength, at most one an answer."""
    found: list[Finding] = []
    for turn, evaluation in sorted(_judged(turns), key=lambda pair: -(pair[0].overall or 0)):
        if (turn.overall or 0) >= 50 and evaluation.strengths:
            found.append(_finding(turn, evaluation, evaluation.strengths[0]))
    return tuple(found[:MOST_FINDINGS])


def _weaknesses(turns: tuple[Turn, ...]) -> tuple[Finding, ...]:
    """The weakest answers' first improvement, at most one an answer."""
    found: list[Finding] = []
    for turn, evaluation in sorted(_judged(turns), key=lambda pair: pair[0].overall or 0):
        if (turn.overall or 0) < 80 and evaluation.improvements:
            found.append(_finding(turn, evaluation, evaluation.improvements[0]))
    return tuple(found[:MOST_FINDINGS])


def _finding(turn: Turn, evaluation: Evaluation, remark: Remark) -> Finding:
    index = remark.evidence_index
    quote = evaluation.evidence[index].quote if index is not None else ""
    return Finding(remark.text, turn.position, quote)


def _next_steps(turns: tuple[Turn, ...], criteria: dict[Criterion, float]) -> tuple[str, ...]:
    """What to practise: the weakest answers' questions, then the weakest criterion, then the skipped."""
    steps = [
        f"Answer question {turn.position} again, with this in it: {evaluation.missing[0].text}"
        for turn, evaluation in sorted(_judged(turns), key=lambda pair: pair[0].overall or 0)
        if evaluation.missing and (turn.overall or 0) < 65
    ][:MOST_FINDINGS]
    if criteria:
        worst = min(criteria, key=lambda c: criteria[c])
        if criteria[worst] < STRONG_LEVEL:
            steps.append(_ADVICE[worst])
    skipped = [str(turn.position) for turn in turns if turn.is_skipped]
    if skipped:
        steps.append(f"Try what you skipped: question {', '.join(skipped)}.")
    return tuple(steps)


_ADVICE = {
    Criterion.CORRECTNESS: "Correctness is lowest: say the main point first, in one sentence, then "
    "explain it.",
    Criterion.CLARITY: "Clarity is lowest: shorter sentences, one thought each.",
    Criterion.COMMUNICATION: "Communication is lowest: open with the answer, announce your steps "
    "(“first”, “then”), and leave out “maybe” and “kind of”.",
    Criterion.DEPTH: "Depth is lowest: for each claim give one reason, and one example or number.",
    Criterion.COMPLETENESS: "Completeness is lowest: before answering, list the three or four points "
    "you will make.",
}


def _judged(turns: tuple[Turn, ...]) -> list[tuple[Turn, Evaluation]]:
    return [(t, t.evaluation) for t in turns if t.evaluation is not None and t.overall is not None]


def _has(turn: Turn, status: EvaluationStatus) -> bool:
    return turn.latest is not None and turn.latest.status is status


def _is_pending(turn: Turn) -> bool:
    return _has(turn, EvaluationStatus.PENDING) and turn.overall is None


def _is_unjudged(turn: Turn) -> bool:
    return _has(turn, EvaluationStatus.FAILED) or _has(turn, EvaluationStatus.VOID)


def _evaluators(turns: tuple[Turn, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e.scored_by_version for _, e in _judged(turns)))
