"""Findings about parts of a history: competencies, kinds, difficulty, ratings, attempts, days.

Each is computed for one evaluator where it is about scores, and says so where there is too little.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import fmean

from core.domain.coaching import CLOSE_LEVELS
from core.domain.delivery import FACTS, Measure
from core.domain.evaluation import ScoreRange
from core.domain.progress import (
    FEWEST,
    MOST_COMPARED,
    HeldInterview,
    JudgedInterview,
    Point,
    change_sentence,
    spread_range,
)
from core.domain.scoring import level_of

SOLID_SCORE = 65.0
"""A difficulty is reached where its answers score this much on average: the band called solid."""
MOST_ROWS = 10
"""The heat map shows the competencies with most answers."""
_FASTEST = 600.0
"""No answer is faster, in words a minute: a bound for a range, far beyond what is spoken."""
_FEW_DAYS = 70
"""A history this short is told by weeks, a longer one by months."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A mean score (0–100) over so many answers."""

    score: float
    count: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Mean scores by competency (strongest first) and period. Periods are first days of months or weeks."""

    competencies: tuple[str, ...]
    periods: tuple[date, ...]
    cells: Mapping[tuple[str, date], Cell]
    totals: Mapping[str, Cell]
    is_weekly: bool
    left_out: int

    def title(self, titles: Mapping[str, str]) -> str:
        """The strongest and the weakest competency of those with enough answers."""
        enough = [c for c in self.competencies if self.totals[c].count >= FEWEST]
        if len(enough) < 2:
            return "Competencies: too few answers on each to compare them"
        best, worst = enough[0], enough[-1]
        return (
            f"{titles[best]} is strongest ({self.totals[best].score:.0f}), "
            f"{titles[worst]} weakest ({self.totals[worst].score:.0f} of 100)"
        )


def heat_map(judged: Sequence[JudgedInterview]) -> HeatMap:
    """How each competency did over time."""
    is_weekly = bool(judged) and (judged[-1].when - judged[0].when).days < _FEW_DAYS
    scores: dict[str, dict[date, list[float]]] = defaultdict(lambda: defaultdict(list))
    for interview in judged:
        period = _period(interview.when, is_weekly=is_weekly)
        for answer, overall in interview.answers:
            scores[answer.competency][period].append(overall.score)
    totals = {c: _cell([s for found in by.values() for s in found]) for c, by in scores.items()}
    most = sorted(totals, key=lambda c: (-totals[c].count, c))[:MOST_ROWS]
    return HeatMap(
        competencies=tuple(sorted(most, key=lambda c: -totals[c].score)),
        periods=tuple(sorted({period for by in scores.values() for period in by})),
        cells={(c, period): _cell(found) for c in most for period, found in scores[c].items()},
        totals=totals,
        is_weekly=is_weekly,
        left_out=len(totals) - len(most),
    )


def _period(moment: datetime, *, is_weekly: bool) -> date:
    day = moment.date()
    return day - timedelta(days=day.weekday()) if is_weekly else day.replace(day=1)


def _cell(scores: Sequence[float]) -> Cell:
    return Cell(fmean(scores), len(scores))


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The mean score of a group of answers with two standard errors."""

    name: str
    value: ScoreRange
    count: int


def kind_scores(judged: Iterable[JudgedInterview]) -> tuple[GroupScore, ...]:
    """How each kind of question does, the strongest first."""
    by_kind: dict[str, list[float]] = defaultdict(list)
    for interview in judged:
        for answer, overall in interview.answers:
            by_kind[answer.kind.value].append(overall.score)
    groups = (GroupScore(k, spread_range(s, 0, 100), len(s)) for k, s in by_kind.items())
    return tuple(sorted(groups, key=lambda group: -group.value.score))


def kinds_sentence(groups: Sequence[GroupScore]) -> str:
    """The strongest and the weakest kind, where their ranges lie apart."""
    enough = [group for group in groups if group.count >= FEWEST]
    if len(enough) < 2:
        return "Kinds of question: too few answers on each to compare them"
    best, worst = enough[0], enough[-1]
    if best.value.low <= worst.value.high:
        return "No clear difference between the kinds of question"
    gap = best.value.score - worst.value.score
    return f"{best.name.capitalize()} questions score {gap:.0f} points more than {worst.name} ones"


@dataclass(frozen=True, slots=True)
class Reached:
    """The hardest difficulty (1–5) with a solid mean score in an interview; None where there is none."""

    when: datetime
    role_title: str
    difficulty: int | None
    hardest_asked: int


def difficulty_reached(judged: Iterable[JudgedInterview]) -> tuple[Reached, ...]:
    """What difficulty each interview reached."""
    found: list[Reached] = []
    for interview in judged:
        scores: dict[int, list[float]] = defaultdict(list)
        for answer, overall in interview.answers:
            scores[answer.difficulty].append(overall.score)
        solid = [n for n, values in scores.items() if fmean(values) >= SOLID_SCORE]
        title = interview.summary.role_title
        found.append(Reached(interview.when, title, max(solid, default=None), max(scores)))
    return tuple(found)


def difficulty_sentence(reached: Sequence[Reached]) -> str:
    """What is reached in most of the last interviews, against the first ones."""
    if len(reached) < 2 * FEWEST:
        return "Difficulty: too few interviews to tell what you hold"
    size = min(5, len(reached) // 2)
    first, last = _typical(reached[:size]), _typical(reached[-size:])
    if first == last:
        return f"You hold difficulty {last} of 5, as in the beginning"
    return f"You hold difficulty {last} of 5 now, {first} in the beginning"


def _typical(reached: Sequence[Reached]) -> int:
    """The median, what is not reached being 0."""
    return sorted(r.difficulty or 0 for r in reached)[len(reached) // 2]


def rating_gaps(held: Iterable[HeldInterview], evaluator: str) -> tuple[Point, ...]:
    """By how many levels the ratings of an interview lie above its judgements, with the gaps' range."""
    points: list[Point] = []
    for interview in held:
        gaps = [
            answer.self_rating - level_of(answer.overall.score)
            for answer in interview.answers
            if answer.self_rating is not None and answer.overall and answer.evaluator == evaluator
        ]
        if gaps:
            value = spread_range(gaps, -4.0, 4.0)
            points.append(Point(interview.when, value, interview.summary, len(gaps)))
    return tuple(points)


def rating_sentence(points: Sequence[Point]) -> str:
    """How the newest ratings compare with the judgements, against the first ones."""
    if len(points) < FEWEST:
        return "Your own ratings: too few interviews with one to compare"
    size = max(1, min(5, len(points) // 2))
    first, last = _mean_gap(points[:size]), _mean_gap(points[-size:])
    if abs(last) <= CLOSE_LEVELS:
        now = "You see your answers much as the judgement does"
    else:
        now = f"You rate yourself {abs(last):.1f} levels too {'high' if last > 0 else 'low'}"
    return f"{now} ({last:+.1f} levels now, {first:+.1f} at first)"


def _mean_gap(points: Sequence[Point]) -> float:
    return sum(p.value.score * p.count for p in points) / sum(p.count for p in points)


def speaking_points(held: Iterable[HeldInterview], measure: Measure) -> tuple[Point, ...]:
    """The mean of a rate (pace, filler words) over the spoken answers of each interview, with its range.

    Whoever judged does not matter here.
    """
    points: list[Point] = []
    for interview in held:
        told = [v for a in interview.answers if (v := a.spoken.get(measure)) is not None]
        if told:
            value = spread_range(told, 0.0, _FASTEST)
            points.append(Point(interview.when, value, interview.summary, len(told)))
    return tuple(points)


def speaking_sentence(points: Sequence[Point], measure: Measure) -> str:
    """What changed, and whether the last interviews lie within what is comfortable to listen to."""
    facts = FACTS[measure]
    change = change_sentence(points, facts.label, facts.unit, facts.decimals)
    if len(points) < FEWEST or facts.comfortable is None:
        return change
    now = fmean(point.value.score for point in points[-MOST_COMPARED:])
    place = "within" if facts.comfortable.holds(now) else "outside"
    return f"{change}; {now:.0f} now, {place} what is comfortable to follow"


@dataclass(frozen=True, slots=True)
class AttemptGain:
    """What an attempt added to the one before it, in points, over so many questions."""

    number: int
    gain: ScoreRange
    count: int
    better: int


def attempt_gains(held: Iterable[HeldInterview], evaluator: str) -> tuple[AttemptGain, ...]:
    """The mean gain of the second attempt, the third and so on, each over the one before."""
    gains: dict[int, list[float]] = defaultdict(list)
    for interview in held:
        scored = {
            (a.position, a.number): a.overall.score
            for a in interview.answers
            if a.overall and a.evaluator == evaluator
        }
        for (position, number), score in scored.items():
            if (position, number - 1) in scored:
                gains[number].append(score - scored[position, number - 1])
    return tuple(
        AttemptGain(n, spread_range(found, -100, 100), len(found), sum(gain > 0 for gain in found))
        for n, found in sorted(gains.items())
    )


def gain_sentence(gains: Sequence[AttemptGain]) -> str:
    """What trying again brings."""
    second = next((gain for gain in gains if gain.number == 2), None)
    if second is None or second.count < FEWEST:
        return "Trying again: too few second attempts to tell what they bring"
    amount = second.gain.score
    if second.gain.low <= 0 <= second.gain.high:
        return f"A second attempt brings no clear change ({amount:+.0f} points on average)"
    verb = "adds" if amount > 0 else "loses"
    return f"A second attempt {verb} {abs(amount):.0f} points on average"


@dataclass(frozen=True, slots=True)
class PracticeDay:
    """One day with answers, by UTC."""

    day: date
    answers: int


def practice_days(held: Iterable[HeldInterview]) -> tuple[PracticeDay, ...]:
    """The days with at least one answer, the oldest first."""
    counts: dict[date, int] = defaultdict(int)
    for interview in held:
        for answer in interview.answers:
            counts[answer.submitted_at.date()] += 1
    return tuple(PracticeDay(day, count) for day, count in sorted(counts.items()))


def days_sentence(days: Sequence[PracticeDay]) -> str:
    """How many days, and the longest time without practice."""
    if not days:
        return "No day of practice yet"
    if len(days) == 1:
        return "One day of practice"
    gaps = [(later.day - earlier.day).days - 1 for earlier, later in pairwise(days)]
    longest = max(gaps)
    rest = f", the longest break was {longest} days" if longest > 1 else ""
    return f"{len(days)} days of practice{rest}"
