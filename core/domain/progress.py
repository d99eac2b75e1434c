"""Whether a candidate gets better: findings over many interviews, by rules that a person can check.

Scores of different evaluators are never put in one line: each finding about scores is for one evaluator.
Only the newest attempt at a question counts, as in the report, but for what is said of attempts. Drills
are left out of what is said of scores: they ask again what was weak, so that they tell less of the whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from math import sqrt
from statistics import fmean
from uuid import UUID

from core.domain.evaluation import ScoreRange
from core.domain.history import AnswerSummary, InterviewSummary
from core.domain.interview_setup import Focus, Way
from core.domain.rubric import Criterion
from core.domain.scoring import half_width_of, mean_range

FEWEST = 3
"""With fewer interviews, or answers, nothing is said about them."""
WINDOW = 5
"""The smoothed line is the mean of an interview and the four before it."""
MOST_COMPARED = 5
"""So many interviews at each end are compared, or a third where there are fewer than fifteen."""
_ENDS = 40
"""More interviews than are compared at each end, for those in which a criterion was not assessed."""
_SPREADS = 2.0
"""A change is claimed beyond two standard errors of a mean."""


@dataclass(frozen=True, slots=True)
class HeldInterview:
    """A finished interview with its answers in short."""

    summary: InterviewSummary
    answers: tuple[AnswerSummary, ...]

    @property
    def when(self) -> datetime:
        """When it began."""
        return self.summary.created_at


@dataclass(frozen=True, slots=True)
class JudgedInterview:
    """A finished interview with those of its newest attempts that have a score by one evaluator."""

    summary: InterviewSummary
    answers: tuple[tuple[AnswerSummary, ScoreRange], ...]

    @property
    def when(self) -> datetime:
        """When it began."""
        return self.summary.created_at


def judged_interviews(held: Iterable[HeldInterview], evaluator: str) -> tuple[JudgedInterview, ...]:
    """What one evaluator judged; drills, and interviews without any such answer, are left out."""
    found = ((i.summary, _newest(i, evaluator)) for i in held if not i.summary.is_drill)
    return tuple(JudgedInterview(summary, answers) for summary, answers in found if answers)


def _newest(
    interview: HeldInterview, evaluator: str
) -> tuple[tuple[AnswerSummary, ScoreRange], ...]:
    newest = {answer.position: answer for answer in interview.answers}
    return tuple(
        (answer, answer.overall)
        for answer in newest.values()
        if answer.overall is not None and answer.evaluator == evaluator
    )


@dataclass(frozen=True, slots=True)
class Filters:
    """Which interviews count; empty means all. Days are the candidate's own choice, both included."""

    roles: frozenset[str] = frozenset()
    focuses: frozenset[Focus] = frozenset()
    ways: frozenset[Way] = frozenset()
    since: date | None = None
    until: date | None = None

    def take(self, summary: InterviewSummary) -> bool:
        """Whether an interview counts."""
        day = summary.created_at.date()
        return (
            (not self.roles or summary.role_title in self.roles)
            and (not self.focuses or summary.focus in self.focuses)
            and (not self.ways or summary.way in self.ways)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )


NO_FILTERS = Filters()


def held_interviews(
    summaries: Iterable[InterviewSummary],
    answers: Mapping[UUID, tuple[AnswerSummary, ...]],
    filters: Filters = NO_FILTERS,
) -> tuple[HeldInterview, ...]:
    """The finished interviews that the filters take and that have an answer, the oldest first."""
    chosen = [s for s in summaries if s.is_over and s.id in answers and filters.take(s)]
    chosen.sort(key=lambda summary: summary.created_at)
    return tuple(HeldInterview(summary, answers[summary.id]) for summary in chosen)


def evaluators(held: Iterable[HeldInterview]) -> tuple[str, ...]:
    """Who judged interviews other than drills, whoever judged most answers first."""
    counts: dict[str, int] = {}
    for interview in held:
        for answer in () if interview.summary.is_drill else interview.answers:
            if answer.overall is not None:
                counts[answer.evaluator] = counts.get(answer.evaluator, 0) + 1
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


@dataclass(frozen=True, slots=True)
class Point:
    """One interview in a trend: a value with its range, and how many answers it rests on."""

    when: datetime
    value: ScoreRange
    interview: InterviewSummary
    count: int


def score_points(judged: Iterable[JudgedInterview]) -> tuple[Point, ...]:
    """The overall score (0–100) of each interview, with its range."""
    found = ((i, mean_range(overall for _, overall in i.answers)) for i in judged)
    return tuple(Point(i.when, mean, i.summary, len(i.answers)) for i, mean in found if mean)


def criterion_points(judged: Iterable[JudgedInterview], criterion: Criterion) -> tuple[Point, ...]:
    """The mean level (1–5) of one criterion in each interview; the range is that of the mean."""
    points: list[Point] = []
    for interview in judged:
        levels = [a.levels[criterion] for a, _ in interview.answers if criterion in a.levels]
        if levels:
            value = spread_range(levels, 1.0, 5.0)
            points.append(Point(interview.when, value, interview.summary, len(levels)))
    return tuple(points)


def spread_range(values: Sequence[float], least: float, most: float) -> ScoreRange:
    """The mean with two standard errors to either side, within bounds; a single value has no width."""
    mean = fmean(values)
    width = _spread(values, mean)
    return ScoreRange(mean, max(least, mean - width), min(most, mean + width))


def _spread(values: Sequence[float], mean: float) -> float:
    """Two standard errors of the mean; 0 for a single value."""
    count = len(values)
    if count < 2:
        return 0.0
    return _SPREADS * sqrt(sum((value - mean) ** 2 for value in values) / (count - 1) / count)


def smoothed(values: Sequence[float]) -> tuple[float, ...]:
    """For each value the mean of it and up to four before it."""
    return tuple(fmean(values[max(0, end - WINDOW) : end]) for end in range(1, len(values) + 1))


@dataclass(frozen=True, slots=True)
class Change:
    """The means of the first and of the last interviews of a trend, `compared` at each end."""

    first: ScoreRange
    last: ScoreRange
    since: datetime
    count: int
    compared: int

    @property
    def difference(self) -> float:
        """How much higher the last ones are."""
        return self.last.score - self.first.score

    @property
    def is_clear(self) -> bool:
        """Whether the ranges lie apart."""
        return self.last.low > self.first.high or self.last.high < self.first.low


def change_of(points: Sequence[Point]) -> Change | None:
    """What changed from the first to the last interviews; None with fewer than two.

    The range of a mean is that of the judgements or, where it is wider, two standard errors of the
    interviews' own spread.
    """
    if len(points) < 2:
        return None
    compared = max(1, min(MOST_COMPARED, len(points) // 3))
    first, last = _block(points[:compared]), _block(points[-compared:])
    return Change(first, last, points[0].when, len(points), compared)


def _block(points: Sequence[Point]) -> ScoreRange:
    values = [point.value for point in points]
    scores = [value.score for value in values]
    judged = sqrt(sum(half_width_of(v) ** 2 for v in values)) / len(values)
    mean = fmean(scores)
    spread = _spread(scores, mean) if len(scores) >= FEWEST else 0.0
    width = max(judged, spread)
    return ScoreRange(mean, mean - width, mean + width)


def change_sentence(points: Sequence[Point], what: str, unit: str, digits: int = 0) -> str:
    """The change as a chart's title: “Overall up 14 points since June”; none is claimed within ranges."""
    change = change_of(points)
    if change is None or change.count < FEWEST:
        return f"{what}: too few interviews to tell a trend"
    ends = "first and last" if change.compared == 1 else f"first and last {change.compared}"
    if not change.is_clear:
        return f"{what}: no clear change over {change.count} interviews, the ranges of the {ends} overlap"
    amount = f"{abs(change.difference):.{digits}f}"
    direction = "up" if change.difference > 0 else "down"
    return f"{what} {direction} {amount} {unit} since {change.since:%B %Y}"


def greatest_change(judged: Sequence[JudgedInterview]) -> Criterion:
    """The criterion that changed most, of those whose change is clear where there are any."""
    ends = judged
    if len(judged) > 2 * _ENDS:  # only the ends are compared
        ends = [*judged[:_ENDS], *judged[-_ENDS:]]

    def size(criterion: Criterion) -> tuple[bool, float]:
        change = change_of(criterion_points(ends, criterion))
        return (change.is_clear, abs(change.difference)) if change else (False, -1.0)

    return max(Criterion, key=size)


def practice_seconds(held: Iterable[HeldInterview], most_counted: float) -> float:
    """The time spent on first answers; a question that was left open counts for `most_counted`."""
    return sum(min(a.seconds, most_counted) for i in held for a in i.answers if a.seconds)


@dataclass(frozen=True, slots=True)
class QuestionHistory:
    """One question over time: every scored attempt, the oldest first."""

    question_id: str
    text: str
    asked: int
    answers: tuple[AnswerSummary, ...]

    @property
    def is_mixed(self) -> bool:
        """Whether different evaluators judged, so that the scores cannot be compared."""
        return len({answer.evaluator for answer in self.answers}) > 1

    @property
    def title(self) -> str:
        """“asked 3 times: 32 → 48 → 71”, with the newest attempt of each time."""
        scores = " → ".join(
            f"{answer.overall.score:.0f}" for answer in self.answers if answer.overall
        )
        note = " (by different evaluators)" if self.is_mixed else ""
        return f"asked {self.asked} times: {scores}{note}"


def repeated_questions(held: Iterable[HeldInterview]) -> tuple[QuestionHistory, ...]:
    """The questions that were answered with a score in more than one interview, the oftenest first."""
    newest = [
        answer
        for interview in held
        for answer in {a.position: a for a in interview.answers}.values()
        if answer.overall is not None
    ]
    newest.sort(key=lambda a: (a.question_id, a.submitted_at))
    groups = (list(group) for _, group in groupby(newest, key=lambda a: a.question_id))
    found = [
        QuestionHistory(g[0].question_id, g[-1].question, len(g), tuple(g))
        for g in groups
        if len(g) > 1
    ]
    return tuple(sorted(found, key=lambda q: (-q.asked, -q.answers[-1].submitted_at.timestamp())))
