"""What is worth practising again: points that answers missed, and when they are mastered.

1. An item arises where an answer missed a key point, for the `MOST_FROM_ONE_ANSWER` weightiest of them;
   and for an answer as a whole that scored below `WEAK` without missing one.
2. Each later answer to the question is a review of its items: it made the point, partly, or missed it.
3. The first judged attempt of a turn counts. Further ones come right after the feedback, and a follow-up
   names the point itself: neither shows what is remembered.
4. An item is mastered once it was made on `MASTERED_DAYS` different days without a miss between them.

What an interview showed replaces what the same interview showed before, so that a repeat adds nothing and
a second look counts in place of the first judgement.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from core.domain.adaptivity import STRONG, WEAK
from core.domain.attempt import Attempt
from core.domain.evaluation import Coverage, Evaluation, KeyPointFinding
from core.domain.interview import Interview
from core.domain.question import Origin, Question
from core.domain.turn import Turn

MOST_FROM_ONE_ANSWER = 2
MASTERED_DAYS = 3
WHOLE_ANSWER = ""
"""The `key_point_id` of an item that is not about one key point."""


@dataclass(frozen=True, slots=True)
class Review:
    """How far one answer made an item's point. `at` is when the answer was submitted, in UTC."""

    interview_id: UUID
    position: int
    at: datetime
    coverage: Coverage


Schedule = Callable[[Sequence[Review]], date]
"""The day on which an item with these reviews, the oldest first, is due next."""

ItemKey = tuple[str, str]
"""An item's question and key point, by their ids."""


@dataclass(frozen=True, slots=True)
class PracticeItem:
    """One thing to practise: a key point of a question, or an answer as a whole.

    `text` is the key point's, empty for a whole answer. `reviews` are ordered by time; the first is a miss.
    """

    question: Question
    key_point_id: str
    text: str
    reviews: tuple[Review, ...]
    due_on: date

    @property
    def key(self) -> ItemKey:
        """What it is known by."""
        return self.question.id, self.key_point_id

    @property
    def made_days(self) -> tuple[date, ...]:
        """The different days on which it was made since the last answer that did not make it whole."""
        days: dict[date, None] = {}
        for review in self.reviews:
            if review.coverage is Coverage.COVERED:
                days[review.at.date()] = None
            else:
                days.clear()
        return tuple(days)

    @property
    def is_mastered(self) -> bool:
        """Whether it needs no practice any more."""
        return len(self.made_days) >= MASTERED_DAYS


@dataclass(frozen=True, slots=True)
class PracticeAgenda:
    """What is due for a candidate. `items` are the first due ones, the longest due first.

    `due` counts all due ones, `waiting` those that are due later, `mastered` those that have left.
    `next_on` is the first day on which a waiting one is due, None without any.
    """

    items: tuple[PracticeItem, ...] = ()
    due: int = 0
    waiting: int = 0
    mastered: int = 0
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Sighting:
    """What one answer showed of one point; `is_new_item` where it is worth practising from now on."""

    question: Question
    key_point_id: str
    text: str
    review: Review
    is_new_item: bool


def practised_questions(interview: Interview) -> frozenset[str]:
    """The ids of the questions whose items this interview may concern."""
    return frozenset(turn.question.id for turn in interview.scored_turns)


def items_after(
    items: Iterable[PracticeItem], interview: Interview, schedule: Schedule
) -> tuple[PracticeItem, ...]:
    """The items of the interview's questions, once what its answers showed is taken in.

    `items` are all that are kept of these questions. One that no answer missed any more is left out.
    """
    before = {item.key: item for item in items}
    known = {key: _without(item, interview.id) for key, item in before.items()}
    for sighting in _sightings(interview):
        key = sighting.question.id, sighting.key_point_id
        item = known.get(key)
        if sighting.is_new_item:
            known[key] = _with_review(item or _new_item(sighting), sighting.review)
        elif item and any(review.at <= sighting.review.at for review in item.reviews[:1]):
            known[key] = _with_review(item, sighting.review)
    missed = (_from_first_miss(item) for item in known.values())
    return tuple(_due(item, before.get(item.key), schedule) for item in missed if item.reviews)


def _due(item: PracticeItem, before: PracticeItem | None, schedule: Schedule) -> PracticeItem:
    """The item with the day on which it is due; the same reviews gave that day before."""
    if before and before.reviews == item.reviews:
        return before
    return replace(item, due_on=schedule(item.reviews))


def _without(item: PracticeItem, interview_id: UUID) -> PracticeItem:
    return replace(item, reviews=tuple(r for r in item.reviews if r.interview_id != interview_id))


def _with_review(item: PracticeItem, review: Review) -> PracticeItem:
    reviews = sorted((*item.reviews, review), key=lambda r: (r.at, r.interview_id, r.position))
    return replace(item, reviews=tuple(reviews))


def _from_first_miss(item: PracticeItem) -> PracticeItem:
    """What was made before it was ever missed says nothing about practice."""
    missed = [n for n, r in enumerate(item.reviews) if r.coverage is Coverage.MISSING]
    return replace(item, reviews=item.reviews[missed[0] :] if missed else ())


def _new_item(sighting: _Sighting) -> PracticeItem:
    """An item without a review yet."""
    day = sighting.review.at.date()
    return PracticeItem(sighting.question, sighting.key_point_id, sighting.text, (), day)


def _sightings(interview: Interview) -> Iterator[_Sighting]:
    for turn in interview.scored_turns:
        if turn.question.origin is not Origin.FOLLOW_UP:
            yield from _seen_in(interview.id, turn)


def _seen_in(interview_id: UUID, turn: Turn) -> Iterator[_Sighting]:
    """What the turn's first judged attempt showed."""
    attempt = _first_judged(turn)
    if attempt is None or attempt.evaluation is None:
        return
    worst = attempt.evaluation.missing[:MOST_FROM_ONE_ANSWER]
    for finding in (*attempt.evaluation.key_points, _whole(attempt.evaluation)):
        coverage = _remembered(finding.coverage, is_hint_used=turn.is_hint_used)
        review = Review(interview_id, turn.position, attempt.submitted_at, coverage)
        is_whole_missed = not worst and coverage is Coverage.MISSING
        yield _Sighting(
            question=turn.question,
            key_point_id=finding.key_point_id,
            text=finding.text,
            review=review,
            is_new_item=finding in worst or is_whole_missed,
        )


def _whole(evaluation: Evaluation) -> KeyPointFinding:
    """The answer as a whole, as if it were one key point: made from `STRONG` on, missed below `WEAK`."""
    score = evaluation.content.score if evaluation.content else 0.0
    made = Coverage.COVERED if score >= STRONG else Coverage.PARTLY
    return KeyPointFinding(WHOLE_ANSWER, "", made if score >= WEAK else Coverage.MISSING)


def _remembered(coverage: Coverage, *, is_hint_used: bool) -> Coverage:
    """With the hint's help a point is made partly at most."""
    if is_hint_used and coverage is Coverage.COVERED:
        return Coverage.PARTLY
    return coverage


def _first_judged(turn: Turn) -> Attempt | None:
    return next((a for a in turn.attempts if a.overall is not None), None)


def shown_by(item: PracticeItem, interview_id: UUID) -> Review | None:
    """What an interview showed of the item, None where it did not."""
    return next((r for r in item.reviews if r.interview_id == interview_id), None)
