"""When an item is due next, by FSRS (Free Spaced Repetition Scheduler) with its published default weights."""

from collections.abc import Sequence
from datetime import UTC, date

from fsrs import Card, Rating, Scheduler

from core.domain.evaluation import Coverage
from core.domain.practice import Review

_SCHEDULER = Scheduler(
    desired_retention=0.9,
    learning_steps=(),  # an interval is one day at least: a drill twice within minutes shows little
    relearning_steps=(),
    maximum_interval=365,
    enable_fuzzing=False,  # the same reviews give the same day
)
_RATINGS = {
    Coverage.MISSING: Rating.Again,
    Coverage.PARTLY: Rating.Hard,
    Coverage.COVERED: Rating.Good,
}


def due_day(reviews: Sequence[Review]) -> date:
    """The UTC day on which an item with these reviews, one at least and the oldest first, is due."""
    card = Card(card_id=0, due=reviews[0].at)
    for review in reviews:
        card, _ = _SCHEDULER.review_card(card, _RATINGS[review.coverage], review.at.astimezone(UTC))
    return card.due.date()
